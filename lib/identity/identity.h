/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the configuration and the persistent file of a daemon say of its engine and of the users of version 3:
 * who they are, how often it has started, and what survives a restart.
 */
#ifndef IDENTITY_IDENTITY_H
#define IDENTITY_IDENTITY_H

#include <uvsnmp/usm.h>

#include "conf/directive.h"
#include "conf/files.h"
#include "conf/state.h"
#include "engine/engine.h"
#include "identity/engine.h"
#include "identity/user_line.h"

/* What a key is to be made of. */
struct identity_secret {
    enum { SECRET_NONE, SECRET_PASSPHRASE, SECRET_MASTER, SECRET_LOCALIZED } kind;
    struct user_octets octets;
};

/* A createUser line. */
struct identity_user {
    struct engine_id engine_id; /* -e; without octets: this engine's own */
    char name[USM_NAME_MAX + 1];
    enum usm_auth auth;
    enum usm_priv priv;
    struct identity_secret auth_secret, priv_secret; /* of privacy SECRET_NONE: that of authentication */
    char *where;
};

struct identity {
    struct identity_engine engine;
    struct identity_user *users; /* until they are applied: they hold secrets */
    size_t user_count;
    struct usm_users stored; /* usmUser lines: the users of an earlier run */
    size_t lines_done;       /* createUser lines in the persistent file that have been read: the first ones */
    struct conf_files files; /* where it is read from; whose name is the daemon's in "[name]" lines */
};

/* `files` is copied. */
void identity_init(struct identity *identity, const struct conf_files *files);
/* Secrets are wiped. */
void identity_fini(struct identity *identity);
/* Wipes and forgets the createUser lines. */
void identity_forget_users(struct identity *identity);

/* The secret as those who make keys take it; borrows from `from`. */
void identity_fill_secret(const struct identity_secret *from, struct uvsnmp_secret *to);

/* Directives. Their `arg` points to a configuration, whose first member is a struct identity. */
conf_set_fn identity_set_createuser, identity_set_usmuser;
conf_set_fn identity_set_engineid, identity_set_engineidtype, identity_set_engineidnic;
conf_set_fn identity_set_exactengineid, identity_set_oldengineid, identity_set_engineboots;
conf_set_fn identity_set_persistentdir;

/* Does the line stand in the persistent file? */
bool identity_is_persistent(const struct identity *identity, const struct conf_place *place);

/* For the reader's problem(): what cannot be understood in the persistent file may be what is left of the
 * engine's lines. */
void identity_note_problem(struct identity *identity, const struct conf_place *place);

/* Are there users of version 3? */
bool identity_has_users(const struct identity *identity);

/*
 * Gives an engine the users of the configuration, whose secrets are wiped then: those of createUser lines,
 * and where it has none yet those of an earlier run, which the former replace. An error is that of the first
 * line whose user cannot be had, as of engine_set_user(), with its place; the others are there all the same.
 */
int identity_apply_users(struct identity *identity, struct engine *engine, struct uvsnmp_error *err);

/*
 * Keeps other processes from the persistent file, as durable_lock() does: until the descriptor that is
 * returned is closed. Where another one has stored boots of this engine since the configuration was read, the
 * engine's are counted on from those.
 */
int identity_lock(const struct identity *identity, struct engine *engine, struct uvsnmp_error *err);

/* Stores other lines of the daemon's in the persistent file, and where the engine has an ID that and its
 * boots and users; createUser lines in that file are done with then, but for those that were added since the
 * configuration was read. `values` may be NULL. */
int identity_store(struct identity *identity, const struct conf_state_value *values, size_t count,
                   const struct engine *engine, struct uvsnmp_error *err);

#endif
