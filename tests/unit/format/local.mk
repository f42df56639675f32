# SPDX-License-Identifier: BSD-3-Clause
FORMAT_TESTS = \
	tests/unit/format/test_hint \
	tests/unit/format/test_input \
	tests/unit/format/test_name \
	tests/unit/format/test_names \
	tests/unit/format/test_oid \
	tests/unit/format/test_options \
	tests/unit/format/test_value
NAMES_MIB = tests/support/names_mib.c tests/support/names_mib.h
EXTRA_DIST += tests/data/mibs/NAMES-TEST-MIB.txt
check_PROGRAMS += $(FORMAT_TESTS)
TESTS += $(FORMAT_TESTS)
tests_unit_format_test_hint_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_format_test_hint_LDADD = $(FORMAT_LIBS) $(CMOCKA_LIBS)
tests_unit_format_test_input_SOURCES = %D%/test_input.c $(NAMES_MIB)
tests_unit_format_test_input_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_format_test_input_LDADD = $(FORMAT_LIBS) $(CMOCKA_LIBS)
tests_unit_format_test_name_SOURCES = %D%/test_name.c $(NAMES_MIB)
tests_unit_format_test_name_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_format_test_name_LDADD = $(FORMAT_LIBS) $(CMOCKA_LIBS)
tests_unit_format_test_names_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_format_test_names_LDADD = $(FORMAT_LIBS) $(CMOCKA_LIBS)
tests_unit_format_test_oid_SOURCES = %D%/test_oid.c $(PRINT_MIB)
tests_unit_format_test_oid_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_format_test_oid_LDADD = $(FORMAT_LIBS) $(CMOCKA_LIBS)
tests_unit_format_test_options_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_format_test_options_LDADD = $(FORMAT_LIBS) $(CMOCKA_LIBS)
tests_unit_format_test_value_SOURCES = %D%/test_value.c $(PRINT_MIB)
tests_unit_format_test_value_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_format_test_value_LDADD = $(FORMAT_LIBS) $(CMOCKA_LIBS)
