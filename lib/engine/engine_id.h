/* SPDX-License-Identifier: BSD-3-Clause */
/* SnmpEngineID (RFC 3411 §5): made as Net-SNMP's agents make theirs, read and printed. */
#ifndef ENGINE_ENGINE_ID_H
#define ENGINE_ENGINE_ID_H

#include <stdbool.h>

#include <uvsnmp/error.h>
#include <uvsnmp/value.h>

#define ENGINE_ID_MIN 5
#define ENGINE_ID_MAX 32
#define ENGINE_ID_TEXT_MAX (2 + 2 * ENGINE_ID_MAX + 1) /* "0x", digits and NUL */

/* The fifth octet. */
enum engine_id_format {
    ENGINE_ID_IPV4 = 1, /* 4 octets follow */
    ENGINE_ID_IPV6,     /* 16 */
    ENGINE_ID_MAC,      /* 6 */
    ENGINE_ID_TEXT,     /* up to 27, administratively assigned */
    ENGINE_ID_OCTETS,
    ENGINE_ID_RANDOM = 0x80 /* Net-SNMP's own: random octets and the time it was made */
};

struct engine_id {
    size_t size; /* 0: none */
    uint8_t octets[ENGINE_ID_MAX];
};

static inline struct uvsnmp_bytes engine_id_bytes(const struct engine_id *id)
{
    struct uvsnmp_bytes bytes = {id->octets, id->size};
    return bytes;
}

/* 5 to 32 octets, not all zeros and not all 255. */
bool engine_id_is_valid(struct uvsnmp_bytes octets);
bool engine_id_equals(const struct engine_id *id, struct uvsnmp_bytes octets);

/* UVSNMP_EBAD_VALUE: not valid. */
int engine_id_set(struct engine_id *id, struct uvsnmp_bytes octets);

/* Net-SNMP's enterprise number, the format, and `content`. UVSNMP_EBAD_VALUE: the content has not the size
 * that the format asks for. */
int engine_id_make(struct engine_id *id, enum engine_id_format format, struct uvsnmp_bytes content);

/* One that nobody else has, of the time `seconds` (of the calendar). */
void engine_id_make_random(struct engine_id *id, uint64_t seconds);

/* Hexadecimal digits, "0x" in front or not, white space or colons between octets or not. UVSNMP_EBAD_VALUE
 * with a detail in `err`. */
int engine_id_parse(const char *text, struct engine_id *id, struct uvsnmp_error *err);

/* "0x80001f88…" and a NUL; cut to fit. */
void engine_id_print(struct uvsnmp_bytes octets, char *text, size_t size);

#endif
