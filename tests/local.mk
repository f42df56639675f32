# SPDX-License-Identifier: BSD-3-Clause
# All tests speak TAP: unit tests through cmocka, the others through bats. `make check` runs them all.
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
TEST_EXTENSIONS = .bats
BATS_LOG_DRIVER = $(LOG_DRIVER)
# A test that hangs fails; the longest ones take a few minutes with sanitizers on a slow machine.
TEST_LIMIT = timeout -k 10 900
LOG_COMPILER = $(TEST_LIMIT)
BATS_LOG_COMPILER = $(TEST_LIMIT) $(BATS)
AM_BATS_LOG_FLAGS = --formatter tap
AM_TESTS_ENVIRONMENT = \
	CMOCKA_MESSAGE_OUTPUT=TAP; export CMOCKA_MESSAGE_OUTPUT; \
	top_srcdir='$(abs_top_srcdir)'; export top_srcdir; \
	top_builddir='$(abs_top_builddir)'; export top_builddir; \
	CC='$(CC)'; export CC; \
	SAN_FLAGS='$(SAN_FLAGS)'; export SAN_FLAGS; \
	LIBUV_CFLAGS='$(LIBUV_CFLAGS)'; export LIBUV_CFLAGS;
UNIT_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) -I$(top_srcdir)/tests
# For programs in which an allocation fails when the test wants it.
ALLOC_FAIL = tests/support/alloc_fail.c tests/support/alloc_fail.h
ALLOC_FAIL_LINK = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=strdup

include tests/unit/local.mk
include tests/cli/local.mk
include tests/golden/local.mk
include tests/interop/local.mk
include tests/replay/local.mk
include tests/fuzz/local.mk
include tests/lint/local.mk
include tests/bench/local.mk

# The last line of a run that passed, and what ./bootstrap asks for after one that did not.
EXTRA_DIST += tests/totals.sh
TOTALS = $(SHELL) $(top_srcdir)/tests/totals.sh
check-local: check-TESTS
	@$(TOTALS) totals $(TEST_LOGS:.log=.trs)
totals:
	@$(TOTALS) totals $(TEST_LOGS:.log=.trs)
failures:
	@$(TOTALS) failures $(TEST_LOGS:.log=.trs)
.PHONY: totals failures
