# SPDX-License-Identifier: BSD-3-Clause
MIB_TESTS = \
	tests/unit/mib/test_facts \
	tests/unit/mib/test_load
check_PROGRAMS += $(MIB_TESTS)
TESTS += $(MIB_TESTS)
tests_unit_mib_test_facts_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_mib_test_facts_LDADD = $(MIB_LIBS) $(CMOCKA_LIBS)
tests_unit_mib_test_load_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_mib_test_load_LDADD = $(MIB_LIBS) $(CMOCKA_LIBS)
