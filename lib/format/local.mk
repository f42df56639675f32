# SPDX-License-Identifier: BSD-3-Clause
noinst_LTLIBRARIES += lib/format/libformat.la
lib_format_libformat_la_SOURCES =
