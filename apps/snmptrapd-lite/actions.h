/* SPDX-License-Identifier: BSD-3-Clause */
/* What is done with a notification that is allowed: it is logged, handed to programs and forwarded. */
#ifndef SNMPTRAPD_LITE_ACTIONS_H
#define SNMPTRAPD_LITE_ACTIONS_H

#include "apps/snmptrapd-lite/forward.h"
#include "apps/snmptrapd-lite/handlers.h"
#include "apps/snmptrapd-lite/journal.h"
#include "apps/snmptrapd-lite/settings.h"

struct actions {
    const struct settings *settings; /* borrowed; actions_configure() changes them */
    struct journal *journal;
    struct handlers *handlers;
    struct forwards *forwards;
    bool json, no_log, ignore_auth_failures; /* of the command line */
    const char *format;                      /* -F; NULL: none */
    struct pattern *print[2];                /* of the command line or the daemon's own; [0] of version 1 */
    struct format_options quick;             /* what programs get is printed by these */
    struct pattern_printer printer, quick_printer;
    struct text text; /* what is being printed */
    struct arena arena;
};

/* The members up to `format` are set by the caller. UVSNMP_ENO_MEMORY. */
int actions_init(struct actions *actions);
void actions_fini(struct actions *actions);

/* From now on these settings are followed; `mib` is where names come from. */
void actions_configure(struct actions *actions, struct settings *settings, const struct mib *mib);

/* Does it all. */
void actions_take(struct actions *actions, const struct notice *notice);

/* Is so much waiting that no more should come? */
bool actions_are_full(struct actions *actions);
/* What it is that waits, for the log. */
const char *actions_obstacle(struct actions *actions);

#endif
