/* SPDX-License-Identifier: BSD-3-Clause */
/* snmptrap and snmpinform: one program under two names, which differ in what they begin with. */
#ifndef APPS_SNMPTRAP_SNMPTRAP_H
#define APPS_SNMPTRAP_SNMPTRAP_H

#include "apps/common/app.h"
#include "apps/common/operands.h"
#include "apps/common/options.h"

struct trap_sending;

/* Somebody to whom the notification goes. */
struct trap_receiver {
    struct trap_receiver *next;
    const char *host; /* as somebody wrote it */
    const char *name; /* that messages begin with */
    struct trap_sending *sending;
};

/* What both have as options of their own: what run->own points to. */
struct trap_options {
    bool inform;                            /* -Ci */
    struct trap_receiver *receivers, *last; /* of --to and --to-file; NULL: none */
    const char *index;                      /* --objects; NULL: not said */
    const char *spool;                      /* --spool; NULL: none */
    size_t spool_max;                       /* 0: not said */
    bool flush;                             /* --flush */
};

/* The main function of both, which differ in the name and in what they send without -Ci. */
int trap_main(int argc, char **argv, const char *name, bool inform);

/* The notification, as the operands say it. */
struct trap_message {
    struct operands variables;
    struct uvsnmp_trap_v1 v1;           /* of version 1; or … */
    struct uvsnmp_notification message; /* … of all others */
};

/* Reads the operands; says what is wrong. */
enum app_status trap_message_read(struct app_run *run, struct trap_message *out);

/* The variables of the notification `trap_oid`, with run->own's index and the values that stand behind the
 * first `skip` (> 0) operands; says what is wrong. */
enum app_status trap_objects_read(struct app_run *run, size_t skip, struct uvsnmp_oid trap_oid,
                                  struct operands *out);

/* The IPv4 address of a host, a name or a number; makes run->loop. Says what is wrong. */
bool trap_host_find(struct app_run *run, const char *name, uint8_t out[4]);

/* The program. */
enum app_status trap_run(struct app_run *run);

/* An inform with --spool: it is kept first, and goes with all that was kept before. `message` is NULL where
 * nothing but that is to go. */
enum app_status trap_run_spooled(struct app_run *run, const struct trap_message *message);

#endif
