/* SPDX-License-Identifier: BSD-3-Clause */
#include "vacm/view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/hex.h"
#include "vacm/table.h"

/* So many places where a view with masks might go on are looked at: a masked family may have 2^32 of them. Without
 * masks each family has a beginning and an end. */
#define MASKED_BOUNDARIES_MAX 8

struct family {
    uint32_t *ids;
    size_t count;
    bool included;
    bool wild; /* a bit of the mask is 0 */
    uint8_t mask[VACM_MASK_MAX];
    size_t mask_size; /* of what was given; the bits behind it are 1 */
};

struct vacm_view {
    size_t holders;
    bool closed;
    bool masked; /* a family is */
    size_t count, capacity;
    struct family *families; /* the one that decides before those that it outdoes */
    char name[VACM_NAME_MAX + 1];
};

/* ---- families ---- */

static bool is_wild(const struct family *family, size_t at)
{
    return family->wild && !(family->mask[at / 8] & (0x80 >> at % 8));
}

static struct uvsnmp_oid subtree_of(const struct family *family)
{
    struct uvsnmp_oid oid = {family->ids, family->count};
    return oid;
}

/* The first sub-identifier of the subtree that `name` does not have; `count` when it lies in the family. */
static size_t mismatch(const struct family *family, struct uvsnmp_oid name)
{
    size_t i = 0;
    while (i < family->count && i < name.count && (family->ids[i] == name.ids[i] || is_wild(family, i))) {
        i++;
    }
    return i;
}

static bool has(const struct family *family, struct uvsnmp_oid name)
{
    if (family->count > name.count) {
        return false;
    }
    if (!family->wild) {
        return family->count == 0 || memcmp(family->ids, name.ids, family->count * sizeof(name.ids[0])) == 0;
    }
    return mismatch(family, name) == family->count;
}

/* A family is a row of blocks, one for each choice of the wild sub-identifiers; a block is a subtree. */

/* The beginning of the least block whose first `kept` sub-identifiers are those of `out`. */
static void fill_block(const struct family *family, size_t kept, struct uvsnmp_oid_buf *out)
{
    for (size_t i = kept; i < family->count; i++) {
        out->ids[i] = is_wild(family, i) ? 0 : family->ids[i];
    }
    out->count = family->count;
}

/* The beginning of the first block that begins after `name`; false: there is none. */
static bool next_block(const struct family *family, struct uvsnmp_oid name, struct uvsnmp_oid_buf *out)
{
    size_t at = mismatch(family, name);
    bool before = at < family->count && (at == name.count || family->ids[at] > name.ids[at]);
    for (size_t i = 0; i < at; i++) {
        out->ids[i] = name.ids[i];
    }
    if (before) {
        fill_block(family, at, out);
        return true;
    }
    while (at > 0) {
        at--;
        if (is_wild(family, at) && name.ids[at] < UINT32_MAX) {
            out->ids[at] = name.ids[at] + 1;
            fill_block(family, at + 1, out);
            return true;
        }
    }
    return false;
}

/* The first OID after the block that `name` lies in; false: there is none. */
static bool block_end(const struct family *family, struct uvsnmp_oid name, struct uvsnmp_oid_buf *out)
{
    size_t count = family->count;
    while (count > 0 && name.ids[count - 1] == UINT32_MAX) {
        count--;
    }
    if (count == 0) {
        return false;
    }
    memcpy(out->ids, name.ids, count * sizeof(name.ids[0]));
    out->ids[count - 1]++;
    out->count = count;
    return true;
}

/* ---- the view ---- */

struct vacm_view *vacm_view_new(const char *name)
{
    struct vacm_view *view = calloc(1, sizeof(*view));
    if (view) {
        view->holders = 1;
        (void)snprintf(view->name, sizeof(view->name), "%s", name);
    }
    return view;
}

struct vacm_view *vacm_view_hold(struct vacm_view *view)
{
    view->holders++;
    return view;
}

static void empty(struct vacm_view *view)
{
    for (size_t i = 0; i < view->count; i++) {
        free(view->families[i].ids);
    }
    free(view->families);
    view->families = NULL;
    view->count = view->capacity = 0;
}

void vacm_view_release(struct vacm_view *view)
{
    if (view && --view->holders == 0) {
        empty(view);
        free(view);
    }
}

const char *vacm_view_name(const struct vacm_view *view)
{
    return view->name;
}

bool vacm_view_is_empty(const struct vacm_view *view)
{
    return view->count == 0;
}

void vacm_view_close(struct vacm_view *view)
{
    empty(view);
    view->closed = true;
}

/* The order of struct vacm_view.families. */
static int order_of(struct uvsnmp_oid a, struct uvsnmp_oid b)
{
    if (a.count != b.count) {
        return a.count > b.count ? -1 : 1;
    }
    return uvsnmp_oid_compare(b, a);
}

static int set_family(struct family *to, const struct vacm_family *from, struct uvsnmp_error *err)
{
    memset(to, 0, sizeof(*to));
    memset(to->mask, 0xff, sizeof(to->mask));
    if (from->subtree.count > UVSNMP_OID_MAX || from->mask.size > VACM_MASK_MAX) {
        return err_set(err, UVSNMP_ETOO_LONG, "a subtree or its mask is too long");
    }
    if (from->mask.size > 0) {
        memcpy(to->mask, from->mask.data, from->mask.size);
    }
    to->mask_size = from->mask.size;
    to->count = from->subtree.count;
    to->included = from->included;
    for (size_t i = 0; i < to->count; i++) {
        to->wild = to->wild || !(to->mask[i / 8] & (0x80 >> i % 8));
    }
    to->ids = malloc((to->count + 1) * sizeof(to->ids[0]));
    if (!to->ids) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for a subtree of a view");
    }
    if (to->count > 0) {
        memcpy(to->ids, from->subtree.ids, to->count * sizeof(to->ids[0]));
    }
    return 0;
}

