/* SPDX-License-Identifier: BSD-3-Clause */
#include "agent/mibs/mibs.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "agent/core.h"
#include "agent/host/host.h"
#include "agent/mibs/group.h"
#include "base/err.h"

/* The names are those of Net-SNMP's modules, so that "-I -ifTable" means the same. */
static const struct {
    const char *name;
    int (*add)(struct mibs *mibs, struct uvsnmp_error *err);
    void (*stop)(struct mibs *mibs); /* lets go of the loop; may be NULL */
    void (*free)(struct mibs *mibs); /* may be NULL */
} groups[] = {
    {"system_mib", system_add, NULL, NULL},
    {"sysORTable", sysor_add, NULL, NULL},
    {"snmp_mib", snmp_add, NULL, snmp_free},
    {"snmpEngine", snmp_engine_add, NULL, NULL},
    {"snmpMPDStats", mpd_stats_add, NULL, NULL},
    {"target_counters", target_counters_add, NULL, NULL},
    {"snmpTargetAddrEntry", target_address_add, NULL, NULL},
    {"snmpTargetParamsEntry", target_params_add, NULL, NULL},
    {"snmpNotifyTable", notify_table_add, NULL, NULL},
    {"snmpNotifyFilterProfileTable", notify_profile_add, NULL, NULL},
    {"snmpNotifyFilterTable", notify_filter_add, NULL, NULL},
    {"usmStats", usm_stats_add, NULL, NULL},
    {"usmUser", usm_user_add, NULL, NULL},
    {"vacm_context", vacm_context_add, NULL, NULL},
    {"vacm_vars", vacm_vars_add, NULL, NULL},
    {"ifTable", interfaces_add, interfaces_stop, interfaces_free},
};
enum { GROUP_COUNT = sizeof(groups) / sizeof(*groups) };

/* What the agent can do, for the sysORTable: a row of a group that is served, and of version 3 where the
 * agent speaks it. */
static const struct {
    const char *group; /* NULL: always */
    bool needs_engine;
    struct uvsnmp_oid oid;
    const char *description;
} capabilities[] = {
    {NULL, false, UVSNMP_OID(1, 3, 6, 1, 6, 3, 1), "The MIB module for SNMPv2 entities"},
    {NULL, false, UVSNMP_OID(1, 3, 6, 1, 2, 1, 31), "The MIB module that describes the network interfaces"},
    {"snmpEngine", true, UVSNMP_OID(1, 3, 6, 1, 6, 3, 10, 3, 1, 1), "The MIB module of the SNMP engine"},
    {"snmpMPDStats", true, UVSNMP_OID(1, 3, 6, 1, 6, 3, 11, 3, 1, 1),
     "The MIB module that counts messages refused"},
    {"usmUser", true, UVSNMP_OID(1, 3, 6, 1, 6, 3, 15, 2, 1, 1), "The MIB module for users and their keys"},
    {"vacm_vars", false, UVSNMP_OID(1, 3, 6, 1, 6, 3, 16, 2, 2, 1),
     "The MIB module that shows who may access what"},
    {"snmpTargetAddrEntry", false, UVSNMP_OID(1, 3, 6, 1, 6, 3, 12, 3, 1, 1),
     "The MIB module for who is notified"},
    {"snmpNotifyTable", false, UVSNMP_OID(1, 3, 6, 1, 6, 3, 13, 3, 1, 3),
     "The MIB module for notifications and their filters"},
};

bool mibs_text_set(struct mibs_text *text, enum mibs_origin origin, const void *octets, size_t size)
{
    if (size > MIBS_TEXT_MAX) {
        return false;
    }
    memcpy(text->octets, octets, size);
    text->size = (uint8_t)size;
    text->origin = origin;
    return true;
}

void mibs_settings_init(struct mibs_settings *settings)
{
    char text[MIBS_TEXT_MAX + 1];
    memset(settings, 0, sizeof(*settings));
    mibs_text_set(&settings->description, MIBS_DEFAULT, text, host_description(text, sizeof(text)));
    mibs_text_set(&settings->name, MIBS_DEFAULT, text, host_name(text, sizeof(text)));
    mibs_text_set(&settings->contact, MIBS_DEFAULT, "root", strlen("root"));
    mibs_text_set(&settings->location, MIBS_DEFAULT, "Unknown", strlen("Unknown"));
    (void)uvsnmp_oid_copy(&settings->object_id, UVSNMP_OID(1, 3, 6, 1, 4, 1, 8072, 3, 2, 10));
    settings->trap_enabled.number = 2;
}

/* Is `name` in the comma-separated list? */
static bool is_listed(const char *list, const char *name)
{
    size_t length = strlen(name);
    while (*list != '\0') {
        size_t item = strcspn(list, ", ");
        if (item == length && strncasecmp(list, name, item) == 0) {
            return true;
        }
        list += item + strspn(list + item, ", ");
    }
    return false;
}

/* A list that names none of ours was written for another agent and chooses nothing here. */
static bool is_wanted(const char *list, const char *name)
{
    if (!list) {
        return true;
    }
    if (*list == '-' || *list == '!') {
        return !is_listed(list + 1, name);
    }
    bool any = false;
    for (size_t i = 0; i < GROUP_COUNT; i++) {
        any = any || is_listed(list, groups[i].name);
    }
    return !any || is_listed(list, name);
}

