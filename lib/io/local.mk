# SPDX-License-Identifier: BSD-3-Clause
noinst_LTLIBRARIES += lib/io/libio.la
lib_io_libio_la_SOURCES = \
	%D%/address.c %D%/address.h \
	%D%/agent_role.c %D%/agent_role_impl.h \
	%D%/agent_role_stream.c \
	%D%/agent_role_udp.c \
	%D%/child.c %D%/child.h \
	%D%/due.c %D%/due.h \
	%D%/exchange.c %D%/exchange.h \
	%D%/loop.c %D%/loop.h \
	%D%/listener.c \
	%D%/manager.c %D%/manager_impl.h \
	%D%/manager_send.c \
	%D%/manager_stream.c \
	%D%/manager_udp.c \
	%D%/resolve.c %D%/resolve.h \
	%D%/reverse.c %D%/reverse.h \
	%D%/source.c %D%/source.h \
	%D%/stream.c %D%/stream.h \
	%D%/timer.c %D%/timer.h \
	%D%/udp.c %D%/udp.h \
	%D%/watch.c %D%/watch.h \
	%D%/writer.c %D%/writer.h
