# SPDX-License-Identifier: BSD-3-Clause
# Fuzz targets: fuzz_NAME.c with LLVMFuzzerTestOneInput, seeds in corpus/NAME/. To add one: its name in
# FUZZ_TARGETS, and its two lines below. `make check` replays the seeds; configured with --enable-fuzzers (and
# CC=clang) the same programs are libFuzzer's: tests/fuzz/fuzz_NAME CORPUS-DIRECTORY.
FUZZ_TARGETS = \
	tests/fuzz/fuzz_address \
	tests/fuzz/fuzz_agent \
	tests/fuzz/fuzz_argv \
	tests/fuzz/fuzz_conf \
	tests/fuzz/fuzz_input \
	tests/fuzz/fuzz_message \
	tests/fuzz/fuzz_mib \
	tests/fuzz/fuzz_oid \
	tests/fuzz/fuzz_pattern \
	tests/fuzz/fuzz_print \
	tests/fuzz/fuzz_receiver \
	tests/fuzz/fuzz_spool \
	tests/fuzz/fuzz_users \
	tests/fuzz/fuzz_v3 \
	tests/fuzz/fuzz_view
check_PROGRAMS += $(FUZZ_TARGETS)
EXTRA_DIST += tests/fuzz/corpus
if FUZZERS
FUZZ_MAIN =
else
FUZZ_MAIN = tests/fuzz/replay_main.c
TESTS += $(FUZZ_TARGETS)
endif

FUZZ_V3_SUPPORT = tests/support/v3_engine.c tests/support/v3_engine.h \
	tests/support/v3_packets.c tests/support/v3_packets.h

tests_fuzz_fuzz_address_SOURCES = %D%/fuzz_address.c $(FUZZ_MAIN)
tests_fuzz_fuzz_address_LDADD = $(IO_LIBS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_agent_SOURCES = %D%/fuzz_agent.c $(FUZZ_MAIN)
tests_fuzz_fuzz_agent_LDADD = $(AGENT_LIBS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_argv_SOURCES = %D%/fuzz_argv.c $(FUZZ_MAIN)
tests_fuzz_fuzz_argv_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_fuzz_fuzz_argv_LDADD = $(APPS_LIBS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_conf_SOURCES = %D%/fuzz_conf.c $(FUZZ_MAIN)
tests_fuzz_fuzz_conf_LDADD = $(AGENT_LIBS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_input_SOURCES = %D%/fuzz_input.c $(FUZZ_MAIN)
tests_fuzz_fuzz_input_LDADD = $(FORMAT_LIBS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_message_SOURCES = %D%/fuzz_message.c $(FUZZ_MAIN)
tests_fuzz_fuzz_message_LDADD = $(MSG_LIBS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_mib_SOURCES = %D%/fuzz_mib.c $(FUZZ_MAIN)
tests_fuzz_fuzz_mib_LDADD = $(MIB_LIBS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_oid_SOURCES = %D%/fuzz_oid.c $(FUZZ_MAIN)
tests_fuzz_fuzz_oid_LDADD = $(SMI_LIBS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_pattern_SOURCES = %D%/fuzz_pattern.c apps/snmptrapd-lite/json.c apps/snmptrapd-lite/pattern.c $(FUZZ_MAIN)
tests_fuzz_fuzz_pattern_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_fuzz_fuzz_pattern_LDADD = $(APPS_LIBS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_print_SOURCES = %D%/fuzz_print.c tests/support/print_mib.c $(FUZZ_MAIN)
tests_fuzz_fuzz_print_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests
tests_fuzz_fuzz_print_LDADD = $(FORMAT_LIBS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_receiver_SOURCES = %D%/fuzz_receiver.c $(FUZZ_MAIN)
tests_fuzz_fuzz_receiver_LDADD = $(SESSION_LIBS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_spool_SOURCES = %D%/fuzz_spool.c $(FUZZ_MAIN)
tests_fuzz_fuzz_spool_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_fuzz_fuzz_spool_LDADD = $(SNMPTRAP_LIBS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_users_SOURCES = %D%/fuzz_users.c $(FUZZ_MAIN)
tests_fuzz_fuzz_users_LDADD = $(AGENT_LIBS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_v3_SOURCES = %D%/fuzz_v3.c $(FUZZ_V3_SUPPORT) $(FUZZ_MAIN)
tests_fuzz_fuzz_v3_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests
tests_fuzz_fuzz_v3_LDADD = $(ENGINE_LIBS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_view_SOURCES = %D%/fuzz_view.c $(FUZZ_MAIN)
tests_fuzz_fuzz_view_LDADD = $(VACM_LIBS) $(FUZZ_LDFLAGS)
