# SPDX-License-Identifier: BSD-3-Clause
APPS_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) $(POPT_CFLAGS)
noinst_LTLIBRARIES += apps/common/libapps.la
apps_common_libapps_la_CPPFLAGS = $(APPS_CPPFLAGS)
apps_common_libapps_la_SOURCES = \
	%D%/app.c %D%/app.h \
	%D%/argv.c %D%/argv.h \
	%D%/daemon.c %D%/daemon.h \
	%D%/defaults.c %D%/defaults.h \
	%D%/dump.c %D%/dump.h \
	%D%/flags.c %D%/flags.h \
	%D%/log.c %D%/log.h \
	%D%/mibs.c %D%/mibs.h \
	%D%/names.c %D%/names.h \
	%D%/operands.c %D%/operands.h \
	%D%/options.c %D%/options.h \
	%D%/output.c %D%/output.h \
	%D%/packet.c %D%/packet.h \
	%D%/process.c %D%/process.h \
	%D%/probe.c %D%/probe.h \
	%D%/query.c %D%/query.h \
	%D%/report.c %D%/report.h \
	%D%/secret.c %D%/secret.h \
	%D%/service.c %D%/service.h \
	%D%/standard_files.c %D%/standard_files.h \
	%D%/target.c %D%/target.h \
	%D%/trace.c %D%/trace.h \
	%D%/v3.c %D%/v3.h \
	%D%/walking.c %D%/walking.h

# The layers are linked in, not libuvsnmp.so: a one-shot command lives for a millisecond.
APPS_LIBS = apps/common/libapps.la lib/format/libformat.la lib/mib/libmib.la lib/conf/libconf.la $(SESSION_LIBS) $(POPT_LIBS)
