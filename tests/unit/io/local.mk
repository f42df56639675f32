# SPDX-License-Identifier: BSD-3-Clause
check_PROGRAMS += tests/unit/io/test_roles
TESTS += tests/unit/io/test_roles
tests_unit_io_test_roles_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_io_test_roles_LDADD = $(IO_LIBS) $(CMOCKA_LIBS)
