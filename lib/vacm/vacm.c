/* SPDX-License-Identifier: BSD-3-Clause */
#include "vacm/vacm.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "vacm/table.h"

#define VIEWS_MAX 1024

struct vacm {
    size_t holders;
    struct vacm_groups groups;
    struct vacm_accesses accesses;
    struct vacm_view **views; /* in order of name */
    size_t view_count, view_capacity;
    bool closed;
};

struct vacm *vacm_new(void)
{
    struct vacm *vacm = calloc(1, sizeof(struct vacm));
    return vacm ? vacm_hold(vacm) : NULL;
}

struct vacm *vacm_hold(struct vacm *vacm)
{
    vacm->holders++;
    return vacm;
}

void vacm_release(struct vacm *vacm)
{
    if (!vacm || --vacm->holders > 0) {
        return;
    }
    for (size_t i = 0; i < vacm->view_count; i++) {
        vacm_view_release(vacm->views[i]);
    }
    free(vacm->views);
    vacm_groups_fini(&vacm->groups);
    vacm_accesses_fini(&vacm->accesses);
    free(vacm);
}

void vacm_close(struct vacm *vacm)
{
    vacm->closed = true;
    for (size_t i = 0; i < vacm->view_count; i++) {
        vacm_view_close(vacm->views[i]);
    }
}

int vacm_add_group(struct vacm *vacm, enum vacm_model model, const char *security_name, const char *group,
                   struct uvsnmp_error *err)
{
    return vacm_groups_add(&vacm->groups, model, security_name, group, err);
}

int vacm_add_access(struct vacm *vacm, const struct vacm_access *row, struct uvsnmp_error *err)
{
    return vacm_accesses_add(&vacm->accesses, row, err);
}

/* "grpNAME"; "=NAME" where that would be too long. */
static bool name_group(char group[VACM_NAME_MAX + 1], const char *name)
{
    const char *mark = strlen(name) + strlen("grp") <= VACM_NAME_MAX ? "grp" : "=";
    size_t length = strlen(mark) + strlen(name);
    if (length > VACM_NAME_MAX) {
        return false;
    }
    memcpy(group, mark, strlen(mark));
    memcpy(group + strlen(mark), name, strlen(name) + 1);
    return true;
}

int vacm_add_right(struct vacm *vacm, const struct vacm_right *right, struct uvsnmp_error *err)
{
    static const char nothing[] = "none";
    struct vacm_access row = {.prefix = right->prefix, .model = right->model, .level = right->level};
    const char *changes = right->write ? right->view : nothing;
    if (!name_group(row.group, right->security_name)) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "a security name of more than %d characters",
                       VACM_NAME_MAX - 1);
    }
    size_t context = strlen(right->context);
    if (context > VACM_NAME_MAX || !vacm_set_name(row.views[VACM_READ], right->view) ||
        !vacm_set_name(row.views[VACM_WRITE], changes) || !vacm_set_name(row.views[VACM_NOTIFY], changes)) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "the name of a context or view is too long");
    }
    memcpy(row.context, right->context, context + 1);
    int rc = vacm_add_group(vacm, right->model, right->security_name, row.group, err);
    if (rc < 0) {
        return rc;
    }
    rc = vacm_add_access(vacm, &row, err);
    return rc == UVSNMP_EEXISTS ? err_set(err, rc, "an earlier line of this user and level counts") : rc;
}

/* The first view whose name does not come before this one; `*found`: it has this name. */
static size_t position(const struct vacm *vacm, const char *name, bool *found)
{
    size_t low = 0, high = vacm->view_count;
    *found = false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(vacm_view_name(vacm->views[middle]), name);
        *found = *found || order == 0;
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

struct vacm_view *vacm_find_view(const struct vacm *vacm, const char *name)
{
    bool found;
    size_t at = position(vacm, name, &found);
    return found ? vacm->views[at] : NULL;
}

struct vacm_view *vacm_open_view(struct vacm *vacm, const char *name, struct uvsnmp_error *err)
{
    bool found;
    size_t at = position(vacm, name, &found);
    char checked[VACM_NAME_MAX + 1];
    if (found) {
        return vacm->views[at];
    }
    if (!vacm_set_name(checked, name)) {
        (void)err_set(err, UVSNMP_EBAD_ARGUMENT, "the name of a view has 1 to %d characters", VACM_NAME_MAX);
        return NULL;
    }
    if (vacm->view_count >= VIEWS_MAX) {
        (void)err_set(err, UVSNMP_ELIMIT, "more than %d views", VIEWS_MAX);
        return NULL;
    }
    struct vacm_view **views =
        vacm_make_room(vacm->views, vacm->view_count, &vacm->view_capacity, sizeof(*vacm->views));
    struct vacm_view *made = views ? vacm_view_new(checked) : NULL;
    vacm->views = views ? views : vacm->views;
    if (!made) {
        (void)err_set(err, UVSNMP_ENO_MEMORY, "no memory for a view");
        return NULL;
    }
    if (vacm->closed) {
        vacm_view_close(made);
    }
    memmove(&views[at + 1], &views[at], (vacm->view_count - at) * sizeof(*views));
    views[at] = made;
    vacm->view_count++;
    return made;
}

const struct vacm_groups *vacm_groups(const struct vacm *vacm)
{
    return &vacm->groups;
}

const struct vacm_accesses *vacm_accesses(const struct vacm *vacm)
{
    return &vacm->accesses;
}

const struct vacm_view *vacm_view_at(const struct vacm *vacm, size_t position)
{
    return position < vacm->view_count ? vacm->views[position] : NULL;
}

/* Subtrees of the three arcs, as Net-SNMP's are. */
int vacm_add_standard_views(struct vacm *vacm, struct uvsnmp_error *err)
{
    static const struct {
        const char *name;
        bool included;
    } standard[] = {{"_all_", true}, {"_none_", false}};
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < sizeof(standard) / sizeof(standard[0]); i++) {
        struct vacm_view *view = vacm_open_view(vacm, standard[i].name, err);
        rc = view ? 0 : UVSNMP_ENO_MEMORY;
        for (uint32_t top = 0; rc == 0 && top <= 2; top++) {
            const struct vacm_family family = {.subtree = {&top, 1}, .included = standard[i].included};
            rc = vacm_view_add(view, &family, err);
        }
    }
    return rc;
}

enum vacm_answer vacm_view_of(const struct vacm *vacm, const struct vacm_asker *asker,
                              enum vacm_view_type type, struct vacm_view **out)
{
    const char *group =
        vacm->closed ? NULL : vacm_groups_find(&vacm->groups, asker->model, asker->security_name);
    const struct vacm_access *access = group ? vacm_accesses_find(&vacm->accesses, group, asker) : NULL;
    *out = access ? vacm_find_view(vacm, access->views[type]) : NULL;
    if (!access) {
        return group ? VACM_NO_ACCESS_ENTRY : VACM_NO_GROUP_NAME;
    }
    return *out ? VACM_ALLOWED : VACM_NO_SUCH_VIEW;
}

enum vacm_answer vacm_is_access_allowed(const struct vacm *vacm, const struct vacm_asker *asker,
                                        enum vacm_view_type type, struct uvsnmp_oid name)
{
    struct vacm_view *view;
    enum vacm_answer answer = vacm_view_of(vacm, asker, type, &view);
    if (answer != VACM_ALLOWED) {
        return answer;
    }
    return vacm_view_has(view, name) ? VACM_ALLOWED : VACM_NOT_IN_VIEW;
}
