# SPDX-License-Identifier: BSD-3-Clause
check_PROGRAMS += examples/embedded_agent
examples_embedded_agent_LDADD = libuvsnmp.la $(LIBUV_LIBS)
