# SPDX-License-Identifier: BSD-3-Clause
bin_PROGRAMS += %D%/snmptable
apps_snmptable_snmptable_SOURCES = \
	%D%/columns.c %D%/columns.h \
	%D%/flags.c %D%/flags.h \
	%D%/layout.c %D%/layout.h \
	%D%/snmptable.c
apps_snmptable_snmptable_CPPFLAGS = $(APPS_CPPFLAGS)
apps_snmptable_snmptable_LDADD = $(APPS_LIBS)
