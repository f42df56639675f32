/* SPDX-License-Identifier: BSD-3-Clause */
#include "agent/targets.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "usm/crypto.h"

enum { STATUS_MAX = 6, STORAGE_MAX = 5, TIMEOUT = 1500, RETRIES = 3 };

#define INDEX(id, type)                                                                                      \
    {                                                                                                        \
        id, type, UVSNMP_NOT_ACCESSIBLE, 0, 0                                                                \
    }
#define NUMBER(id, least, most)                                                                              \
    {                                                                                                        \
        id, UVSNMP_INTEGER, UVSNMP_READ_WRITE, least, most                                                   \
    }
#define OCTETS(id, most)                                                                                     \
    {                                                                                                        \
        id, UVSNMP_OCTET_STRING, UVSNMP_READ_WRITE, 0, most                                                  \
    }
#define NAME(id)                                                                                             \
    {                                                                                                        \
        id, UVSNMP_OCTET_STRING, UVSNMP_READ_WRITE, 1, TARGET_NAME_MAX                                       \
    }
#define NONE                                                                                                 \
    {                                                                                                        \
        .type = UVSNMP_NULL                                                                                  \
    }
#define INITIALLY(number)                                                                                    \
    {                                                                                                        \
        UVSNMP_INTEGER,                                                                                      \
        {                                                                                                    \
            number                                                                                           \
        }                                                                                                    \
    }
#define EMPTY                                                                                                \
    {                                                                                                        \
        UVSNMP_OCTET_STRING,                                                                                 \
        {                                                                                                    \
            0                                                                                                \
        }                                                                                                    \
    }
#define BIT(column) (1u << (column))
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct uvsnmp_object address_columns[] = {
    INDEX(1, UVSNMP_OCTET_STRING),
    {ADDRESS_DOMAIN, UVSNMP_OBJECT_IDENTIFIER, UVSNMP_READ_WRITE, 0, 0},
    {ADDRESS_ADDRESS, UVSNMP_OCTET_STRING, UVSNMP_READ_WRITE, 1, TARGET_OCTETS_MAX},
    NUMBER(ADDRESS_TIMEOUT, 0, INT32_MAX),
    NUMBER(ADDRESS_RETRIES, 0, UINT8_MAX),
    OCTETS(ADDRESS_TAGS, TARGET_OCTETS_MAX),
    NAME(ADDRESS_PARAMS),
    NUMBER(ADDRESS_STORAGE, 1, STORAGE_MAX),
    NUMBER(ADDRESS_STATUS, 1, STATUS_MAX),
};
static const struct uvsnmp_value address_initial[] = {
    NONE, NONE, NONE, INITIALLY(TIMEOUT), INITIALLY(RETRIES), EMPTY, NONE, INITIALLY(TARGET_NON_VOLATILE),
    NONE};

static const struct uvsnmp_object params_columns[] = {
    INDEX(1, UVSNMP_OCTET_STRING),
    {PARAMS_PROCESSING, UVSNMP_INTEGER, UVSNMP_READ_WRITE, 0, 0},
    NUMBER(PARAMS_MODEL, 1, INT32_MAX),
    OCTETS(PARAMS_NAME, TARGET_OCTETS_MAX),
    NUMBER(PARAMS_LEVEL, UVSNMP_NO_AUTH_NO_PRIV, UVSNMP_AUTH_PRIV),
    NUMBER(PARAMS_STORAGE, 1, STORAGE_MAX),
    NUMBER(PARAMS_STATUS, 1, STATUS_MAX),
};
static const struct uvsnmp_value params_initial[] = {
    NONE, NONE, NONE, NONE, NONE, INITIALLY(TARGET_NON_VOLATILE), NONE};

static const struct uvsnmp_object notify_columns[] = {
    INDEX(1, UVSNMP_OCTET_STRING),
    OCTETS(NOTIFY_TAG, TARGET_OCTETS_MAX),
    NUMBER(NOTIFY_TYPE, TARGET_TRAP, TARGET_INFORM),
    NUMBER(NOTIFY_STORAGE, 1, STORAGE_MAX),
    NUMBER(NOTIFY_STATUS, 1, STATUS_MAX),
};
static const struct uvsnmp_value notify_initial[] = {NONE, EMPTY, INITIALLY(TARGET_TRAP),
                                                     INITIALLY(TARGET_NON_VOLATILE), NONE};

