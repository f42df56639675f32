/* SPDX-License-Identifier: BSD-3-Clause */
#include "vacm/access.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "vacm/table.h"

#define ACCESSES_MAX 10000

void vacm_accesses_fini(struct vacm_accesses *accesses)
{
    free(accesses->rows);
    memset(accesses, 0, sizeof(*accesses));
}

/* The first row whose group does not come before this one. */
static size_t position(const struct vacm_accesses *accesses, const char *group)
{
    size_t low = 0, high = accesses->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(accesses->rows[middle].group, group) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool is_of_group(const struct vacm_accesses *accesses, size_t at, const char *group)
{
    return at < accesses->count && strcmp(accesses->rows[at].group, group) == 0;
}

static bool has_same_index(const struct vacm_access *a, const struct vacm_access *b)
{
    return a->model == b->model && a->level == b->level && strcmp(a->context, b->context) == 0;
}

static bool has_same_rights(const struct vacm_access *a, const struct vacm_access *b)
{
    for (int i = 0; i < VACM_VIEW_TYPES; i++) {
        if (strcmp(a->views[i], b->views[i]) != 0) {
            return false;
        }
    }
    return a->prefix == b->prefix;
}

int vacm_accesses_add(struct vacm_accesses *accesses, const struct vacm_access *row, struct uvsnmp_error *err)
{
    size_t at = position(accesses, row->group);
    bool named = row->group[0] != '\0';
    for (int i = 0; i < VACM_VIEW_TYPES; i++) {
        named = named && row->views[i][0] != '\0';
    }
    if (!named) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "a group or a view of an access entry has no name");
    }
    for (; is_of_group(accesses, at, row->group); at++) {
        if (has_same_index(&accesses->rows[at], row)) {
            return has_same_rights(&accesses->rows[at], row)
                       ? 0
                       : err_set(err, UVSNMP_EEXISTS,
                                 "the group %s has another access entry for this context, model and level",
                                 row->group);
        }
    }
    if (accesses->count >= ACCESSES_MAX) {
        return err_set(err, UVSNMP_ELIMIT, "more than %d access entries", ACCESSES_MAX);
    }
    struct vacm_access *rows =
        vacm_make_room(accesses->rows, accesses->count, &accesses->capacity, sizeof(*accesses->rows));
    if (!rows) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for an access entry");
    }
    accesses->rows = rows;
    memmove(&rows[at + 1], &rows[at], (accesses->count - at) * sizeof(*rows));
    rows[at] = *row;
    accesses->count++;
    return 0;
}

static bool fits(const struct vacm_access *row, const struct vacm_asker *asker)
{
    size_t length = strlen(row->context);
    bool context = row->prefix ? strncmp(row->context, asker->context, length) == 0
                               : strcmp(row->context, asker->context) == 0;
    return context && (row->model == VACM_ANY || row->model == asker->model) && row->level <= asker->level;
}

/* Of two rows that fit. The context's own name is the longest that can fit. */
static bool is_better(const struct vacm_access *row, const struct vacm_access *than)
{
    size_t length = strlen(row->context), than_length = strlen(than->context);
    if ((row->model == VACM_ANY) != (than->model == VACM_ANY)) {
        return than->model == VACM_ANY;
    }
    if (length != than_length) {
        return length > than_length;
    }
    return row->level > than->level;
}

const struct vacm_access *vacm_accesses_find(const struct vacm_accesses *accesses, const char *group,
                                             const struct vacm_asker *asker)
{
    const struct vacm_access *best = NULL;
    for (size_t at = position(accesses, group); is_of_group(accesses, at, group); at++) {
        const struct vacm_access *row = &accesses->rows[at];
        if (fits(row, asker) && (!best || is_better(row, best))) {
            best = row;
        }
    }
    return best;
}
