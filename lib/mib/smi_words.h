/* SPDX-License-Identifier: BSD-3-Clause */
/* The vocabulary of MIB modules (RFC 2578, RFC 1155, RFC 1212) as numbers, each with its word in one table.
 */
#ifndef MIB_SMI_WORDS_H
#define MIB_SMI_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a name was defined by. */
enum mib_kind {
    MIB_KIND_VALUE, /* a plain OBJECT IDENTIFIER, and a name met inside of an OID value only */
    MIB_KIND_MODULE_IDENTITY,
    MIB_KIND_OBJECT_IDENTITY,
    MIB_KIND_OBJECT_TYPE,
    MIB_KIND_NOTIFICATION_TYPE,
    MIB_KIND_TRAP_TYPE,
    MIB_KIND_OBJECT_GROUP,
    MIB_KIND_NOTIFICATION_GROUP,
    MIB_KIND_MODULE_COMPLIANCE,
    MIB_KIND_AGENT_CAPABILITIES,
    MIB_KIND_COUNT
};

enum mib_access {
    MIB_ACCESS_NONE, /* not said */
    MIB_ACCESS_NOT_ACCESSIBLE,
    MIB_ACCESS_NOTIFY, /* accessible-for-notify */
    MIB_ACCESS_READ_ONLY,
    MIB_ACCESS_READ_WRITE,
    MIB_ACCESS_WRITE_ONLY,
    MIB_ACCESS_READ_CREATE,
    MIB_ACCESS_COUNT
};

enum mib_status {
    MIB_STATUS_NONE, /* not said */
    MIB_STATUS_CURRENT,
    MIB_STATUS_DEPRECATED,
    MIB_STATUS_OBSOLETE,
    MIB_STATUS_MANDATORY,
    MIB_STATUS_OPTIONAL,
    MIB_STATUS_COUNT
};

/* The base syntax that a type comes down to. */
enum mib_base {
    MIB_BASE_NONE,    /* no value: a table, a row, a node without SYNTAX, a type that nobody defines */
    MIB_BASE_INTEGER, /* INTEGER, with labels or without */
    MIB_BASE_INTEGER32,
    MIB_BASE_UNSIGNED32,
    MIB_BASE_GAUGE32,
    MIB_BASE_COUNTER32,
    MIB_BASE_COUNTER64,
    MIB_BASE_TIMETICKS,
    MIB_BASE_OCTET_STRING,
    MIB_BASE_BITS,
    MIB_BASE_OBJECT_IDENTIFIER,
    MIB_BASE_IPADDRESS,
    MIB_BASE_NETWORK_ADDRESS, /* RFC 1155; an IpAddress by its only choice */
    MIB_BASE_OPAQUE,
    MIB_BASE_NULL,
    MIB_BASE_NSAP_ADDRESS,
    MIB_BASE_UINTEGER32, /* RFC 1442 */
    MIB_BASE_COUNT
};

/* The words as a MIB file has them: "MODULE-IDENTITY", "read-only", "current", "OCTET STRING"; NONE: "". */
const char *mib_kind_word(enum mib_kind kind);
const char *mib_access_word(enum mib_access access);
const char *mib_status_word(enum mib_status status);
const char *mib_base_word(enum mib_base base);

/* The base that a word stands for in every module, also "Counter" and "Gauge"; MIB_BASE_NONE: it is none. */
enum mib_base mib_base_of_word(const char *word);

/* Is it the name of a macro or type of the SMI, which every module knows? Modules import them all the same,
 * and nothing else comes with them. */
bool mib_is_smi_word(const char *word);

#endif
