/* SPDX-License-Identifier: BSD-3-Clause */
#include "agent/target_line.h"

#include <string.h>

#include "agent/request.h"
#include "base/err.h"
#include "base/num.h"
#include "conf/token.h"
#include "identity/user_line.h"

enum { WORD_SIZE = 2048, NUMBER_TEXT = 16 };

static const char *const directives[TARGET_KINDS] = {
    [TARGET_ADDRESS] = "targetAddr",           [TARGET_PARAMS] = "targetParams",
    [TARGET_NOTIFY] = "snmpNotifyTable",       [TARGET_PROFILE] = "snmpNotifyFilterProfileTable",
    [TARGET_FILTER] = "snmpNotifyFilterTable", /* an OID, and columns with their numbers */
};

const char *target_line_directive(enum target_kind kind)
{
    return directives[kind];
}

bool target_line_is_kept(const struct target_row *row)
{
    int32_t storage = target_number(row, target_table(row->kind)->storage);
    return (storage == TARGET_NON_VOLATILE || storage == TARGET_PERMANENT) && target_row_is_complete(row);
}

/* Two digits for an octet; a sub-identifier, of four octets, has up to 11 characters. */
size_t target_line_size(const struct target_row *row)
{
    return 4 * target_row_size(row) + TARGET_COLUMNS_MAX * NUMBER_TEXT;
}

/* ---- writing ---- */

static void append_oid(struct text *out, struct uvsnmp_oid oid)
{
    for (size_t i = 0; i < oid.count; i++) {
        text_append_char(out, '.');
        text_append_u64(out, oid.ids[i]);
    }
}

static void append_value(struct text *out, const struct uvsnmp_value *value)
{
    switch (value->type) {
    case UVSNMP_INTEGER:
        text_append_i64(out, value->as.integer);
        break;
    case UVSNMP_OBJECT_IDENTIFIER:
        append_oid(out, value->as.oid);
        break;
    default:
        user_octets_format(out, value->as.bytes.data, value->as.bytes.size);
        break;
    }
}

static void append_index(struct text *out, const struct target_row *row)
{
    uint8_t octets[TARGET_NAME_MAX];
    if (row->kind == TARGET_FILTER) {
        append_oid(out, row->index);
        return;
    }
    for (size_t i = 0; i < row->index.count; i++) {
        octets[i] = (uint8_t)row->index.ids[i];
    }
    user_octets_format(out, octets, row->index.count);
}

void target_line_format(struct text *out, const struct target_row *row)
{
    const struct target_table *table = target_table(row->kind);
    bool is_filter = row->kind == TARGET_FILTER;
    append_index(out, row);
    for (uint32_t column = table->first; column <= table->status; column++) {
        text_append_char(out, ' ');
        if (is_filter) {
            text_append_u64(out, column);
            text_append_char(out, ':');
        }
        append_value(out, &row->values[column]);
    }
    text_append(out, is_filter ? " $" : "");
}

/* ---- reading ---- */

/* What the values of a line borrow. */
struct store {
    struct user_octets octets[TARGET_COLUMNS_MAX + 1];
    struct uvsnmp_oid_buf oid, index;
};

static int bad_value(const struct uvsnmp_object *object, struct uvsnmp_error *err)
{
    return err_set(err, UVSNMP_EBAD_VALUE, "column %u has no such value", (unsigned)object->id);
}

/* An OID's text may be longer than octets are. */
static int take_oid(const char **text, const struct uvsnmp_object *object, struct store *store,
                    struct uvsnmp_value *out, struct uvsnmp_error *err)
{
    char word[UVSNMP_OID_TEXT_MAX];
    int rc = conf_need_word(text, "value", word, sizeof(word), err);
    if (rc < 0) {
        return rc;
    }
    if (uvsnmp_oid_parse(word, &store->oid, NULL) < 0) {
        return bad_value(object, err);
    }
    *out = uvsnmp_oid_value(uvsnmp_oid_of(&store->oid));
    return 1;
}

