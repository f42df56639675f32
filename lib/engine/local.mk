# SPDX-License-Identifier: BSD-3-Clause
noinst_LTLIBRARIES += lib/engine/libengine.la
lib_engine_libengine_la_SOURCES = \
	%D%/stats.c %D%/stats.h
