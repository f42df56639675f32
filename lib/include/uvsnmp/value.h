/* SPDX-License-Identifier: BSD-3-Clause */
/* Values and variable bindings (RFC 2578 §7.1, RFC 3416 §3). */
#ifndef UVSNMP_VALUE_H
#define UVSNMP_VALUE_H

#include <stdint.h>

#include <uvsnmp/oid.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The number of a type is its BER tag; the floats and 64-bit integers that Net-SNMP wraps into an Opaque
 * (draft-perkins-opaque) have the number of the wrapped tag.
 */
enum uvsnmp_type {
    UVSNMP_INTEGER = 0x02,
    UVSNMP_OCTET_STRING = 0x04,
    UVSNMP_NULL = 0x05,
    UVSNMP_OBJECT_IDENTIFIER = 0x06,
    UVSNMP_IPADDRESS = 0x40,
    UVSNMP_COUNTER32 = 0x41,
    UVSNMP_GAUGE32 = 0x42, /* and Unsigned32 */
    UVSNMP_TIMETICKS = 0x43,
    UVSNMP_OPAQUE = 0x44,
    UVSNMP_NSAPADDRESS = 0x45, /* historic (RFC 1442) */
    UVSNMP_COUNTER64 = 0x46,
    UVSNMP_UINTEGER32 = 0x47, /* historic (RFC 1442) */
    UVSNMP_OPAQUE_COUNTER64 = 0x76,
    UVSNMP_OPAQUE_FLOAT = 0x78,
    UVSNMP_OPAQUE_DOUBLE = 0x79,
    UVSNMP_OPAQUE_INT64 = 0x7a,
    UVSNMP_OPAQUE_UINT64 = 0x7b,
    UVSNMP_NO_SUCH_OBJECT = 0x80,
    UVSNMP_NO_SUCH_INSTANCE = 0x81,
    UVSNMP_END_OF_MIB_VIEW = 0x82,
};

struct uvsnmp_bytes {
    const uint8_t *data;
    size_t size;
};

/* A value borrows its octets and OID: they belong to whoever made it. */
struct uvsnmp_value {
    enum uvsnmp_type type;
    union {
        int64_t integer;           /* INTEGER; 32 bits by RFC 2578 §7.1.1, but agents send more */
        uint32_t unsigned32;       /* COUNTER32 GAUGE32 TIMETICKS UINTEGER32 */
        uint64_t unsigned64;       /* COUNTER64 OPAQUE_COUNTER64 OPAQUE_UINT64 */
        int64_t signed64;          /* OPAQUE_INT64 */
        float float32;             /* OPAQUE_FLOAT */
        double float64;            /* OPAQUE_DOUBLE */
        uint8_t ipaddress[4];      /* IPADDRESS, network order */
        struct uvsnmp_bytes bytes; /* OCTET_STRING OPAQUE NSAPADDRESS */
        struct uvsnmp_oid oid;     /* OBJECT_IDENTIFIER */
    } as;
};

struct uvsnmp_varbind {
    struct uvsnmp_oid name;
    struct uvsnmp_value value;
};

/* True for noSuchObject, noSuchInstance and endOfMibView (RFC 3416 §3). */
static inline bool uvsnmp_type_is_exception(enum uvsnmp_type type)
{
    return type >= UVSNMP_NO_SUCH_OBJECT && type <= UVSNMP_END_OF_MIB_VIEW;
}

/* Type and contents equal; floats are compared bit by bit. */
UVSNMP_API bool uvsnmp_value_equal(const struct uvsnmp_value *a, const struct uvsnmp_value *b);

/* Ready-made values. Octets and OIDs are borrowed, never copied. */
static inline struct uvsnmp_value uvsnmp_integer(int32_t integer)
{
    struct uvsnmp_value v = {UVSNMP_INTEGER, {0}};
    v.as.integer = integer;
    return v;
}
/* `type` is one of COUNTER32, GAUGE32, TIMETICKS, UINTEGER32. */
static inline struct uvsnmp_value uvsnmp_unsigned32(enum uvsnmp_type type, uint32_t number)
{
    struct uvsnmp_value v = {type, {0}};
    v.as.unsigned32 = number;
    return v;
}
static inline struct uvsnmp_value uvsnmp_counter64(uint64_t number)
{
    struct uvsnmp_value v = {UVSNMP_COUNTER64, {0}};
    v.as.unsigned64 = number;
    return v;
}
static inline struct uvsnmp_value uvsnmp_octets(const void *data, size_t size)
{
    struct uvsnmp_value v = {UVSNMP_OCTET_STRING, {0}};
    v.as.bytes.data = (const uint8_t *)data;
    v.as.bytes.size = size;
    return v;
}
static inline struct uvsnmp_value uvsnmp_oid_value(struct uvsnmp_oid oid)
{
    struct uvsnmp_value v = {UVSNMP_OBJECT_IDENTIFIER, {0}};
    v.as.oid = oid;
    return v;
}
static inline struct uvsnmp_value uvsnmp_empty(enum uvsnmp_type type)
{
    struct uvsnmp_value v = {type, {0}};
    v.as.unsigned64 = 0;
    return v;
}

#ifdef __cplusplus
}
#endif
#endif
