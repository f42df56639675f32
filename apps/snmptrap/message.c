/* SPDX-License-Identifier: BSD-3-Clause */
/* The operands: words that stand for the fields of a notification, and the variables behind them. */
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "apps/snmptrap/snmptrap.h"
#include "base/num.h"

/* What an empty enterprise stands for: that of CMU's SNMP, as ever. */
static const uint32_t default_enterprise[] = {1, 3, 6, 1, 4, 1, 3, 1, 1};

/* Wider than the field, as Net-SNMP takes it: what scripts count in a larger type goes round. */
static bool take_number(const char *text, const char *what, int64_t *out)
{
    *out = 0;
    if (!*text || num_parse_i64(text, INT64_MIN, INT64_MAX, out)) {
        return true;
    }
    fprintf(stderr, "%s: Bad value for %s\n", text, what);
    return false;
}

/* Hundredths of a second since the system started. */
static uint32_t system_uptime(void)
{
    struct timespec now = {0, 0};
    (void)clock_gettime(CLOCK_BOOTTIME, &now);
    return (uint32_t)((uint64_t)now.tv_sec * 100 + (uint64_t)now.tv_nsec / 10000000);
}

static bool take_uptime(struct app_run *run, const char *text, struct trap_message *out)
{
    int64_t number;
    (void)run;
    bool is_good = take_number(text, "the uptime", &number);
    out->message.uptime = out->v1.timestamp = *text ? (uint32_t)number : system_uptime();
    return is_good;
}

static bool take_trap_oid(struct app_run *run, const char *text, struct trap_message *out)
{
    return operands_oid(run, text, &out->message.trap_oid) == APP_OK;
}

static bool take_enterprise(struct app_run *run, const char *text, struct trap_message *out)
{
    if (!*text) {
        out->v1.enterprise = (struct uvsnmp_oid){default_enterprise,
                                                 sizeof(default_enterprise) / sizeof(default_enterprise[0])};
        return true;
    }
    if (operands_oid(run, text, &out->v1.enterprise) == APP_OK) {
        return true;
    }
    app_usage(run);
    return false;
}

static bool is_own_address(const struct ifaddrs *interface)
{
    return interface->ifa_addr && interface->ifa_addr->sa_family == AF_INET &&
           (interface->ifa_flags & IFF_UP) && !(interface->ifa_flags & IFF_LOOPBACK);
}

/* The first address of this machine that others may know it by; 0.0.0.0 where it has none. */
static void find_own_address(uint8_t out[4])
{
    struct ifaddrs *interfaces = NULL;
    bool found = false;
    if (getifaddrs(&interfaces) < 0) {
        return;
    }
    for (const struct ifaddrs *at = interfaces; at && !found; at = at->ifa_next) {
        found = is_own_address(at);
        if (found) {
            memcpy(out, &((const struct sockaddr_in *)(const void *)at->ifa_addr)->sin_addr, 4);
        }
    }
    freeifaddrs(interfaces);
}

static bool take_agent(struct app_run *run, const char *text, struct trap_message *out)
{
    if (!*text) {
        find_own_address(out->v1.agent_address);
        return true;
    }
    return trap_host_find(run, text, out->v1.agent_address);
}

static bool take_generic(struct app_run *run, const char *text, struct trap_message *out)
{
    int64_t number;
    (void)run;
    bool is_good = take_number(text, "the generic trap", &number);
    out->v1.generic = (int32_t)number;
    return is_good;
}

static bool take_specific(struct app_run *run, const char *text, struct trap_message *out)
{
    int64_t number;
    (void)run;
    bool is_good = take_number(text, "the specific trap", &number);
    out->v1.specific = (int32_t)number;
    return is_good;
}

/* The words of each version, in their order. */
struct word {
    const char *missing;
    bool (*take)(struct app_run *run, const char *text, struct trap_message *out);
};
static const struct word words_v1[] = {
    {"No enterprise oid", take_enterprise},           {"Missing agent parameter", take_agent},
    {"Missing generic-trap parameter", take_generic}, {"Missing specific-trap parameter", take_specific},
    {"Missing uptime parameter", take_uptime},        {NULL, NULL},
};
static const struct word words_v2[] = {
    {"Missing up-time parameter", take_uptime},
    {"Missing trap-oid parameter", take_trap_oid},
    {NULL, NULL},
};

enum app_status trap_message_read(struct app_run *run, struct trap_message *out)
{
    const struct trap_options *own = run->own;
    const struct word *words = run->options.version == UVSNMP_V1 ? words_v1 : words_v2;
    size_t used = 0;
    memset(out, 0, sizeof(*out));
    if (own->index && words == words_v1) {
        return app_usage_error(run, "--objects needs a trap-OID, which version 1 does not have");
    }
    for (; words[used].missing; used++) {
        if (used == run->operand_count) {
            return app_usage_error(run, words[used].missing);
        }
        if (!words[used].take(run, run->operands[used], out)) {
            return APP_FAILED;
        }
    }
    enum app_status status = own->index ? trap_objects_read(run, used, out->message.trap_oid, &out->variables)
                                        : operands_variables(run, used, &out->variables);
    out->message.varbinds = out->variables.varbinds;
    out->message.count = out->variables.count;
    return status;
}
