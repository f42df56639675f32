/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What version 3 is given: the names of its levels and protocols, the arguments of its options, and the user
 * that they make together with what the configuration has. Arguments are read and checked whatever version is
 * spoken.
 */
#ifndef APPS_COMMON_V3_H
#define APPS_COMMON_V3_H

#include <stdbool.h>
#include <stdint.h>

#include <uvsnmp/session.h>

struct app_run;

#define V3_KEY_MAX 128 /* more octets than any key has */
#define V3_ENGINE_ID_MAX 32

struct v3_key {
    size_t size; /* 0: not given */
    uint8_t octets[V3_KEY_MAX];
};

struct v3_secret {
    const char *passphrase; /* borrowed; NULL: not given */
    struct v3_key master, localized;
};

struct v3_engine {
    size_t size; /* 0: not given */
    uint8_t octets[V3_ENGINE_ID_MAX];
};

/* Texts are borrowed; NULL: not given. */
struct v3_options {
    enum uvsnmp_level level; /* 0: not given */
    const char *user, *context;
    const char *auth, *priv; /* protocols */
    struct v3_secret auth_secret, priv_secret;
    struct v3_engine engine_id, context_engine_id;
    int32_t boots, time;
};

/* Names in any letter case; false: no such name. An empty one is taken as it is. */
bool v3_auth_find(const char *name, const char **out);
bool v3_priv_find(const char *name, const char **out);
/* `in_file`: snmp.conf has fewer names for levels than -l. */
bool v3_level_find(const char *name, bool in_file, enum uvsnmp_level *out);

/* Hexadecimal digits, "0x" in front or not; false: not that, or too many. */
bool v3_key_read(const char *text, struct v3_key *out);

/*
 * Applies -`letter` `argument`: u l a x A X n e E Z, and 3, whose argument begins with one of these or m M k
 * K and has a blank or nothing before its own. UVSNMP_EBAD_ARGUMENT with Net-SNMP's words; `argument` is
 * borrowed.
 */
int v3_apply(struct v3_options *options, char letter, const char *argument, struct uvsnmp_error *err);

/* Checks what no option can check alone; says what is wrong. */
bool v3_check(const struct app_run *run);

/* Fills the gaps of run->options.v3 from the configuration; false: something is missing, which was said. */
bool v3_complete(struct app_run *run);

/* Fills `options` with run->options.v3; says what is wrong. The credential, with as many secrets as the level asks for,
 * is made the first time, and is the run's. */
bool v3_session_options(struct app_run *run, struct uvsnmp_session_options *options);

#endif