/* Masks are the same when they leave the same sub-identifiers open. */
static bool is_same(const struct family *a, const struct family *b)
{
    for (size_t i = 0; i < a->count; i++) {
        if (is_wild(a, i) != is_wild(b, i)) {
            return false;
        }
    }
    return a->included == b->included;
}

int vacm_view_add(struct vacm_view *view, const struct vacm_family *family, struct uvsnmp_error *err)
{
    struct family made;
    size_t at = 0;
    int order = 1, rc;
    if (view->closed) {
        return 0;
    }
    if (view->count >= VACM_FAMILIES_MAX) {
        return err_set(err, UVSNMP_ELIMIT, "a view of more than %d subtrees", VACM_FAMILIES_MAX);
    }
    rc = set_family(&made, family, err);
    if (rc < 0) {
        return rc;
    }
    while (at < view->count && (order = order_of(subtree_of(&view->families[at]), family->subtree)) < 0) {
        at++;
    }
    if (at < view->count && order == 0) {
        bool same = is_same(&view->families[at], &made);
        free(made.ids);
        return same ? 0 : err_set(err, UVSNMP_EEXISTS, "the view has another line for this subtree");
    }
    struct family *families =
        vacm_make_room(view->families, view->count, &view->capacity, sizeof(*view->families));
    if (!families) {
        free(made.ids);
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for a subtree of a view");
    }
    view->families = families;
    memmove(&families[at + 1], &families[at], (view->count - at) * sizeof(*families));
    families[at] = made;
    view->count++;
    view->masked = view->masked || made.wild;
    return 0;
}

bool vacm_view_family(const struct vacm_view *view, size_t position, struct vacm_family *out)
{
    if (position >= view->count) {
        return false;
    }
    const struct family *family = &view->families[position];
    out->subtree = subtree_of(family);
    out->mask = (struct uvsnmp_bytes){family->mask, family->mask_size};
    out->included = family->included;
    return true;
}

/* ---- the question ---- */

bool vacm_view_has(const struct vacm_view *view, struct uvsnmp_oid name)
{
    for (size_t i = 0; i < view->count; i++) {
        if (has(&view->families[i], name)) {
            return view->families[i].included;
        }
    }
    return false;
}

/* Blocks lie inside each other or apart. So from a name that is not in view, what is begins at the earliest
 * where a block of an included family begins or where the block of an excluded one around the name ends. */
static bool find_boundary(const struct vacm_view *view, struct uvsnmp_oid name, struct uvsnmp_oid_buf *next)
{
    bool found = false;
    for (size_t i = 0; i < view->count; i++) {
        const struct family *family = &view->families[i];
        struct uvsnmp_oid_buf place;
        bool is_place = family->included ? next_block(family, name, &place)
                                         : has(family, name) && block_end(family, name, &place);
        if (is_place && (!found || uvsnmp_oid_compare(uvsnmp_oid_of(&place), uvsnmp_oid_of(next)) < 0)) {
            *next = place;
            found = true;
        }
    }
    return found;
}

enum vacm_sight vacm_view_look(const struct vacm_view *view, struct uvsnmp_oid name,
                               struct uvsnmp_oid_buf *resume)
{
    struct uvsnmp_oid_buf at;
    size_t limit = view->masked ? MASKED_BOUNDARIES_MAX : 2 * view->count + 1;
    if (vacm_view_has(view, name)) {
        return VACM_SEEN;
    }
    for (size_t i = 0; i < limit; i++) {
        if (!find_boundary(view, name, resume)) {
            return VACM_HIDDEN_ON;
        }
        if (vacm_view_has(view, uvsnmp_oid_of(resume))) {
            return VACM_HIDDEN;
        }
        at = *resume;
        name = uvsnmp_oid_of(&at);
    }
    return VACM_HIDDEN_SO_FAR;
}

/* ---- masks ---- */

int vacm_mask_parse(const char *text, uint8_t mask[VACM_MASK_MAX], size_t *size, struct uvsnmp_error *err)
{
    size_t count = *size;
    const char *at = text;
    do {
        char item[2 * VACM_MASK_MAX + 2];
        size_t length;
        ptrdiff_t octets = UVSNMP_EBAD_VALUE;
        at += at[0] == '0' && (at[1] == 'x' || at[1] == 'X') ? 2 : 0;
        length = strcspn(at, ".:");
        if (length > 0) {
            (void)snprintf(item, sizeof(item), "%s%.*s", length == 1 ? "0" : "", (int)length, at);
            octets = length < sizeof(item) ? hex_parse(item, mask + count, VACM_MASK_MAX - count)
                                           : UVSNMP_ETOO_LONG;
        }
        if (octets < 0) {
            return err_set(err, (int)octets, "%s MASK: %s",
                           octets == UVSNMP_ETOO_LONG ? "too long a" : "invalid", text);
        }
        count += (size_t)octets;
        at += length;
        at += *at != '\0';
    } while (*at != '\0');
    *size = count;
    return 0;
}
