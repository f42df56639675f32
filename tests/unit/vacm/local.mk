# SPDX-License-Identifier: BSD-3-Clause
VACM_TESTS = \
	%D%/test_access \
	%D%/test_group \
	%D%/test_vacm \
	%D%/test_view
check_PROGRAMS += $(VACM_TESTS)
TESTS += $(VACM_TESTS)
tests_unit_vacm_test_access_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_vacm_test_access_LDADD = $(VACM_LIBS) $(CMOCKA_LIBS)
tests_unit_vacm_test_group_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_vacm_test_group_LDADD = $(VACM_LIBS) $(CMOCKA_LIBS)
tests_unit_vacm_test_vacm_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_vacm_test_vacm_LDADD = $(VACM_LIBS) $(CMOCKA_LIBS)
tests_unit_vacm_test_view_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_vacm_test_view_LDADD = $(VACM_LIBS) $(CMOCKA_LIBS)
