# SPDX-License-Identifier: BSD-3-Clause
# The MIB groups and the operating system's side append to lib_agent_libagent_la_SOURCES.
noinst_LTLIBRARIES += lib/agent/libagent.la
lib_agent_libagent_la_SOURCES = \
	%D%/access.c %D%/access.h \
	%D%/agent.c \
	%D%/arrival.c \
	%D%/report_limit.c %D%/report_limit.h \
	%D%/capability.c %D%/capability.h \
	%D%/core.c %D%/core.h \
	%D%/notify.c %D%/notify.h \
	%D%/notify_receivers.c \
	%D%/notify_sender.c %D%/notify_sender.h \
	%D%/query.c \
	%D%/rate.h \
	%D%/read.c \
	%D%/registry.c %D%/registry.h \
	%D%/request.c %D%/request.h \
	%D%/scalar.c \
	%D%/table.c %D%/table.h \
	%D%/target_address.c \
	%D%/targets.c %D%/targets.h \
	%D%/users.c \
	%D%/write.c
include lib/agent/mibs/local.mk
include lib/agent/host/local.mk
