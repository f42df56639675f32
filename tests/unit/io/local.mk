# SPDX-License-Identifier: BSD-3-Clause
IO_UNIT_TESTS = \
	tests/unit/io/test_address \
	tests/unit/io/test_exchange \
	tests/unit/io/test_no_memory \
	tests/unit/io/test_roles
check_PROGRAMS += $(IO_UNIT_TESTS)
TESTS += $(IO_UNIT_TESTS)
# For tests that link tests/support/alloc_fail.c
ALLOC_FAIL_FLAGS = -Wl,--wrap=malloc -Wl,--wrap=calloc -Wl,--wrap=realloc
EXCHANGE_SUPPORT = tests/support/exchanges.c tests/support/exchanges.h tests/support/unit.h

tests_unit_io_test_address_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_io_test_address_LDADD = $(IO_LIBS) $(CMOCKA_LIBS)
tests_unit_io_test_exchange_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_io_test_exchange_LDADD = $(IO_LIBS) $(CMOCKA_LIBS)
tests_unit_io_test_no_memory_SOURCES = %D%/test_no_memory.c $(EXCHANGE_SUPPORT) \
	tests/support/alloc_fail.c tests/support/alloc_fail.h
tests_unit_io_test_no_memory_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_io_test_no_memory_LDFLAGS = $(AM_LDFLAGS) $(ALLOC_FAIL_FLAGS)
tests_unit_io_test_no_memory_LDADD = $(IO_LIBS) $(CMOCKA_LIBS)
tests_unit_io_test_roles_SOURCES = %D%/test_roles.c $(EXCHANGE_SUPPORT)
tests_unit_io_test_roles_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_io_test_roles_LDADD = $(IO_LIBS) $(CMOCKA_LIBS)
