# SPDX-License-Identifier: BSD-3-Clause
# What Debian's Net-SNMP prints with modules and values of our own, replayed with ours. tests/golden/record makes
# the rows anew.
check_PROGRAMS += tests/golden/golden
tests_golden_golden_SOURCES = \
	%D%/agent.c %D%/agent.h \
	%D%/golden.c \
	%D%/rows.c %D%/rows.h \
	%D%/run.c %D%/run.h
tests_golden_golden_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests
tests_golden_golden_LDADD = $(MSG_LIBS)
EXTRA_DIST += %D%/differences %D%/mibs %D%/record %D%/rows %D%/values
TESTS += tests/golden/golden
