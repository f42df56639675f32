/* SPDX-License-Identifier: BSD-3-Clause */
#include "mib/facts_words.h"

#include <string.h>

static const char *const kinds[MIB_KIND_COUNT] = {
    [MIB_KIND_MODULE_IDENTITY] = "identity",
    [MIB_KIND_OBJECT_IDENTITY] = "object-identity",
    [MIB_KIND_NOTIFICATION_TYPE] = "notification",
    [MIB_KIND_TRAP_TYPE] = "trap",
    [MIB_KIND_OBJECT_GROUP] = "group",
    [MIB_KIND_NOTIFICATION_GROUP] = "notification-group",
    [MIB_KIND_MODULE_COMPLIANCE] = "compliance",
    [MIB_KIND_AGENT_CAPABILITIES] = "capabilities",
};

static const char accesses[MIB_ACCESS_COUNT] = {
    [MIB_ACCESS_NONE] = '?',        [MIB_ACCESS_NOT_ACCESSIBLE] = '-', [MIB_ACCESS_NOTIFY] = 'n',
    [MIB_ACCESS_READ_ONLY] = 'r',   [MIB_ACCESS_READ_WRITE] = 'w',     [MIB_ACCESS_WRITE_ONLY] = 'o',
    [MIB_ACCESS_READ_CREATE] = 'c',
};

static bool is_word(const char *candidate, const char *word, size_t length)
{
    return strlen(candidate) == length && memcmp(candidate, word, length) == 0;
}

const char *mib_facts_kind_word(enum mib_kind kind)
{
    return kind < MIB_KIND_COUNT ? kinds[kind] : NULL;
}

enum mib_kind mib_facts_kind_of(const char *word, size_t length)
{
    unsigned kind = 0;
    while (kind < MIB_KIND_COUNT && !(kinds[kind] && is_word(kinds[kind], word, length))) {
        kind++;
    }
    return (enum mib_kind)kind;
}

char mib_facts_access_letter(enum mib_access access)
{
    return access < MIB_ACCESS_COUNT ? accesses[access] : '?';
}

enum mib_access mib_facts_access_of(const char *word, size_t length)
{
    unsigned access = 0;
    while (access < MIB_ACCESS_COUNT && !(length == 1 && accesses[access] == *word)) {
        access++;
    }
    return (enum mib_access)access;
}

const char *mib_facts_base_word(enum mib_base base)
{
    switch (base) {
    case MIB_BASE_OCTET_STRING:
        return "OCTET-STRING";
    case MIB_BASE_OBJECT_IDENTIFIER:
        return "OBJECT-IDENTIFIER";
    default:
        return mib_base_word(base);
    }
}

enum mib_base mib_facts_base_of(const char *word, size_t length)
{
    for (unsigned base = MIB_BASE_NONE + 1; base < MIB_BASE_COUNT; base++) {
        if (is_word(mib_facts_base_word((enum mib_base)base), word, length)) {
            return (enum mib_base)base;
        }
    }
    return MIB_BASE_NONE;
}

const char *mib_facts_status_word(enum mib_status status)
{
    return status == MIB_STATUS_NONE ? "none" : mib_status_word(status);
}

enum mib_status mib_facts_status_of(const char *word, size_t length)
{
    unsigned status = 0;
    while (status < MIB_STATUS_COUNT &&
           !is_word(mib_facts_status_word((enum mib_status)status), word, length)) {
        status++;
    }
    return (enum mib_status)status;
}

enum mib_status mib_facts_default_status(enum mib_kind kind)
{
    switch (kind) {
    case MIB_KIND_VALUE:
    case MIB_KIND_MODULE_IDENTITY:
    case MIB_KIND_TRAP_TYPE:
        return MIB_STATUS_NONE;
    default:
        return MIB_STATUS_CURRENT;
    }
}

/* The last one of a name may be '#', as in "acme#", the node between an enterprise and its traps. */
bool mib_facts_is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '#' || (unsigned char)c >= 0x80;
}
