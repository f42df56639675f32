/* SPDX-License-Identifier: BSD-3-Clause */
/* A command line, a word a line: what comes out is bounded by what went in, and no word is invented. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "apps/common/argv.h"
#include "apps/common/options.h"

#define WORDS_MAX 64

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct app_flag flags[] = {{'E', APP_FLAG_OID, 0, NULL, "", NULL}, {.letter = '\0'}};
    struct app app = {.name = "fuzz", .flags = flags, .posix = size > 0 && (data[0] & 1)};
    const struct argv_grammar grammar = options_grammar(&app);
    char program[] = "fuzz", *argv[WORDS_MAX + 1] = {program};
    int argc = 1;
    struct argv_words out;
    struct arena arena;
    char *text = malloc(size + 1);
    if (!text) {
        return 0;
    }
    if (size > 0) {
        memcpy(text, data, size);
    }
    text[size] = '\0';
    for (char *at = text; at && argc < WORDS_MAX; argc++) {
        argv[argc] = at;
        at = strchr(at, '\n');
        if (at) {
            *at++ = '\0';
        }
    }
    arena_init(&arena, 0, 0);
    if (argv_normalise(argc, argv, &grammar, &arena, &out) == 0) {
        size_t length = 0;
        for (size_t i = 0; i < out.count; i++) {
            length += strlen(out.words[i]);
        }
        for (size_t i = 0; i < out.token_count; i++) {
            length += strlen(out.tokens[i]);
        }
        /* a dash for each letter, and one pair of dashes */
        if (out.words[out.count] || length > 2 * size + sizeof(program) + 2) {
            abort();
        }
    }
    arena_fini(&arena);
    free(text);
    return 0;
}
