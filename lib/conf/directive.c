/* SPDX-License-Identifier: BSD-3-Clause */
#include "conf/directive.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/err.h"
#include "conf/token.h"

enum { LINE_LIMIT = 65536, WORD_LIMIT = 128, DEPTH_LIMIT = 16, FILE_LIMIT = 1000, ENTRY_LIMIT = 4096 };
enum { FILE_OCTETS = 16 * 1024 * 1024 }; /* a device that never ends is no configuration */

/* The table in force: NULL after a "[type]" line of a type that is not the reader's. */
struct context {
    struct conf_reader *reader;
    struct conf_place place;
    const struct conf_directive *table;
};

static const struct conf_directive *find_directive(const struct conf_directive *table, const char *name)
{
    for (; table && table->name; table++) {
        if (strcasecmp(table->name, name) == 0) {
            return table;
        }
    }
    return NULL;
}

const char *conf_problem_text(const struct conf_place *place, bool warning, const char *message, char *text,
                              size_t size)
{
    const char *level = warning ? "Warning" : "Error";
    if (place && place->file && place->line > 0) {
        snprintf(text, size, "%s: line %u: %s: %s", place->file, place->line, level, message);
    } else if (place && place->file) {
        snprintf(text, size, "%s: %s: %s", place->file, level, message);
    } else {
        snprintf(text, size, "%s: %s", level, message);
    }
    return text;
}

char *conf_where(const struct conf_place *place)
{
    char where[PATH_MAX + 32];
    const char *file = place && place->file ? place->file : "";
    if (place && place->line > 0) {
        (void)snprintf(where, sizeof(where), "%s: line %u", file, place->line);
    } else {
        (void)snprintf(where, sizeof(where), "%s", file);
    }
    return strdup(where);
}

static int UVSNMP_PRINTF(3, 4) problem(struct context *in, bool warning, const char *format, ...)
{
    char message[512];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof(message), format, args);
    va_end(args);
    in->reader->problems++;
    if (in->reader->problem) {
        in->reader->problem(&in->place, warning, message, in->reader->arg);
    }
    return UVSNMP_EBAD_SYNTAX;
}

static int read_stream(struct conf_reader *reader, const char *path, const struct conf_directive *table,
                       struct uvsnmp_error *err);

/* ---- includes ---- */

/* includeFile: a relative path starts at the folder of the including file. */
static int include_file(struct context *in, const char *text)
{
    char path[PATH_MAX];
    const char *slash = in->place.file ? strrchr(in->place.file, '/') : NULL;
    int length = *text != '/' && slash ? snprintf(path, sizeof(path), "%.*s/%s",
                                                  (int)(slash - in->place.file), in->place.file, text)
                                       : snprintf(path, sizeof(path), "%s", text);
    if (length < 0 || (size_t)length >= sizeof(path)) {
        return problem(in, false, "path is too long");
    }
    struct uvsnmp_error err;
    int status = read_stream(in->reader, path, in->table, &err);
    if (status == UVSNMP_ENOT_FOUND) {
        return problem(in, false, "Included file '%s' not found.", text);
    }
    return status ? problem(in, false, "%s", err.detail) : 0;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in `dir` that end in ".conf" and do not begin with a dot. False: more than `capacity`, or no
 * memory. */
static bool conf_names(DIR *dir, char **names, size_t capacity, size_t *count)
{
    const struct dirent *entry;
    while ((entry = readdir(dir))) {
        size_t length = strlen(entry->d_name);
        if (entry->d_name[0] == '.' || length <= 5 || strcmp(entry->d_name + length - 5, ".conf") != 0) {
            continue;
        }
        if (*count == capacity || !(names[*count] = strdup(entry->d_name))) {
            return false;
        }
        (*count)++;
    }
    qsort(names, *count, sizeof(*names), compare_names);
    return true;
}

/* includeDir: every *.conf in it, sorted by name, so that the outcome does not depend on the file system. */
static int include_dir(struct context *in, const char *text)
{
    DIR *dir = opendir(text);
    if (!dir) {
        return problem(in, false, "Can't open include dir '%s'.", text);
    }
    char **names = calloc(ENTRY_LIMIT, sizeof(*names));
    size_t count = 0;
    int status = 0;
    if (!names || !conf_names(dir, names, ENTRY_LIMIT, &count)) {
        status = problem(in, false, "%s: too many files, or out of memory: none is read", text);
    }
    closedir(dir);
    for (size_t i = 0; i < count; i++) {
        char path[PATH_MAX];
        struct uvsnmp_error err = {0};
        int length = snprintf(path, sizeof(path), "%s/%s", text, names[i]);
        bool fits = length > 0 && (size_t)length < sizeof(path);
        if (status == 0 && (!fits || read_stream(in->reader, path, in->table, &err))) {
            problem(in, false, "%s", fits ? err.detail : "path is too long");
        }
        free(names[i]);
    }
    free(names);
    return status;
}

/* includeSearch: a file of that name, with or without ".conf", in each directory of the search path. */
static int include_search(struct context *in, const char *text)
{
    static const char *const endings[] = {"", ".conf", ".local.conf"};
    const char *directories = in->reader->search_path ? in->reader->search_path : "";
    char directory[PATH_MAX];
    bool found = false;
    while (conf_list_item(&directories, ":", directory, sizeof(directory)) > 0) {
        for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
            char path[PATH_MAX];
            struct uvsnmp_error err;
            int length = snprintf(path, sizeof(path), "%s/%s%s", directory, text, endings[i]);
            if (length < 0 || (size_t)length >= sizeof(path)) {
                continue;
            }
            int status = read_stream(in->reader, path, in->table, &err);
            found = found || status != UVSNMP_ENOT_FOUND;
            if (status && status != UVSNMP_ENOT_FOUND) {
                problem(in, false, "%s", err.detail);
            }
        }
    }
    return found ? 0 : problem(in, false, "Included config '%s' not found.", text);
}

