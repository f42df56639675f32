# SPDX-License-Identifier: BSD-3-Clause
if HAVE_CMOCKA
check_PROGRAMS += tests/replay/test_snmp
TESTS += tests/replay/test_snmp
tests_replay_test_snmp_SOURCES = %D%/test_snmp.c tests/support/unit.h \
	tests/support/scripted_peer.c tests/support/scripted_peer.h \
	tests/support/virtual_clock.c tests/support/virtual_clock.h
tests_replay_test_snmp_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_replay_test_snmp_LDADD = $(SESSION_LIBS) $(CMOCKA_LIBS)
endif
