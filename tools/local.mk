# SPDX-License-Identifier: BSD-3-Clause
# A program of the build: it makes lib/mib/builtin_data.c (lib/mib/local.mk), and tests use it.
noinst_PROGRAMS += tools/mibfacts
tools_mibfacts_SOURCES = %D%/mibfacts.c %D%/mibfacts.h %D%/write_c.c %D%/write_smi.c
tools_mibfacts_LDADD = lib/mib/libmibcore.la $(SMI_LIBS)
