# SPDX-License-Identifier: BSD-3-Clause
noinst_LTLIBRARIES += lib/ber/libber.la
lib_ber_libber_la_SOURCES = \
	%D%/bytes.h \
	%D%/reader.c %D%/reader.h \
	%D%/tag.h \
	%D%/writer.c %D%/writer.h
