# SPDX-License-Identifier: BSD-3-Clause
sbin_PROGRAMS += apps/snmptrapd-lite/snmptrapd-lite
apps_snmptrapd_lite_snmptrapd_lite_SOURCES = \
	%D%/actions.c %D%/actions.h \
	%D%/forward.c %D%/forward.h \
	%D%/grants.c %D%/grants.h \
	%D%/handlers.c %D%/handlers.h \
	%D%/hosts.c %D%/hosts.h \
	%D%/journal.c %D%/journal.h \
	%D%/json.c %D%/json.h \
	%D%/notice.h \
	%D%/pattern.c %D%/pattern.h \
	%D%/queue.c %D%/queue.h \
	%D%/rules.c %D%/rules.h \
	%D%/server.c %D%/server.h \
	%D%/settings.c %D%/settings.h \
	%D%/snmptrapd-lite.c
apps_snmptrapd_lite_snmptrapd_lite_CPPFLAGS = $(APPS_CPPFLAGS)
apps_snmptrapd_lite_snmptrapd_lite_LDADD = apps/common/libapps.la lib/format/libformat.la lib/mib/libmib.la \
	lib/identity/libidentity.la lib/conf/libconf.la $(SESSION_LIBS) $(POPT_LIBS)
