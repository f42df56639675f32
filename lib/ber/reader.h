/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A bounded cursor over BER (X.690, as restricted by RFC 3417 §8). The error is sticky: after a failure every
 * read returns zero values and moves nothing; check ber_reader_error() once, at the end. Length encodings
 * longer than needed are accepted, indefinite lengths are not.
 */
#ifndef BER_READER_H
#define BER_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <uvsnmp/error.h>
#include <uvsnmp/value.h>

struct ber_reader {
    const uint8_t *start, *at, *end;
    int error;           /* 0, UVSNMP_ETRUNCATED or UVSNMP_EBAD_ENCODING */
    const char *problem; /* what was wrong, a constant string */
    size_t problem_at;   /* octets from the start of the outermost data */
    size_t base;         /* where `start` lies in the outermost data */
};

void ber_reader_init(struct ber_reader *reader, const void *data, size_t size);
bool ber_reader_at_end(const struct ber_reader *reader);
/* The first failure; fills `err` (may be NULL) with a detail that names the offset. */
int ber_reader_error(const struct ber_reader *reader, struct uvsnmp_error *err);
/* Makes the reader fail at the current position with a constant text. */
void ber_reader_fail(struct ber_reader *reader, int error, const char *problem);

/* The next tag without moving; 0 at the end. */
uint8_t ber_peek_tag(const struct ber_reader *reader);

/* Reads any element: its tag and contents. */
uint8_t ber_read_element(struct ber_reader *reader, struct uvsnmp_bytes *contents);

/* Reads the element `tag` and gives a reader of its contents; `inner` inherits a failure. */
void ber_read_enter(struct ber_reader *reader, uint8_t tag, struct ber_reader *inner);
/* The same where the element may be cut off: `inner` then holds what is there of its contents. */
void ber_read_enter_cut(struct ber_reader *reader, uint8_t tag, struct ber_reader *inner);
/* A failure inside becomes the outer reader's. */
void ber_read_leave(struct ber_reader *reader, const struct ber_reader *inner);

/* The contents of the element `tag`. */
struct uvsnmp_bytes ber_read_bytes(struct ber_reader *reader, uint8_t tag);

/* Two's complement contents of an element `tag` as a number within [min, max]; outside: failure. */
int64_t ber_read_signed(struct ber_reader *reader, uint8_t tag, int64_t min, int64_t max);
/* Unsigned; `max` is 2^32-1 or 2^64-1. As lenient as managers are: without the zero octet in front that a high
 * bit needs it is the same number, and of a larger one than `max` the lower bits count, as counters wrap. */
uint64_t ber_read_unsigned(struct ber_reader *reader, uint8_t tag, uint64_t max);

/* Reads the OID element into `out`. At most UVSNMP_OID_MAX sub-identifiers of 32 bits. */
void ber_read_oid(struct ber_reader *reader, struct uvsnmp_oid_buf *out);

#endif