static int add_capabilities(struct uvsnmp_agent *agent, const char *wanted, struct uvsnmp_error *err)
{
    bool has_engine = agent->engine.id.size > 0;
    for (size_t i = 0; i < sizeof(capabilities) / sizeof(*capabilities); i++) {
        bool served = (!capabilities[i].group || is_wanted(wanted, capabilities[i].group)) &&
                      (has_engine || !capabilities[i].needs_engine);
        int index =
            served ? uvsnmp_agent_add_capability(agent, capabilities[i].oid, capabilities[i].description) : 0;
        if (index < 0) {
            return err_set(err, index, "sysORTable: %s", uvsnmp_strerror(index));
        }
    }
    return 0;
}

int mibs_new(struct uvsnmp_agent *agent, uv_loop_t *loop, const struct mibs_options *options,
             struct mibs **out, struct uvsnmp_error *err)
{
    struct mibs *mibs = calloc(1, sizeof(*mibs));
    if (!mibs) {
        return err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
    }
    mibs->agent = agent;
    mibs->loop = loop;
    mibs->settings = *options->settings;
    mibs->vacm = options->vacm;
    mibs->changed = options->changed;
    mibs->store_users = options->store_users;
    mibs->arg = options->arg;
    *out = mibs;
    snmp_configure(mibs);
    int status = add_capabilities(agent, options->groups, err);
    for (size_t i = 0; status == 0 && i < GROUP_COUNT; i++) {
        status = is_wanted(options->groups, groups[i].name) ? groups[i].add(mibs, err) : 0;
    }
    return status;
}

void mibs_stop(struct mibs *mibs)
{
    for (size_t i = 0; mibs && i < GROUP_COUNT; i++) {
        if (groups[i].stop) {
            groups[i].stop(mibs);
        }
    }
}

void mibs_free(struct mibs *mibs)
{
    for (size_t i = 0; mibs && i < GROUP_COUNT; i++) {
        if (groups[i].free) {
            groups[i].free(mibs);
        }
    }
    free(mibs);
}

/* What was SET stays, also when it could not be stored, unless the configuration now says otherwise. */
static void keep_text(const struct mibs_text *old, struct mibs_text *new)
{
    if (old->origin == MIBS_PERSISTENT && new->origin != MIBS_CONFIGURED) {
        *new = *old;
    }
}

void mibs_configure(struct mibs *mibs, const struct mibs_settings *settings, const struct vacm *vacm)
{
    struct mibs_settings old = mibs->settings;
    mibs->settings = *settings;
    keep_text(&old.contact, &mibs->settings.contact);
    keep_text(&old.name, &mibs->settings.name);
    keep_text(&old.location, &mibs->settings.location);
    if (old.trap_enabled.origin == MIBS_PERSISTENT && settings->trap_enabled.origin != MIBS_CONFIGURED) {
        mibs->settings.trap_enabled = old.trap_enabled;
    }
    mibs->vacm = vacm;
    snmp_configure(mibs);
    vacm_vars_changed(mibs);
    target_tables_changed(mibs);
    if (mibs->usm_table) {
        uvsnmp_table_invalidate(mibs->usm_table);
    }
}

const struct mibs_settings *mibs_settings(const struct mibs *mibs)
{
    return &mibs->settings;
}

bool mibs_need_engine(struct uvsnmp_query *query)
{
    const struct uvsnmp_value none = uvsnmp_empty(UVSNMP_NO_SUCH_INSTANCE);
    bool has_engine = uvsnmp_query_agent(query)->engine.id.size > 0;
    if (!has_engine) {
        uvsnmp_query_answer(query, &none);
    }
    return has_engine;
}

bool mibs_index_octets(struct uvsnmp_oid_buf *index, const void *octets, size_t size)
{
    const uint8_t *octet = octets;
    bool fits = uvsnmp_oid_append_id(index, (uint32_t)size) == 0;
    for (size_t i = 0; fits && i < size; i++) {
        fits = uvsnmp_oid_append_id(index, octet[i]) == 0;
    }
    return fits;
}

int mibs_add_row(struct uvsnmp_table_load *load, const struct uvsnmp_oid_buf *index, void *row)
{
    int status = row ? uvsnmp_table_row(load, uvsnmp_oid_of(index), row) : UVSNMP_ENO_MEMORY;
    return status == UVSNMP_EBAD_OID ? 0 : status;
}

void mibs_answer_octets(struct uvsnmp_query *query, const void *octets, size_t size)
{
    struct uvsnmp_value value = uvsnmp_octets(octets, size);
    uvsnmp_query_answer(query, &value);
}

void mibs_answer_integer(struct uvsnmp_query *query, int32_t number)
{
    struct uvsnmp_value value = uvsnmp_integer(number);
    uvsnmp_query_answer(query, &value);
}

void mibs_answer_unsigned(struct uvsnmp_query *query, enum uvsnmp_type type, uint32_t number)
{
    struct uvsnmp_value value = uvsnmp_unsigned32(type, number);
    uvsnmp_query_answer(query, &value);
}
