# SPDX-License-Identifier: BSD-3-Clause
noinst_LTLIBRARIES += lib/format/libformat.la
lib_format_libformat_la_SOURCES = \
	%D%/escape.c %D%/escape.h \
	%D%/hint.c %D%/hint.h \
	%D%/index.c %D%/index.h \
	%D%/input.c %D%/input.h \
	%D%/name.c %D%/name.h %D%/name_impl.h %D%/name_match.c %D%/name_path.c \
	%D%/names.c \
	%D%/oid.c %D%/oid.h \
	%D%/options.c %D%/options.h \
	%D%/value.c %D%/value.h
