# SPDX-License-Identifier: BSD-3-Clause
MSG_TESTS = %D%/test_message %D%/test_notification %D%/test_v3
check_PROGRAMS += $(MSG_TESTS)
TESTS += $(MSG_TESTS)
tests_unit_msg_test_message_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_msg_test_message_LDADD = $(MSG_LIBS) $(CMOCKA_LIBS)
tests_unit_msg_test_notification_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_msg_test_notification_LDADD = $(MSG_LIBS) $(CMOCKA_LIBS)
tests_unit_msg_test_v3_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_msg_test_v3_LDADD = $(MSG_LIBS) $(CMOCKA_LIBS)
