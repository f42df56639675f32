# SPDX-License-Identifier: BSD-3-Clause
lib_agent_libagent_la_SOURCES += \
	lib/agent/directives.c lib/agent/directives.h \
	lib/agent/directives_access.h \
	lib/agent/directives_apply.c \
	lib/agent/directives_community.c \
	lib/agent/directives_store.c \
	lib/agent/directives_user.c \
	lib/agent/directives_trap.c lib/agent/directives_trap.h \
	lib/agent/directives_trapsess.c \
	lib/agent/directives_vacm.c \
	lib/agent/target_line.c lib/agent/target_line.h \
	%D%/group.h \
	%D%/interfaces.c \
	%D%/links.c %D%/links.h \
	%D%/mibs.c %D%/mibs.h \
	%D%/reports.c \
	%D%/rows.c %D%/rows.h \
	%D%/snmp.c \
	%D%/snmp_engine.c \
	%D%/sysor.c \
	%D%/system.c \
	%D%/target_change.c %D%/target_change.h \
	%D%/target_tables.c \
	%D%/usm_change.c %D%/usm_change.h \
	%D%/usm_user.c \
	%D%/vacm_context.c \
	%D%/vacm_vars.c
