# SPDX-License-Identifier: BSD-3-Clause
check_PROGRAMS += tests/unit/apps/test_argv
TESTS += tests/unit/apps/test_argv
tests_unit_apps_test_argv_CPPFLAGS = $(UNIT_CPPFLAGS) -I$(top_srcdir)
tests_unit_apps_test_argv_LDADD = $(APPS_LIBS) $(CMOCKA_LIBS)
