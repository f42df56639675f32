/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/walking.h"

#define AT(member) offsetof(struct walking_flags, member)

static const struct app_flag flags[] = {
    {'p', APP_FLAG_BOOL, AT(count), NULL, "print the number of variables found", NULL},
    {'i', APP_FLAG_BOOL, AT(with_root), NULL, "ask for the given OID itself first", NULL},
    {'I', APP_FLAG_BOOL, AT(without_root), NULL, "do not ask for it when nothing was found below", NULL},
    {'c', APP_FLAG_BOOL, AT(any_order), NULL, "go on where OIDs do not increase", NULL},
    {'t', APP_FLAG_BOOL, AT(time), NULL, "print how long the walk took", NULL},
    {'T', APP_FLAG_BOOL, AT(time_each), NULL, "print how long each answer took", NULL},
    {'E', APP_FLAG_OID, AT(end), " OID", "end the walk at OID", NULL},
    {.letter = '\0'},
};

static const struct app snmpwalk = {
    .name = "snmpwalk",
    .operands = "AGENT [OID]...",
    .flags = flags,
    .run = walking_run,
};

int main(int argc, char **argv)
{
    struct walking_flags own = {0};
    return app_main(argc, argv, &snmpwalk, &own);
}
