# SPDX-License-Identifier: BSD-3-Clause
noinst_LTLIBRARIES += lib/mib/libmib.la
lib_mib_libmib_la_SOURCES = \
	%D%/build.c %D%/build.h %D%/build_image.c %D%/build_impl.h \
	%D%/build_object.c %D%/build_oid.c %D%/build_type.c \
	%D%/draft.h \
	%D%/facts.h %D%/facts_read.c %D%/facts_words.c %D%/facts_words.h %D%/facts_write.c \
	%D%/files.c %D%/files.h \
	%D%/find.c \
	%D%/image.h \
	%D%/index.h \
	%D%/lexer.c %D%/lexer.h \
	%D%/load.c %D%/load.h \
	%D%/mib.c %D%/mib.h %D%/mib_private.h \
	%D%/object.c \
	%D%/parse_object.c %D%/parse_type.c %D%/parse_value.c \
	%D%/parser.c %D%/parser.h %D%/parser_impl.h \
	%D%/report.c %D%/report.h \
	%D%/smi_words.c %D%/smi_words.h
