/* SPDX-License-Identifier: BSD-3-Clause */
/* What is kept of SETs from one start to the next, in the persistent file. */
#include <stdio.h>

#include "agent/directives.h"

enum { TEXTS = 3 };

int directives_store(struct directives_config *config, const struct mibs_settings *settings,
                     const struct engine *engine, struct uvsnmp_error *err)
{
    static const char *const names[TEXTS] = {"psyscontact", "psysname", "psyslocation"};
    const struct mibs_text *texts[TEXTS] = {&settings->contact, &settings->name, &settings->location};
    struct conf_state_value values[TEXTS + 1];
    char trap_enabled[16];
    for (size_t i = 0; i < TEXTS; i++) {
        values[i] = (struct conf_state_value){
            .directive = names[i],
            .octets = texts[i]->origin == MIBS_PERSISTENT ? texts[i]->octets : NULL,
            .size = texts[i]->size,
        };
    }
    int length = snprintf(trap_enabled, sizeof(trap_enabled), "%d", settings->trap_enabled.number);
    values[TEXTS] = (struct conf_state_value){
        .directive = "pauthtrapenable",
        .octets = settings->trap_enabled.origin == MIBS_PERSISTENT ? trap_enabled : NULL,
        .size = (size_t)length,
        .is_text = true,
    };
    return identity_store(&config->identity, values, TEXTS + 1, engine, err);
}
