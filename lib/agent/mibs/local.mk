# SPDX-License-Identifier: BSD-3-Clause
lib_agent_libagent_la_SOURCES += \
	lib/agent/directives.c lib/agent/directives.h \
	lib/agent/directives_access.h \
	lib/agent/directives_apply.c \
	lib/agent/directives_community.c \
	lib/agent/directives_engine.c lib/agent/directives_engine.h \
	lib/agent/directives_store.c \
	lib/agent/directives_user.c \
	lib/agent/directives_vacm.c \
	lib/agent/source.c lib/agent/source.h \
	lib/agent/user_line.c lib/agent/user_line.h \
	%D%/group.h \
	%D%/interfaces.c \
	%D%/mibs.c %D%/mibs.h \
	%D%/snmp.c \
	%D%/sysor.c \
	%D%/system.c
