# SPDX-License-Identifier: BSD-3-Clause
# A convenience library per layer, lowest first; libuvsnmp is their sum.
include lib/base/local.mk
include lib/io/local.mk
include lib/ber/local.mk
include lib/smi/local.mk
include lib/vacm/local.mk
include lib/msg/local.mk
include lib/usm/local.mk
include lib/engine/local.mk
include lib/session/local.mk
include lib/conf/local.mk
include lib/identity/local.mk
include lib/mib/local.mk
include lib/format/local.mk
include lib/agent/local.mk

# What a program links that uses a layer: the layer and those below it (DESIGN's arrows).
BASE_LIBS = lib/base/libbase.la
IO_LIBS = lib/io/libio.la $(BASE_LIBS) $(LIBUV_LIBS)
BER_LIBS = lib/ber/libber.la $(BASE_LIBS)
SMI_LIBS = lib/smi/libsmi.la $(BER_LIBS)
VACM_LIBS = lib/vacm/libvacm.la $(SMI_LIBS)
MSG_LIBS = lib/msg/libmsg.la $(SMI_LIBS)
USM_LIBS = lib/usm/libusm.la $(MSG_LIBS)
ENGINE_LIBS = lib/engine/libengine.la $(USM_LIBS)
CONF_LIBS = lib/conf/libconf.la $(BASE_LIBS)
MIB_LIBS = lib/mib/libmib.la $(SMI_LIBS)
FORMAT_LIBS = lib/format/libformat.la $(MIB_LIBS)
SESSION_LIBS = lib/session/libsession.la lib/engine/libengine.la lib/usm/libusm.la lib/msg/libmsg.la \
	lib/smi/libsmi.la lib/ber/libber.la $(IO_LIBS)
AGENT_LIBS = lib/agent/libagent.la lib/vacm/libvacm.la lib/identity/libidentity.la lib/conf/libconf.la $(SESSION_LIBS) $(LIBMNL_LIBS)

uvsnmpincludedir = $(includedir)/uvsnmp
uvsnmpinclude_HEADERS = \
	lib/include/uvsnmp/address.h \
	lib/include/uvsnmp/agent.h \
	lib/include/uvsnmp/agent_role.h \
	lib/include/uvsnmp/error.h \
	lib/include/uvsnmp/export.h \
	lib/include/uvsnmp/log.h \
	lib/include/uvsnmp/manager.h \
	lib/include/uvsnmp/names.h \
	lib/include/uvsnmp/oid.h \
	lib/include/uvsnmp/pdu.h \
	lib/include/uvsnmp/receiver.h \
	lib/include/uvsnmp/session.h \
	lib/include/uvsnmp/usm.h \
	lib/include/uvsnmp/value.h

pkgconfigdir = $(libdir)/pkgconfig
nodist_pkgconfig_DATA = lib/uvsnmp.pc
EXTRA_DIST += lib/uvsnmp.pc.in

lib_LTLIBRARIES = libuvsnmp.la
libuvsnmp_la_SOURCES =
libuvsnmp_la_LDFLAGS = $(AM_LDFLAGS) -version-info 0:0:0 -no-undefined
libuvsnmp_la_LIBADD = lib/format/libformat.la lib/mib/libmib.la $(AGENT_LIBS)