static const struct uvsnmp_object profile_columns[] = {
    NAME(PROFILE_NAME),
    NUMBER(PROFILE_STORAGE, 1, STORAGE_MAX),
    NUMBER(PROFILE_STATUS, 1, STATUS_MAX),
};
static const struct uvsnmp_value profile_initial[] = {NONE, INITIALLY(TARGET_NON_VOLATILE), NONE};

static const struct uvsnmp_object filter_columns[] = {
    INDEX(1, UVSNMP_OBJECT_IDENTIFIER),
    OCTETS(FILTER_MASK, 16),
    NUMBER(FILTER_TYPE, TARGET_INCLUDED, TARGET_EXCLUDED),
    NUMBER(FILTER_STORAGE, 1, STORAGE_MAX),
    NUMBER(FILTER_STATUS, 1, STATUS_MAX),
};
static const struct uvsnmp_value filter_initial[] = {NONE, EMPTY, INITIALLY(TARGET_INCLUDED),
                                                     INITIALLY(TARGET_NON_VOLATILE), NONE};

#define COLUMNS(name) .columns = name##_columns, .count = COUNT(name##_columns), .initial = name##_initial

static const struct target_table tables[TARGET_KINDS] = {
    [TARGET_ADDRESS] = {.entry = UVSNMP_OID(1, 3, 6, 1, 6, 3, 12, 1, 2, 1),
                        COLUMNS(address),
                        .first = ADDRESS_DOMAIN,
                        .storage = ADDRESS_STORAGE,
                        .status = ADDRESS_STATUS,
                        .fixed = BIT(ADDRESS_DOMAIN) | BIT(ADDRESS_ADDRESS),
                        .limit = 1024},
    [TARGET_PARAMS] = {.entry = UVSNMP_OID(1, 3, 6, 1, 6, 3, 12, 1, 3, 1),
                       COLUMNS(params),
                       .first = PARAMS_PROCESSING,
                       .storage = PARAMS_STORAGE,
                       .status = PARAMS_STATUS,
                       .fixed =
                           BIT(PARAMS_PROCESSING) | BIT(PARAMS_MODEL) | BIT(PARAMS_NAME) | BIT(PARAMS_LEVEL),
                       .limit = 1024},
    [TARGET_NOTIFY] = {.entry = UVSNMP_OID(1, 3, 6, 1, 6, 3, 13, 1, 1, 1),
                       COLUMNS(notify),
                       .first = NOTIFY_TAG,
                       .storage = NOTIFY_STORAGE,
                       .status = NOTIFY_STATUS,
                       .limit = 1024},
    [TARGET_PROFILE] = {.entry = UVSNMP_OID(1, 3, 6, 1, 6, 3, 13, 1, 2, 1),
                        COLUMNS(profile),
                        .first = PROFILE_NAME,
                        .storage = PROFILE_STORAGE,
                        .status = PROFILE_STATUS,
                        .limit = 1024},
    [TARGET_FILTER] = {.entry = UVSNMP_OID(1, 3, 6, 1, 6, 3, 13, 1, 3, 1),
                       COLUMNS(filter),
                       .first = FILTER_MASK,
                       .storage = FILTER_STORAGE,
                       .status = FILTER_STATUS,
                       .limit = 1024},
};

const struct target_table *target_table(enum target_kind kind)
{
    return &tables[kind];
}

/* ---- rows ---- */

size_t target_row_size(const struct target_row *draft)
{
    size_t size = sizeof(*draft) + draft->index.count * sizeof(uint32_t);
    for (size_t i = 0; i <= TARGET_COLUMNS_MAX; i++) {
        const struct uvsnmp_value *value = &draft->values[i];
        size += value->type == UVSNMP_OBJECT_IDENTIFIER ? value->as.oid.count * sizeof(uint32_t) : 0;
        size += value->type == UVSNMP_OCTET_STRING ? value->as.bytes.size : 0;
    }
    return size;
}

static uint32_t *place_oid(uint32_t *at, struct uvsnmp_oid *oid)
{
    if (oid->count > 0) {
        memcpy(at, oid->ids, oid->count * sizeof(*at));
    }
    oid->ids = at;
    return at + oid->count;
}

