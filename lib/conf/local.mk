# SPDX-License-Identifier: BSD-3-Clause
noinst_LTLIBRARIES += lib/conf/libconf.la
lib_conf_libconf_la_SOURCES = \
	%D%/directive.c %D%/directive.h \
	%D%/durable.c %D%/durable.h \
	%D%/files.c %D%/files.h \
	%D%/state.c %D%/state.h \
	%D%/token.c %D%/token.h
