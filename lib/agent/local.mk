# SPDX-License-Identifier: BSD-3-Clause
noinst_LTLIBRARIES += lib/agent/libagent.la
lib_agent_libagent_la_SOURCES =
