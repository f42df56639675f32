/* SPDX-License-Identifier: BSD-3-Clause */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/snmptrap/snmptrap.h"
#include "apps/snmptrap/spool.h"
#include "base/err.h"
#include "base/num.h"
#include "conf/token.h"
#include "format/input.h"

#define LINE_MAX_OCTETS 1024 /* more than any address has */
#define RECEIVERS_MAX 100000

static int add_receiver(struct app_run *run, const char *host, struct uvsnmp_error *err)
{
    struct trap_options *own = run->own;
    struct trap_receiver *receiver = arena_alloc(&run->arena, sizeof(*receiver));
    if (!receiver) {
        return err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
    }
    *receiver = (struct trap_receiver){.host = host};
    *(own->last ? &own->last->next : &own->receivers) = receiver;
    own->last = receiver;
    run->host = own->receivers->host; /* all operands are the notification's */
    return 0;
}

static int apply_to(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    return add_receiver(run, argument, err);
}

/* The address of a line; NULL: there is none, or no memory. */
static const char *address_of(struct app_run *run, char *line)
{
    const char *start = conf_skip_space(line);
    size_t length = strcspn(start, " \t\r\n");
    return *start && *start != '#' ? arena_text(&run->arena, start, length) : NULL;
}

static int read_receivers(struct app_run *run, FILE *file, const char *path, struct uvsnmp_error *err)
{
    char line[LINE_MAX_OCTETS];
    size_t count = 0;
    int rc = 0;
    while (rc == 0 && fgets(line, sizeof(line), file)) {
        const char *host = address_of(run, line);
        if (!strchr(line, '\n') && !feof(file)) {
            return err_set(err, UVSNMP_EFILE, "%s: a line is too long for an address", path);
        }
        if (host && ++count > RECEIVERS_MAX) {
            return err_set(err, UVSNMP_EFILE, "%s: more than %d addresses", path, RECEIVERS_MAX);
        }
        rc = host ? add_receiver(run, host, err) : 0;
    }
    if (rc == 0 && ferror(file)) {
        return err_set(err, UVSNMP_EFILE, "Cannot read %s: %s", path, strerror(errno));
    }
    return rc == 0 && count == 0 ? err_set(err, UVSNMP_EFILE, "%s: no address in it", path) : rc;
}

static int apply_to_file(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    FILE *file = fopen(argument, "re");
    if (!file) {
        return err_set(err, UVSNMP_EFILE, "Cannot read %s: %s", argument, strerror(errno));
    }
    int rc = read_receivers(run, file, argument, err);
    fclose(file);
    return rc;
}

static int apply_objects(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    struct trap_options *own = run->own;
    own->index = argument;
    return *argument ? 0 : err_set(err, UVSNMP_EBAD_ARGUMENT, "--objects: the index is empty");
}

static int apply_spool(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    struct trap_options *own = run->own;
    own->spool = argument;
    return *argument ? 0 : err_set(err, UVSNMP_EBAD_ARGUMENT, "--spool: the directory's name is empty");
}

static int apply_spool_max(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    struct trap_options *own = run->own;
    uint64_t most;
    if (!num_parse_u64(argument, SPOOL_MAX_MOST, &most) || most == 0) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "--spool-max: no number from 1 to %d: %s", SPOOL_MAX_MOST,
                       argument);
    }
    own->spool_max = (size_t)most;
    return 0;
}

static int apply_flush(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    struct trap_options *own = run->own;
    (void)argument;
    (void)err;
    own->flush = true;
    run->host = run->host ? run->host : ""; /* no operand is one */
    return 0;
}

/* The call has no notification of its own. */
static bool only_flushes(const struct app_run *run)
{
    const struct trap_options *own = run->own;
    return own->flush;
}

static const struct option_row option_rows[] = {
    {.group = OPTION_TRANSPORT,
     .name = "to",
     .argument = "AGENT",
     .apply = apply_to,
     .help = "send it there; may be repeated, and no AGENT stands before the operands then"},
    {.group = OPTION_TRANSPORT,
     .name = "to-file",
     .argument = "FILE",
     .apply = apply_to_file,
     .help = "send it to each AGENT that FILE has, one a line"},
    {.group = OPTION_APP,
     .name = "objects",
     .argument = "INDEX",
     .apply = apply_objects,
     .help = "VALUEs of the notification's OBJECTS at INDEX are the operands behind its TRAP-OID"},
    {.group = OPTION_TRANSPORT,
     .name = "spool",
     .argument = "DIR",
     .apply = apply_spool,
     .help = "keep an inform in DIR until its receiver has acknowledged it"},
    {.group = OPTION_TRANSPORT,
     .name = "spool-max",
     .argument = "COUNT",
     .apply = apply_spool_max,
     .help = "keep no more than COUNT informs there (default 10000)"},
    {.group = OPTION_TRANSPORT,
     .name = "flush",
     .apply = apply_flush,
     .help = "send what is kept there, and nothing else: no operands"},
    {.apply = NULL},
};

static const struct app_flag flags[] = {
    {'i', APP_FLAG_ON, offsetof(struct trap_options, inform), NULL,
     "send an inform, which the receiver answers, instead of a trap", NULL},
    {.letter = '\0'},
};

static void help(struct text *text)
{
    text_append(text, "TRAP-PARAMETERS\n"
                      "  -v 1:     ENTERPRISE AGENT-ADDRESS GENERIC SPECIFIC UPTIME [OID TYPE VALUE]...\n"
                      "  -v 2c|3:  UPTIME TRAP-OID [OID TYPE VALUE]...\n"
                      "  -v 2c|3, --objects INDEX:  UPTIME TRAP-OID [VALUE]...\n"
                      "  An empty one ('') is the usual one.\nTYPE\n");
    format_input_help(text, "  ", true);
}

int trap_main(int argc, char **argv, const char *name, bool inform)
{
    const struct app app = {
        .name = name,
        .operands = "AGENT TRAP-PARAMETERS",
        .flags = flags,
        .options = option_rows,
        .posix = true,
        .asks_nobody = only_flushes,
        .help = help,
        .run = trap_run,
    };
    struct trap_options own = {.inform = inform};
    return app_main(argc, argv, &app, &own);
}
