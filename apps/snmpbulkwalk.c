/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/walking.h"

#define AT(member) offsetof(struct walking_flags, member)

static const struct app_flag flags[] = {
    {'c', APP_FLAG_BOOL, AT(any_order), NULL, "go on where OIDs do not increase", NULL},
    {'i', APP_FLAG_BOOL, AT(with_root), NULL, "ask for the given OID itself first", NULL},
    {'n', APP_FLAG_NUMBER, AT(non_repeaters), "<NUM>", "non-repeaters of each request", "non-repeaters"},
    {'p', APP_FLAG_BOOL, AT(count), NULL, "print the number of variables found", NULL},
    {'r', APP_FLAG_NUMBER, AT(max_repetitions), "<NUM>", "ask for NUM variables at once", "max-repetitions"},
    {.letter = '\0'},
};

static const struct app snmpbulkwalk = {
    .name = "snmpbulkwalk",
    .operands = "AGENT [OID]...",
    .flags = flags,
    .run = walking_run,
};

int main(int argc, char **argv)
{
    struct walking_flags own = {.max_repetitions = 10};
    return app_main(argc, argv, &snmpbulkwalk, &own);
}
