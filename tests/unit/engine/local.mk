# SPDX-License-Identifier: BSD-3-Clause
ENGINE_TESTS = \
	tests/unit/engine/test_engine \
	tests/unit/engine/test_messages \
	tests/unit/engine/test_no_memory \
	tests/unit/engine/test_stats
V3_SUPPORT = tests/support/v3_engine.c tests/support/v3_engine.h \
	tests/support/v3_packets.c tests/support/v3_packets.h
check_PROGRAMS += $(ENGINE_TESTS)
TESTS += $(ENGINE_TESTS)
tests_unit_engine_test_engine_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_engine_test_engine_LDADD = $(ENGINE_LIBS) $(CMOCKA_LIBS)
tests_unit_engine_test_messages_SOURCES = %D%/test_messages.c $(V3_SUPPORT)
tests_unit_engine_test_messages_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_engine_test_messages_LDADD = $(ENGINE_LIBS) $(CMOCKA_LIBS)
tests_unit_engine_test_no_memory_SOURCES = %D%/test_no_memory.c $(V3_SUPPORT) $(ALLOC_FAIL)
tests_unit_engine_test_no_memory_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_engine_test_no_memory_LDADD = $(ENGINE_LIBS) $(CMOCKA_LIBS)
tests_unit_engine_test_no_memory_LDFLAGS = $(ALLOC_FAIL_LINK)
tests_unit_engine_test_stats_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_engine_test_stats_LDADD = $(ENGINE_LIBS) $(CMOCKA_LIBS)
