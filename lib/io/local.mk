# SPDX-License-Identifier: BSD-3-Clause
noinst_LTLIBRARIES += lib/io/libio.la
lib_io_libio_la_SOURCES =
