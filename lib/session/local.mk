# SPDX-License-Identifier: BSD-3-Clause
noinst_LTLIBRARIES += lib/session/libsession.la
lib_session_libsession_la_SOURCES =
