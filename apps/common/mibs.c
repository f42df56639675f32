/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/mibs.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/log.h"
#include "base/text.h"

void mibs_init(struct mibs *mibs, struct arena *arena)
{
    *mibs = (struct mibs){.arena = arena};
}

void mibs_fini(struct mibs *mibs)
{
    mib_free(mibs->mib);
    mibs->mib = NULL;
}

/* ---- -P ---- */

static void toggle_underlines(struct mibs *mibs)
{
    mibs->parse.replace_underlines = !mibs->parse.replace_underlines;
}

static void toggle_comments(struct mibs *mibs)
{
    mibs->parse.comments_end_at_newline = !mibs->parse.comments_end_at_newline;
}

static void toggle_descriptions(struct mibs *mibs)
{
    mibs->parse.keep_descriptions = !mibs->parse.keep_descriptions;
}

static void show_errors(struct mibs *mibs)
{
    mibs->errors = MIBS_ERRORS_ALL;
}

static void show_warnings(struct mibs *mibs)
{
    mibs->warnings = 1;
}

static void show_all_warnings(struct mibs *mibs)
{
    mibs->warnings = 2;
}

/* A module that becomes visible later gives no name to what has one: there is nothing to replace. */
static void replace(struct mibs *mibs)
{
    (void)mibs;
}

static const struct {
    char letter;
    void (*apply)(struct mibs *mibs);
    const char *help;
} letters_of_parsing[] = {
    {'u', toggle_underlines, "names may have underlines"},
    {'c', toggle_comments, "\"--\" does not end a comment"},
    {'d', toggle_descriptions, "keep descriptions, of which built-in modules have none"},
    {'e', show_errors, "show what is wrong with all modules, not only with those asked for"},
    {'w', show_warnings, "show warnings"},
    {'W', show_all_warnings, "show all warnings"},
    {'R', replace, "taken, without effect"},
};

int mibs_letters(struct mibs *mibs, const char *letters, struct uvsnmp_error *err)
{
    for (; *letters; letters++) {
        size_t i = 0;
        while (i < sizeof(letters_of_parsing) / sizeof(*letters_of_parsing) &&
               letters_of_parsing[i].letter != *letters) {
            i++;
        }
        if (i == sizeof(letters_of_parsing) / sizeof(*letters_of_parsing)) {
            return err_set(err, UVSNMP_EBAD_ARGUMENT, "%c", *letters);
        }
        letters_of_parsing[i].apply(mibs);
    }
    return 0;
}

void mibs_letters_help(struct text *text, const char *indent)
{
    for (size_t i = 0; i < sizeof(letters_of_parsing) / sizeof(*letters_of_parsing); i++) {
        text_append_format(text, "%s%c:  %s\n", indent, letters_of_parsing[i].letter,
                           letters_of_parsing[i].help);
    }
}

/* ---- snmp.conf ---- */

static int change(struct mibs *mibs, const char **list, const char *text)
{
    const char *changed = mib_list_change(*list, text, mibs->arena);
    if (!changed) {
        return UVSNMP_ENO_MEMORY;
    }
    *list = changed;
    return 0;
}

int mibs_conf_modules(struct mibs *mibs, const char *text)
{
    return change(mibs, &mibs->conf_modules, text);
}

int mibs_conf_directories(struct mibs *mibs, const char *text)
{
    return change(mibs, &mibs->conf_directories, text);
}

/* Appends to a list. */
static int append(struct mibs *mibs, const char **list, const char *item)
{
    struct text text;
    text_init(&text, 0);
    text_append_format(&text, "%s%s%s", *list ? *list : "", *list ? ":" : "", item);
    const char *copy = text_failed(&text) ? NULL : arena_copy(mibs->arena, text_string(&text), text.size + 1);
    text_fini(&text);
    if (!copy) {
        return UVSNMP_ENO_MEMORY;
    }
    *list = copy;
    return 0;
}

int mibs_conf_file(struct mibs *mibs, const char *path)
{
    return append(mibs, &mibs->files, path);
}

