# SPDX-License-Identifier: BSD-3-Clause
AGENT_TESTS = \
	%D%/test_access \
	%D%/test_agent \
	%D%/test_memory \
	%D%/test_message \
	%D%/test_notify \
	%D%/test_read \
	%D%/test_registry \
	%D%/test_table \
	%D%/test_v3 \
	%D%/test_write
check_PROGRAMS += $(AGENT_TESTS)
TESTS += $(AGENT_TESTS)
AGENT_FIXTURE = %D%/fixture.c %D%/fixture.h
AGENT_SAMPLE = %D%/sample.c %D%/sample.h
AGENT_V3_MANAGER = %D%/v3_manager.c %D%/v3_manager.h
tests_unit_agent_test_access_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_agent_test_access_LDADD = $(AGENT_LIBS) $(CMOCKA_LIBS)
tests_unit_agent_test_access_SOURCES = %D%/test_access.c $(AGENT_FIXTURE)
tests_unit_agent_test_agent_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_agent_test_agent_LDADD = $(AGENT_LIBS) $(CMOCKA_LIBS)
tests_unit_agent_test_memory_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_agent_test_memory_LDADD = $(AGENT_LIBS) $(CMOCKA_LIBS)
tests_unit_agent_test_memory_LDFLAGS = $(ALLOC_FAIL_LINK)
tests_unit_agent_test_memory_SOURCES = %D%/test_memory.c $(ALLOC_FAIL)
tests_unit_agent_test_message_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_agent_test_message_LDADD = $(AGENT_LIBS) $(CMOCKA_LIBS)
tests_unit_agent_test_message_SOURCES = %D%/test_message.c $(AGENT_FIXTURE)
tests_unit_agent_test_notify_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_agent_test_notify_LDADD = $(AGENT_LIBS) $(CMOCKA_LIBS)
tests_unit_agent_test_notify_SOURCES = %D%/test_notify.c $(AGENT_FIXTURE)
tests_unit_agent_test_read_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_agent_test_read_LDADD = $(AGENT_LIBS) $(CMOCKA_LIBS)
tests_unit_agent_test_read_SOURCES = %D%/test_read.c $(AGENT_FIXTURE) $(AGENT_SAMPLE)
tests_unit_agent_test_registry_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_agent_test_registry_LDADD = $(AGENT_LIBS) $(CMOCKA_LIBS)
tests_unit_agent_test_registry_SOURCES = %D%/test_registry.c $(AGENT_FIXTURE)
tests_unit_agent_test_table_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_agent_test_table_LDADD = $(AGENT_LIBS) $(CMOCKA_LIBS)
tests_unit_agent_test_table_SOURCES = %D%/test_table.c $(AGENT_FIXTURE)
tests_unit_agent_test_v3_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_agent_test_v3_LDADD = $(AGENT_LIBS) $(CMOCKA_LIBS)
tests_unit_agent_test_v3_SOURCES = %D%/test_v3.c $(AGENT_V3_MANAGER) $(AGENT_FIXTURE)
tests_unit_agent_test_write_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_agent_test_write_LDADD = $(AGENT_LIBS) $(CMOCKA_LIBS)
tests_unit_agent_test_write_SOURCES = %D%/test_write.c $(AGENT_FIXTURE)
include tests/unit/agent/mibs.mk
