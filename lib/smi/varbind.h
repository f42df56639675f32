/* SPDX-License-Identifier: BSD-3-Clause */
/* Values and varbinds on the wire and in memory (RFC 3416 §3, RFC 2578 §7.1). */
#ifndef SMI_VARBIND_H
#define SMI_VARBIND_H

#include <uvsnmp/value.h>

#include "base/arena.h"
#include "ber/reader.h"
#include "ber/writer.h"

/* Reads an OID into `arena`. */
void smi_oid_decode(struct ber_reader *reader, struct arena *arena, struct uvsnmp_oid *out);

/* Reads one value. OIDs come from `arena`; octets point into the message. An unknown tag is a failure. */
void smi_value_decode(struct ber_reader *reader, struct arena *arena, struct uvsnmp_value *value);
void smi_value_encode(struct ber_writer *writer, const struct uvsnmp_value *value);

/* Reads a VarBindList; NULL and *count 0 for an empty list or a failure (of the reader). */
struct uvsnmp_varbind *smi_varbinds_decode(struct ber_reader *reader, struct arena *arena, size_t *count);
void smi_varbind_encode(struct ber_writer *writer, const struct uvsnmp_varbind *varbind);
void smi_varbinds_encode(struct ber_writer *writer, const struct uvsnmp_varbind *varbinds, size_t count);

/* How many octets smi_varbind_encode() writes. */
size_t smi_varbind_size(const struct uvsnmp_varbind *varbind);

/* Deep copies into an arena; false when it is exhausted. */
bool smi_oid_dup(struct arena *arena, struct uvsnmp_oid *to, struct uvsnmp_oid from);
bool smi_value_dup(struct arena *arena, struct uvsnmp_value *to, const struct uvsnmp_value *from);
/* NULL when it is exhausted; not NULL for none. */
struct uvsnmp_varbind *smi_varbinds_dup(struct arena *arena, const struct uvsnmp_varbind *from, size_t count);

#endif
