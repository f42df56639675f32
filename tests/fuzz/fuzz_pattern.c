/* SPDX-License-Identifier: BSD-3-Clause */
/* Format strings of snmptrapd-lite, each with a notification of each version; and the same as JSON. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "apps/snmptrapd-lite/json.h"
#include "apps/snmptrapd-lite/pattern.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void print(const struct pattern *pattern, const struct uvsnmp_received *received)
{
    struct format_options options;
    struct pattern_printer printer;
    struct text text;
    const struct notice notice = {.received = received, .host = "host"};
    format_options_init(&options);
    pattern_printer_init(&printer, &options);
    text_init(&text, 0);
    pattern_print(pattern, &printer, &notice, &text);
    text_reset(&text);
    json_print(&notice, &options, &text);
    if (text_failed(&text) ||
        memchr(text_string(&text), '\n', text.size) != text_string(&text) + text.size - 1) {
        abort(); /* a line is a line whatever octets come */
    }
    text_fini(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = malloc(size + 1);
    if (!copy) {
        return 0;
    }
    if (size > 0) {
        memcpy(copy, data, size);
    }
    copy[size] = '\0';
    const struct uvsnmp_varbind varbinds[] = {
        {UVSNMP_OID(1, 3, 6, 1, 2, 1, 1, 3, 0), uvsnmp_unsigned32(UVSNMP_TIMETICKS, 42)},
        {UVSNMP_OID(1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0), uvsnmp_oid_value(UVSNMP_OID(1, 3, 6, 1))},
        {UVSNMP_OID(1, 3, 6, 1, 2, 1, 1, 5, 0), uvsnmp_octets(data, size)},
    };
    const struct uvsnmp_address address = {.transport = UVSNMP_UDP, .at.any.sa_family = AF_INET};
    const struct uvsnmp_trap_v1 trap = {.enterprise = UVSNMP_OID(1, 3, 6, 1), .generic = 6, .specific = 7};
    struct uvsnmp_received received = {
        .version = UVSNMP_V1,
        .community = {data, size},
        .security_name = {data, size},
        .level = UVSNMP_AUTH_PRIV,
        .context_engine_id = {data, size},
        .context_name = {data, size},
        .peer = &address,
        .local = &address,
        .trap = &trap,
        .varbinds = varbinds,
        .count = sizeof(varbinds) / sizeof(varbinds[0]),
    };
    struct pattern *pattern = pattern_new(copy);
    if (pattern) {
        print(pattern, &received);
        received.version = UVSNMP_V3;
        received.trap = NULL;
        print(pattern, &received);
    }
    pattern_free(pattern);
    free(copy);
    return 0;
}
