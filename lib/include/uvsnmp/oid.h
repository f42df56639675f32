/* SPDX-License-Identifier: BSD-3-Clause */
/* Object identifiers (RFC 2578 §3.5): at most 128 sub-identifiers of 32 bits. */
#ifndef UVSNMP_OID_H
#define UVSNMP_OID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <uvsnmp/error.h>

#ifdef __cplusplus
extern "C" {
#endif

#define UVSNMP_OID_MAX 128
/* Room for the longest OID as digits: each sub-identifier at most 10 digits and a dot, and the NUL. */
#define UVSNMP_OID_TEXT_MAX (UVSNMP_OID_MAX * 11 + 1)

/* A borrowed OID: `count` sub-identifiers that somebody else owns. */
struct uvsnmp_oid {
    const uint32_t *ids;
    size_t count;
};

/* An OID with its own storage. */
struct uvsnmp_oid_buf {
    size_t count;
    uint32_t ids[UVSNMP_OID_MAX];
};

/* A constant OID in C source: UVSNMP_OID(1, 3, 6, 1, 2, 1). Inside a function it lives as long as the block
 * around it, outside of one for ever. */
#define UVSNMP_OID(...)                                                                                      \
    ((struct uvsnmp_oid){.ids = (const uint32_t[]){__VA_ARGS__},                                             \
                         .count = sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t)})

/* The contents of `buf`, borrowed; valid as long as `buf` is not changed. */
static inline struct uvsnmp_oid uvsnmp_oid_of(const struct uvsnmp_oid_buf *buf)
{
    struct uvsnmp_oid oid = {buf->ids, buf->count};
    return oid;
}

/* <0, 0, >0 in the lexicographic order of RFC 3416 §4.2.2. */
UVSNMP_API int uvsnmp_oid_compare(struct uvsnmp_oid a, struct uvsnmp_oid b);

/* True when `prefix` is `oid` or an ancestor of it. */
UVSNMP_API bool uvsnmp_oid_has_prefix(struct uvsnmp_oid oid, struct uvsnmp_oid prefix);

/* Copies `oid`; UVSNMP_ETOO_LONG when it has more than UVSNMP_OID_MAX sub-identifiers. */
UVSNMP_API int uvsnmp_oid_copy(struct uvsnmp_oid_buf *to, struct uvsnmp_oid oid);

/* Appends sub-identifiers; UVSNMP_ETOO_LONG (and `buf` unchanged) when they do not fit. */
UVSNMP_API int uvsnmp_oid_append(struct uvsnmp_oid_buf *buf, struct uvsnmp_oid tail);
UVSNMP_API int uvsnmp_oid_append_id(struct uvsnmp_oid_buf *buf, uint32_t id);

/*
 * Reads digits and dots: "1.3.6.1" or ".1.3.6.1"; a leading "iso" stands for 1. Errors: UVSNMP_EBAD_OID,
 * UVSNMP_ETOO_LONG, with a detail in `err` (may be NULL).
 */
UVSNMP_API int uvsnmp_oid_parse(const char *text, struct uvsnmp_oid_buf *out, struct uvsnmp_error *err);

/*
 * Writes ".1.3.6.1" and a NUL into `text` of `size` bytes (UVSNMP_OID_TEXT_MAX always fits); returns the
 * length without the NUL, or UVSNMP_ETOO_LONG and an empty string.
 */
UVSNMP_API int uvsnmp_oid_format(struct uvsnmp_oid oid, char *text, size_t size);

#ifdef __cplusplus
}
#endif
#endif
