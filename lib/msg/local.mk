# SPDX-License-Identifier: BSD-3-Clause
noinst_LTLIBRARIES += lib/msg/libmsg.la
lib_msg_libmsg_la_SOURCES = \
	%D%/message.c %D%/message.h \
	%D%/notification.c %D%/notification.h \
	%D%/pdu.c %D%/pdu.h \
	%D%/status.c %D%/status.h \
	%D%/v3.c %D%/v3.h
