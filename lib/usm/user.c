/* SPDX-License-Identifier: BSD-3-Clause */
#include "usm/user.h"

#include <stdlib.h>
#include <string.h>

#include "msg/v3.h"

#define USERS_DEFAULT_LIMIT 65536
#define USERS_FIRST 8

bool usm_security_supports(const struct usm_security *security, uint8_t level)
{
    if ((level & MSG_V3_AUTH) != 0 && (security->auth == USM_AUTH_NONE || security->auth_key.size == 0)) {
        return false;
    }
    return (level & MSG_V3_PRIV) == 0 ||
           ((level & MSG_V3_AUTH) != 0 && security->priv != USM_PRIV_NONE && security->priv_key.size > 0);
}

void usm_security_wipe(struct usm_security *security)
{
    usm_wipe(security, sizeof(*security));
}

void usm_users_init(struct usm_users *users, size_t limit)
{
    memset(users, 0, sizeof(*users));
    users->limit = limit ? limit : USERS_DEFAULT_LIMIT;
}

void usm_user_free(struct usm_user *user)
{
    free(user->security_name);
    usm_wipe(user, sizeof(*user));
    free(user);
}

void usm_users_fini(struct usm_users *users)
{
    for (size_t i = 0; i < users->count; i++) {
        usm_user_free(users->sorted[i]);
    }
    free(users->sorted);
    memset(users, 0, sizeof(*users));
}

/* Both parts of the index begin with their length. */
static int compare_octets(const uint8_t *a, size_t a_size, struct uvsnmp_bytes b)
{
    if (a_size != b.size) {
        return a_size < b.size ? -1 : 1;
    }
    return a_size > 0 ? memcmp(a, b.data, a_size) : 0;
}

static int compare(const struct usm_user *user, struct uvsnmp_bytes engine_id, struct uvsnmp_bytes name)
{
    int order = compare_octets(user->engine_id, user->engine_id_size, engine_id);
    return order != 0 ? order : compare_octets(user->name, user->name_size, name);
}

size_t usm_users_position(const struct usm_users *users, struct uvsnmp_bytes engine_id,
                          struct uvsnmp_bytes name)
{
    size_t first = 0, end = users->count;
    while (first < end) {
        size_t middle = first + (end - first) / 2;
        if (compare(users->sorted[middle], engine_id, name) < 0) {
            first = middle + 1;
        } else {
            end = middle;
        }
    }
    return first;
}

struct usm_user *usm_users_find(const struct usm_users *users, struct uvsnmp_bytes engine_id,
                                struct uvsnmp_bytes name)
{
    size_t at = usm_users_position(users, engine_id, name);
    return at < users->count && compare(users->sorted[at], engine_id, name) == 0 ? users->sorted[at] : NULL;
}

bool usm_users_has_engine(const struct usm_users *users, struct uvsnmp_bytes engine_id)
{
    struct uvsnmp_bytes none = {NULL, 0};
    size_t at = usm_users_position(users, engine_id, none);
    return at < users->count &&
           compare_octets(users->sorted[at]->engine_id, users->sorted[at]->engine_id_size, engine_id) == 0;
}

static int make_room(struct usm_users *users)
{
    if (users->count >= users->limit) {
        return UVSNMP_ELIMIT;
    }
    if (users->count == users->capacity) {
        size_t capacity = users->capacity ? users->capacity * 2 : USERS_FIRST;
        struct usm_user **grown = realloc(users->sorted, capacity * sizeof(struct usm_user *));
        if (!grown) {
            return UVSNMP_ENO_MEMORY;
        }
        users->sorted = grown;
        users->capacity = capacity;
    }
    return 0;
}

int usm_user_set_security_name(struct usm_user *user, struct uvsnmp_bytes name)
{
    if (name.size > USM_SECURITY_NAME_MAX) {
        return UVSNMP_ETOO_LONG;
    }
    uint8_t *copy = malloc(name.size + 1);
    if (!copy) {
        return UVSNMP_ENO_MEMORY;
    }
    if (name.size > 0) {
        memcpy(copy, name.data, name.size);
    }
    free(user->security_name);
    user->security_name = copy;
    user->security_name_size = name.size;
    return 0;
}

static struct usm_user *new_user(struct uvsnmp_bytes engine_id, struct uvsnmp_bytes name)
{
    struct usm_user *user = calloc(1, sizeof(*user));
    if (!user) {
        return NULL;
    }
    if (usm_user_set_security_name(user, name) < 0) {
        usm_user_free(user);
        return NULL;
    }
    memcpy(user->engine_id, engine_id.data, engine_id.size);
    user->engine_id_size = engine_id.size;
    memcpy(user->name, name.data, name.size);
    user->name_size = name.size;
    user->status = USM_USER_ACTIVE;
    user->storage = USM_USER_NON_VOLATILE;
    return user;
}

static struct uvsnmp_bytes engine_of(const struct usm_user *user)
{
    return (struct uvsnmp_bytes){user->engine_id, user->engine_id_size};
}

static struct uvsnmp_bytes name_of(const struct usm_user *user)
{
    return (struct uvsnmp_bytes){user->name, user->name_size};
}

/* Room for one more user, and where it belongs. */
static int find_place(struct usm_users *users, struct uvsnmp_bytes engine_id, struct uvsnmp_bytes name,
                      size_t *at)
{
    *at = usm_users_position(users, engine_id, name);
    if (*at < users->count && compare(users->sorted[*at], engine_id, name) == 0) {
        return UVSNMP_EEXISTS;
    }
    return make_room(users);
}

static void insert(struct usm_users *users, size_t at, struct usm_user *user)
{
    memmove(&users->sorted[at + 1], &users->sorted[at], (users->count - at) * sizeof(struct usm_user *));
    users->sorted[at] = user;
    users->count++;
}

int usm_users_add(struct usm_users *users, struct uvsnmp_bytes engine_id, struct uvsnmp_bytes name,
                  struct usm_user **out)
{
    size_t at;
    *out = NULL;
    if (name.size == 0 || name.size > USM_NAME_MAX || engine_id.size < USM_ENGINE_ID_MIN ||
        engine_id.size > USM_ENGINE_ID_MAX) {
        return UVSNMP_EBAD_VALUE;
    }
    int rc = find_place(users, engine_id, name, &at);
    if (rc < 0) {
        return rc;
    }
    struct usm_user *user = new_user(engine_id, name);
    if (!user) {
        return UVSNMP_ENO_MEMORY;
    }
    insert(users, at, user);
    *out = user;
    return 0;
}

void usm_users_take(struct usm_users *users, struct usm_user *user)
{
    size_t at = usm_users_position(users, engine_of(user), name_of(user));
    users->count--;
    memmove(&users->sorted[at], &users->sorted[at + 1], (users->count - at) * sizeof(struct usm_user *));
}

int usm_users_put(struct usm_users *users, struct usm_user *user)
{
    size_t at;
    int rc = find_place(users, engine_of(user), name_of(user), &at);
    if (rc == 0) {
        insert(users, at, user);
    }
    return rc;
}

void usm_users_remove(struct usm_users *users, struct usm_user *user)
{
    usm_users_take(users, user);
    usm_user_free(user);
}

bool usm_user_clone(struct usm_user *user, const struct usm_user *from)
{
    if (user->is_cloned) {
        return false;
    }
    user->security = from->security;
    user->is_cloned = true;
    return true;
}
