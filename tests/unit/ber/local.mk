# SPDX-License-Identifier: BSD-3-Clause
check_PROGRAMS += tests/unit/ber/test_ber
TESTS += tests/unit/ber/test_ber
tests_unit_ber_test_ber_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_ber_test_ber_LDADD = $(BER_LIBS) $(CMOCKA_LIBS)
