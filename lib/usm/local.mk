# SPDX-License-Identifier: BSD-3-Clause
noinst_LTLIBRARIES += lib/usm/libusm.la
lib_usm_libusm_la_SOURCES = \
	%D%/crypto.h \
	%D%/key.h \
	%D%/params.c %D%/params.h \
	%D%/protocol.h
