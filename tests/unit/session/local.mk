# SPDX-License-Identifier: BSD-3-Clause
check_PROGRAMS += tests/unit/session/test_session tests/unit/session/test_walk
TESTS += tests/unit/session/test_session tests/unit/session/test_walk
SESSION_TEST_COMMON = tests/support/fake_agent.c tests/support/fake_agent.h \
	tests/support/session_fixture.c tests/support/session_fixture.h tests/support/unit.h
tests_unit_session_test_session_SOURCES = %D%/test_session.c $(SESSION_TEST_COMMON)
tests_unit_session_test_session_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_session_test_session_LDADD = $(SESSION_LIBS) $(CMOCKA_LIBS)
tests_unit_session_test_walk_SOURCES = %D%/test_walk.c $(SESSION_TEST_COMMON)
tests_unit_session_test_walk_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_session_test_walk_LDADD = $(SESSION_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/session/test_table
TESTS += tests/unit/session/test_table
tests_unit_session_test_table_SOURCES = %D%/test_table.c tests/support/scripted_peer.c tests/support/scripted_peer.h \
	tests/support/virtual_clock.c tests/support/virtual_clock.h tests/support/unit.h $(ALLOC_FAIL)
tests_unit_session_test_table_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_session_test_table_LDADD = $(SESSION_LIBS) $(CMOCKA_LIBS)
tests_unit_session_test_table_LDFLAGS = $(ALLOC_FAIL_LINK)
RECEIVER_TESTS = %D%/test_receiver %D%/test_receiver_no_memory %D%/test_receiver_role
check_PROGRAMS += $(RECEIVER_TESTS)
TESTS += $(RECEIVER_TESTS)
RECEIVER_FIXTURE = %D%/receiver_fixture.c %D%/receiver_fixture.h tests/support/unit.h
tests_unit_session_test_receiver_SOURCES = %D%/test_receiver.c $(RECEIVER_FIXTURE) $(ALLOC_FAIL)
tests_unit_session_test_receiver_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_session_test_receiver_LDADD = $(SESSION_LIBS) $(CMOCKA_LIBS)
tests_unit_session_test_receiver_LDFLAGS = $(ALLOC_FAIL_LINK)
tests_unit_session_test_receiver_no_memory_SOURCES = %D%/test_receiver_no_memory.c $(RECEIVER_FIXTURE) $(ALLOC_FAIL)
tests_unit_session_test_receiver_no_memory_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_session_test_receiver_no_memory_LDADD = $(SESSION_LIBS) $(CMOCKA_LIBS)
tests_unit_session_test_receiver_no_memory_LDFLAGS = $(ALLOC_FAIL_LINK)
tests_unit_session_test_receiver_role_SOURCES = %D%/test_receiver_role.c tests/support/unit.h
tests_unit_session_test_receiver_role_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_session_test_receiver_role_LDADD = $(SESSION_LIBS) $(CMOCKA_LIBS)
