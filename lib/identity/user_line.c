/* SPDX-License-Identifier: BSD-3-Clause */
#include "identity/user_line.h"

#include <ctype.h>
#include <string.h>

#include "base/err.h"
#include "base/num.h"
#include "conf/token.h"

/* In the order of the line. */
enum field {
    FIELD_STATUS,
    FIELD_STORAGE,
    FIELD_ENGINE_ID,
    FIELD_NAME,
    FIELD_SECURITY_NAME,
    FIELD_CLONE_FROM, /* an OID or NULL, which says nothing that the keys do not */
    FIELD_AUTH,
    FIELD_AUTH_KEY,
    FIELD_PRIV,
    FIELD_PRIV_KEY,
    FIELD_PUBLIC,
    FIELDS
};

static const char *const field_names[FIELDS] = {
    "status",       "storage type",       "engine ID",    "user name",   "security name", "clone-from",
    "authProtocol", "authentication key", "privProtocol", "privacy key", "public value",
};

/* ---- words ---- */

int user_octets_take(const char **text, const char *what, struct user_octets *out, struct uvsnmp_error *err)
{
    char word[2 + 2 * USER_OCTETS_MAX + 1];
    bool is_quoted = *conf_skip_space(*text) == '"';
    ptrdiff_t size = conf_word(text, word, sizeof(word));
    int rc = 1;
    if (size == UVSNMP_ENOT_FOUND) {
        return err_set(err, UVSNMP_EBAD_SYNTAX, "missing %s", what);
    }
    if (size >= 0 && is_quoted) {
        size = size > USER_OCTETS_MAX ? UVSNMP_ETOO_LONG : size;
        memcpy(out->data, word, size > 0 ? (size_t)size : 0);
    } else if (size >= 0) {
        size = conf_octets_parse(word, out->data, USER_OCTETS_MAX);
    }
    usm_wipe(word, sizeof(word));
    if (size < 0) {
        rc = err_set(err, (int)size, "invalid %s", what);
        size = 0;
    }
    out->size = (size_t)size;
    out->data[out->size] = '\0';
    return rc;
}

static struct uvsnmp_bytes bytes_of(const struct user_octets *octets)
{
    return (struct uvsnmp_bytes){octets->data, octets->size};
}

/* ---- reading ---- */

static int take_number(const struct user_octets *word, int least, int most, int *out)
{
    int64_t number;
    bool is_number = num_parse_i64((const char *)word->data, least, most, &number);
    *out = is_number ? (int)number : 0;
    return is_number ? 0 : UVSNMP_EBAD_VALUE;
}

/* An OID of a protocol; "NULL" where the row has none yet. */
static bool take_oid(const struct user_octets *word, struct uvsnmp_oid_buf *oid)
{
    return strcmp((const char *)word->data, "NULL") == 0 ||
           uvsnmp_oid_parse((const char *)word->data, oid, NULL) == 0;
}

/* Keys may be longer than they need to be, as those of older agents are; a row that waits to be cloned has
 * its protocols, and no keys yet. */
static int take_key(const struct user_octets *word, size_t size, bool is_ready, struct usm_key *key)
{
    if (word->size == 0 && !is_ready) {
        return 0;
    }
    if (word->size < size) {
        return UVSNMP_EBAD_VALUE;
    }
    memcpy(key->data, word->data, size);
    key->size = size;
    return 0;
}

/* 0, or UVSNMP_EBAD_VALUE and the field that is bad. */
static int take_security(const struct user_octets *words, bool is_ready, struct usm_security *security,
                         enum field *bad)
{
    struct uvsnmp_oid_buf oid = {.count = 0};
    *bad = FIELD_AUTH;
    if (!take_oid(&words[FIELD_AUTH], &oid) ||
        (oid.count > 0 && !usm_auth_of_oid(uvsnmp_oid_of(&oid), &security->auth))) {
        return UVSNMP_EBAD_VALUE;
    }
    oid.count = 0;
    *bad = FIELD_PRIV;
    if (!take_oid(&words[FIELD_PRIV], &oid) ||
        (oid.count > 0 && !usm_priv_of_oid(uvsnmp_oid_of(&oid), &security->priv)) ||
        (security->priv != USM_PRIV_NONE && security->auth == USM_AUTH_NONE)) {
        return UVSNMP_EBAD_VALUE;
    }
    *bad = FIELD_AUTH_KEY;
    int rc =
        take_key(&words[FIELD_AUTH_KEY], usm_auth(security->auth)->key_size, is_ready, &security->auth_key);
    if (rc == 0) {
        *bad = FIELD_PRIV_KEY;
        rc = take_key(&words[FIELD_PRIV_KEY], usm_priv(security->priv)->key_size, is_ready,
                      &security->priv_key);
    }
    return rc;
}

