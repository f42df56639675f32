# SPDX-License-Identifier: BSD-3-Clause
include apps/common/local.mk
include apps/snmpd-lite/local.mk
include apps/snmptable/local.mk
include apps/snmptranslate/local.mk
include apps/snmptrap/local.mk
include apps/snmptrapd-lite/local.mk

bin_PROGRAMS += \
	%D%/snmpbulkget \
	%D%/snmpbulkwalk \
	%D%/snmpget \
	%D%/snmpgetnext \
	%D%/snmpset \
	%D%/snmpwalk

apps_snmpbulkget_SOURCES = %D%/snmpbulkget.c
apps_snmpbulkget_CPPFLAGS = $(APPS_CPPFLAGS)
apps_snmpbulkget_LDADD = $(APPS_LIBS)
apps_snmpbulkwalk_SOURCES = %D%/snmpbulkwalk.c
apps_snmpbulkwalk_CPPFLAGS = $(APPS_CPPFLAGS)
apps_snmpbulkwalk_LDADD = $(APPS_LIBS)
apps_snmpget_SOURCES = %D%/snmpget.c
apps_snmpget_CPPFLAGS = $(APPS_CPPFLAGS)
apps_snmpget_LDADD = $(APPS_LIBS)
apps_snmpgetnext_SOURCES = %D%/snmpgetnext.c
apps_snmpgetnext_CPPFLAGS = $(APPS_CPPFLAGS)
apps_snmpgetnext_LDADD = $(APPS_LIBS)
apps_snmpset_SOURCES = %D%/snmpset.c
apps_snmpset_CPPFLAGS = $(APPS_CPPFLAGS)
apps_snmpset_LDADD = $(APPS_LIBS)
apps_snmpwalk_SOURCES = %D%/snmpwalk.c
apps_snmpwalk_CPPFLAGS = $(APPS_CPPFLAGS)
apps_snmpwalk_LDADD = $(APPS_LIBS)
