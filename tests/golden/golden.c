/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What Net-SNMP's tools print with modules and an agent of our own, and whether ours print the same.
 *
 *   golden record FILE   runs the calls of a file of rows or cases with the tools of PATH and prints the rows
 *   golden ours FILE     the same with the tools of the build directory
 *   golden replay FILE   runs them with these and prints each difference
 *   golden               does so for all recorded rows, one test of TAP for each group
 *
 * tests/golden/rows.h has the form of the files. Rows in which ours differ on purpose stand, with the reason
 * and with what ours print, in tests/golden/differences.
 */
#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "golden/rows.h"
#include "golden/run.h"

#define SHOWN_ROWS 10  /* of a group that fails */
#define SHOWN_LINES 12 /* of each of them */

/* ---- surroundings ---- */

static char home[PATH_MAX];

static void remove_home(void)
{
    char indexes[sizeof(home) + 16];
    (void)snprintf(indexes, sizeof(indexes), "%s/cert_indexes", home);
    (void)rmdir(indexes);
    (void)rmdir(home);
}

/* No configuration and no state of the machine. Net-SNMP would say that it makes cert_indexes. */
static void prepare(const char *folder)
{
    char indexes[sizeof(home) + 16];
    const char *temporary = getenv("TMPDIR");
    (void)snprintf(home, sizeof(home), "%s/golden.XXXXXX", temporary ? temporary : "/tmp");
    if (!mkdtemp(home) || chdir(folder) != 0) {
        perror("golden");
        exit(1);
    }
    (void)snprintf(indexes, sizeof(indexes), "%s/cert_indexes", home);
    if (mkdir(indexes, 0700) != 0) {
        perror(indexes);
        exit(1);
    }
    (void)atexit(remove_home);
    setenv("HOME", home, 1);
    setenv("SNMPCONFPATH", home, 1);
    setenv("SNMP_PERSISTENT_DIR", home, 1);
    setenv("MIBS", "UVSNMP-TEST-MIB:UVSNMP-TEST-V1-MIB", 1);
    setenv("LC_ALL", "C", 1);
    setenv("TZ", "UTC", 1);
}

/* A file below a folder that the environment names, or ".". */
static const char *below(const char *variable, const char *file, char *path)
{
    const char *folder = getenv(variable);
    char relative[PATH_MAX], absolute[PATH_MAX];
    (void)snprintf(relative, sizeof(relative), "%s", folder ? folder : ".");
    if (!realpath(relative, absolute) || snprintf(path, PATH_MAX, "%s/%s", absolute, file) >= PATH_MAX) {
        fprintf(stderr, "golden: %s: no such folder\n", relative);
        exit(1);
    }
    return path;
}

static void read_file(struct rows *rows, const char *file)
{
    FILE *stream = fopen(file, "re");
    if (!stream) {
        perror(file);
        exit(1);
    }
    if (!rows_read(rows, stream, file)) {
        exit(1);
    }
    fclose(stream);
}

/* ---- comparison ---- */

static bool same_text(const struct text *a, const struct text *b)
{
    return a->size == b->size && (a->size == 0 || memcmp(a->data, b->data, a->size) == 0);
}

static bool same_row(const struct row *a, const struct row *b)
{
    return a->status == b->status && same_text(&a->out, &b->out) && same_text(&a->err, &b->err);
}

/* The octets of the next line; `*at` goes behind them. */
static struct text next_line(const struct text *text, size_t *at)
{
    struct text line = {.data = text->data ? text->data + *at : NULL};
    const char *end = *at < text->size ? memchr(line.data, '\n', text->size - *at) : NULL;
    line.size = end ? (size_t)(end - line.data) + 1 : text->size - *at;
    *at += line.size;
    return line;
}

/* Line by line; returns how many lines it has shown. */
static size_t show_lines(const char *prefix, char stream, const struct text *wanted, const struct text *got)
{
    char minus[64], plus[64];
    size_t at = 0, other = 0, shown = 0;
    (void)snprintf(minus, sizeof(minus), "%s-%c", prefix, stream);
    (void)snprintf(plus, sizeof(plus), "%s+%c", prefix, stream);
    while ((at < wanted->size || other < got->size) && shown < SHOWN_LINES) {
        struct text left = next_line(wanted, &at), right = next_line(got, &other);
        if (!same_text(&left, &right)) {
            rows_write_lines(stdout, minus, &left);
            rows_write_lines(stdout, plus, &right);
            shown++;
        }
    }
    return shown;
}

static void show(const char *prefix, const struct row *wanted, const struct row *got)
{
    printf("%s$ %s\n", prefix, wanted->command);
    show_lines(prefix, '|', &wanted->out, &got->out);
    show_lines(prefix, '!', &wanted->err, &got->err);
    if (wanted->status != got->status) {
        printf("%s-? %d\n%s+? %d\n", prefix, wanted->status, prefix, got->status);
    }
}

/* ---- what can be done ---- */

static int record(const char *file, const char *values)
{
    struct rows rows = {0};
    read_file(&rows, file);
    if (!run_rows(&rows, values)) {
        return 1;
    }
    rows_write(stdout, &rows);
    rows_fini(&rows);
    return 0;
}

