# SPDX-License-Identifier: BSD-3-Clause
USM_TESTS = \
	tests/unit/usm/test_crypto \
	tests/unit/usm/test_key \
	tests/unit/usm/test_no_memory \
	tests/unit/usm/test_openssl \
	tests/unit/usm/test_params \
	tests/unit/usm/test_protocol
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
