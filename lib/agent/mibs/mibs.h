/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The MIB groups that the agent itself answers for, one file each, on the public provider interface. A new
 * group is a file and a row in mibs.c.
 */
#ifndef AGENT_MIBS_MIBS_H
#define AGENT_MIBS_MIBS_H

#include <stdbool.h>
#include <stdint.h>

#include <uvsnmp/agent.h>

struct vacm;

enum { MIBS_TEXT_MAX = 255 }; /* octets of a DisplayString */

/* Where a value comes from. What the configuration says cannot be SET; the rest can, and then persists. */
enum mibs_origin { MIBS_DEFAULT, MIBS_PERSISTENT, MIBS_CONFIGURED };

struct mibs_text {
    enum mibs_origin origin;
    uint8_t size;
    uint8_t octets[MIBS_TEXT_MAX];
};

struct mibs_number {
    enum mibs_origin origin;
    int32_t number;
};

/* The values of the groups that a configuration may give. */
struct mibs_settings {
    struct mibs_text description, contact, name, location;
    struct uvsnmp_oid_buf object_id;
    struct mibs_number services;     /* sysServices; MIBS_DEFAULT: not there */
    struct mibs_number trap_enabled; /* snmpEnableAuthenTraps: 1 enabled, 2 disabled */
    bool tells_of_links;             /* linkUp and linkDown are sent */
};

/* What a system without configuration says of itself. */
void mibs_settings_init(struct mibs_settings *settings);

/* Sets a text; false when it is too long. */
bool mibs_text_set(struct mibs_text *text, enum mibs_origin origin, const void *octets, size_t size);

struct mibs;

/* A SET has changed something in the settings that should persist. */
typedef void mibs_changed_fn(void *arg);
/*
 * A SET has changed users: they are stored before it is answered. An error fails it; the users are what they
 * were then, which is to be stored as soon as that can be done.
 */
typedef int mibs_store_fn(void *arg);

struct mibs_options {
    const struct mibs_settings *settings; /* copied */
    const struct vacm *vacm;              /* what the tables of access control show; borrowed until the next
                                             mibs_configure() or the end; NULL: nothing */
    const char *groups;         /* "system_mib,ifTable": only these; "-ifTable": all but these; names
                                   that are none of ours are passed over; NULL: all */
    mibs_changed_fn *changed;   /* may be NULL */
    mibs_store_fn *store_users; /* may be NULL */
    void *arg;
};

/*
 * Registers the groups with `agent`. `loop` is the agent's. Free them after the agent's close, when no query
 * can come any more; mibs_stop() comes before the close and lets go of the loop.
 */
int mibs_new(struct uvsnmp_agent *agent, uv_loop_t *loop, const struct mibs_options *options,
             struct mibs **out, struct uvsnmp_error *err);
void mibs_stop(struct mibs *mibs);
void mibs_free(struct mibs *mibs);

/* Takes over new settings (a configuration that was read again); `vacm` as in the options. */
void mibs_configure(struct mibs *mibs, const struct mibs_settings *settings, const struct vacm *vacm);

/* The settings with what has been SET since. */
const struct mibs_settings *mibs_settings(const struct mibs *mibs);

#endif
