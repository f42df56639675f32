# SPDX-License-Identifier: BSD-3-Clause
MIB_TESTS = \
	tests/unit/mib/test_build \
	tests/unit/mib/test_builtin \
	tests/unit/mib/test_facts \
	tests/unit/mib/test_index \
	tests/unit/mib/test_lexer \
	tests/unit/mib/test_load \
	tests/unit/mib/test_mib \
	tests/unit/mib/test_parser
PRINT_MIB = tests/support/print_mib.c tests/support/print_mib.h
check_PROGRAMS += $(MIB_TESTS)
TESTS += $(MIB_TESTS)
tests_unit_mib_test_build_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_mib_test_build_LDADD = $(MIB_LIBS) $(CMOCKA_LIBS)
tests_unit_mib_test_build_LDFLAGS = $(ALLOC_FAIL_LINK)
tests_unit_mib_test_build_SOURCES = %D%/test_build.c $(ALLOC_FAIL)
tests_unit_mib_test_builtin_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_mib_test_builtin_LDADD = $(MIB_LIBS) $(CMOCKA_LIBS)
tests_unit_mib_test_facts_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_mib_test_facts_LDADD = $(MIB_LIBS) $(CMOCKA_LIBS)
tests_unit_mib_test_index_SOURCES = %D%/test_index.c $(PRINT_MIB)
tests_unit_mib_test_index_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_mib_test_index_LDADD = $(MIB_LIBS) $(CMOCKA_LIBS)
tests_unit_mib_test_lexer_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_mib_test_lexer_LDADD = $(MIB_LIBS) $(CMOCKA_LIBS)
tests_unit_mib_test_load_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_mib_test_load_LDADD = $(MIB_LIBS) $(CMOCKA_LIBS)
tests_unit_mib_test_load_LDFLAGS = $(ALLOC_FAIL_LINK)
tests_unit_mib_test_load_SOURCES = %D%/test_load.c $(ALLOC_FAIL)
tests_unit_mib_test_mib_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_mib_test_mib_LDADD = $(MIB_LIBS) $(CMOCKA_LIBS)
tests_unit_mib_test_parser_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_mib_test_parser_LDADD = $(MIB_LIBS) $(CMOCKA_LIBS)
