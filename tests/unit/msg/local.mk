# SPDX-License-Identifier: BSD-3-Clause
check_PROGRAMS += tests/unit/msg/test_message
TESTS += tests/unit/msg/test_message
tests_unit_msg_test_message_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_msg_test_message_LDADD = $(MSG_LIBS) $(CMOCKA_LIBS)
