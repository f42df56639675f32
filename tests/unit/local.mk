# SPDX-License-Identifier: BSD-3-Clause
if HAVE_CMOCKA
include tests/unit/base/local.mk
include tests/unit/io/local.mk
include tests/unit/ber/local.mk
include tests/unit/smi/local.mk
include tests/unit/vacm/local.mk
include tests/unit/msg/local.mk
include tests/unit/usm/local.mk
include tests/unit/engine/local.mk
include tests/unit/session/local.mk
include tests/unit/conf/local.mk
include tests/unit/mib/local.mk
include tests/unit/format/local.mk
include tests/unit/agent/local.mk
include tests/unit/apps/local.mk
endif
