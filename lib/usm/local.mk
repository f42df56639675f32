# SPDX-License-Identifier: BSD-3-Clause
noinst_LTLIBRARIES += lib/usm/libusm.la
lib_usm_libusm_la_CPPFLAGS = $(AM_CPPFLAGS) $(LIBCRYPTO_CFLAGS) -DUVSNMP_LIBCRYPTO='"$(LIBCRYPTO_SONAME)"'
lib_usm_libusm_la_SOURCES = \
	%D%/credential.c %D%/credential.h \
	%D%/crypto.c %D%/crypto.h %D%/crypto_impl.h \
	%D%/incoming.c %D%/incoming.h \
	%D%/key.c %D%/key.h \
	%D%/openssl.c %D%/openssl.h \
	%D%/outgoing.c %D%/outgoing.h \
	%D%/params.c %D%/params.h \
	%D%/protocol.c %D%/protocol.h \
	%D%/salt.c %D%/salt.h \
	%D%/timeliness.c %D%/timeliness.h \
	%D%/user.c %D%/user.h
