/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/names.h"

#include <strings.h>

#include "base/log.h"
#include "format/name.h"

/* A configuration of numbers costs nothing: modules are looked for when the first name comes. */
static void open_mibs(struct names *names)
{
    if (!names->is_open) {
        names->is_open = true;
        int rc = mibs_open(&names->mibs);
        if (rc < 0) {
            log_write(LOG_LEVEL_ERR, "MIB modules: %s", uvsnmp_strerror(rc));
        }
    }
}

int names_parse(void *arg, const char *text, struct uvsnmp_oid_buf *out)
{
    struct names *names = arg;
    struct format_input_options options;
    struct uvsnmp_error err;
    open_mibs(names);
    format_input_options_init(&options);
    options.mib = names->mibs.mib;
    options.load = &names->mibs.load;
    return format_name_parse(text, &options, out, &err);
}

int names_set(void *arg, const char *directive, const char *text)
{
    static const struct {
        const char *directive;
        int (*set)(struct mibs *mibs, const char *text);
    } setters[] = {
        {"mibs", mibs_conf_modules}, {"mibdirs", mibs_conf_directories}, {"mibfile", mibs_conf_file}};
    struct names *names = arg;
    for (size_t i = 0; !names->is_settled && i < sizeof(setters) / sizeof(*setters); i++) {
        if (strcasecmp(setters[i].directive, directive) == 0) {
            return setters[i].set(&names->mibs, text);
        }
    }
    return 0;
}

const struct mib *names_mib(struct names *names)
{
    open_mibs(names);
    return names->mibs.mib;
}

void names_init(struct names *names, const char *modules, const char *directories, struct arena *arena)
{
    *names = (struct names){.is_open = false};
    mibs_init(&names->mibs, arena);
    names->mibs.modules = modules;
    names->mibs.directories = directories;
}

void names_fini(struct names *names)
{
    mibs_fini(&names->mibs);
}

void names_settle(struct names *names)
{
    names->is_settled = true;
    if (names->mibs.modules || names->mibs.directories) {
        open_mibs(names);
    }
}