static int include_ambiguous(struct context *in, const char *text)
{
    (void)text;
    return problem(in, true, "Ambiguous token 'include' - use 'includeSearch' (or 'includeFile') instead.");
}

static const struct {
    const char *name;
    int (*run)(struct context *in, const char *text);
} includes[] = {
    {"include", include_ambiguous},
    {"includeFile", include_file},
    {"includeDir", include_dir},
    {"includeSearch", include_search},
};

/* ---- lines ---- */

/* Cuts the word that ends at white space; a longer one than fits keeps its beginning, which no row matches.
 */
static const char *cut_word(const char *text, char *word)
{
    size_t length = strcspn(text, " \t\r\n\v\f");
    size_t kept = length < WORD_LIMIT - 1 ? length : WORD_LIMIT - 1;
    memcpy(word, text, kept);
    word[kept] = '\0';
    text = conf_skip_space(text + length);
    return *text == '#' ? "" : text;
}

/* "[type]" changes the table for the rest of the file, "[type] token text" for that one line. */
static int run_section(struct context *in, char *type, const char **text, const struct conf_directive **table)
{
    const struct conf_reader *reader = in->reader;
    size_t length = strlen(type);
    if (type[length - 1] != ']') {
        return problem(in, false, "no matching ']' for type %s.", type + 1);
    }
    type[length - 1] = '\0';
    if (strcasecmp(type + 1, reader->type) == 0) {
        *table = reader->directives;
    } else if (reader->other_type && strcasecmp(type + 1, reader->other_type) == 0) {
        *table = reader->other_directives;
    } else {
        *table = NULL;
    }
    bool whole_section = **text == '\0';
    if (whole_section) {
        in->table = *table;
    }
    if (!*table) {
        return problem(in, false, "No handlers regestered for type %s.", type + 1);
    }
    return whole_section ? 0 : 1;
}

static int run_directive(struct context *in, const struct conf_directive *table, const char *word,
                         const char *text)
{
    const struct conf_directive *row = find_directive(table, word);
    bool in_file = in->place.line > 0;
    in->place.directive = word;
    if (*text == '\0' && (row || in_file)) { /* of the command line the word itself is looked at first */
        return problem(in, false, "Blank line following %s token.", word);
    }
    for (size_t i = 0; i < sizeof(includes) / sizeof(*includes); i++) {
        if (strcasecmp(word, includes[i].name) == 0) {
            return includes[i].run(in, text);
        }
    }
    if (!row) {
        return problem(in, true, "Unknown token: %s.", word);
    }
    struct uvsnmp_error err = {0};
    int status = row->set(text, &in->place, in->reader->arg, &err);
    if (status) {
        return problem(in, status == UVSNMP_EUNSUPPORTED, "%s",
                       err.detail[0] ? err.detail : uvsnmp_strerror(status));
    }
    return 0;
}

