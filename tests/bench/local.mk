# SPDX-License-Identifier: BSD-3-Clause
# Built by `make check`, so that they stay correct; run by `make bench` alone: times belong to no test.
BENCH_TOOLS = tests/bench/echo tests/bench/load tests/bench/spawn
check_PROGRAMS += $(BENCH_TOOLS)
tests_bench_echo_SOURCES = %D%/echo.c
tests_bench_load_SOURCES = %D%/load.c
tests_bench_spawn_SOURCES = %D%/spawn.c
EXTRA_DIST += %D%/run
bench: all $(BENCH_TOOLS) tools/mibfacts$(EXEEXT)
	$(SHELL) $(srcdir)/%D%/run .
.PHONY: bench
check_PROGRAMS += tests/bench/poll_many
tests_bench_poll_many_SOURCES = %D%/poll_many.c
tests_bench_poll_many_LDADD = libuvsnmp.la $(LIBUV_LIBS)
