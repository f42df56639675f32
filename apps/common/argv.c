/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/argv.h"

#include <string.h>

#include <uvsnmp/error.h>

struct reader {
    int argc, at;
    char **argv;
    const struct argv_grammar *grammar;
    struct arena *arena;
    struct argv_words *out;
    bool failed;
};

static char *join(struct reader *reader, const char *first, char between, const char *second)
{
    size_t first_size = strlen(first), second_size = strlen(second);
    char *joined = arena_alloc(reader->arena, first_size + second_size + 2);
    if (!joined) {
        reader->failed = true;
        return NULL;
    }
    memcpy(joined, first, first_size);
    joined[first_size] = between;
    memcpy(joined + first_size + 1, second, second_size + 1);
    return joined;
}

static void put(struct reader *reader, const char *word)
{
    if (word) {
        reader->out->words[reader->out->count++] = word;
    }
}

/* A word of argv, or the end of one, that argv shall not show any more. */
static const char *take_secret(struct reader *reader, const char *word)
{
    size_t size = strlen(word);
    const char *copy = arena_copy(reader->arena, word, size + 1);
    reader->failed = reader->failed || !copy;
    for (int i = 1; i < reader->argc; i++) {
        char *begin = reader->argv[i];
        if (word >= begin && word <= begin + strlen(begin)) {
            memset(begin + (word - begin), 0, size);
        }
    }
    return copy ? copy : "";
}

static void put_letter(struct reader *reader, char letter)
{
    const char text[3] = {'-', letter, '\0'};
    const char *word = arena_copy(reader->arena, text, sizeof(text));
    reader->failed = reader->failed || !word;
    put(reader, word);
}

/* The argument of -`letter`: `glued`, or the next word, and what of the following belongs to it. */
static void put_argument(struct reader *reader, char letter, enum argv_argument kind, const char *glued)
{
    const char *argument = glued;
    if (!*glued) {
        bool none = reader->at >= reader->argc;
        if (kind == ARGV_GLUED || (kind == ARGV_OPTIONAL && (none || reader->argv[reader->at][0] == '-'))) {
            put(reader, "");
            return;
        }
        if (none) {
            return; /* popt will miss it */
        }
        argument = reader->argv[reader->at++];
    }
    bool is_secret = reader->grammar->is_secret && reader->grammar->is_secret(letter, NULL);
    if (is_secret) {
        argument = take_secret(reader, argument);
    }
    unsigned missing = reader->grammar->missing_words(letter, argument, reader->grammar->arg);
    for (; missing > 0 && reader->at < reader->argc && argument; missing--) {
        const char *more = reader->argv[reader->at++];
        argument = join(reader, argument, ' ', is_secret ? take_secret(reader, more) : more);
    }
    put(reader, argument);
}

static void take_letters(struct reader *reader, const char *letters)
{
    for (; *letters; letters++) {
        enum argv_argument kind = ARGV_NONE;
        bool found = reader->grammar->find(*letters, NULL, 0, reader->grammar->arg, &kind);
        put_letter(reader, *letters);
        if (found && kind != ARGV_NONE) {
            put_argument(reader, *letters, kind, letters + 1);
            return;
        }
    }
}

/* --name, --name=argument, or a token of the configuration, whose value is 1 where none is given. */
static void take_long(struct reader *reader, const char *word)
{
    size_t length = strcspn(word + 2, "=");
    enum argv_argument kind = ARGV_NONE;
    if (reader->grammar->find('\0', word + 2, length, reader->grammar->arg, &kind)) {
        put(reader, word);
        if (kind != ARGV_NONE && !word[2 + length] && reader->at < reader->argc) {
            put(reader, reader->argv[reader->at++]);
        }
        return;
    }
    const char *value = word[2 + length] ? word + 2 + length + 1 : "1";
    char *line = join(reader, word + 2, ' ', value);
    if (!line) {
        return;
    }
    memmove(line + length + 1, value, strlen(value) + 1);
    line[length] = ' ';
    if (word[2 + length] && reader->grammar->is_secret && reader->grammar->is_secret('\0', line)) {
        (void)take_secret(reader, value);
    }
    reader->out->tokens[reader->out->token_count++] = line;
}

static void take_word(struct reader *reader, const char *word)
{
    if (word[0] != '-' || !word[1]) {
        put(reader, word);
    } else if (word[1] == '-') {
        take_long(reader, word);
    } else {
        take_letters(reader, word + 1);
    }
}

int argv_normalise(int argc, char **argv, const struct argv_grammar *grammar, struct arena *arena,
                   struct argv_words *out)
{
    struct reader reader = {
        .argc = argc, .at = 1, .argv = argv, .grammar = grammar, .arena = arena, .out = out};
    size_t letters = 2;
    for (int i = 0; i < argc; i++) {
        letters += strlen(argv[i]) + 2; /* a letter of each word may become a word */
    }
    memset(out, 0, sizeof(*out));
    out->words = arena_array(arena, letters, sizeof(out->words[0]));
    out->tokens = arena_array(arena, (size_t)argc + 1, sizeof(out->tokens[0]));
    if (!out->words || !out->tokens) {
        return UVSNMP_ENO_MEMORY;
    }
    put(&reader, argc > 0 ? argv[0] : "");
    while (reader.at < argc) {
        const char *word = argv[reader.at++];
        bool ends = strcmp(word, "--") == 0;
        if (ends || (grammar->posix && (word[0] != '-' || !word[1]))) {
            reader.at -= ends ? 0 : 1;
            break;
        }
        take_word(&reader, word);
    }
    if (reader.at < argc) {
        put(&reader, "--");
        while (reader.at < argc) {
            put(&reader, argv[reader.at++]);
        }
    }
    out->words[out->count] = NULL;
    return reader.failed ? UVSNMP_ENO_MEMORY : 0;
}
