/* SPDX-License-Identifier: BSD-3-Clause */
#include "mib/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <uvsnmp/error.h>

#include "base/map.h"
#include "mib/parser.h"

struct entry {
    const char *name;
    bool is_regular; /* the directory says so */
};

struct directory {
    const char *path;
    bool is_named, is_listed;
    const struct entry *entries; /* sorted by name */
    size_t count;
};

/* A module that begins in a file. */
struct head {
    const char *module, *path;
    size_t order; /* of the files */
    bool is_named;
};

/* So many modules that are nowhere are looked for; they are kept in so many lists. */
#define MISSING_MAX 4096
#define MISSING_LISTS 256

struct missing {
    struct missing *next;
    char module[];
};

struct mib_files {
    struct arena *arena;
    const char *search_path; /* as it was given */
    struct directory *directories;
    size_t directory_count;
    struct head *heads; /* sorted by module, the last file first; made when it is needed */
    size_t head_count;
    bool is_indexed, is_exhausted, path_said;
    size_t last_index; /* of the files that were looked into */
    unsigned last_line;
    struct missing *missing[MISSING_LISTS];
    size_t missing_count;
    const char *last_said; /* of these */
};

/* A growing array of fixed-size things that moves into an arena when it is complete. */
struct growing {
    void *items;
    size_t count, capacity;
};

static void *grow(struct growing *growing, size_t size)
{
    if (growing->count == growing->capacity) {
        size_t capacity = growing->capacity ? growing->capacity * 2 : 64;
        void *items = realloc(growing->items, capacity * size);
        if (!items) {
            return NULL;
        }
        growing->items = items;
        growing->capacity = capacity;
    }
    return (char *)growing->items + growing->count++ * size;
}

/* ---- the directories ---- */

bool mib_list_has(const char *list, const char *item, size_t length)
{
    while (list && *list) {
        size_t size = strcspn(list, ":");
        if (size == length && memcmp(list, item, size) == 0) {
            return true;
        }
        list += size + (list[size] == ':');
    }
    return false;
}

struct mib_files *mib_files_new(const char *directories, const char *named, struct arena *arena)
{
    size_t count = 1;
    for (const char *c = directories; *c; c++) {
        count += *c == ':';
    }
    struct mib_files *files = arena_alloc(arena, sizeof(*files));
    if (!files) {
        return NULL;
    }
    *files = (struct mib_files){.arena = arena,
                                .search_path = arena_text(arena, directories, strlen(directories)),
                                .directories = arena_array(arena, count, sizeof(*files->directories))};
    if (!files->search_path || !files->directories) {
        return NULL;
    }
    for (const char *at = files->search_path; *at; at += *at == ':') {
        size_t length = strcspn(at, ":");
        struct directory *directory = &files->directories[files->directory_count];
        *directory = (struct directory){.path = arena_text(arena, at, length),
                                        .is_named = mib_list_has(named, at, length)};
        if (!directory->path) {
            return NULL;
        }
        files->directory_count += length > 0;
        at += length;
    }
    return files;
}

bool mib_files_all_named(const struct mib_files *files)
{
    for (size_t i = 0; i < files->directory_count; i++) {
        if (!files->directories[i].is_named) {
            return false;
        }
    }
    return true;
}

unsigned mib_files_last_line(const struct mib_files *files)
{
    return files->last_line;
}

/* The list that a module is in. Who chooses names for one list gains nothing: there are never many. */
static size_t list_of(const char *module)
{
    return (size_t)(map_hash(MAP_HASH_FIRST, module, strlen(module)) % MISSING_LISTS);
}

bool mib_files_is_missing(const struct mib_files *files, const char *module)
{
    const struct missing *missing = files->missing[list_of(module)];
    while (missing && strcmp(missing->module, module) != 0) {
        missing = missing->next;
    }
    return missing || files->missing_count >= MISSING_MAX;
}

void mib_files_note_missing(struct mib_files *files, const char *module)
{
    size_t size = strlen(module) + 1;
    struct missing **list = &files->missing[list_of(module)];
    struct missing *missing =
        mib_files_is_missing(files, module) ? NULL : arena_alloc(files->arena, sizeof(*missing) + size);
    if (missing) {
        memcpy(missing->module, module, size);
        missing->next = *list;
        *list = missing;
        files->missing_count++;
    }
}

