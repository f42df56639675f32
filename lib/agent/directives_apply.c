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
    access_set_vacm(agent, config->vacm);
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

const char *directives_open_community(const struct directives_config *config,
                                      const struct uvsnmp_address *bound)
{
    for (size_t i = 0; i < config->community_count && !io_source_is_own_host(bound); i++) {
        const struct directives_community *community = &config->communities[i];
        const struct io_source *source = &community->source;
        if (source->family == bound->at.any.sa_family && (source->any || source->prefix_length == 0) &&
            (directives_grant(config, community, UVSNMP_V1).answered ||
             directives_grant(config, community, UVSNMP_V2C).answered)) {
            return community->where;
        }
    }
    return NULL;
}
