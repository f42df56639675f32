/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Writes BER back to front, so that every length is known when it is written: the last element goes first.
 * The error is sticky; nothing is written beyond the buffer.
 */
#ifndef BER_WRITER_H
#define BER_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <uvsnmp/value.h>

struct ber_writer {
    uint8_t *start, *at, *end; /* what is written lies in [at, end) */
    int error;                 /* 0, UVSNMP_EOVERSIZED or UVSNMP_EBAD_VALUE */
};

void ber_writer_init(struct ber_writer *writer, uint8_t *buffer, size_t capacity);
/* Octets written so far: a mark for ber_write_header(). */
size_t ber_writer_size(const struct ber_writer *writer);
/* Back to an earlier mark, forgetting an error too. */
void ber_writer_rewind(struct ber_writer *writer, size_t size);
int ber_writer_error(const struct ber_writer *writer);

/* Tag and length of an element whose contents are all that was written since `mark`. */
void ber_write_header(struct ber_writer *writer, uint8_t tag, size_t mark);

void ber_write_raw(struct ber_writer *writer, const void *data, size_t size);
void ber_write_bytes(struct ber_writer *writer, uint8_t tag, const void *data, size_t size);
void ber_write_signed(struct ber_writer *writer, uint8_t tag, int64_t number);
void ber_write_unsigned(struct ber_writer *writer, uint8_t tag, uint64_t number);
/* OIDs of 0 or 1 sub-identifiers are written as 0.0 and X.0, as Net-SNMP does. */
void ber_write_oid(struct ber_writer *writer, uint8_t tag, struct uvsnmp_oid oid);

#endif
