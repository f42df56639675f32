/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/snmptrap/snmptrap.h"

int main(int argc, char **argv)
{
    return trap_main(argc, argv, "snmptrap", false);
}
