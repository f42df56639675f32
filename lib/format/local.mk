# SPDX-License-Identifier: BSD-3-Clause
noinst_LTLIBRARIES += lib/format/libformat.la
lib_format_libformat_la_SOURCES = \
	%D%/input.c %D%/input.h \
	%D%/name.c %D%/name.h \
	%D%/oid.c %D%/oid.h \
	%D%/options.c %D%/options.h \
	%D%/value.c %D%/value.h
