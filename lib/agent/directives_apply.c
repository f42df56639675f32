/* SPDX-License-Identifier: BSD-3-Clause */
/* What is done with a configuration once it is read. */
#include <stdio.h>
#include <string.h>

#include "agent/access.h"
#include "agent/directives_access.h"
#include "base/err.h"
#include "conf/state.h"

int directives_apply_access(const struct directives_config *config, struct uvsnmp_agent *agent,
                            struct uvsnmp_error *err)
{
    int status = 0;
    uvsnmp_agent_clear_communities(agent);
    for (size_t i = 0; status == 0 && i < config->community_count; i++) {
        const struct directives_community *from = &config->communities[i];
        const struct uvsnmp_community community = {
            .name = {(const uint8_t *)from->name, strlen(from->name)},
            .refused = from->refused,
            .family = from->source.family,
            .source = from->source.any ? NULL : &from->source.address,
            .prefix_length = from->source.prefix_length,
            .context = from->context,
        };
        const struct access_grant grants[ACCESS_VERSIONS] = {
            [UVSNMP_V1] = directives_grant(config, from, UVSNMP_V1),
            [UVSNMP_V2C] = directives_grant(config, from, UVSNMP_V2C),
        };
        status = access_add(agent, &community, grants, err);
    }
    return status;
}

static bool is_loopback(const struct uvsnmp_address *address)
{
    switch (address->at.any.sa_family) {
    case AF_INET:
        return ntohl(address->at.v4.sin_addr.s_addr) >> 24 == 127;
    case AF_INET6:
        return IN6_IS_ADDR_LOOPBACK(&address->at.v6.sin6_addr);
    default:
        return true; /* a local socket */
    }
}

const char *directives_open_community(const struct directives_config *config,
                                      const struct uvsnmp_address *bound)
{
    for (size_t i = 0; i < config->community_count && !is_loopback(bound); i++) {
        const struct directives_community *community = &config->communities[i];
        const struct source *source = &community->source;
        if (source->family == bound->at.any.sa_family && (source->any || source->prefix_length == 0) &&
            (directives_grant(config, community, UVSNMP_V1).answered ||
             directives_grant(config, community, UVSNMP_V2C).answered)) {
            return community->where;
        }
    }
    return NULL;
}

int directives_store(const struct directives_config *config, const struct mibs_settings *settings,
                     struct uvsnmp_error *err)
{
    char path[PATH_MAX], number[16];
    const struct mibs_text *texts[] = {&settings->contact, &settings->name, &settings->location};
    static const char *const names[] = {"psyscontact", "psysname", "psyslocation"};
    enum { TEXTS = sizeof(names) / sizeof(*names) };
    struct conf_state_value values[TEXTS + 1];
    if (!conf_files_persistent_path(&config->files, path, sizeof(path))) {
        return err_set(err, UVSNMP_EFILE, "the persistent directory's name is too long");
    }
    for (size_t i = 0; i < TEXTS; i++) {
        values[i].directive = names[i];
        values[i].octets = texts[i]->origin == MIBS_PERSISTENT ? texts[i]->octets : NULL;
        values[i].size = texts[i]->size;
    }
    int length = snprintf(number, sizeof(number), "%d", settings->trap_enabled.number);
    values[TEXTS].directive = "pauthtrapenable";
    values[TEXTS].octets = settings->trap_enabled.origin == MIBS_PERSISTENT ? number : NULL;
    values[TEXTS].size = (size_t)length;
    return conf_state_write(path, values, TEXTS + 1, err);
}
