# SPDX-License-Identifier: BSD-3-Clause
USM_TESTS = \
	tests/unit/usm/test_credential \
	tests/unit/usm/test_crypto \
	tests/unit/usm/test_incoming \
	tests/unit/usm/test_key \
	tests/unit/usm/test_no_memory \
	tests/unit/usm/test_openssl \
	tests/unit/usm/test_params \
	tests/unit/usm/test_protocol \
	tests/unit/usm/test_salt \
	tests/unit/usm/test_timeliness \
	tests/unit/usm/test_user
check_PROGRAMS += $(USM_TESTS)
TESTS += $(USM_TESTS)
tests_unit_usm_test_crypto_CPPFLAGS = $(UNIT_CPPFLAGS) $(LIBCRYPTO_CFLAGS) \
	-DUVSNMP_LIBCRYPTO='"$(LIBCRYPTO_SONAME)"'
tests_unit_usm_test_crypto_LDADD = $(USM_LIBS) $(CMOCKA_LIBS)
tests_unit_usm_test_key_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_usm_test_key_LDADD = $(USM_LIBS) $(CMOCKA_LIBS)
tests_unit_usm_test_no_memory_CPPFLAGS = $(UNIT_CPPFLAGS) $(LIBCRYPTO_CFLAGS) \
	-DUVSNMP_LIBCRYPTO='"$(LIBCRYPTO_SONAME)"'
tests_unit_usm_test_no_memory_LDADD = $(USM_LIBS) $(CMOCKA_LIBS)
tests_unit_usm_test_no_memory_LDFLAGS = $(ALLOC_FAIL_LINK)
tests_unit_usm_test_no_memory_SOURCES = %D%/test_no_memory.c $(ALLOC_FAIL)
tests_unit_usm_test_openssl_CPPFLAGS = $(UNIT_CPPFLAGS) $(LIBCRYPTO_CFLAGS) \
	-DUVSNMP_LIBCRYPTO='"$(LIBCRYPTO_SONAME)"'
tests_unit_usm_test_openssl_LDADD = $(USM_LIBS) $(CMOCKA_LIBS)
tests_unit_usm_test_params_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_usm_test_params_LDADD = $(USM_LIBS) $(CMOCKA_LIBS)
tests_unit_usm_test_protocol_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_usm_test_protocol_LDADD = $(USM_LIBS) $(CMOCKA_LIBS)
tests_unit_usm_test_credential_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_usm_test_credential_LDADD = $(USM_LIBS) $(CMOCKA_LIBS)
tests_unit_usm_test_incoming_SOURCES = %D%/test_incoming.c tests/support/v3_packets.c tests/support/v3_packets.h
tests_unit_usm_test_incoming_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_usm_test_incoming_LDADD = $(USM_LIBS) $(CMOCKA_LIBS)
tests_unit_usm_test_salt_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_usm_test_salt_LDADD = $(USM_LIBS) $(CMOCKA_LIBS)
tests_unit_usm_test_timeliness_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_usm_test_timeliness_LDADD = $(USM_LIBS) $(CMOCKA_LIBS)
tests_unit_usm_test_user_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_usm_test_user_LDADD = $(USM_LIBS) $(CMOCKA_LIBS)
