# SPDX-License-Identifier: BSD-3-Clause
noinst_LTLIBRARIES += lib/smi/libsmi.la
lib_smi_libsmi_la_SOURCES = \
	%D%/oid.c \
	%D%/varbind.c %D%/varbind.h
