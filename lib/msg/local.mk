# SPDX-License-Identifier: BSD-3-Clause
noinst_LTLIBRARIES += lib/msg/libmsg.la
lib_msg_libmsg_la_SOURCES =
