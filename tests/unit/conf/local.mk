# SPDX-License-Identifier: BSD-3-Clause
CONF_TESTS = %D%/test_directive %D%/test_files %D%/test_token
check_PROGRAMS += $(CONF_TESTS)
TESTS += $(CONF_TESTS)
tests_unit_conf_test_directive_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_conf_test_directive_LDADD = $(CONF_LIBS) $(CMOCKA_LIBS)
tests_unit_conf_test_files_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_conf_test_files_LDADD = $(CONF_LIBS) $(CMOCKA_LIBS)
tests_unit_conf_test_files_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=free
tests_unit_conf_test_token_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_conf_test_token_LDADD = $(CONF_LIBS) $(CMOCKA_LIBS)
