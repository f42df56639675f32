/* SPDX-License-Identifier: BSD-3-Clause */
#include "format/name_impl.h"

#include <ctype.h>
#include <regex.h>
#include <string.h>

#define PATTERN_MAX 256
#define COPIES_MAX 10 /* as a power of two */
#define COPIES_OF_BRACES 8

struct search {
    const struct mib *mib;
    regex_t pattern;
    struct uvsnmp_oid_buf oid; /* where the search is */
};

/* The best definition of a part of the tree. */
struct match {
    regoff_t at; /* in its name; -1: there is none */
    struct mib_object object;
};

/* The definitions of one OID; of several that match alike, the one of the module that was loaded first. */
struct place_search {
    const struct search *search;
    struct match *best;
    size_t rank; /* of the best one's module */
};

static void try_name(const struct mib_object *object, size_t rank, void *arg)
{
    struct place_search *place = arg;
    struct match *best = place->best;
    regmatch_t match;
    if (regexec(&place->search->pattern, object->name, 1, &match, 0) == 0 &&
        (best->at < 0 || match.rm_so < best->at || (match.rm_so == best->at && rank < place->rank))) {
        best->at = match.rm_so;
        best->object = *object;
        place->rank = rank;
    }
}

static void try_place(const struct search *search, struct match *best)
{
    struct place_search place = {.search = search, .best = best};
    mib_visit_definitions(search->mib, uvsnmp_oid_of(&search->oid), try_name, &place);
}

/*
 * Children of one place in the order of Net-SNMP: modules in the order of loading, and of one module the last
 * definition first, which is the one with the highest number as modules are written.
 */
static bool is_before(const struct match *a, size_t a_rank, const struct match *b, size_t b_rank)
{
    if (a->at < 0 || b->at < 0) {
        return b->at < 0;
    }
    return a->at != b->at ? a->at < b->at : a_rank <= b_rank;
}

static void search_below(struct search *search, struct match *best);

/* The best one at the place and below it. */
static void search_from(struct search *search, struct match *best)
{
    struct match below;
    best->at = -1;
    try_place(search, best);
    search_below(search, &below);
    if (below.at >= 0 && (best->at < 0 || below.at < best->at)) {
        *best = below;
    }
}

/* As deep as an OID is long. */
static void search_below(struct search *search, struct match *best)
{
    struct mib_object child;
    size_t best_rank = 0;
    best->at = -1;
    for (uint64_t from = 0; mib_next_child(search->mib, uvsnmp_oid_of(&search->oid), from, &child);
         from = (uint64_t)child.id + 1) {
        struct match own;
        size_t rank = child.module ? mib_module_rank(search->mib, child.module) : 0;
        uvsnmp_oid_append_id(&search->oid, child.id);
        search_from(search, &own);
        search->oid.count--;
        if (is_before(&own, rank, best, best_rank)) {
            *best = own;
            best_rank = rank;
        }
    }
}

/*
 * Patterns that would take the C library unbounded memory or time are refused: glibc copies what is repeated,
 * twice for each '+' and up to 255 times for braces, over and over where they nest, and searches for
 * references by trying.
 */
static bool is_harmless(const char *pattern)
{
    size_t copies = 0;
    for (const char *at = pattern; *at; at++) {
        copies += *at == '+' ? 1 : *at == '{' ? COPIES_OF_BRACES : 0;
        if (*at == '\\' && isdigit((unsigned char)at[1])) {
            return false;
        }
    }
    return copies <= COPIES_MAX && strlen(pattern) <= PATTERN_MAX;
}

static bool compile(regex_t *expression, const char *pattern)
{
    return *pattern && is_harmless(pattern) && regcomp(expression, pattern, REG_EXTENDED | REG_ICASE) == 0;
}

bool name_match(const struct mib *mib, const char *pattern, struct mib_object *out)
{
    static const uint32_t roots[] = {1, 0, 2}; /* in the order of Net-SNMP */
    struct search search = {.mib = mib};
    struct match best = {.at = -1};
    if (!compile(&search.pattern, pattern)) {
        return false;
    }
    for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
        struct match own;
        search.oid.count = 1;
        search.oid.ids[0] = roots[i];
        search_from(&search, &own);
        if (own.at >= 0 && (best.at < 0 || own.at < best.at)) {
            best = own;
        }
    }
    regfree(&search.pattern);
    *out = best.object;
    return best.at >= 0;
}

/* As deep as an OID is long. */
static void visit_matches(struct search *search, format_match_fn *found, void *arg)
{
    struct mib_object object;
    for (uint64_t from = 0; mib_next_child(search->mib, uvsnmp_oid_of(&search->oid), from, &object);
         from = (uint64_t)object.id + 1) {
        uvsnmp_oid_append_id(&search->oid, object.id);
        visit_matches(search, found, arg);
        if (object.name && regexec(&search->pattern, object.name, 0, NULL, 0) == 0) {
            found(uvsnmp_oid_of(&search->oid), arg);
        }
        search->oid.count--;
    }
}

bool format_name_matches(const struct mib *mib, const char *pattern, format_match_fn *found, void *arg)
{
    struct search search = {.mib = mib, .oid = {.count = 0}};
    if (!compile(&search.pattern, pattern)) {
        return false;
    }
    visit_matches(&search, found, arg);
    regfree(&search.pattern);
    return true;
}
