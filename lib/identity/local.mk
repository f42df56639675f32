# SPDX-License-Identifier: BSD-3-Clause
noinst_LTLIBRARIES += lib/identity/libidentity.la
lib_identity_libidentity_la_SOURCES = \
	%D%/engine.c %D%/engine.h \
	%D%/identity.c %D%/identity.h \
	%D%/store.c \
	%D%/user_line.c %D%/user_line.h \
	%D%/users.c