bool mib_files_say_missing(struct mib_files *files, const char *module, const struct mib_report *report)
{
    if (files->last_said && strcmp(files->last_said, module) == 0) {
        return false;
    }
    files->last_said = arena_text(files->arena, module, strlen(module));
    if (!files->path_said) {
        files->path_said = true;
        mib_report(report, MIB_PROBLEM_MODULE, NULL, 0, "MIB search path: %s", files->search_path);
    }
    return true;
}

/* ---- the names in a directory ---- */

/* What editors leave behind is no MIB file, nor is what is hidden. */
static bool is_passed_over(const char *name)
{
    return name[0] == '.' || name[0] == '#' || name[strlen(name) - 1] == '~';
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

static int read_names(DIR *stream, struct mib_files *files, struct growing *names)
{
    const struct dirent *entry;
    while ((entry = readdir(stream)) != NULL) {
        if (!is_passed_over(entry->d_name)) {
            struct entry *kept = grow(names, sizeof(*kept));
            if (!kept || !(kept->name = arena_text(files->arena, entry->d_name, strlen(entry->d_name)))) {
                return UVSNMP_ENO_MEMORY;
            }
            kept->is_regular = entry->d_type == DT_REG;
        }
    }
    return 0;
}

static int list_directory(struct mib_files *files, struct directory *directory,
                          const struct mib_report *report)
{
    if (directory->is_listed) {
        return 0;
    }
    directory->is_listed = true;
    DIR *stream = opendir(directory->path);
    if (!stream) {
        if (errno != ENOENT && errno != ENOTDIR) { /* the usual ones need not be there */
            mib_report(report, MIB_PROBLEM_FILE, directory->path, 0, "%s", strerror(errno));
        }
        return 0;
    }
    struct growing names = {0};
    int status = read_names(stream, files, &names);
    closedir(stream);
    if (status == 0 && names.count > 0) {
        qsort(names.items, names.count, sizeof(struct entry), compare_names);
        directory->entries = arena_copy(files->arena, names.items, names.count * sizeof(struct entry));
        directory->count = directory->entries ? names.count : 0;
        status = directory->entries ? 0 : UVSNMP_ENO_MEMORY;
    }
    free(names.items);
    return status;
}

/* ---- reading ---- */

void mib_text_fini(struct mib_text *text)
{
    free(text->data);
    *text = (struct mib_text){0};
}

static int refuse(const struct mib_report *report, const char *path, const char *why)
{
    mib_report(report, MIB_PROBLEM_FILE, path, 0, "%s", why);
    return UVSNMP_EFILE;
}

static int make_room(struct mib_text *text, size_t size)
{
    if (size > text->capacity) {
        char *data = realloc(text->data, size);
        if (!data) {
            return UVSNMP_ENO_MEMORY;
        }
        text->data = data;
        text->capacity = size;
    }
    return 0;
}

/* What grows meanwhile is read as long as it was. read(), for a mapped file that another program cuts off
 * ends the program that looks at it. */
static int read_open(int fd, size_t size, const char *path, const struct mib_report *report,
                     struct mib_text *text)
{
    text->size = 0;
    if (size > MIB_FILE_MAX) {
        mib_report(report, MIB_PROBLEM_FILE, path, 0, "larger than %zu MiB, not read", MIB_FILE_MAX >> 20);
        return UVSNMP_EFILE;
    }
    if (make_room(text, size + 1) < 0) {
        return UVSNMP_ENO_MEMORY;
    }
    while (text->size < size) {
        ssize_t got = read(fd, text->data + text->size, size - text->size);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return refuse(report, path, strerror(errno));
        }
        if (got == 0) {
            break;
        }
        text->size += (size_t)got;
    }
    return 0;
}

/* UVSNMP_ENOT_FOUND, not reported: there is no such file, or it is none that has a text. A FIFO or a device
 * is not even opened: that may wait, or do something. */
static int look_at(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        return UVSNMP_ENOT_FOUND;
    }
    if (!S_ISREG(status.st_mode)) {
        errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
        return UVSNMP_ENOT_FOUND;
    }
    return 0;
}

