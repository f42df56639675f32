# SPDX-License-Identifier: BSD-3-Clause
# The MIB groups and the operating system's side append to lib_agent_libagent_la_SOURCES.
noinst_LTLIBRARIES += lib/agent/libagent.la
lib_agent_libagent_la_SOURCES =
include lib/agent/mibs/local.mk
include lib/agent/host/local.mk
