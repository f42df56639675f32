# SPDX-License-Identifier: BSD-3-Clause
noinst_LTLIBRARIES += lib/vacm/libvacm.la
lib_vacm_libvacm_la_SOURCES = \
	%D%/access.c %D%/access.h \
	%D%/group.c %D%/group.h \
	%D%/table.h \
	%D%/vacm.c %D%/vacm.h \
	%D%/view.c %D%/view.h
