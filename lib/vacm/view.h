/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * MIB views (RFC 3415 §2.4 and vacmViewTreeFamilyTable): a named set of families of subtrees, each included or
 * excluded. Of the families that a name lies in the one with the longest subtree decides, among those of equal
 * length the lexicographically greatest; a name in no family is not in the view.
 */
#ifndef VACM_VIEW_H
#define VACM_VIEW_H

#include <uvsnmp/value.h>

/* Octets of the name of a view, group, context or principal: an SnmpAdminString has 32; Net-SNMP takes one more. */
#define VACM_NAME_MAX 33
#define VACM_MASK_MAX 16 /* octets of a mask: a bit for each sub-identifier */
#define VACM_FAMILIES_MAX 1024

/* A family of subtrees. A sub-identifier of `subtree` whose bit in `mask` is 0 may be any (the first octet's
 * highest bit is the first one's); bits that a short mask lacks are 1. */
struct vacm_family {
    struct uvsnmp_oid subtree;
    struct uvsnmp_bytes mask;
    bool included;
};

enum vacm_sight {
    VACM_SEEN,
    VACM_HIDDEN,        /* … and `resume` is the next one that is seen */
    VACM_HIDDEN_ON,     /* … and so is everything after it */
    VACM_HIDDEN_SO_FAR, /* … and what follows would take long to tell: masks that take away from each other */
};

/* Counted: whoever keeps a view holds it. */
struct vacm_view;

/* An empty view, held once; nothing is in it. `name` is cut to VACM_NAME_MAX octets. NULL: out of memory. */
struct vacm_view *vacm_view_new(const char *name);
struct vacm_view *vacm_view_hold(struct vacm_view *view);
void vacm_view_release(struct vacm_view *view); /* NULL is fine */
const char *vacm_view_name(const struct vacm_view *view);
bool vacm_view_is_empty(const struct vacm_view *view);

/*
 * Adds a family; everything is copied. UVSNMP_EEXISTS: there is another one of the same subtree, and it stays;
 * a family that is there already, just the same, is no error. UVSNMP_ETOO_LONG (subtree or mask),
 * UVSNMP_ELIMIT, UVSNMP_ENO_MEMORY.
 */
int vacm_view_add(struct vacm_view *view, const struct vacm_family *family, struct uvsnmp_error *err);

/* The family at `position`, borrowed, the one that decides before those that it outdoes; false past the last.
 * The mask is as it was given. */
bool vacm_view_family(const struct vacm_view *view, size_t position, struct vacm_family *out);

/* Empties the view for good: whatever is or was added, nothing is in it. */
void vacm_view_close(struct vacm_view *view);

/* Is `name` in the view? No allocation. `*resume` holds something for VACM_HIDDEN alone. */
enum vacm_sight vacm_view_look(const struct vacm_view *view, struct uvsnmp_oid name,
                               struct uvsnmp_oid_buf *resume);
/* The same without the place where it goes on. */
bool vacm_view_has(const struct vacm_view *view, struct uvsnmp_oid name);

/*
 * Reads hexadecimal octets, with or without '.' or ':' between them and "0x" before them ("ff:a0", "ff.a0",
 * "ffa0"; a single digit is an octet), and appends them to the `*size` ones in `mask`. UVSNMP_EBAD_VALUE,
 * UVSNMP_ETOO_LONG.
 */
int vacm_mask_parse(const char *text, uint8_t mask[VACM_MASK_MAX], size_t *size, struct uvsnmp_error *err);

#endif
