/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/snmptable/flags.h"

#include <string.h>

#include "base/err.h"
#include "base/num.h"

#define AT(member) offsetof(struct flags, member)
#define WIDTH_MAX 65535

static const struct flag {
    char letter;
    enum { SWITCH, NUMBER, TEXT } kind;
    size_t offset;
    int64_t least, most; /* of a number; 0 is none */
    const char *argument, *help;
} table[] = {
    {'b', SWITCH, AT(brief), 0, 0, "", "brief labels: without what all have in common"},
    {'B', SWITCH, AT(getnext), 0, 0, "", "ask with GETNEXT, not GETBULK"},
    {'c', NUMBER, AT(column_width), 3, WIDTH_MAX, " NUM", "all columns NUM characters wide"},
    {'f', TEXT, AT(separator), 0, 0, " TEXT", "TEXT between columns, which are not aligned"},
    {'h', SWITCH, AT(header_only), 0, 0, "", "print the labels only, and ask nobody"},
    {'H', SWITCH, AT(no_header), 0, 0, "", "print no labels"},
    {'i', SWITCH, AT(with_index), 0, 0, "", "print each row's index"},
    {'l', SWITCH, AT(left), 0, 0, "", "columns aligned at the left"},
    {'r', NUMBER, AT(repetitions), 1, INT32_MAX, " NUM",
     "GETBULK: ask for NUM rows at once; GETNEXT: print after NUM rows"},
    {'w', NUMBER, AT(line_width), INT32_MIN, INT32_MAX, " NUM",
     "lines of at most NUM characters, the table in parts"},
};
#define FLAG_COUNT (sizeof(table) / sizeof(table[0]))

static const struct flag *find(char letter)
{
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        if (table[i].letter == letter) {
            return &table[i];
        }
    }
    return NULL;
}

unsigned flags_words(const struct app *app, const char *letters)
{
    unsigned words = 0;
    (void)app;
    for (; *letters && *letters != ' '; letters++) {
        const struct flag *flag = find(*letters);
        words += flag && flag->kind != SWITCH;
    }
    return words;
}

/* Net-SNMP has the usage before what is wrong with an argument. */
static int bad_argument(const struct app_run *run, const struct flag *flag, const char *what,
                        struct uvsnmp_error *err)
{
    app_usage(run);
    (void)err_set(err, UVSNMP_EBAD_ARGUMENT, "Bad -C%c option: %s", flag->letter, what);
    return OPTION_NO_USAGE;
}

static int apply(struct app_run *run, const struct flag *flag, const char *word, struct uvsnmp_error *err)
{
    char *member = (char *)run->own + flag->offset;
    int64_t number;
    switch (flag->kind) {
    case SWITCH:
        *(bool *)member = true;
        break;
    case NUMBER:
        if (!num_parse_i64(word, flag->least, flag->most, &number) || number == 0) {
            return bad_argument(run, flag, word, err);
        }
        *(int32_t *)(void *)member = (int32_t)number;
        break;
    case TEXT:
        *(const char **)(void *)member = word;
        break;
    }
    return 0;
}

/*
 * The first of the `left` words at `*words`, which moves behind it. Words were joined by blanks; only a text
 * has some of its own, and then those behind it are numbers.
 */
static char *next_word(struct app_run *run, const struct flag *flag, const char **words, unsigned left)
{
    size_t length = flag->kind == TEXT ? strlen(*words) : strcspn(*words, " ");
    for (; flag->kind == TEXT && left > 1 && length > 0; left--) {
        do {
            length--;
        } while (length > 0 && (*words)[length] != ' ');
    }
    char *copy = arena_copy(&run->arena, *words, length + 1);
    if (copy) {
        copy[length] = '\0';
        *words += length + ((*words)[length] ? 1 : 0);
    }
    return copy;
}

int flags_apply(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    const char *blank = strchr(argument, ' '), *words = blank ? blank + 1 : NULL;
    unsigned left = flags_words(run->app, argument);
    int rc = 0;
    for (; rc == 0 && *argument && argument != blank; argument++) {
        const struct flag *flag = find(*argument);
        if (!flag) {
            return err_set(err, UVSNMP_EBAD_ARGUMENT, "Bad option after -C: %c", *argument);
        }
        if (flag->kind != SWITCH && !words) {
            return bad_argument(run, flag, "no argument given", err);
        }
        const char *word = flag->kind == SWITCH ? "" : next_word(run, flag, &words, left--);
        rc = word ? apply(run, flag, word, err) : err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
    }
    return rc;
}

void flags_letters(struct text *text, const char *indent)
{
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        text_append_format(text, "%s%c%s:  %s\n", indent, table[i].letter, table[i].argument, table[i].help);
    }
}
