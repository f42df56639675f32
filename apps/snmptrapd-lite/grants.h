/* SPDX-License-Identifier: BSD-3-Clause */
/* Who may have what done with his notifications: authCommunity and authUser. */
#ifndef SNMPTRAPD_LITE_GRANTS_H
#define SNMPTRAPD_LITE_GRANTS_H

#include "apps/common/names.h"
#include "apps/snmptrapd-lite/notice.h"

struct grant;

struct grants {
    struct grant *list;
    size_t count;
    bool all; /* disableAuthorization: everybody may everything */
};

/* `text` is that of the line: "TYPES COMMUNITY [SOURCE [OID]]", "TYPES [-s MODEL] USER [LEVEL [OID]]". 0, or
 * an error with its detail, and nothing is granted. */
int grants_add_community(struct grants *grants, const char *text, struct names *names,
                         struct uvsnmp_error *err);
int grants_add_user(struct grants *grants, const char *text, struct names *names, struct uvsnmp_error *err);

/* What may be done with it: bits of enum notice_types; 0: nothing. */
unsigned grants_find(const struct grants *grants, const struct uvsnmp_received *received);

void grants_fini(struct grants *grants);

#endif
