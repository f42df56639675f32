/* SPDX-License-Identifier: BSD-3-Clause */
#include "vacm/group.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "vacm/table.h"

#define GROUPS_MAX 10000

void vacm_groups_fini(struct vacm_groups *groups)
{
    free(groups->rows);
    memset(groups, 0, sizeof(*groups));
}

static int compare(const struct vacm_group *row, const char *security_name, enum vacm_model model)
{
    int order = strcmp(row->security_name, security_name);
    return order ? order : (int)row->model - (int)model;
}

/* The first row that does not come before this security name and model. */
static size_t position(const struct vacm_groups *groups, const char *security_name, enum vacm_model model)
{
    size_t low = 0, high = groups->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(&groups->rows[middle], security_name, model) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

int vacm_groups_add(struct vacm_groups *groups, enum vacm_model model, const char *security_name,
                    const char *group, struct uvsnmp_error *err)
{
    struct vacm_group made = {.model = model};
    size_t at = position(groups, security_name, model);
    if (!vacm_set_name(made.security_name, security_name) || !vacm_set_name(made.group, group)) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "the name of a group or principal has 1 to %d characters",
                       VACM_NAME_MAX);
    }
    if (at < groups->count && compare(&groups->rows[at], security_name, model) == 0) {
        return strcmp(groups->rows[at].group, group) == 0
                   ? 0
                   : err_set(err, UVSNMP_EEXISTS, "%s is in the group %s already", security_name,
                             groups->rows[at].group);
    }
    if (groups->count >= GROUPS_MAX) {
        return err_set(err, UVSNMP_ELIMIT, "more than %d group entries", GROUPS_MAX);
    }
    struct vacm_group *rows =
        vacm_make_room(groups->rows, groups->count, &groups->capacity, sizeof(*groups->rows));
    if (!rows) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for a group entry");
    }
    groups->rows = rows;
    memmove(&rows[at + 1], &rows[at], (groups->count - at) * sizeof(*rows));
    rows[at] = made;
    groups->count++;
    return 0;
}

const char *vacm_groups_find(const struct vacm_groups *groups, enum vacm_model model,
                             const char *security_name)
{
    size_t at = position(groups, security_name, VACM_ANY);
    for (; at < groups->count && strcmp(groups->rows[at].security_name, security_name) == 0; at++) {
        const struct vacm_group *row = &groups->rows[at];
        if (row->model == VACM_ANY || row->model == model) {
            return row->group;
        }
    }
    return NULL;
}