static int read_looked_at(const char *path, const struct mib_report *report, struct mib_text *text)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        return refuse(report, path, strerror(errno));
    }
    int rc = fstat(fd, &status) == 0 && S_ISREG(status.st_mode)
                 ? read_open(fd, (size_t)status.st_size, path, report, text)
                 : refuse(report, path, "not a regular file");
    close(fd);
    return rc;
}

static int read_regular(const char *path, const struct mib_report *report, struct mib_text *text)
{
    int rc = look_at(path);
    return rc < 0 ? rc : read_looked_at(path, report, text);
}

int mib_files_read(const char *path, const struct mib_report *report, struct mib_text *text)
{
    int rc = read_regular(path, report, text);
    if (rc == UVSNMP_ENOT_FOUND && errno == EISDIR) {
        mib_report(report, MIB_PROBLEM_FILE, NULL, 0, "Failed to parse MIB file %s", path);
        return UVSNMP_EFILE;
    }
    return rc == UVSNMP_ENOT_FOUND
               ? refuse(report, path, errno == EINVAL ? "not a regular file" : strerror(errno))
               : rc;
}

/* ---- which file has a module ---- */

/* Does a module of that name begin in the text? */
static bool has_module(const struct mib_text *text, const char *module)
{
    const char *name;
    size_t at = 0, length, wanted = strlen(module);
    while (mib_parse_head(text->data, text->size, &at, &name, &length)) {
        if (length == wanted && memcmp(name, module, length) == 0) {
            return true;
        }
    }
    return false;
}

/* The usual names of files; of several the last counts, as with Net-SNMP, which reads them in this order. */
static const char *const endings[] = {"", ".MIB", ".asn1", ".mi2", ".mib", ".my", ".smi", ".txt"};

/* UVSNMP_ENOT_FOUND: no file there is called so. */
static int find_by_name(struct mib_files *files, const struct directory *directory, const char *module,
                        const struct mib_report *report, struct mib_text *text, const char **path)
{
    for (size_t i = sizeof(endings) / sizeof(*endings); i-- > 0;) {
        char candidate[PATH_MAX];
        int length = snprintf(candidate, sizeof(candidate), "%s/%s%s", directory->path, module, endings[i]);
        if (length < 0 || (size_t)length >= sizeof(candidate)) {
            continue;
        }
        int rc = read_regular(candidate, report, text);
        if (rc == UVSNMP_ENO_MEMORY) {
            return rc;
        }
        if (rc == 0 && has_module(text, module)) {
            *path = arena_text(files->arena, candidate, (size_t)length);
            return *path ? 0 : UVSNMP_ENO_MEMORY;
        }
    }
    return UVSNMP_ENOT_FOUND;
}

static int compare_heads(const void *a, const void *b)
{
    const struct head *left = a, *right = b;
    int order = strcmp(left->module, right->module);
    return order != 0 ? order : (left->order < right->order) - (left->order > right->order);
}

static int note_heads(struct mib_files *files, const struct mib_text *text, const struct head *file,
                      struct growing *heads)
{
    const char *name;
    size_t at = 0, length;
    while (mib_parse_head(text->data, text->size, &at, &name, &length)) {
        struct head *head = grow(heads, sizeof(*head));
        if (!head) {
            return UVSNMP_ENO_MEMORY;
        }
        *head = *file;
        head->module = arena_text(files->arena, name, length);
        if (!head->module) {
            return UVSNMP_ENO_MEMORY;
        }
    }
    return 0;
}

/* Looks into every file of every directory. */
static int make_index(struct mib_files *files, const struct mib_report *report, struct mib_text *text)
{
    if (files->is_indexed) {
        return 0;
    }
    files->is_indexed = true;
    struct growing heads = {0};
    struct head file = {0};
    ptrdiff_t count = mib_files_count(files, report);
    int status = count < 0 ? (int)count : 0;
    for (; status == 0 && file.order < (size_t)count; file.order++) {
        status = mib_files_read_nth(files, file.order, report, text, &file.path, &file.is_named);
        status = status == UVSNMP_ENOT_FOUND ? 0
                 : status < 0                ? status
                                             : note_heads(files, text, &file, &heads);
    }
    if (status == 0 && heads.count > 0) {
        qsort(heads.items, heads.count, sizeof(struct head), compare_heads);
        files->heads = arena_copy(files->arena, heads.items, heads.count * sizeof(struct head));
        files->head_count = files->heads ? heads.count : 0;
        status = files->heads ? 0 : UVSNMP_ENO_MEMORY;
    }
    free(heads.items);
    return status;
}

