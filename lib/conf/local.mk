# SPDX-License-Identifier: BSD-3-Clause
noinst_LTLIBRARIES += lib/conf/libconf.la
lib_conf_libconf_la_SOURCES =
