# SPDX-License-Identifier: BSD-3-Clause
check_PROGRAMS += tests/support/tool_peer
tests_support_tool_peer_SOURCES = tests/support/tool_peer.c
tests_support_tool_peer_LDADD = $(MSG_LIBS)

EXTRA_DIST += tests/support/daemon.bash %D%/snmpd-lite.bats
if HAVE_BATS
TESTS += %D%/snmpd-lite.bats
endif
