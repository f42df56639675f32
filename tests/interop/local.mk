# SPDX-License-Identifier: BSD-3-Clause

INTEROP_TESTS = \
	%D%/access.bats \
	%D%/agent_notify.bats \
	%D%/agent_v3.bats \
	%D%/agent_v3_state.bats \
	%D%/engine_mibs.bats \
	%D%/facts.bats \
	%D%/names.bats \
	%D%/notify.bats \
	%D%/operands.bats \
	%D%/snmpd-lite.bats \
	%D%/snmptable.bats \
	%D%/snmptt.bats \
	%D%/snmptranslate.bats \
	%D%/tools.bats \
	%D%/trapd.bats \
	%D%/usm.bats
EXTRA_DIST += $(INTEROP_TESTS) %D%/both.bash %D%/share.bash %D%/snmpd.bash %D%/facts_pysnmp.py
if HAVE_BATS
TESTS += $(INTEROP_TESTS)
endif
