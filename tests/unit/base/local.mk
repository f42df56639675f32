# SPDX-License-Identifier: BSD-3-Clause
check_PROGRAMS += tests/unit/base/test_base
TESTS += tests/unit/base/test_base
tests_unit_base_test_base_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_base_test_base_LDADD = $(BASE_LIBS) $(CMOCKA_LIBS)
