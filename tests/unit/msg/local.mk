# SPDX-License-Identifier: BSD-3-Clause
check_PROGRAMS += tests/unit/msg/test_message tests/unit/msg/test_v3
TESTS += tests/unit/msg/test_message tests/unit/msg/test_v3
tests_unit_msg_test_message_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_msg_test_message_LDADD = $(MSG_LIBS) $(CMOCKA_LIBS)
tests_unit_msg_test_v3_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_msg_test_v3_LDADD = $(MSG_LIBS) $(CMOCKA_LIBS)
