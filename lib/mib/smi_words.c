/* SPDX-License-Identifier: BSD-3-Clause */
#include "mib/smi_words.h"

#include <string.h>

static const char *const kinds[MIB_KIND_COUNT] = {
    [MIB_KIND_VALUE] = "OBJECT IDENTIFIER",
    [MIB_KIND_MODULE_IDENTITY] = "MODULE-IDENTITY",
    [MIB_KIND_OBJECT_IDENTITY] = "OBJECT-IDENTITY",
    [MIB_KIND_OBJECT_TYPE] = "OBJECT-TYPE",
    [MIB_KIND_NOTIFICATION_TYPE] = "NOTIFICATION-TYPE",
    [MIB_KIND_TRAP_TYPE] = "TRAP-TYPE",
    [MIB_KIND_OBJECT_GROUP] = "OBJECT-GROUP",
    [MIB_KIND_NOTIFICATION_GROUP] = "NOTIFICATION-GROUP",
    [MIB_KIND_MODULE_COMPLIANCE] = "MODULE-COMPLIANCE",
    [MIB_KIND_AGENT_CAPABILITIES] = "AGENT-CAPABILITIES",
};

static const char *const accesses[MIB_ACCESS_COUNT] = {
    [MIB_ACCESS_NONE] = "",
    [MIB_ACCESS_NOT_ACCESSIBLE] = "not-accessible",
    [MIB_ACCESS_NOTIFY] = "accessible-for-notify",
    [MIB_ACCESS_READ_ONLY] = "read-only",
    [MIB_ACCESS_READ_WRITE] = "read-write",
    [MIB_ACCESS_WRITE_ONLY] = "write-only",
    [MIB_ACCESS_READ_CREATE] = "read-create",
};

static const char *const statuses[MIB_STATUS_COUNT] = {
    [MIB_STATUS_NONE] = "",
    [MIB_STATUS_CURRENT] = "current",
    [MIB_STATUS_DEPRECATED] = "deprecated",
    [MIB_STATUS_OBSOLETE] = "obsolete",
    [MIB_STATUS_MANDATORY] = "mandatory",
    [MIB_STATUS_OPTIONAL] = "optional",
};

static const char *const bases[MIB_BASE_COUNT] = {
    [MIB_BASE_NONE] = "",
    [MIB_BASE_INTEGER] = "INTEGER",
    [MIB_BASE_INTEGER32] = "Integer32",
    [MIB_BASE_UNSIGNED32] = "Unsigned32",
    [MIB_BASE_GAUGE32] = "Gauge32",
    [MIB_BASE_COUNTER32] = "Counter32",
    [MIB_BASE_COUNTER64] = "Counter64",
    [MIB_BASE_TIMETICKS] = "TimeTicks",
    [MIB_BASE_OCTET_STRING] = "OCTET STRING",
    [MIB_BASE_BITS] = "BITS",
    [MIB_BASE_OBJECT_IDENTIFIER] = "OBJECT IDENTIFIER",
    [MIB_BASE_IPADDRESS] = "IpAddress",
    [MIB_BASE_NETWORK_ADDRESS] = "NetworkAddress",
    [MIB_BASE_OPAQUE] = "Opaque",
    [MIB_BASE_NULL] = "NULL",
    [MIB_BASE_NSAP_ADDRESS] = "NsapAddress",
    [MIB_BASE_UINTEGER32] = "UInteger32",
};

const char *mib_kind_word(enum mib_kind kind)
{
    return kind < MIB_KIND_COUNT ? kinds[kind] : "";
}

const char *mib_access_word(enum mib_access access)
{
    return access < MIB_ACCESS_COUNT ? accesses[access] : "";
}

const char *mib_status_word(enum mib_status status)
{
    return status < MIB_STATUS_COUNT ? statuses[status] : "";
}

const char *mib_base_word(enum mib_base base)
{
    return base < MIB_BASE_COUNT ? bases[base] : "";
}

/* Most words differ in their first letter, and each name of a type is asked for. */
static bool is_same(const char *a, const char *b)
{
    return a[0] == b[0] && strcmp(a, b) == 0;
}

enum mib_base mib_base_of_word(const char *word)
{
    static const struct {
        const char *word;
        enum mib_base base;
    } others[] = {{"Counter", MIB_BASE_COUNTER32}, {"Gauge", MIB_BASE_GAUGE32}}; /* RFC 1155 */
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        if (is_same(others[i].word, word)) {
            return others[i].base;
        }
    }
    for (enum mib_base base = MIB_BASE_INTEGER; base < MIB_BASE_COUNT; base++) {
        if (is_same(bases[base], word)) {
            return base;
        }
    }
    return MIB_BASE_NONE;
}

bool mib_is_smi_word(const char *word)
{
    static const char *const others[] = {"TEXTUAL-CONVENTION", "ObjectName",   "NotificationName",
                                         "ObjectSyntax",       "SimpleSyntax", "ApplicationSyntax"};
    for (enum mib_kind kind = MIB_KIND_MODULE_IDENTITY; kind < MIB_KIND_COUNT; kind++) {
        if (is_same(kinds[kind], word)) {
            return true;
        }
    }
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        if (is_same(others[i], word)) {
            return true;
        }
    }
    return mib_base_of_word(word) != MIB_BASE_NONE;
}
