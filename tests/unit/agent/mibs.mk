# SPDX-License-Identifier: BSD-3-Clause
MIBS_TESTS = %D%/test_directives %D%/test_engine_mibs %D%/test_host %D%/test_mibs %D%/test_no_memory \
	%D%/test_rights %D%/test_targets %D%/test_users %D%/test_usm_sets %D%/test_usm_user
check_PROGRAMS += $(MIBS_TESTS)
TESTS += $(MIBS_TESTS)
tests_unit_agent_test_directives_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_agent_test_directives_LDADD = $(AGENT_LIBS) $(CMOCKA_LIBS)
tests_unit_agent_test_directives_SOURCES = %D%/test_directives.c $(AGENT_FIXTURE)
V3_SUITE = %D%/v3_suite.c %D%/v3_suite.h $(AGENT_FIXTURE)
tests_unit_agent_test_engine_mibs_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_agent_test_engine_mibs_LDADD = $(AGENT_LIBS) $(CMOCKA_LIBS)
tests_unit_agent_test_engine_mibs_SOURCES = %D%/test_engine_mibs.c $(V3_SUITE)
tests_unit_agent_test_host_CPPFLAGS = $(UNIT_CPPFLAGS) $(LIBMNL_CFLAGS)
tests_unit_agent_test_host_LDADD = $(AGENT_LIBS) $(CMOCKA_LIBS)
tests_unit_agent_test_host_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=mnl_socket_recvfrom
tests_unit_agent_test_mibs_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_agent_test_mibs_LDADD = $(AGENT_LIBS) $(CMOCKA_LIBS) $(LIBUV_LIBS)
tests_unit_agent_test_mibs_SOURCES = %D%/test_mibs.c %D%/fake_host.c %D%/fake_host.h $(AGENT_FIXTURE)
tests_unit_agent_test_no_memory_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_agent_test_no_memory_LDADD = $(AGENT_LIBS) $(CMOCKA_LIBS) $(LIBUV_LIBS)
tests_unit_agent_test_no_memory_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=strdup
tests_unit_agent_test_no_memory_SOURCES = %D%/test_no_memory.c %D%/fake_host.c %D%/fake_host.h \
	$(AGENT_V3_MANAGER) $(AGENT_FIXTURE)
tests_unit_agent_test_users_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_agent_test_users_LDADD = $(AGENT_LIBS) $(CMOCKA_LIBS)
tests_unit_agent_test_users_SOURCES = %D%/test_users.c $(AGENT_V3_MANAGER) $(AGENT_FIXTURE)
tests_unit_agent_test_targets_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_agent_test_targets_LDADD = $(AGENT_LIBS) $(CMOCKA_LIBS)
tests_unit_agent_test_targets_SOURCES = %D%/test_targets.c $(V3_SUITE)
tests_unit_agent_test_rights_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_agent_test_rights_LDADD = $(AGENT_LIBS) $(CMOCKA_LIBS)
tests_unit_agent_test_rights_SOURCES = %D%/test_rights.c $(AGENT_FIXTURE)
tests_unit_agent_test_usm_sets_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_agent_test_usm_sets_LDADD = $(AGENT_LIBS) $(CMOCKA_LIBS)
tests_unit_agent_test_usm_sets_SOURCES = %D%/test_usm_sets.c $(V3_SUITE)
tests_unit_agent_test_usm_user_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_agent_test_usm_user_LDADD = $(AGENT_LIBS) $(CMOCKA_LIBS)
tests_unit_agent_test_usm_user_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=query_user_name
tests_unit_agent_test_usm_user_SOURCES = %D%/test_usm_user.c $(V3_SUITE)
