# SPDX-License-Identifier: BSD-3-Clause
USM_TESTS = \
	tests/unit/usm/test_params
check_PROGRAMS += $(USM_TESTS)
TESTS += $(USM_TESTS)
tests_unit_usm_test_params_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_usm_test_params_LDADD = $(USM_LIBS) $(CMOCKA_LIBS)