/* ---- all of it together ---- */

/* What is wrong with MIB files, in Net-SNMP's words where it has any. */
static void say(void *arg, enum mib_problem problem, const char *file, unsigned line, const char *text)
{
    const struct mibs *mibs = arg;
    bool is_warning = problem == MIB_PROBLEM_WARNING;
    if (is_warning ? mibs->warnings == 0 : mibs->errors == MIBS_ERRORS_NONE && problem != MIB_PROBLEM_FILE) {
        return;
    }
    enum log_level level = is_warning ? LOG_LEVEL_WARNING : LOG_LEVEL_ERR;
    if (problem == MIB_PROBLEM_FILE && file) {
        log_write(level, "%s: %s", file, text);
    } else if (line) {
        log_write(level, "%s: At line %u in %s", text, line, file ? file : "(none)");
    } else if (file) {
        log_write(level, "%s (%s)", text, file);
    } else {
        log_write(level, "%s", text);
    }
}

/* The home directory takes the place of "$HOME", wherever it stands. */
static const char *with_home(struct mibs *mibs, const char *list)
{
    static const char variable[] = "$HOME";
    const char *home = getenv("HOME"), *next;
    if (!home || !strstr(list, variable)) {
        return list;
    }
    struct text text;
    text_init(&text, 0);
    for (; (next = strstr(list, variable)) != NULL; list = next + sizeof(variable) - 1) {
        text_append_size(&text, list, (size_t)(next - list));
        text_append(&text, home);
    }
    text_append(&text, list);
    const char *copy = text_failed(&text) ? NULL : arena_copy(mibs->arena, text_string(&text), text.size + 1);
    text_fini(&text);
    return copy;
}

/* The command line comes before the environment, that before snmp.conf. NULL: nobody says anything. */
static const char *said(const char *option, const char *variable, const char *conf)
{
    const char *environment = option ? NULL : getenv(variable);
    return option ? option : environment ? environment : conf;
}

static const char *less_sign(const char *list)
{
    return list && (list[0] == '+' || list[0] == '-') ? list + 1 : list;
}

/* Fills in what is to be loaded. */
static int fill(struct mibs *mibs, struct mib_load *load)
{
    const char *modules = said(mibs->modules, "MIBS", mibs->conf_modules);
    const char *directories = said(mibs->directories, "MIBDIRS", mibs->conf_directories);
    const char *more_files = getenv("MIBFILES");
    if (more_files && append(mibs, &mibs->files, less_sign(more_files)) < 0) {
        return UVSNMP_ENO_MEMORY;
    }
    *load = (struct mib_load){
        .modules = modules ? mib_list_change(mib_default_modules, modules, mibs->arena) : mib_default_modules,
        .named_modules = less_sign(modules),
        .directories = directories ? mib_list_change(mib_default_directories, directories, mibs->arena)
                                   : mib_default_directories,
        .named_directories = less_sign(directories),
        .files = mibs->files,
        .parse = mibs->parse,
        .report = {say, mibs},
        .report_all = mibs->errors == MIBS_ERRORS_ALL,
    };
    if (load->directories) {
        load->directories = with_home(mibs, load->directories);
    }
    if (load->named_directories) {
        load->named_directories = with_home(mibs, load->named_directories);
    }
    return load->modules && load->directories && (load->named_directories || !directories)
               ? 0
               : UVSNMP_ENO_MEMORY;
}

int mibs_open(struct mibs *mibs)
{
    int status = fill(mibs, &mibs->load);
    if (status == 0) {
        mibs->mib = mib_new();
        status = mibs->mib ? mib_load(mibs->mib, &mibs->load) : UVSNMP_ENO_MEMORY;
    }
    return status;
}

bool mibs_are_off(const struct mibs *mibs)
{
    return !mibs->modules && !getenv("MIBS") && mibs->conf_modules &&
           mibs->conf_modules[strspn(mibs->conf_modules, ":")] == '\0';
}