/* What needs no alignment comes last. */
struct target_row *target_row_place(void *memory, const struct target_row *draft)
{
    struct target_row *row = memory;
    *row = *draft;
    uint32_t *ids = place_oid((uint32_t *)(row + 1), &row->index);
    for (size_t i = 0; i <= TARGET_COLUMNS_MAX; i++) {
        if (row->values[i].type == UVSNMP_OBJECT_IDENTIFIER) {
            ids = place_oid(ids, &row->values[i].as.oid);
        }
    }
    uint8_t *octets = (uint8_t *)ids;
    for (size_t i = 0; i <= TARGET_COLUMNS_MAX; i++) {
        struct uvsnmp_bytes *bytes = &row->values[i].as.bytes;
        if (row->values[i].type == UVSNMP_OCTET_STRING) {
            if (bytes->size > 0) {
                memcpy(octets, bytes->data, bytes->size);
            }
            bytes->data = octets;
            octets += bytes->size;
        }
    }
    return row;
}

struct target_row *target_row_new(const struct target_row *draft)
{
    void *memory = malloc(target_row_size(draft));
    return memory ? target_row_place(memory, draft) : NULL;
}

void target_row_free(struct target_row *row)
{
    if (row) {
        usm_wipe(row, target_row_size(row));
        free(row);
    }
}

void target_row_init(struct target_row *draft, enum target_kind kind, struct uvsnmp_oid index)
{
    *draft = (struct target_row){.kind = kind, .index = index};
    for (size_t i = 0; i <= TARGET_COLUMNS_MAX; i++) {
        bool is_column = i > 0 && i <= tables[kind].count;
        draft->values[i] = is_column ? tables[kind].initial[i - 1] : uvsnmp_empty(UVSNMP_NULL);
    }
}

bool target_row_is_complete(const struct target_row *row)
{
    const struct target_table *table = &tables[row->kind];
    bool complete = true;
    for (uint32_t column = table->first; column < table->status; column++) {
        complete = complete && target_is_set(&row->values[column]);
    }
    return complete;
}

int32_t target_number(const struct target_row *row, uint32_t column)
{
    return row->values[column].type == UVSNMP_INTEGER ? (int32_t)row->values[column].as.integer : 0;
}

struct uvsnmp_bytes target_octets(const struct target_row *row, uint32_t column)
{
    const struct uvsnmp_bytes none = {NULL, 0};
    return row->values[column].type == UVSNMP_OCTET_STRING ? row->values[column].as.bytes : none;
}

/* ---- indexes ---- */

static bool is_name(struct uvsnmp_oid ids)
{
    bool good = ids.count > 0 && ids.count <= TARGET_NAME_MAX;
    for (size_t i = 0; good && i < ids.count; i++) {
        good = ids.ids[i] <= UINT8_MAX;
    }
    return good;
}

bool target_index_is_valid(enum target_kind kind, struct uvsnmp_oid index)
{
    if (tables[kind].entry.count + 1 + index.count > UVSNMP_OID_MAX) {
        return false;
    }
    if (kind != TARGET_FILTER) {
        return is_name(index);
    }
    return index.count > 0 && index.ids[0] <= TARGET_NAME_MAX && index.count > 1 + index.ids[0] &&
           is_name((struct uvsnmp_oid){index.ids + 1, index.ids[0]});
}

static bool append_name(struct uvsnmp_oid_buf *index, struct uvsnmp_bytes name)
{
    bool fits = name.size > 0 && name.size <= TARGET_NAME_MAX;
    for (size_t i = 0; fits && i < name.size; i++) {
        fits = uvsnmp_oid_append_id(index, name.data[i]) == 0;
    }
    return fits;
}

bool target_index_make(struct uvsnmp_oid_buf *index, struct uvsnmp_bytes name)
{
    index->count = 0;
    return append_name(index, name);
}

bool target_filter_index_make(struct uvsnmp_oid_buf *index, struct uvsnmp_bytes profile)
{
    index->count = 0;
    return uvsnmp_oid_append_id(index, (uint32_t)profile.size) == 0 && append_name(index, profile);
}

/* ---- tags ---- */

static bool is_delimiter(uint8_t octet)
{
    return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n' || octet == '\v';
}

