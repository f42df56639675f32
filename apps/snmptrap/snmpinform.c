/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/snmptrap/snmptrap.h"

static const struct app snmpinform = {
    .name = "snmpinform",
    .operands = "AGENT TRAP-PARAMETERS",
    .flags = trap_flags,
    .options = trap_option_rows,
    .posix = true,
    .asks_nobody = trap_only_flushes,
    .help = trap_help,
    .run = trap_run,
};

int main(int argc, char **argv)
{
    struct trap_options own = {.inform = true};
    return app_main(argc, argv, &snmpinform, &own);
}
