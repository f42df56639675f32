# SPDX-License-Identifier: BSD-3-Clause
include lib/mib/facts/local.mk

# libmibcore is all but the built-in modules: what the program that makes these of the table of facts needs.
noinst_LTLIBRARIES += lib/mib/libmib.la lib/mib/libmibcore.la
lib_mib_libmib_la_SOURCES = %D%/builtin.c
nodist_lib_mib_libmib_la_SOURCES = lib/mib/builtin_data.c
lib_mib_libmib_la_LIBADD = lib/mib/libmibcore.la
lib_mib_libmibcore_la_SOURCES = \
	%D%/build.c %D%/build.h %D%/build_image.c %D%/build_impl.h \
	%D%/build_object.c %D%/build_oid.c %D%/build_table.c %D%/build_type.c \
	%D%/draft.h \
	%D%/facts.h %D%/facts_read.c %D%/facts_words.c %D%/facts_words.h %D%/facts_write.c \
	%D%/files.c %D%/files.h \
	%D%/find.c \
	%D%/image.h \
	%D%/index.c %D%/index.h \
	%D%/lexer.c %D%/lexer.h \
	%D%/load.c %D%/load.h \
	%D%/mib.c %D%/mib.h %D%/mib_impl.h \
	%D%/object.c \
	%D%/parse_object.c %D%/parse_type.c %D%/parse_value.c \
	%D%/parser.c %D%/parser.h %D%/parser_impl.h \
	%D%/report.c %D%/report.h \
	%D%/smi_words.c %D%/smi_words.h \
	%D%/subtree.c

# mibfacts runs while the tree is built. A cross build takes one that was built for the machine it runs on:
# make MIBFACTS=/path/to/it
MIBFACTS = tools/mibfacts$(EXEEXT)
lib/mib/builtin_data.c: $(MIBFACTS) $(MIB_FACTS)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && \
		(cd $(srcdir) && "$(abspath $(MIBFACTS))" compile $(MIB_FACTS)) >$@.tmp && mv $@.tmp $@
CLEANFILES += lib/mib/builtin_data.c lib/mib/builtin_data.c.tmp
EXTRA_DIST += $(MIB_FACTS) lib/mib/facts/README
