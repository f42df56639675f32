/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/query.h"
#include "format/input.h"

static enum app_status run(struct app_run *app_run)
{
    static const struct query query = {
        .type = UVSNMP_PDU_SET,
        .style = {.dot_after_packet = true, .dot_after_timeout = false},
    };
    return query_run(app_run, &query);
}

static void help(struct text *text)
{
    text_append(text, "TYPE\n");
    format_input_help(text, "  ", false);
}

static const struct app_flag flags[] = {
    {'q', APP_FLAG_BOOL, offsetof(struct query_flags, quiet), NULL, "print nothing when all was set", NULL},
    {.letter = '\0'},
};

static const struct app snmpset = {
    .name = "snmpset",
    .operands = "AGENT OID TYPE VALUE [OID TYPE VALUE]...",
    .flags = flags,
    .posix = true,
    .help = help,
    .run = run,
};

int main(int argc, char **argv)
{
    struct query_flags own = {0};
    return app_main(argc, argv, &snmpset, &own);
}
