# SPDX-License-Identifier: BSD-3-Clause
# One program under two names; what they have in common is a library, for the tests' sake too.
noinst_LTLIBRARIES += %D%/libsnmptrap.la
apps_snmptrap_libsnmptrap_la_CPPFLAGS = $(APPS_CPPFLAGS)
apps_snmptrap_libsnmptrap_la_SOURCES = \
	%D%/delivery.c %D%/delivery.h \
	%D%/host.c \
	%D%/kept.c %D%/kept.h \
	%D%/message.c \
	%D%/objects.c \
	%D%/options.c \
	%D%/sending.c \
	%D%/snmptrap.h \
	%D%/spool.c %D%/spool.h \
	%D%/spooling.c \
	%D%/state.c %D%/state.h
SNMPTRAP_LIBS = apps/snmptrap/libsnmptrap.la $(APPS_LIBS)

bin_PROGRAMS += \
	%D%/snmpinform \
	%D%/snmptrap
apps_snmptrap_snmpinform_SOURCES = %D%/snmpinform.c
apps_snmptrap_snmpinform_CPPFLAGS = $(APPS_CPPFLAGS)
apps_snmptrap_snmpinform_LDADD = $(SNMPTRAP_LIBS)
apps_snmptrap_snmptrap_SOURCES = %D%/snmptrap.c
apps_snmptrap_snmptrap_CPPFLAGS = $(APPS_CPPFLAGS)
apps_snmptrap_snmptrap_LDADD = $(SNMPTRAP_LIBS)
