/* SPDX-License-Identifier: BSD-3-Clause */
#include <uvsnmp/names.h>

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "format/name.h"
#include "format/oid.h"
#include "format/value.h"
#include "mib/load.h"

struct uvsnmp_names {
    struct mib *mib;
    struct mib_load load;
    struct format_options output;
    struct format_input_options input;
    struct arena arena; /* of the lists of modules and directories */
    void (*problem)(const char *text, void *arg);
    void *arg;
};

static void pass_on(void *arg, enum mib_problem problem, const char *file, unsigned line, const char *detail)
{
    const struct uvsnmp_names *names = arg;
    char storage[512];
    struct text text;
    if (problem == MIB_PROBLEM_WARNING) {
        return;
    }
    text_init_fixed(&text, storage, sizeof(storage));
    if (file) {
        text_append(&text, file);
        text_append_format(&text, line ? ":%u: " : ": ", line);
    }
    text_append(&text, detail);
    names->problem(text_string(&text), names->arg);
}

/* A list as -m and -M have it; NULL: out of memory. */
static const char *list_of(struct uvsnmp_names *names, const char *defaults, const char *list)
{
    return list ? mib_list_change(defaults, list, &names->arena) : defaults;
}

/* The part of such a list that the caller wrote. */
static const char *own_part(struct uvsnmp_names *names, const char *list)
{
    return list ? mib_list_change(NULL, list + (*list == '+' || *list == '-'), &names->arena) : NULL;
}

static int load(struct uvsnmp_names *names, const struct uvsnmp_names_options *options)
{
    names->load = (struct mib_load){
        .modules = list_of(names, mib_default_modules, options->modules),
        .named_modules = own_part(names, options->modules),
        .directories = list_of(names, "", options->directories),
        .named_directories = own_part(names, options->directories),
        .report = {options->problem ? pass_on : NULL, names},
    };
    if (!names->load.modules || !names->load.directories ||
        (options->modules && !names->load.named_modules) ||
        (options->directories && !names->load.named_directories)) {
        return UVSNMP_ENO_MEMORY;
    }
    names->mib = mib_new();
    return names->mib ? mib_load(names->mib, &names->load) : UVSNMP_ENO_MEMORY;
}

int uvsnmp_names_new(const struct uvsnmp_names_options *options, struct uvsnmp_names **out,
                     struct uvsnmp_error *err)
{
    static const struct uvsnmp_names_options none = {0};
    struct uvsnmp_names *names = calloc(1, sizeof(*names));
    *out = NULL;
    if (!names) {
        return err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
    }
    options = options ? options : &none;
    arena_init(&names->arena, 0, 0);
    names->problem = options->problem;
    names->arg = options->arg;
    int rc = load(names, options);
    if (rc < 0) {
        uvsnmp_names_free(names);
        return err_set(err, rc, "%s", uvsnmp_strerror(rc));
    }
    format_options_init(&names->output);
    format_input_options_init(&names->input);
    names->output.mib = names->input.mib = names->mib;
    names->input.load = &names->load;
    *out = names;
    return 0;
}

void uvsnmp_names_free(struct uvsnmp_names *names)
{
    if (names) {
        mib_free(names->mib);
        arena_fini(&names->arena);
        free(names);
    }
}

int uvsnmp_names_set_output(struct uvsnmp_names *names, const char *letters, struct uvsnmp_error *err)
{
    struct format_options changed = names->output;
    int rc = format_options_parse(&changed, letters, err);
    if (rc == 0) {
        names->output = changed;
    }
    return rc;
}

int uvsnmp_names_parse(struct uvsnmp_names *names, const char *text, struct uvsnmp_oid_buf *out,
                       struct uvsnmp_error *err)
{
    return format_name_parse(text, &names->input, out, err);
}

/* Hands over what was printed. */
static ptrdiff_t finish(struct text *text, char *out, size_t size)
{
    ptrdiff_t length = text_failed(text) ? UVSNMP_ENO_MEMORY : (ptrdiff_t)text->size;
    if (size > 0) {
        size_t fits = length < 0 ? 0 : text->size < size ? text->size : size - 1;
        memcpy(out, text_string(text), fits);
        out[fits] = '\0';
    }
    text_fini(text);
    return length;
}

ptrdiff_t uvsnmp_names_print_oid(const struct uvsnmp_names *names, struct uvsnmp_oid oid, char *text,
                                 size_t size)
{
    struct text printed;
    text_init(&printed, 0);
    format_oid(&printed, oid, &names->output);
    return finish(&printed, text, size);
}

static ptrdiff_t print_varbind(const struct format_options *options, const struct uvsnmp_varbind *varbind,
                               char *text, size_t size)
{
    struct text printed;
    text_init(&printed, 0);
    format_varbind(&printed, varbind, options);
    return finish(&printed, text, size);
}

ptrdiff_t uvsnmp_names_print_value(const struct uvsnmp_names *names, const struct uvsnmp_varbind *varbind,
                                   char *text, size_t size)
{
    struct format_options options = names->output;
    options.value_only = true;
    return print_varbind(&options, varbind, text, size);
}

ptrdiff_t uvsnmp_names_print(const struct uvsnmp_names *names, const struct uvsnmp_varbind *varbind,
                             char *text, size_t size)
{
    return print_varbind(&names->output, varbind, text, size);
}
