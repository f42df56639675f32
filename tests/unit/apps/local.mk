# SPDX-License-Identifier: BSD-3-Clause
APPS_TESTS = \
	tests/unit/apps/test_argv \
	tests/unit/apps/test_kept \
	tests/unit/apps/test_trap_state \
	tests/unit/apps/test_v3
check_PROGRAMS += $(APPS_TESTS)
TESTS += $(APPS_TESTS)
tests_unit_apps_test_argv_CPPFLAGS = $(UNIT_CPPFLAGS) -I$(top_srcdir)
tests_unit_apps_test_argv_LDADD = $(APPS_LIBS) $(CMOCKA_LIBS)
tests_unit_apps_test_kept_CPPFLAGS = $(UNIT_CPPFLAGS) -I$(top_srcdir)
tests_unit_apps_test_kept_LDADD = $(SNMPTRAP_LIBS) $(CMOCKA_LIBS)
tests_unit_apps_test_trap_state_CPPFLAGS = $(UNIT_CPPFLAGS) -I$(top_srcdir)
tests_unit_apps_test_trap_state_LDADD = $(SNMPTRAP_LIBS) $(CMOCKA_LIBS)
tests_unit_apps_test_v3_CPPFLAGS = $(UNIT_CPPFLAGS) -I$(top_srcdir)
tests_unit_apps_test_v3_LDADD = $(APPS_LIBS) $(CMOCKA_LIBS)
