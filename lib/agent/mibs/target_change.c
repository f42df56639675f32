/* SPDX-License-Identifier: BSD-3-Clause */
#include "agent/mibs/target_change.h"

#include <string.h>

#include "base/err.h"

enum { ACTIVE = 1, NOT_IN_SERVICE, NOT_READY, CREATE_AND_GO, CREATE_AND_WAIT, DESTROY };

/* ---- single values ---- */

static bool is_tag(struct uvsnmp_bytes tag)
{
    return target_tags_are_valid(tag) && (tag.size == 0 || target_tags_have(tag, tag));
}

static bool is_tag_list(const struct uvsnmp_value *value)
{
    return target_tags_are_valid(value->as.bytes);
}

static bool is_single_tag(const struct uvsnmp_value *value)
{
    return is_tag(value->as.bytes);
}

static bool is_processing(const struct uvsnmp_value *value)
{
    return value->as.integer >= TARGET_V1 && value->as.integer <= INT32_MAX;
}

static bool is_model(const struct uvsnmp_value *value)
{
    return value->as.integer <= TARGET_MODEL_USM;
}

/* What is permanent or read only comes from elsewhere. */
static bool is_storage(const struct uvsnmp_value *value)
{
    return value->as.integer <= TARGET_NON_VOLATILE;
}

/* What the types do not say; the errors are those of Net-SNMP's agent. */
static const struct {
    enum target_kind kind;
    uint32_t column;
    bool (*is_good)(const struct uvsnmp_value *value);
    enum uvsnmp_status error;
} checks[] = {
    {TARGET_ADDRESS, ADDRESS_TAGS, is_tag_list, UVSNMP_STATUS_WRONG_VALUE},
    {TARGET_ADDRESS, ADDRESS_STORAGE, is_storage, UVSNMP_STATUS_WRONG_VALUE},
    {TARGET_PARAMS, PARAMS_PROCESSING, is_processing, UVSNMP_STATUS_INCONSISTENT_VALUE},
    {TARGET_PARAMS, PARAMS_MODEL, is_model, UVSNMP_STATUS_INCONSISTENT_VALUE},
    {TARGET_PARAMS, PARAMS_STORAGE, is_storage, UVSNMP_STATUS_WRONG_VALUE},
    {TARGET_NOTIFY, NOTIFY_TAG, is_single_tag, UVSNMP_STATUS_WRONG_VALUE},
    {TARGET_NOTIFY, NOTIFY_STORAGE, is_storage, UVSNMP_STATUS_WRONG_VALUE},
    {TARGET_PROFILE, PROFILE_STORAGE, is_storage, UVSNMP_STATUS_WRONG_VALUE},
    {TARGET_FILTER, FILTER_STORAGE, is_storage, UVSNMP_STATUS_INCONSISTENT_VALUE},
};

static enum uvsnmp_status check(enum target_kind kind, uint32_t column, const struct uvsnmp_value *value)
{
    for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
        if (checks[i].kind == kind && checks[i].column == column && !checks[i].is_good(value)) {
            return checks[i].error;
        }
    }
    return UVSNMP_STATUS_NO_ERROR;
}

/* ---- RowStatus ---- */

/* The status that is asked for; 0: none. */
static int64_t wanted_status(const struct target_change *change)
{
    const struct uvsnmp_value *value = change->values[target_table(change->kind)->status];
    return value ? value->as.integer : 0;
}

static enum uvsnmp_status check_status(const struct target_change *change, const struct target_row *draft)
{
    switch (wanted_status(change)) {
    case 0:
        return UVSNMP_STATUS_NO_ERROR;
    case ACTIVE:
    case NOT_IN_SERVICE:
        return change->old && target_row_is_complete(draft) ? UVSNMP_STATUS_NO_ERROR
                                                            : UVSNMP_STATUS_INCONSISTENT_VALUE;
    case CREATE_AND_GO:
    case CREATE_AND_WAIT:
        return change->old ? UVSNMP_STATUS_INCONSISTENT_VALUE : UVSNMP_STATUS_NO_ERROR;
    case DESTROY:
        return change->old &&
                       target_number(change->old, target_table(change->kind)->storage) == TARGET_PERMANENT
                   ? UVSNMP_STATUS_INCONSISTENT_VALUE
                   : UVSNMP_STATUS_NO_ERROR;
    default:
        return UVSNMP_STATUS_WRONG_VALUE;
    }
}

/* As with Net-SNMP a row that is created to go, but lacks something, waits for it. */
static int32_t status_after(const struct target_change *change, const struct target_row *draft)
{
    uint32_t column = target_table(change->kind)->status;
    int32_t before = change->old ? target_number(change->old, column) : TARGET_NOT_READY;
    if (!target_row_is_complete(draft)) {
        return TARGET_NOT_READY;
    }
    switch (wanted_status(change)) {
    case ACTIVE:
    case CREATE_AND_GO:
        return TARGET_ACTIVE;
    case NOT_IN_SERVICE:
    case CREATE_AND_WAIT:
        return TARGET_NOT_IN_SERVICE;
    default:
        return before == TARGET_NOT_READY ? TARGET_NOT_IN_SERVICE : before;
    }
}

