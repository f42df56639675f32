# SPDX-License-Identifier: BSD-3-Clause
AGENT_TESTS = tests/unit/agent/test_registry
check_PROGRAMS += $(AGENT_TESTS)
TESTS += $(AGENT_TESTS)
AGENT_FIXTURE = tests/unit/agent/fixture.c tests/unit/agent/fixture.h
tests_unit_agent_test_registry_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_agent_test_registry_LDADD = $(AGENT_LIBS) $(CMOCKA_LIBS)
tests_unit_agent_test_registry_SOURCES = tests/unit/agent/test_registry.c $(AGENT_FIXTURE)
