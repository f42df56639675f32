/* SPDX-License-Identifier: BSD-3-Clause */
#include "conf/files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "conf/token.h"

/* Copies a path; one that is too long is no path at all rather than another one. */
static void copy_path(char *to, size_t size, const char *from)
{
    int length = snprintf(to, size, "%s", from);
    if (length < 0 || (size_t)length >= size) {
        to[0] = '\0';
    }
}

/* The system's places, where Net-SNMP's packages look too; then those of this installation where they are
 * others, and the user's. */
static void default_path(char *path, size_t size)
{
    static const char *const directories[] = {"/etc/snmp", "/usr/share/snmp", UVSNMP_SYSCONFDIR "/snmp",
                                              UVSNMP_DATADIR "/snmp", UVSNMP_LIBDIR "/snmp"};
    const char *home = getenv("HOME");
    struct text text;
    text_init_fixed(&text, path, size);
    for (size_t i = 0; i < sizeof(directories) / sizeof(*directories); i++) {
        bool again = false;
        for (size_t earlier = 0; earlier < i; earlier++) {
            again = again || strcmp(directories[i], directories[earlier]) == 0;
        }
        if (!again) {
            text_append_format(&text, "%s%s", text.size > 0 ? ":" : "", directories[i]);
        }
    }
    if (home) {
        text_append_format(&text, ":%s/.snmp", home);
    }
}

void conf_files_init(struct conf_files *files, const char *name)
{
    memset(files, 0, sizeof(*files));
    files->name = name;
    const char *path = getenv("SNMPCONFPATH");
    if (path) {
        copy_path(files->search_path, sizeof(files->search_path), path);
    } else {
        default_path(files->search_path, sizeof(files->search_path));
    }
    const char *persistent = getenv("SNMP_PERSISTENT_DIR");
    copy_path(files->persistent_dir, sizeof(files->persistent_dir),
              persistent && *persistent ? persistent : UVSNMP_LOCALSTATEDIR "/lib/snmp");
}

static void report(struct conf_reader *reader, const char *message)
{
    const struct conf_place nowhere = {0};
    reader->problems++;
    if (reader->problem) {
        reader->problem(&nowhere, false, message, reader->arg);
    }
}

static void read_one(struct conf_reader *reader, const char *path, bool must_exist, unsigned *seen)
{
    struct uvsnmp_error err;
    int status = conf_read_file(reader, path, &err);
    if (status == 0 && seen) {
        (*seen)++;
    }
    if (status && (must_exist || status != UVSNMP_ENOT_FOUND)) {
        report(reader, err.detail);
    }
}

/* The given files with (`first`) or without a leading '-'. That one '-' may stand before the whole list. */
static void read_given(const struct conf_files *files, struct conf_reader *reader, bool first, unsigned *seen)
{
    const char *given = files->given ? files->given : "";
    bool early = *given == '-';
    if (early != first) {
        return;
    }
    given += early;
    char path[PATH_MAX];
    ptrdiff_t length;
    while ((length = conf_list_item(&given, ",", path, sizeof(path))) > 0) {
        read_one(reader, path, true, seen);
    }
    if (length == UVSNMP_ETOO_LONG) {
        report(reader, "a file name given with -c is too long");
    }
}

static void read_directory(const char *directory, const char *name, struct conf_reader *reader,
                           unsigned *seen)
{
    static const char *const endings[] = {".conf", ".local.conf"};
    for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
        char path[PATH_MAX];
        int length = snprintf(path, sizeof(path), "%s/%s%s", directory, name, endings[i]);
        if (length > 0 && (size_t)length < sizeof(path)) {
            read_one(reader, path, false, seen);
        }
    }
}

bool conf_files_persistent_path(const struct conf_files *files, char *path, size_t size)
{
    int length = snprintf(path, size, "%s/%s.conf", files->persistent_dir, files->name);
    return files->persistent_dir[0] != '\0' && length > 0 && (size_t)length < size;
}

void conf_files_read(struct conf_files *files, struct conf_reader *reader, unsigned *seen)
{
    reader->search_path = files->search_path;
    read_given(files, reader, true, seen);
    char path[PATH_MAX];
    bool persistent_done = false;
    if (!files->only_given) {
        const char *directories = files->search_path;
        while (conf_list_item(&directories, ":", path, sizeof(path)) > 0) {
            persistent_done = persistent_done || strcmp(path, files->persistent_dir) == 0;
            read_directory(path, files->name, reader, seen);
        }
    }
    read_given(files, reader, false, seen);
    if (files->persistent && !persistent_done && conf_files_persistent_path(files, path, sizeof(path))) {
        read_one(reader, path, false, NULL);
    }
}

void conf_files_read_all(struct conf_files *files, struct conf_reader *reader, const char *const *lines,
                         size_t line_count, unsigned *seen)
{
    const struct conf_place place = {.file = "command line"};
    struct conf_files general = *files;
    general.name = "snmp";
    general.given = NULL;
    general.persistent = false;
    struct conf_reader quiet = {
        .type = general.name, .directives = reader->other_directives, .arg = reader->arg};
    conf_files_read(&general, &quiet, NULL);
    conf_files_read(files, reader, seen);
    for (size_t i = 0; i < line_count; i++) {
        (void)conf_read_line(reader, lines[i], &place);
    }
}
