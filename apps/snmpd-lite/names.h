/* SPDX-License-Identifier: BSD-3-Clause */
/* Names in the agent's configuration: looked up as snmpd(8) does, with -m and -M and the tokens of snmp.conf.
 */
#ifndef SNMPD_LITE_NAMES_H
#define SNMPD_LITE_NAMES_H

#include "agent/directives.h"
#include "apps/common/mibs.h"

struct names {
    struct mibs mibs;
    struct directives_names functions;
    bool is_open;    /* the modules were looked for */
    bool is_settled; /* what further files say of modules comes too late */
};

/* `modules` and `directories` are -m and -M, borrowed; NULL: not given. Texts are kept in `arena`. */
void names_init(struct names *names, const char *modules, const char *directories, struct arena *arena);
void names_fini(struct names *names);

/* Once the configuration was read: modules that -m or -M ask for are loaded, whether a name needed them or
 * not, so that what is wrong with them is said; which modules there are changes no more. */
void names_settle(struct names *names);

#endif
