# SPDX-License-Identifier: BSD-3-Clause
check_PROGRAMS += tests/unit/engine/test_stats
TESTS += tests/unit/engine/test_stats
tests_unit_engine_test_stats_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_engine_test_stats_LDADD = $(ENGINE_LIBS) $(CMOCKA_LIBS)