/* Runs the commands of `wanted` anew. */
static bool rerun(const struct rows *wanted, struct rows *got, const char *values)
{
    *got = (struct rows){calloc(wanted->count, sizeof(struct row)), wanted->count, wanted->count};
    for (size_t i = 0; got->rows && i < wanted->count; i++) {
        got->rows[i].command = strdup(wanted->rows[i].command);
        text_init(&got->rows[i].out, 0);
        text_init(&got->rows[i].err, 0);
    }
    return got->rows && run_rows(got, values);
}

static int replay(const char *file, const char *values)
{
    struct rows wanted = {0}, got;
    size_t differing = 0;
    read_file(&wanted, file);
    if (!rerun(&wanted, &got, values)) {
        return 1;
    }
    for (size_t i = 0; i < wanted.count; i++) {
        if (!same_row(&wanted.rows[i], &got.rows[i])) {
            differing++;
            show("", &wanted.rows[i], &got.rows[i]);
        }
    }
    printf("%zu of %zu rows differ\n", differing, wanted.count);
    rows_fini(&wanted);
    rows_fini(&got);
    return differing > 0;
}

/* A row that is wanted otherwise must be recorded, differ, and say why. */
static size_t check_differences(const struct rows *recorded, const struct rows *differences)
{
    size_t wrong = 0;
    for (size_t i = 0; i < differences->count; i++) {
        const struct row *mine = &differences->rows[i], *theirs = rows_find(recorded, mine->command);
        const char *fault = !theirs                  ? "is not recorded"
                            : !mine->reason          ? "has no reason"
                            : same_row(mine, theirs) ? "does not differ"
                                                     : NULL;
        if (fault) {
            printf("# differences: %s: %s\n", mine->command, fault);
            wrong++;
        }
    }
    return wrong;
}

/* The rows of a group from `first` on; returns the first one behind them. */
static size_t test_group(const struct rows *recorded, const struct rows *got, const struct rows *differences,
                         size_t first, unsigned number)
{
    const char *group = recorded->rows[first].group;
    size_t wrong = 0, i = first;
    for (; i < recorded->count && strcmp(recorded->rows[i].group, group) == 0; i++) {
        const struct row *other = rows_find(differences, recorded->rows[i].command);
        const struct row *wanted = other ? other : &recorded->rows[i];
        if (!same_row(wanted, &got->rows[i]) && wrong++ < SHOWN_ROWS) {
            show("# ", wanted, &got->rows[i]);
        }
    }
    if (wrong) {
        printf("# %zu of %zu rows differ\n", wrong, i - first);
    }
    printf("%sok %u - %s\n", wrong ? "not " : "", number, group);
    return i;
}

static int test_all(const char *values)
{
    struct rows recorded = {0}, got, differences = {0};
    glob_t files;
    unsigned number = 1;
    if (glob("rows/*.rows", 0, NULL, &files) != 0) {
        fputs("golden: there are no rows\n", stderr);
        return 1;
    }
    for (size_t i = 0; i < files.gl_pathc; i++) {
        read_file(&recorded, files.gl_pathv[i]);
    }
    globfree(&files);
    read_file(&differences, "differences");
    if (!rerun(&recorded, &got, values)) {
        return 1;
    }
    size_t wrong = check_differences(&recorded, &differences);
    printf("%sok %u - each difference on purpose is one, and says why\n", wrong ? "not " : "", number);
    for (size_t i = 0; i < recorded.count;) {
        i = test_group(&recorded, &got, &differences, i, ++number);
    }
    printf("1..%u\n", number);
    rows_fini(&recorded);
    rows_fini(&got);
    rows_fini(&differences);
    return 0;
}

static void use_build(void)
{
    char tools[PATH_MAX], path[PATH_MAX * 4];
    below("top_builddir", "apps", tools);
    (void)snprintf(path, sizeof(path), "%s:%s/snmptranslate:%s/snmptable:%s", tools, tools, tools,
                   getenv("PATH"));
    setenv("PATH", path, 1);
    setenv("MIBDIRS", "mibs", 1);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        bool takes_build;
        int (*run)(const char *file, const char *values);
    } modes[] = {{"record", false, record}, {"ours", true, record}, {"replay", true, replay}};
    char folder[PATH_MAX], values[PATH_MAX], file[PATH_MAX];
    size_t mode = 0;
    while (argc == 3 && mode < 3 && strcmp(argv[1], modes[mode].name) != 0) {
        mode++;
    }
    if (argc != 1 && (argc != 3 || mode == 3)) {
        fputs("usage: golden [record FILE | ours FILE | replay FILE]\n", stderr);
        return 1;
    }
    if (argc == 3 && !realpath(argv[2], file)) {
        perror(argv[2]);
        return 1;
    }
    if (argc == 1 || modes[mode].takes_build) {
        use_build();
    }
    below("top_srcdir", "tests/golden/values", values);
    prepare(below("top_srcdir", "tests/golden", folder));
    return argc == 1 ? test_all(values) : modes[mode].run(file, values);
}
