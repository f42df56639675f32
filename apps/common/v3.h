/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What version 3 is given: the names of its levels and protocols, and the arguments of its options. They are
 * read and checked whatever version is spoken; the engine that uses them is not built yet.
 */
#ifndef APPS_COMMON_V3_H
#define APPS_COMMON_V3_H

#include <stdbool.h>
#include <stdint.h>

#include <uvsnmp/error.h>

struct app_run;

enum v3_level { V3_LEVEL_UNSET, V3_NO_AUTH_NO_PRIV, V3_AUTH_NO_PRIV, V3_AUTH_PRIV };

enum v3_auth { V3_AUTH_UNSET, V3_AUTH_NONE, V3_MD5, V3_SHA1, V3_SHA224, V3_SHA256, V3_SHA384, V3_SHA512 };

/* The C ones extend short keys as Reeder's draft has it, AES192 and AES256 as Blumenthal's. */
enum v3_priv { V3_PRIV_UNSET, V3_PRIV_NONE, V3_DES, V3_AES128, V3_AES192, V3_AES256, V3_AES192C, V3_AES256C };

struct v3_options {
    enum v3_level level;
    enum v3_auth auth;
    enum v3_priv priv;
    const char *auth_passphrase, *priv_passphrase; /* borrowed; NULL: not given */
};

/* Names in any letter case; false: no such name. An empty one leaves what is. */
bool v3_auth_find(const char *name, enum v3_auth *out);
bool v3_priv_find(const char *name, enum v3_priv *out);
/* `in_file`: snmp.conf has fewer names for levels than -l. */
bool v3_level_find(const char *name, bool in_file, enum v3_level *out);

/*
 * Applies -`letter` `argument`: u l a x A X n e E Z, and 3, whose argument begins with one of these or m M k
 * K and has a blank or nothing before its own. UVSNMP_EBAD_ARGUMENT with Net-SNMP's words; `argument` is
 * borrowed.
 */
int v3_apply(struct v3_options *options, char letter, const char *argument, struct uvsnmp_error *err);

/* Checks what no option can check alone; says what is wrong. */
bool v3_check(const struct app_run *run);

#endif
