# SPDX-License-Identifier: BSD-3-Clause
bin_PROGRAMS += %D%/snmptranslate
apps_snmptranslate_snmptranslate_SOURCES = \
	%D%/describe.c \
	%D%/report.c \
	%D%/snmptranslate.c %D%/snmptranslate.h \
	%D%/tree.c \
	%D%/wrap.c
apps_snmptranslate_snmptranslate_CPPFLAGS = $(APPS_CPPFLAGS)
apps_snmptranslate_snmptranslate_LDADD = $(APPS_LIBS)
