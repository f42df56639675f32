# SPDX-License-Identifier: BSD-3-Clause
sbin_PROGRAMS += apps/snmpd-lite/snmpd-lite
apps_snmpd_lite_snmpd_lite_SOURCES = \
	%D%/server.c %D%/server.h \
	%D%/snmpd-lite.c
apps_snmpd_lite_snmpd_lite_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(POPT_CFLAGS)
apps_snmpd_lite_snmpd_lite_LDADD = apps/common/libapps.la lib/format/libformat.la lib/mib/libmib.la $(AGENT_LIBS) $(POPT_LIBS)
