# SPDX-License-Identifier: BSD-3-Clause

EXTRA_DIST += %D%/snmpd-lite.bats
if HAVE_BATS
TESTS += %D%/snmpd-lite.bats
endif