static int take_value(const char **text, const struct uvsnmp_object *object, struct store *store,
                      struct uvsnmp_value *out, struct uvsnmp_error *err)
{
    struct user_octets *octets = &store->octets[object->id];
    int64_t number;
    bool good = true;
    if (object->type == UVSNMP_OBJECT_IDENTIFIER) {
        return take_oid(text, object, store, out, err);
    }
    int rc = user_octets_take(text, "value", octets, err);
    if (rc < 0) {
        return rc;
    }
    if (object->type == UVSNMP_INTEGER) {
        good = num_parse_i64((const char *)octets->data, INT32_MIN, INT32_MAX, &number);
        *out = uvsnmp_integer(good ? (int32_t)number : 0);
    } else {
        *out = uvsnmp_octets(octets->data, octets->size);
    }
    good = good && object_check(object, out) == UVSNMP_STATUS_NO_ERROR;
    return good ? 1 : bad_value(object, err);
}

static int take_name(const char **text, struct uvsnmp_oid_buf *index, struct uvsnmp_error *err)
{
    struct user_octets octets;
    int rc = user_octets_take(text, "name", &octets, err);
    if (rc < 0) {
        return rc;
    }
    return target_index_make(index, (struct uvsnmp_bytes){octets.data, octets.size})
               ? 1
               : err_set(err, UVSNMP_EBAD_VALUE, "a name has 1 to %d octets", TARGET_NAME_MAX);
}

static int take_values(const char *text, struct target_row *draft, struct store *store,
                       struct uvsnmp_error *err)
{
    const struct target_table *table = target_table(draft->kind);
    int rc = 1;
    for (uint32_t column = table->first; rc > 0 && column <= table->status; column++) {
        rc = take_value(&text, &table->columns[column - 1], store, &draft->values[column], err);
    }
    return rc;
}

/* ".4.112.114.111.102.1.3.6 2:0x 3:1 4:3 5:1 $" */
static int take_filter(const char *text, struct target_row *draft, struct store *store,
                       struct uvsnmp_error *err)
{
    const struct target_table *table = target_table(TARGET_FILTER);
    char word[WORD_SIZE];
    int rc = conf_need_word(&text, "index", word, sizeof(word), err);
    if (rc > 0 && uvsnmp_oid_parse(word, &store->index, NULL) < 0) {
        rc = err_set(err, UVSNMP_EBAD_OID, "invalid index");
    }
    while (rc > 0 && (rc = conf_next_word(&text, "column", word, sizeof(word), err)) > 0 &&
           strcmp(word, "$") != 0) {
        char *value = strchr(word, ':');
        uint64_t column = 0;
        if (value) {
            *value++ = '\0';
        }
        if (!value || !num_parse_u64(word, table->status, &column) || column < table->first) {
            return err_set(err, UVSNMP_EBAD_SYNTAX, "no such column");
        }
        const char *rest = *value ? value : "0x";
        rc = take_value(&rest, &table->columns[column - 1], store, &draft->values[column], err);
    }
    return rc < 0 ? rc : 1;
}

/* A row that is written as not ready is not in service. */
static int put(struct targets *targets, struct target_row *draft, struct uvsnmp_error *err)
{
    const struct target_table *table = target_table(draft->kind);
    struct target_row *row = NULL, *replaced = NULL;
    if (!target_index_is_valid(draft->kind, draft->index) || !target_row_is_complete(draft) ||
        target_number(draft, table->storage) == TARGET_READ_ONLY) {
        return err_set(err, UVSNMP_EBAD_VALUE, "there is no such row");
    }
    if (!target_is_active(draft, table->status)) {
        draft->values[table->status] = uvsnmp_integer(TARGET_NOT_IN_SERVICE);
    }
    row = target_row_new(draft);
    int rc = row ? targets_put(targets, row, &replaced) : UVSNMP_ENO_MEMORY;
    target_row_free(rc < 0 ? row : replaced);
    return rc < 0 ? err_set(err, rc, "the row cannot be kept: %s", uvsnmp_strerror(rc)) : 0;
}

int target_line_parse(struct targets *targets, enum target_kind kind, const char *text,
                      struct uvsnmp_error *err)
{
    struct store store;
    struct target_row draft;
    int rc;
    target_row_init(&draft, kind, (struct uvsnmp_oid){NULL, 0});
    if (kind == TARGET_FILTER) {
        rc = take_filter(text, &draft, &store, err);
    } else {
        rc = take_name(&text, &store.index, err);
        rc = rc < 0 ? rc : take_values(text, &draft, &store, err);
    }
    draft.index = uvsnmp_oid_of(&store.index);
    rc = rc < 0 ? rc : put(targets, &draft, err);
    usm_wipe(&store, sizeof(store));
    return rc;
}
