# SPDX-License-Identifier: BSD-3-Clause
IO_UNIT_TESTS = \
	tests/unit/io/test_address \
	tests/unit/io/test_child \
	tests/unit/io/test_exchange \
	tests/unit/io/test_no_memory \
	tests/unit/io/test_roles \
	tests/unit/io/test_sockets \
	tests/unit/io/test_writer
check_PROGRAMS += $(IO_UNIT_TESTS)
TESTS += $(IO_UNIT_TESTS)
EXCHANGE_SUPPORT = tests/support/exchanges.c tests/support/exchanges.h tests/support/unit.h

tests_unit_io_test_address_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_io_test_address_LDADD = $(IO_LIBS) $(CMOCKA_LIBS)
tests_unit_io_test_child_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_io_test_child_LDADD = $(IO_LIBS) $(CMOCKA_LIBS)
tests_unit_io_test_exchange_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_io_test_exchange_LDADD = $(IO_LIBS) $(CMOCKA_LIBS)
tests_unit_io_test_no_memory_SOURCES = %D%/test_no_memory.c $(EXCHANGE_SUPPORT) $(ALLOC_FAIL)
tests_unit_io_test_no_memory_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_io_test_no_memory_LDFLAGS = $(ALLOC_FAIL_LINK)
tests_unit_io_test_no_memory_LDADD = $(IO_LIBS) $(CMOCKA_LIBS)
tests_unit_io_test_roles_SOURCES = %D%/test_roles.c $(EXCHANGE_SUPPORT)
tests_unit_io_test_roles_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_io_test_roles_LDADD = $(IO_LIBS) $(CMOCKA_LIBS)
tests_unit_io_test_sockets_SOURCES = %D%/test_sockets.c $(EXCHANGE_SUPPORT)
tests_unit_io_test_sockets_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_io_test_sockets_LDADD = $(IO_LIBS) $(CMOCKA_LIBS)
tests_unit_io_test_writer_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_io_test_writer_LDADD = $(IO_LIBS) $(CMOCKA_LIBS)
