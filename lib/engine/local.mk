# SPDX-License-Identifier: BSD-3-Clause
noinst_LTLIBRARIES += lib/engine/libengine.la
lib_engine_libengine_la_SOURCES = \
	%D%/engine.c %D%/engine.h \
	%D%/engine_id.c %D%/engine_id.h \
	%D%/incoming.c %D%/incoming.h \
	%D%/outgoing.c %D%/outgoing.h \
	%D%/report.c %D%/report.h \
	%D%/stats.c %D%/stats.h \
	%D%/user.c %D%/user.h
