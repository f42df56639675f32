# SPDX-License-Identifier: BSD-3-Clause
EXTRA_DIST += %D%/demo.sh %D%/disk-alert.sh

# The service is made but not installed: where it belongs is the distribution's business.
EXTRA_DIST += %D%/snmpd-lite.service.in %D%/snmpd-lite.sysusers
noinst_DATA = %D%/snmpd-lite.service
CLEANFILES += %D%/snmpd-lite.service
%D%/snmpd-lite.service: %D%/snmpd-lite.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) %D% && sed 's|@sbindir[@]|$(sbindir)|g' $(srcdir)/%D%/snmpd-lite.service.in >$@.tmp && mv $@.tmp $@
