/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The View-based Access Control Model (RFC 3415): one question, is access allowed, and the tables behind it.
 * What no row grants is denied. It knows of names and OIDs only: neither of messages nor of who may call
 * himself what.
 */
#ifndef VACM_VACM_H
#define VACM_VACM_H

#include "vacm/access.h"

enum vacm_answer { /* RFC 3415 §3.2; whether there is such a context is the caller's business */
    VACM_ALLOWED,
    VACM_NOT_IN_VIEW,
    VACM_NO_SUCH_VIEW, /* the access entry names a view that does not exist */
    VACM_NO_GROUP_NAME,
    VACM_NO_ACCESS_ENTRY,
};

/* Counted: whoever keeps the tables holds them. */
struct vacm;

/* Without rows: nobody may do anything; held once. NULL: out of memory. */
struct vacm *vacm_new(void);
struct vacm *vacm_hold(struct vacm *vacm);
void vacm_release(struct vacm *vacm); /* NULL is fine */

/* Nobody may do anything, whatever is or was added: for tables that could not be completed. */
void vacm_close(struct vacm *vacm);

/* Rows; see group.h and access.h. */
int vacm_add_group(struct vacm *vacm, enum vacm_model model, const char *security_name, const char *group,
                   struct uvsnmp_error *err);
int vacm_add_access(struct vacm *vacm, const struct vacm_access *row, struct uvsnmp_error *err);

/* What one principal may do; views by name. */
struct vacm_right {
    enum vacm_model model;
    enum vacm_level level; /* the least */
    const char *security_name, *context;
    bool prefix;           /* in all contexts that begin so */
    const char *view;      /* to read … */
    bool write;            /* … and also to write and to be notified of */
};
/* Rows for a principal alone, in a group of its own that is named after it as Net-SNMP does. Errors as those of
 * the two above. */
int vacm_add_right(struct vacm *vacm, const struct vacm_right *right, struct uvsnmp_error *err);

/* The view of that name, borrowed, made if there is none yet. NULL, and `err` filled: the name is empty or
 * longer than VACM_NAME_MAX, there are too many views, out of memory. */
struct vacm_view *vacm_open_view(struct vacm *vacm, const char *name, struct uvsnmp_error *err);
/* Net-SNMP's views that need no line: all that there is is in "_all_", nothing in "_none_". Lines may still change
 * them. UVSNMP_ENO_MEMORY. */
int vacm_add_standard_views(struct vacm *vacm, struct uvsnmp_error *err);

/* The same as vacm_open_view(), but NULL when there is none. */
struct vacm_view *vacm_find_view(const struct vacm *vacm, const char *name);

/* The tables, to be shown; borrowed until a row is added. */
const struct vacm_groups *vacm_groups(const struct vacm *vacm);
const struct vacm_accesses *vacm_accesses(const struct vacm *vacm);
/* The view at `position` in order of name; NULL past the last. */
const struct vacm_view *vacm_view_at(const struct vacm *vacm, size_t position);

/*
 * The first half of the question: which view decides for this asker and type? VACM_ALLOWED and `*out`,
 * borrowed; it may be held (vacm_view_hold) and asked many times. Else NULL and why there is none.
 */
enum vacm_answer vacm_view_of(const struct vacm *vacm, const struct vacm_asker *asker,
                              enum vacm_view_type type, struct vacm_view **out);

/* The whole question, isAccessAllowed of RFC 3415 §3.2. */
enum vacm_answer vacm_is_access_allowed(const struct vacm *vacm, const struct vacm_asker *asker,
                                        enum vacm_view_type type, struct uvsnmp_oid name);

#endif
