/* SPDX-License-Identifier: BSD-3-Clause */
/* Names in the configuration of a daemon: looked up as snmpd(8) does, with -m and -M and the tokens of
 * snmp.conf. */
#ifndef APPS_COMMON_NAMES_H
#define APPS_COMMON_NAMES_H

#include <uvsnmp/oid.h>

#include "apps/common/mibs.h"

struct names {
    struct mibs mibs;
    bool is_open;    /* the modules were looked for */
    bool is_settled; /* what further files say of modules comes too late */
};

/* `modules` and `directories` are -m and -M, borrowed; NULL: not given. Texts are kept in `arena`. */
void names_init(struct names *names, const char *modules, const char *directories, struct arena *arena);
void names_fini(struct names *names);

/* `arg` is a struct names. Reads a name or numbers; a negative code when it is neither. */
int names_parse(void *arg, const char *text, struct uvsnmp_oid_buf *out);
/* `arg` is a struct names. A line of snmp.conf that says which names there are: "mibs", "mibdirs", "mibfile".
 */
int names_set(void *arg, const char *directive, const char *text);

/* The modules, looked for now where no name has needed them yet; borrowed. */
const struct mib *names_mib(struct names *names);

/* Once the configuration was read: modules that -m or -M ask for are loaded, whether a name needed them or
 * not, so that what is wrong with them is said; which modules there are changes no more. */
void names_settle(struct names *names);

#endif
