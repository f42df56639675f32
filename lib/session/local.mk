# SPDX-License-Identifier: BSD-3-Clause
noinst_LTLIBRARIES += lib/session/libsession.la
lib_session_libsession_la_SOURCES = \
	%D%/client.c %D%/client.h \
	%D%/credential.c %D%/credential.h \
	%D%/discovery.c %D%/discovery.h \
	%D%/informs.c %D%/informs.h \
	%D%/notify.c \
	%D%/receiver.c %D%/receiver.h \
	%D%/receiver_role.c \
	%D%/request.c \
	%D%/rows.c %D%/rows.h \
	%D%/session.c \
	%D%/table.c \
	%D%/verbs.c \
	%D%/wait.c %D%/wait.h \
	%D%/walk.c
