# SPDX-License-Identifier: BSD-3-Clause
check_PROGRAMS += tests/support/tool_peer
tests_support_tool_peer_SOURCES = tests/support/tool_peer.c
tests_support_tool_peer_LDADD = $(MSG_LIBS)

CLI_TESTS = \
	%D%/agent_notify.bats \
	%D%/conf.bats \
	%D%/errors.bats \
	%D%/mibfacts.bats \
	%D%/mibs.bats \
	%D%/options.bats \
	%D%/snmpd-lite.bats \
	%D%/snmpset.bats \
	%D%/snmptable.bats \
	%D%/snmptranslate.bats \
	%D%/snmptrap.bats \
	%D%/snmptrapd-lite.bats \
	%D%/spool.bats \
	%D%/usm.bats \
	%D%/walks.bats
EXTRA_DIST += $(CLI_TESTS) tests/support/daemon.bash tests/support/inform_receiver.py tests/support/snmptrapd.bash \
	tests/support/stop_at.c tests/support/trap_listener.py tests/support/trap_socket.py %D%/tools.bash
if HAVE_BATS
TESTS += $(CLI_TESTS)
endif
