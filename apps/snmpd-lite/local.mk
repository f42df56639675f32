# SPDX-License-Identifier: BSD-3-Clause
sbin_PROGRAMS += apps/snmpd-lite/snmpd-lite
apps_snmpd_lite_snmpd_lite_SOURCES = \
	apps/common/daemon.c apps/common/daemon.h \
	apps/common/log.c apps/common/log.h \
	apps/common/packet.c apps/common/packet.h \
	%D%/process.c %D%/process.h \
	%D%/server.c %D%/server.h \
	%D%/snmpd-lite.c \
	%D%/trace.c %D%/trace.h
apps_snmpd_lite_snmpd_lite_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(POPT_CFLAGS)
apps_snmpd_lite_snmpd_lite_LDADD = $(AGENT_LIBS) $(POPT_LIBS)
