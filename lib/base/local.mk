# SPDX-License-Identifier: BSD-3-Clause
noinst_LTLIBRARIES += lib/base/libbase.la
lib_base_libbase_la_SOURCES = \
	%D%/arena.c %D%/arena.h \
	%D%/err.c %D%/err.h \
	%D%/hex.c %D%/hex.h \
	%D%/list.h \
	%D%/log.c %D%/log.h \
	%D%/map.c %D%/map.h \
	%D%/num.c %D%/num.h \
	%D%/random.c %D%/random.h \
	%D%/text.c %D%/text.h
