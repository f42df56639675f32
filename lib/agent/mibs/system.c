/* SPDX-License-Identifier: BSD-3-Clause */
/* The system group (RFC 3418, 1.3.6.1.2.1.1). */
#include <string.h>

#include "agent/mibs/group.h"

enum { DESCRIPTION = 1, OBJECT_ID, UPTIME, CONTACT, NAME, LOCATION, SERVICES, OR_LAST_CHANGE };

static const struct uvsnmp_object objects[] = {
    {DESCRIPTION, UVSNMP_OCTET_STRING, UVSNMP_READ_ONLY, 0, 0},
    {OBJECT_ID, UVSNMP_OBJECT_IDENTIFIER, UVSNMP_READ_ONLY, 0, 0},
    {UPTIME, UVSNMP_TIMETICKS, UVSNMP_READ_ONLY, 0, 0},
    {CONTACT, UVSNMP_OCTET_STRING, UVSNMP_READ_WRITE, 0, MIBS_TEXT_MAX},
    {NAME, UVSNMP_OCTET_STRING, UVSNMP_READ_WRITE, 0, MIBS_TEXT_MAX},
    {LOCATION, UVSNMP_OCTET_STRING, UVSNMP_READ_WRITE, 0, MIBS_TEXT_MAX},
    {SERVICES, UVSNMP_INTEGER, UVSNMP_READ_ONLY, 0, 0},
    {OR_LAST_CHANGE, UVSNMP_TIMETICKS, UVSNMP_READ_ONLY, 0, 0},
};

static struct mibs_text *text_of(struct mibs *mibs, uint32_t id)
{
    switch (id) {
    case DESCRIPTION:
        return &mibs->settings.description;
    case CONTACT:
        return &mibs->settings.contact;
    case NAME:
        return &mibs->settings.name;
    default:
        return &mibs->settings.location;
    }
}

static void get(struct uvsnmp_query *query)
{
    struct mibs *mibs = uvsnmp_query_arg(query);
    uint32_t id = uvsnmp_query_object(query)->id;
    struct uvsnmp_value value;
    switch (id) {
    case OBJECT_ID:
        value = uvsnmp_oid_value(uvsnmp_oid_of(&mibs->settings.object_id));
        break;
    case UPTIME:
        value = uvsnmp_unsigned32(UVSNMP_TIMETICKS, uvsnmp_agent_uptime(mibs->agent));
        break;
    case SERVICES:
        value = mibs->settings.services.origin == MIBS_DEFAULT
                    ? uvsnmp_empty(UVSNMP_NO_SUCH_INSTANCE)
                    : uvsnmp_integer(mibs->settings.services.number);
        break;
    case OR_LAST_CHANGE:
        value = uvsnmp_unsigned32(UVSNMP_TIMETICKS, uvsnmp_agent_capability_change(mibs->agent));
        break;
    default: {
        const struct mibs_text *text = text_of(mibs, id);
        value = uvsnmp_octets(text->octets, text->size);
        break;
    }
    }
    uvsnmp_query_answer(query, &value);
}

/* Like Net-SNMP only NUL is refused: who wants an umlaut in a location is not turned away. What a value may be is
 * looked at before whether it may change at all. */
static void test(struct uvsnmp_query *query)
{
    const struct uvsnmp_bytes given = uvsnmp_query_value(query)->as.bytes;
    if (given.size > 0 && memchr(given.data, '\0', given.size)) {
        uvsnmp_query_fail(query, UVSNMP_STATUS_WRONG_VALUE);
        return;
    }
    if (text_of(uvsnmp_query_arg(query), uvsnmp_query_object(query)->id)->origin == MIBS_CONFIGURED) {
        uvsnmp_query_fail(query, UVSNMP_STATUS_NOT_WRITABLE);
        return;
    }
    struct mibs_text *old = uvsnmp_query_alloc(query, sizeof(*old));
    if (!old) {
        uvsnmp_query_fail(query, UVSNMP_STATUS_RESOURCE_UNAVAILABLE);
        return;
    }
    uvsnmp_query_set_data(query, old);
    uvsnmp_query_done(query);
}

static void tell(const struct mibs *mibs)
{
    if (mibs->changed) {
        mibs->changed(mibs->arg);
    }
}

static void commit(struct uvsnmp_query *query)
{
    struct mibs *mibs = uvsnmp_query_arg(query);
    struct mibs_text *text = text_of(mibs, uvsnmp_query_object(query)->id);
    const struct uvsnmp_bytes bytes = uvsnmp_query_value(query)->as.bytes;
    *(struct mibs_text *)uvsnmp_query_data(query) = *text;
    if (!mibs_text_set(text, MIBS_PERSISTENT, bytes.data, bytes.size)) {
        uvsnmp_query_fail(query, UVSNMP_STATUS_COMMIT_FAILED);
        return;
    }
    tell(mibs);
    uvsnmp_query_done(query);
}

static void undo(struct uvsnmp_query *query)
{
    struct mibs *mibs = uvsnmp_query_arg(query);
    *text_of(mibs, uvsnmp_query_object(query)->id) = *(struct mibs_text *)uvsnmp_query_data(query);
    tell(mibs);
    uvsnmp_query_done(query);
}

int system_add(struct mibs *mibs, struct uvsnmp_error *err)
{
    const struct uvsnmp_scalars scalars = {
        .objects = objects,
        .count = sizeof(objects) / sizeof(*objects),
        .get = get,
        .test = test,
        .commit = commit,
        .undo = undo,
        .arg = mibs,
    };
    return uvsnmp_agent_add_scalars(mibs->agent, NULL, UVSNMP_OID(1, 3, 6, 1, 2, 1, 1), &scalars, NULL, err);
}