/* `line` is changed: trailing white space goes. */
static int run_line(struct context *in, char *line)
{
    char word[WORD_LIMIT];
    size_t length = strlen(line);
    while (length > 0 && strchr(" \t\r\n\v\f", line[length - 1])) {
        line[--length] = '\0';
    }
    const char *text = conf_skip_space(line);
    if (*text == '\0' || *text == '#') {
        return 0;
    }
    in->place.directive = NULL;
    const struct conf_directive *table = in->table;
    text = cut_word(text, word);
    int status = 0;
    if (word[0] == '[') {
        status = run_section(in, word, &text, &table);
        if (status <= 0) {
            return status;
        }
        text = cut_word(text, word);
    } else if (!table) {
        return 0;
    }
    status = run_directive(in, table, word, text);
    in->place.directive = NULL;
    return status;
}

/* Reads on to the end of a line that is too long; the octets it had count. */
static size_t skip_line(FILE *file, size_t limit)
{
    size_t length = 0;
    int c;
    do {
        c = getc(file);
        length++;
    } while (c != '\n' && c != EOF && length < limit);
    return length;
}

static int read_lines(struct context *in, FILE *file)
{
    char *line = malloc(LINE_LIMIT);
    if (!line) {
        return UVSNMP_ENO_MEMORY;
    }
    for (size_t total = 0;;) {
        size_t length = 0;
        int c = getc(file);
        if (c == EOF) {
            break;
        }
        in->place.line++;
        in->place.directive = NULL;
        bool nul = false;
        while (c != '\n' && c != EOF && length < LINE_LIMIT - 1) {
            nul = nul || c == '\0';
            line[length++] = (char)c;
            c = getc(file);
        }
        line[length] = '\0';
        total += length + 1;
        if (c != '\n' && c != EOF) {
            total += skip_line(file, FILE_OCTETS);
            problem(in, false, "line is longer than %d octets", LINE_LIMIT - 1);
        } else if (nul) {
            problem(in, false, "line holds a NUL octet");
        } else {
            run_line(in, line);
        }
        if (total > FILE_OCTETS) {
            problem(in, false, "the file is longer than %d octets: the rest of it has no effect",
                    FILE_OCTETS);
            break;
        }
    }
    explicit_bzero(line, LINE_LIMIT); /* there may have been a passphrase in it */
    free(line);
    return ferror(file) ? UVSNMP_EFILE : 0;
}

static int read_stream(struct conf_reader *reader, const char *path, const struct conf_directive *table,
                       struct uvsnmp_error *err)
{
    if (reader->depth >= DEPTH_LIMIT || reader->files >= FILE_LIMIT) {
        return err_set(err, UVSNMP_ELIMIT, "%s: too many included files", path);
    }
    FILE *file = fopen(path, "re");
    char buffer[BUFSIZ]; /* so that it can be wiped */
    struct stat info;
    if (!file) {
        return err_set(err, errno == ENOENT || errno == ENOTDIR ? UVSNMP_ENOT_FOUND : UVSNMP_EFILE, "%s: %s",
                       path, strerror(errno));
    }
    int status = UVSNMP_EFILE;
    (void)setvbuf(file, buffer, _IOFBF, sizeof(buffer));
    if (fstat(fileno(file), &info) == 0 && S_ISDIR(info.st_mode)) {
        errno = EISDIR;
    } else {
        struct context in = {.reader = reader, .place = {.file = path}, .table = table};
        reader->depth++;
        reader->files++;
        errno = 0;
        status = read_lines(&in, file);
        reader->depth--;
    }
    if (status) {
        err_set(err, status, "%s: %s", path, errno ? strerror(errno) : uvsnmp_strerror(status));
    }
    fclose(file);
    explicit_bzero(buffer, sizeof(buffer));
    return status;
}

int conf_read_file(struct conf_reader *reader, const char *path, struct uvsnmp_error *err)
{
    reader->depth = 0;
    reader->files = 0;
    int status = read_stream(reader, path, reader->directives, err);
    reader->files = 0;
    return status;
}

int conf_read_line(struct conf_reader *reader, const char *line, const struct conf_place *place)
{
    struct context in = {.reader = reader, .table = reader->directives};
    if (place) {
        in.place = *place;
    }
    size_t length = strlen(line);
    if (length >= LINE_LIMIT) {
        return problem(&in, false, "line is longer than %d octets", LINE_LIMIT - 1);
    }
    char copy[LINE_LIMIT]; /* not from the heap: a line that is lost for want of memory may be one that denies
                            */
    memcpy(copy, line, length + 1);
    int status = run_line(&in, copy);
    explicit_bzero(copy, length + 1);
    return status;
}
