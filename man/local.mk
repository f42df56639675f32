# SPDX-License-Identifier: BSD-3-Clause
dist_man_MANS += \
	%D%/snmpbulkget.1 \
	%D%/snmpbulkwalk.1 \
	%D%/snmpcmd.1 \
	%D%/snmpget.1 \
	%D%/snmpgetnext.1 \
	%D%/snmpinform.1 \
	%D%/snmpset.1 \
	%D%/snmptable.1 \
	%D%/snmptranslate.1 \
	%D%/snmptrap.1 \
	%D%/snmpwalk.1 \
	%D%/uvsnmp.3 \
	%D%/snmpd-lite.conf.5 \
	%D%/snmptrapd-lite.conf.5 \
	%D%/uvsnmp-snmp.conf.5 \
	%D%/uvsnmp-architecture.7 \
	%D%/snmpd-lite.8 \
	%D%/snmptrapd-lite.8
