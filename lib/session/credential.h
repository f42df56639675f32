/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef SESSION_CREDENTIAL_H
#define SESSION_CREDENTIAL_H

#include "session/client.h"

/* One more who needs it; uvsnmp_credential_free() when no more. */
struct uvsnmp_credential *credential_hold(struct uvsnmp_credential *credential);

#endif