static int fill_user(const struct user_octets *words, struct usm_user *user, enum field *bad)
{
    int status = 0, storage = 0;
    *bad = FIELD_STATUS;
    int rc = take_number(&words[FIELD_STATUS], USM_USER_ACTIVE, USM_USER_NOT_READY, &status);
    if (rc == 0) {
        *bad = FIELD_STORAGE;
        rc = take_number(&words[FIELD_STORAGE], USM_USER_VOLATILE, USM_USER_READ_ONLY, &storage);
    }
    if (rc == 0) {
        rc = take_security(words, status != USM_USER_NOT_READY, &user->security, bad);
    }
    if (rc == 0) {
        *bad = FIELD_SECURITY_NAME;
        rc = usm_user_set_security_name(user, bytes_of(&words[FIELD_SECURITY_NAME]));
    }
    if (rc == 0 && words[FIELD_PUBLIC].size > USM_PUBLIC_MAX) {
        *bad = FIELD_PUBLIC;
        rc = UVSNMP_ETOO_LONG;
    }
    if (rc == 0) {
        user->status = (enum usm_user_status)status;
        user->storage = (enum usm_user_storage)storage;
        user->is_cloned = status != USM_USER_NOT_READY;
        user->public_size = words[FIELD_PUBLIC].size;
        memcpy(user->public_value, words[FIELD_PUBLIC].data, user->public_size);
    }
    return rc;
}

static int add_user(struct usm_users *users, const struct user_octets *words, struct uvsnmp_error *err)
{
    struct usm_user *user;
    enum field bad = FIELD_STATUS;
    int rc = usm_users_add(users, bytes_of(&words[FIELD_ENGINE_ID]), bytes_of(&words[FIELD_NAME]), &user);
    if (rc < 0) {
        return err_set(err, rc, "the user cannot be added: %s", uvsnmp_strerror(rc));
    }
    rc = fill_user(words, user, &bad);
    if (rc < 0) {
        usm_users_remove(users, user);
        return err_set(err, rc, "invalid %s", field_names[bad]);
    }
    return 0;
}

int user_line_parse(struct usm_users *users, const char *text, struct uvsnmp_error *err)
{
    struct user_octets words[FIELDS];
    int rc = 1;
    for (size_t i = 0; rc > 0 && i < FIELDS; i++) {
        rc = user_octets_take(&text, field_names[i], &words[i], err);
    }
    if (rc > 0) {
        rc = add_user(users, words, err);
    }
    usm_wipe(words, sizeof(words));
    return rc;
}

/* ---- writing ---- */

static bool is_plain(struct uvsnmp_bytes octets)
{
    for (size_t i = 0; i < octets.size; i++) {
        if (octets.data[i] > '~' || !isprint(octets.data[i]) || strchr("\"\\", octets.data[i])) {
            return false;
        }
    }
    return true;
}

static void append_octets(struct text *out, const uint8_t *data, size_t size)
{
    text_append(out, size > 0 ? " 0x" : " \"\"");
    for (size_t i = 0; i < size; i++) {
        text_append_format(out, "%02x", data[i]);
    }
}

void user_octets_format(struct text *out, const uint8_t *data, size_t size)
{
    if (is_plain((struct uvsnmp_bytes){data, size})) {
        text_append_char(out, '"');
        text_append_size(out, data, size);
        text_append_char(out, '"');
        return;
    }
    text_append(out, "0x");
    for (size_t i = 0; i < size; i++) {
        text_append_format(out, "%02x", data[i]);
    }
}

static void append_name(struct text *out, const uint8_t *data, size_t size)
{
    text_append_char(out, ' ');
    user_octets_format(out, data, size);
}

static void append_protocol(struct text *out, struct uvsnmp_oid oid, const struct usm_key *key)
{
    char text[UVSNMP_OID_TEXT_MAX];
    (void)uvsnmp_oid_format(oid, text, sizeof(text));
    text_append_format(out, " %s%s", text[0] == '.' ? "" : ".", text);
    append_octets(out, key->data, key->size);
}

void user_line_format(struct text *out, const struct usm_user *user)
{
    const struct usm_security *security = &user->security;
    text_append_format(out, "%d %d", (int)user->status, (int)user->storage);
    append_octets(out, user->engine_id, user->engine_id_size);
    append_name(out, user->name, user->name_size);
    append_name(out, user->security_name, user->security_name_size);
    text_append(out, " NULL");
    append_protocol(out, usm_auth(security->auth)->oid, &security->auth_key);
    append_protocol(out, usm_priv(security->priv)->oid, &security->priv_key);
    append_octets(out, user->public_value, user->public_size);
}
