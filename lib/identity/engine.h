/* SPDX-License-Identifier: BSD-3-Clause */
/* What a configuration says of the engine (RFC 3411 §3.1): its ID, and how often it has started. */
#ifndef IDENTITY_ENGINE_H
#define IDENTITY_ENGINE_H

#include <stdbool.h>

#include "engine/engine_id.h"

struct identity_engine {
    struct engine_id exact;       /* exactEngineID */
    struct engine_id text;        /* engineID */
    enum engine_id_format format; /* engineIDType: IPv4, IPv6 or MAC; 0: not given */
    char nic[16];                 /* engineIDNic */
    /* Makes one of the interface's hardware address; a negative code: it has none. NULL: nobody can tell. */
    int (*make_of_nic)(const char *nic, struct engine_id *id);
    struct engine_id old; /* oldEngineID: of the last start, and … */
    int32_t boots;        /* … engineBoots then; -1: not known, … */
    bool was_stored;      /* … though something is there of an earlier start */
};

/* What no line speaks of. */
void identity_engine_init(struct identity_engine *engine);

/* Do the lines ask for the same engine ID? Nothing is looked up. */
bool identity_engine_is_same(const struct identity_engine *a, const struct identity_engine *b);

/*
 * Who the engine is from now on, and its boots, this start counted: an ID that is not the one of before
 * begins anew (RFC 3414 §2.2), and so does one that nothing was stored of. UVSNMP_EBAD_VALUE: its boots were
 * stored and are lost, which nothing can replace.
 */
int identity_engine_start(const struct identity_engine *engine, struct engine_id *id, int32_t *boots,
                          struct uvsnmp_error *err);

#endif
