# SPDX-License-Identifier: BSD-3-Clause
# Scripted peers on a virtual clock. virtual_clock.c takes the place of lib/io/timer.c in these programs.
REPLAY_SUPPORT = \
	tests/support/exchanges.c tests/support/exchanges.h \
	tests/support/scripted_peer.c tests/support/scripted_peer.h \
	tests/support/virtual_clock.c tests/support/virtual_clock.h \
	tests/support/unit.h
REPLAY_V3_SUPPORT = \
	tests/support/v3_engine.c tests/support/v3_engine.h \
	tests/support/v3_packets.c tests/support/v3_packets.h \
	tests/support/v3_peer.c tests/support/v3_peer.h
if HAVE_CMOCKA
REPLAY_TESTS = \
	tests/replay/test_alloc_failure \
	tests/replay/test_held \
	tests/replay/test_names \
	tests/replay/test_notify \
	tests/replay/test_snmp \
	tests/replay/test_transport \
	tests/replay/test_v3
check_PROGRAMS += $(REPLAY_TESTS)
TESTS += $(REPLAY_TESTS)
tests_replay_test_held_SOURCES = %D%/test_held.c $(REPLAY_SUPPORT)
tests_replay_test_held_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_replay_test_held_LDADD = $(SESSION_LIBS) $(CMOCKA_LIBS)
tests_replay_test_names_SOURCES = %D%/test_names.c $(REPLAY_SUPPORT)
tests_replay_test_names_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_replay_test_names_LDADD = $(IO_LIBS) $(CMOCKA_LIBS)
tests_replay_test_alloc_failure_SOURCES = %D%/test_alloc_failure.c $(REPLAY_SUPPORT) $(REPLAY_V3_SUPPORT) \
	$(ALLOC_FAIL)
tests_replay_test_alloc_failure_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_replay_test_alloc_failure_LDADD = $(SESSION_LIBS) $(CMOCKA_LIBS)
tests_replay_test_alloc_failure_LDFLAGS = $(ALLOC_FAIL_LINK)
tests_replay_test_notify_SOURCES = %D%/test_notify.c $(REPLAY_SUPPORT) $(REPLAY_V3_SUPPORT)
tests_replay_test_notify_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_replay_test_notify_LDADD = $(SESSION_LIBS) $(CMOCKA_LIBS)
tests_replay_test_snmp_SOURCES = %D%/test_snmp.c $(REPLAY_SUPPORT)
tests_replay_test_snmp_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_replay_test_snmp_LDADD = $(SESSION_LIBS) $(CMOCKA_LIBS)
tests_replay_test_transport_SOURCES = %D%/test_transport.c $(REPLAY_SUPPORT)
tests_replay_test_transport_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_replay_test_transport_LDADD = $(IO_LIBS) $(CMOCKA_LIBS)
tests_replay_test_v3_SOURCES = %D%/test_v3.c $(REPLAY_SUPPORT) $(REPLAY_V3_SUPPORT)
tests_replay_test_v3_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_replay_test_v3_LDADD = $(SESSION_LIBS) $(CMOCKA_LIBS)
endif