/* ---- the whole ---- */

static void fail_all(struct target_change *change, enum uvsnmp_status status)
{
    for (size_t i = 0; i <= TARGET_COLUMNS_MAX; i++) {
        change->errors[i] = status;
    }
}

/* Without a row, and none to be made: only its destruction succeeds. */
static void refuse(struct target_change *change)
{
    int64_t status = wanted_status(change);
    fail_all(change, UVSNMP_STATUS_INCONSISTENT_NAME);
    if (status != 0) {
        change->errors[target_table(change->kind)->status] = status == DESTROY ? UVSNMP_STATUS_NO_ERROR
                                                             : status == NOT_READY
                                                                 ? UVSNMP_STATUS_WRONG_VALUE
                                                                 : UVSNMP_STATUS_INCONSISTENT_VALUE;
    }
}

/* False: something cannot be set. */
static bool fill_draft(struct target_change *change, struct target_row *draft)
{
    const struct target_table *table = target_table(change->kind);
    bool was_active = target_is_active(change->old, table->status);
    bool good = true;
    for (uint32_t column = table->first; column < table->status; column++) {
        const struct uvsnmp_value *value = change->values[column];
        if (value) {
            change->errors[column] = check(change->kind, column, value);
            draft->values[column] = *value;
        }
    }
    change->errors[table->status] = check_status(change, draft);
    int32_t status = status_after(change, draft);
    draft->values[table->status] = uvsnmp_integer(status);
    for (uint32_t column = table->first; column <= table->status; column++) {
        bool is_fixed = was_active && status == TARGET_ACTIVE && (table->fixed & 1u << column);
        if (change->values[column] && is_fixed) {
            change->errors[column] = UVSNMP_STATUS_INCONSISTENT_VALUE;
        }
        good = good && change->errors[column] == UVSNMP_STATUS_NO_ERROR;
    }
    return good;
}

/* Will it be felt after the next start? */
static bool is_lasting(const struct target_change *change)
{
    uint32_t storage = target_table(change->kind)->storage;
    return (change->old && target_number(change->old, storage) >= TARGET_NON_VOLATILE) ||
           (change->made && target_number(change->made, storage) >= TARGET_NON_VOLATILE);
}

void target_change_prepare(struct target_change *change)
{
    const struct target_table *table = target_table(change->kind);
    int64_t status = wanted_status(change);
    struct target_row draft;
    change->old = targets_find(change->targets, change->kind, change->index);
    if (change->old && target_number(change->old, table->storage) == TARGET_READ_ONLY) {
        fail_all(change, UVSNMP_STATUS_NOT_WRITABLE);
        return;
    }
    if (!change->old && status != CREATE_AND_GO && status != CREATE_AND_WAIT) {
        refuse(change);
        return;
    }
    if (!change->old && !targets_have_room(change->targets, change->kind)) {
        fail_all(change, UVSNMP_STATUS_RESOURCE_UNAVAILABLE);
        return;
    }
    target_row_init(&draft, change->kind, change->index);
    if (change->old) {
        draft = *change->old;
    }
    if (fill_draft(change, &draft) && status != DESTROY) {
        change->made = target_row_new(&draft);
        if (!change->made) {
            fail_all(change, UVSNMP_STATUS_RESOURCE_UNAVAILABLE);
        }
    }
    change->is_lasting = is_lasting(change);
}

/* Is `row` the one in the table (NULL: is there none)? Other variables of the SET may take their time, and
 * the configuration be read anew meanwhile: then `row` may be gone, and is only compared. */
static bool is_current(const struct target_change *change, const struct target_row *row)
{
    return targets_find(change->targets, change->kind, change->index) == row;
}

int target_change_do(struct target_change *change)
{
    struct target_row *replaced;
    int rc = 0;
    if (change->is_done) {
        return 0;
    }
    if (!is_current(change, change->old)) {
        return UVSNMP_ENOT_FOUND;
    }
    if (change->made) {
        rc = targets_put(change->targets, change->made, &replaced);
    } else if (change->old) {
        targets_take(change->targets, change->old);
    }
    change->is_done = rc == 0;
    return rc;
}

/* What is not put back remains the change's. */
void target_change_undo(struct target_change *change)
{
    struct target_row *replaced;
    int rc = 0;
    if (!change->is_done || !is_current(change, change->made)) {
        return;
    }
    if (change->old) {
        rc = targets_put(change->targets, change->old, &replaced);
    } else if (change->made) {
        targets_take(change->targets, change->made);
    }
    change->is_done = rc < 0;
}

void target_change_fini(struct target_change *change)
{
    target_row_free(change->is_done ? change->old : change->made);
    change->old = change->made = NULL;
}
