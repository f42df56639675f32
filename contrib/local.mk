# SPDX-License-Identifier: BSD-3-Clause
EXTRA_DIST += %D%/demo.sh %D%/disk-alert.sh

# The services are made but not installed: where they belong is the distribution's business.
SERVICES = %D%/snmpd-lite.service %D%/snmptrapd-lite.service
EXTRA_DIST += $(SERVICES:=.in) %D%/snmpd-lite.sysusers %D%/snmptrapd-lite.sysusers
noinst_DATA = $(SERVICES)
CLEANFILES += $(SERVICES)
$(SERVICES): %D%/%.service: %D%/%.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) %D% && sed 's|@sbindir[@]|$(sbindir)|g' $< >$@.tmp && mv $@.tmp $@
