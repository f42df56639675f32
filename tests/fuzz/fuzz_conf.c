/* SPDX-License-Identifier: BSD-3-Clause */
/* Lines of snmpd.conf: nothing they hold may do harm, and what was read must be usable. */
#include <dlfcn.h>
#include <netdb.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "agent/directives.h"
#include "conf/token.h"

enum { LINES = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* No names are looked up while fuzzing. */
int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **list)
{
    int (*real)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
    struct addrinfo numeric = hints ? *hints : (struct addrinfo){0};
    void *found = dlsym(RTLD_NEXT, "getaddrinfo");
    memcpy(&real, &found, sizeof(real));
    numeric.ai_flags |= AI_NUMERICHOST;
    return real(node, service, &numeric, list);
}

static void check_problem(const struct conf_place *place, bool warning, const char *message, void *arg)
{
    char text[256];
    unsigned *count = arg;
    (*count)++;
    if (strlen(conf_problem_text(place, warning, message, text, sizeof(text))) == 0) {
        abort();
    }
}

static void check_config(const struct directives_config *config, unsigned problems)
{
    if (config->problems != problems) {
        abort();
    }
    for (size_t i = 0; i < config->listen_count; i++) {
        struct uvsnmp_address address;
        int status = uvsnmp_address_parse(config->listen[i], 161, &address, NULL);
        if (status && status != UVSNMP_EUNKNOWN_HOST) {
            abort();
        }
        if (status == 0) {
            (void)directives_open_community(config, &address);
        }
    }
}

/* Octets that were stored read back as they were. */
static void check_octets(const uint8_t *data, size_t size)
{
    uint8_t octets[512];
    struct text text;
    if (size > sizeof(octets)) {
        return;
    }
    text_init(&text, 0);
    conf_octets_format(&text, data, size);
    if (strchr(text_string(&text), '\n') ||
        conf_octets_parse(text_string(&text), octets, sizeof(octets)) != (ptrdiff_t)size ||
        memcmp(octets, data, size) != 0) {
        abort();
    }
    text_fini(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *lines[LINES];
    size_t count = 0;
    unsigned problems = 0;
    char *copy = malloc(size + 1);
    if (!copy) {
        return 0;
    }
    memcpy(copy, data, size);
    copy[size] = '\0';
    for (char *line = copy, *next; line && count < LINES; line = next) {
        next = strchr(line, '\n');
        if (next) {
            *next++ = '\0';
        }
        if (!strcasestr(line, "include")) { /* files are none of this target's business */
            lines[count++] = line;
        }
    }
    struct conf_files files = {.name = "snmpd", .only_given = true};
    const struct directives_input input = {
        .files = &files, .lines = lines, .line_count = count, .problem = check_problem, .arg = &problems};
    struct directives_config *config = directives_read(&input);
    if (config) {
        check_config(config, problems);
        directives_free(config);
    }
    check_octets(data, size);
    free(copy);
    return 0;
}
