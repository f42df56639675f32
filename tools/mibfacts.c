/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The facts about MIB modules from one form into another: a program of the build, not installed.
 *
 *   mibfacts compile FACTS…        the table as C source, for lib/mib
 *   mibfacts facts MIBFILE…        the modules of MIB files as a table, to refresh and to extend it
 *   mibfacts smi DIRECTORY FACTS…  the table as MIB files without descriptions, for other programs to read
 */
#include "mibfacts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "mib/build.h"
#include "mib/facts.h"
#include "mib/parser.h"

enum { FILE_MAX = 16 * 1024 * 1024, ARENA_MAX = 256 * 1024 * 1024 };

struct work {
    struct arena arena;
    struct mib_draft *drafts;
    struct mib_report report;
    unsigned problems;
};

static bool complain(const char *file, const char *text)
{
    fprintf(stderr, "mibfacts: %s: %s\n", file, text);
    return false;
}

static void say(void *arg, enum mib_problem problem, const char *file, unsigned line, const char *text)
{
    struct work *work = arg;
    if (problem != MIB_PROBLEM_WARNING) {
        work->problems++;
    }
    fprintf(stderr, "%s:%u: %s\n", file ? file : "mibfacts", line, text);
}

/* The whole file, in memory of the arena; NULL after a message. */
static const char *read_file(struct work *work, const char *path, size_t *size)
{
    FILE *file;
    char *data = NULL;
    long length = -1;
    errno = 0;
    file = fopen(path, "re");
    if (file && fseek(file, 0, SEEK_END) == 0) {
        length = ftell(file);
        rewind(file);
    }
    if (length >= 0 && length <= FILE_MAX) {
        data = arena_alloc(&work->arena, (size_t)length + 1);
    }
    if (data && fread(data, 1, (size_t)length, file) != (size_t)length) {
        data = NULL;
    }
    if (file) {
        fclose(file);
    }
    if (!data) {
        complain(path, errno ? strerror(errno) : "not a file to read");
        return NULL;
    }
    *size = (size_t)length;
    return data;
}

static bool read_facts(struct work *work, char **paths)
{
    for (; *paths; paths++) {
        struct uvsnmp_error err;
        size_t size;
        const char *text = read_file(work, *paths, &size);
        if (!text) {
            return false;
        }
        if (mib_facts_read(*paths, text, size, &work->arena, &work->drafts, &err) != 0) {
            fprintf(stderr, "%s\n", err.detail);
            return false;
        }
    }
    return true;
}

static bool compile(struct work *work, char **args)
{
    struct mib_image image;
    int status;
    if (!read_facts(work, args)) {
        return false;
    }
    status = mib_build(work->drafts, NULL, &work->arena, &work->report, &image);
    if (status != 0) {
        return complain("compile", uvsnmp_strerror(status));
    }
    if (work->problems > 0) {
        return false;
    }
    write_c(stdout, &image);
    return true;
}

static bool make_facts(struct work *work, char **args)
{
    static const struct mib_parse_options options = {.replace_underlines = true};
    struct text text;
    bool is_done;
    for (; *args; args++) {
        size_t size;
        const char *data = read_file(work, *args, &size);
        int status;
        if (!data) {
            return false;
        }
        status = mib_parse(*args, data, size, &options, &work->arena, &work->report, &work->drafts);
        if (status != 0) {
            return complain(*args, uvsnmp_strerror(status));
        }
    }
    text_init(&text, 0);
    for (const struct mib_draft *draft = work->drafts; draft; draft = draft->next) {
        mib_facts_write(&text, draft);
    }
    is_done = !text_failed(&text) && fwrite(text_string(&text), 1, text.size, stdout) == text.size;
    text_fini(&text);
    return is_done;
}

static bool make_smi(struct work *work, char **args)
{
    return read_facts(work, args + 1) && write_smi(args[0], work->drafts);
}

static const struct mode {
    const char *name;
    bool (*run)(struct work *work, char **args);
    int min_args;
} modes[] = {
    {"compile", compile, 1},
    {"facts", make_facts, 1},
    {"smi", make_smi, 2},
};

int main(int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < sizeof(modes) / sizeof(modes[0]); i++) {
        if (strcmp(argv[1], modes[i].name) == 0 && argc - 2 >= modes[i].min_args) {
            struct work work = {.report = {say, NULL}};
            bool is_done;
            work.report.arg = &work;
            arena_init(&work.arena, 65536, ARENA_MAX);
            is_done = modes[i].run(&work, argv + 2) && fflush(stdout) == 0;
            arena_fini(&work.arena);
            return is_done ? 0 : 1;
        }
    }
    fprintf(stderr, "usage: mibfacts compile FACTS... | facts MIBFILE... | smi DIRECTORY FACTS...\n");
    return 2;
}