/* The first of the heads that is not before `module`. */
static size_t lower_bound(const struct mib_files *files, const char *module)
{
    size_t low = 0, high = files->head_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(files->heads[middle].module, module) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static int find_by_head(struct mib_files *files, const char *module, bool only_named,
                        const struct mib_report *report, struct mib_text *text, const char **path)
{
    int status = make_index(files, report, text);
    for (size_t i = lower_bound(files, module); status == 0 && i < files->head_count; i++) {
        const struct head *head = &files->heads[i];
        if (strcmp(head->module, module) != 0) {
            break;
        }
        if (head->is_named || !only_named) {
            *path = head->path;
            int rc = mib_files_read(head->path, report, text);
            if (rc != UVSNMP_EFILE) {
                return rc;
            }
        }
    }
    return status < 0 ? status : UVSNMP_ENOT_FOUND;
}

int mib_files_find(struct mib_files *files, const char *module, bool only_named,
                   const struct mib_report *report, struct mib_text *text, const char **path)
{
    if (strchr(module, '/') || files->is_exhausted) {
        return UVSNMP_ENOT_FOUND;
    }
    for (size_t i = module[0] ? files->directory_count : 0; i-- > 0;) { /* no file has no name */
        const struct directory *directory = &files->directories[i];
        if (directory->is_named || !only_named) {
            int rc = find_by_name(files, directory, module, report, text, path);
            if (rc != UVSNMP_ENOT_FOUND) {
                return rc;
            }
        }
    }
    return find_by_head(files, module, only_named, report, text, path);
}

/* The directory that has the file number `*at` of all; `*at` becomes its number there. */
static const struct directory *directory_at(const struct mib_files *files, size_t *at)
{
    for (size_t i = 0; i < files->directory_count; i++) {
        if (*at < files->directories[i].count) {
            return &files->directories[i];
        }
        *at -= files->directories[i].count;
    }
    return NULL;
}

ptrdiff_t mib_files_count(struct mib_files *files, const struct mib_report *report)
{
    size_t count = 0;
    for (size_t i = 0; i < files->directory_count; i++) {
        int status = list_directory(files, &files->directories[i], report);
        if (status < 0) {
            return status;
        }
        count += files->directories[i].count;
    }
    return (ptrdiff_t)count;
}

static void note_line(struct mib_files *files, size_t index, const struct mib_text *text)
{
    const char *name, *at = text->data;
    size_t behind = 0, length;
    if (index < files->last_index) {
        return;
    }
    files->last_index = index;
    files->last_line = 1;
    if (mib_parse_head(text->data, text->size, &behind, &name, &length)) {
        for (; (at = memchr(at, '\n', (size_t)(name - at))) != NULL; at++) {
            files->last_line++;
        }
    }
}

int mib_files_read_nth(struct mib_files *files, size_t index, const struct mib_report *report,
                       struct mib_text *text, const char **path, bool *is_named)
{
    size_t number = index;
    const struct directory *directory = directory_at(files, &number);
    char made[PATH_MAX];
    int length = directory
                     ? snprintf(made, sizeof(made), "%s/%s", directory->path, directory->entries[number].name)
                     : -1;
    if (length < 0 || (size_t)length >= sizeof(made)) {
        return UVSNMP_ENOT_FOUND;
    }
    int rc = directory->entries[number].is_regular ? read_looked_at(made, report, text)
                                                   : read_regular(made, report, text);
    if (rc == UVSNMP_ENOT_FOUND && errno != EISDIR && errno != EINVAL) { /* a link to nothing */
        (void)refuse(report, made, strerror(errno));
    }
    if (rc < 0) {
        return rc == UVSNMP_ENO_MEMORY ? rc : UVSNMP_ENOT_FOUND;
    }
    note_line(files, index, text);
    *is_named = directory->is_named;
    *path = arena_text(files->arena, made, (size_t)length);
    return *path ? 0 : UVSNMP_ENO_MEMORY;
}

void mib_files_exhaust(struct mib_files *files)
{
    files->is_exhausted = true;
}