/* RFC 3413, SnmpTagList: neither at its ends nor twice in a row. */
bool target_tags_are_valid(struct uvsnmp_bytes tags)
{
    bool after_delimiter = true;
    for (size_t i = 0; i < tags.size; i++) {
        bool delimiter = is_delimiter(tags.data[i]);
        if ((delimiter && after_delimiter) || tags.data[i] == '\0') {
            return false;
        }
        after_delimiter = delimiter;
    }
    return tags.size == 0 || !after_delimiter;
}

bool target_tags_have(struct uvsnmp_bytes tags, struct uvsnmp_bytes tag)
{
    size_t start = 0;
    while (tag.size > 0 && start < tags.size) {
        size_t end = start;
        while (end < tags.size && !is_delimiter(tags.data[end])) {
            end++;
        }
        if (end - start == tag.size && memcmp(tags.data + start, tag.data, tag.size) == 0) {
            return true;
        }
        start = end + 1;
    }
    return false;
}

/* ---- the store ---- */

void targets_init(struct targets *targets)
{
    memset(targets, 0, sizeof(*targets));
}

void targets_fini(struct targets *targets)
{
    for (size_t kind = 0; kind < TARGET_KINDS; kind++) {
        struct target_list *list = &targets->lists[kind];
        for (size_t i = 0; i < list->count; i++) {
            target_row_free(list->sorted[i]);
        }
        free(list->sorted);
    }
    targets_init(targets);
}

/* The position of the first row whose index is not before `index`. */
static size_t lower_bound(const struct target_list *list, struct uvsnmp_oid index)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (uvsnmp_oid_compare(list->sorted[middle]->index, index) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool is_at(const struct target_list *list, size_t at, struct uvsnmp_oid index)
{
    return at < list->count && uvsnmp_oid_compare(list->sorted[at]->index, index) == 0;
}

struct target_row *targets_find(const struct targets *targets, enum target_kind kind, struct uvsnmp_oid index)
{
    const struct target_list *list = &targets->lists[kind];
    size_t at = lower_bound(list, index);
    return is_at(list, at, index) ? list->sorted[at] : NULL;
}

struct target_row *targets_find_name(const struct targets *targets, enum target_kind kind,
                                     struct uvsnmp_bytes name)
{
    struct uvsnmp_oid_buf index;
    return target_index_make(&index, name) ? targets_find(targets, kind, uvsnmp_oid_of(&index)) : NULL;
}

bool targets_have_room(const struct targets *targets, enum target_kind kind)
{
    const struct target_list *list = &targets->lists[kind];
    return list->count - list->configured < tables[kind].limit;
}

static int grow(struct target_list *list)
{
    size_t capacity = list->capacity > 0 ? 2 * list->capacity : 8;
    if (list->count < list->capacity) {
        return 0;
    }
    struct target_row **sorted = realloc(list->sorted, capacity * sizeof(struct target_row *));
    if (!sorted) {
        return UVSNMP_ENO_MEMORY;
    }
    list->sorted = sorted;
    list->capacity = capacity;
    return 0;
}

int targets_put(struct targets *targets, struct target_row *row, struct target_row **replaced)
{
    struct target_list *list = &targets->lists[row->kind];
    size_t at = lower_bound(list, row->index);
    *replaced = is_at(list, at, row->index) ? list->sorted[at] : NULL;
    /* Whoever may SET rows cannot keep out those of the configuration. */
    if (!*replaced && !row->receiver && !targets_have_room(targets, row->kind)) {
        return UVSNMP_ELIMIT;
    }
    int rc = *replaced ? 0 : grow(list);
    if (rc < 0) {
        return rc;
    }
    if (*replaced) {
        list->configured -= (*replaced)->receiver != NULL;
    } else {
        memmove(list->sorted + at + 1, list->sorted + at, (list->count - at) * sizeof(struct target_row *));
        list->count++;
    }
    list->sorted[at] = row;
    list->configured += row->receiver != NULL;
    return 0;
}

void targets_take(struct targets *targets, const struct target_row *row)
{
    struct target_list *list = &targets->lists[row->kind];
    size_t at = lower_bound(list, row->index);
    if (at < list->count && list->sorted[at] == row) {
        list->count--;
        list->configured -= row->receiver != NULL;
        memmove(list->sorted + at, list->sorted + at + 1, (list->count - at) * sizeof(struct target_row *));
    }
}
