# SPDX-License-Identifier: BSD-3-Clause
check_PROGRAMS += examples/embedded_agent
examples_embedded_agent_LDADD = libuvsnmp.la $(LIBUV_LIBS)
check_PROGRAMS += examples/parallel_gets
examples_parallel_gets_LDADD = libuvsnmp.la $(LIBUV_LIBS)
EXTRA_DIST += examples/embedded_agent.bats
if HAVE_BATS
TESTS += examples/embedded_agent.bats
endif
check_PROGRAMS += examples/line_client examples/line_server
examples_line_client_LDADD = libuvsnmp.la $(LIBUV_LIBS)
examples_line_server_LDADD = libuvsnmp.la $(LIBUV_LIBS)
EXTRA_DIST += examples/line.bats
if HAVE_BATS
TESTS += examples/line.bats
endif
check_PROGRAMS += examples/interface_table
examples_interface_table_LDADD = libuvsnmp.la $(LIBUV_LIBS)
EXTRA_DIST += examples/interface_table.bats
if HAVE_BATS
TESTS += examples/interface_table.bats
endif
check_PROGRAMS += examples/names
examples_names_LDADD = libuvsnmp.la $(LIBUV_LIBS)
EXTRA_DIST += examples/names.bats
if HAVE_BATS
TESTS += examples/names.bats
endif
check_PROGRAMS += examples/secure_gets
examples_secure_gets_LDADD = libuvsnmp.la $(LIBUV_LIBS)
EXTRA_DIST += examples/secure_gets.bats
if HAVE_BATS
TESTS += examples/secure_gets.bats
endif
check_PROGRAMS += examples/inform_managers
examples_inform_managers_LDADD = libuvsnmp.la $(LIBUV_LIBS)
EXTRA_DIST += examples/inform_managers.bats
if HAVE_BATS
TESTS += examples/inform_managers.bats
endif
check_PROGRAMS += examples/trap_receiver
examples_trap_receiver_LDADD = libuvsnmp.la $(LIBUV_LIBS)
EXTRA_DIST += examples/trap_receiver.bats
if HAVE_BATS
TESTS += examples/trap_receiver.bats
endif
check_PROGRAMS += examples/notifying_agent
examples_notifying_agent_LDADD = libuvsnmp.la $(LIBUV_LIBS)
EXTRA_DIST += examples/notifying_agent.bats
if HAVE_BATS
TESTS += examples/notifying_agent.bats
endif
check_PROGRAMS += examples/trap_engines
examples_trap_engines_LDADD = libuvsnmp.la $(LIBUV_LIBS)
EXTRA_DIST += examples/trap_engines.bats
if HAVE_BATS
TESTS += examples/trap_engines.bats
endif
