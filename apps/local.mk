# SPDX-License-Identifier: BSD-3-Clause
include apps/snmpd-lite/local.mk
