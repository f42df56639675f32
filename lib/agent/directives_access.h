/* SPDX-License-Identifier: BSD-3-Clause */
/* The directives of snmpd.conf that say who may do what; their `arg` is the struct directives_config. */
#ifndef AGENT_DIRECTIVES_ACCESS_H
#define AGENT_DIRECTIVES_ACCESS_H

#include "agent/access.h"
#include "agent/directives.h"

/* directives_community.c */
conf_set_fn directives_set_rocommunity, directives_set_rocommunity6;
conf_set_fn directives_set_rwcommunity, directives_set_rwcommunity6;
conf_set_fn directives_set_com2sec, directives_set_com2sec6, directives_set_com2secunix;

/* directives_vacm.c */
conf_set_fn directives_set_access, directives_set_group, directives_set_view;

/* directives_user.c */
conf_set_fn directives_set_createuser, directives_set_usmuser, directives_set_rouser, directives_set_rwuser;
/* The secret as who makes keys takes it; borrows from `from`. */
void directives_fill_secret(const struct directives_secret *from, struct uvsnmp_secret *to);
/* Wipes and forgets the createUser lines. */
void directives_users_forget(struct directives_config *config);

/* Does the line stand in the persistent file? */
bool directives_is_persistent(const struct directives_config *config, const struct conf_place *place);

/* "FILE: line N", to be freed; NULL: out of memory. */
char *directives_where(const struct conf_place *place);

/* The word of a security model or level, an enum vacm_model or vacm_level; a negative code: it is none. */
int directives_take_model(const char **text, struct uvsnmp_error *err);
int directives_take_level(const char **text, struct uvsnmp_error *err);

/* An OID of a directive: numbers, or a name where names are known. A negative code: neither. */
int directives_parse_oid(const struct directives_config *config, const char *text,
                         struct uvsnmp_oid_buf *out);

/* Before the first line is read; false: out of memory. */
bool directives_access_init(struct directives_config *config);
void directives_access_fini(struct directives_config *config);

/* After the last line: reports communities that can see nothing. */
void directives_access_check(struct directives_config *config);

/* May a community be answered in this version, and what may it see and set then? The views are borrowed. */
struct access_grant directives_grant(const struct directives_config *config,
                                     const struct directives_community *community,
                                     enum uvsnmp_version version);

#endif
