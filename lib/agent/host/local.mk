# SPDX-License-Identifier: BSD-3-Clause
lib_agent_libagent_la_SOURCES += %D%/host.h %D%/linux.c
