# SPDX-License-Identifier: BSD-3-Clause
check_PROGRAMS += tests/unit/smi/test_oid tests/unit/smi/test_varbind
TESTS += tests/unit/smi/test_oid tests/unit/smi/test_varbind
tests_unit_smi_test_oid_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_smi_test_oid_LDADD = $(SMI_LIBS) $(CMOCKA_LIBS)
tests_unit_smi_test_varbind_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_smi_test_varbind_LDADD = $(SMI_LIBS) $(CMOCKA_LIBS)
