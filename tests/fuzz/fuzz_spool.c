/* SPDX-License-Identifier: BSD-3-Clause */
/* Files of a spool: what is taken prints again as what reads the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "apps/snmptrap/kept.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_again(const struct kept_inform *inform)
{
    struct arena arena;
    struct kept_inform again;
    struct text text, other;
    arena_init(&arena, 0, 0);
    text_init(&text, 0);
    text_init(&other, 0);
    if (kept_print(inform, &text) < 0 || text_failed(&text) || text.size > 8 * KEPT_FILE_MAX) {
        abort();
    }
    char *copy = arena_text(&arena, text_string(&text), text.size);
    if (!copy || kept_parse(copy, text.size, &arena, &again, NULL) < 0 ||
        !kept_share_session(inform, &again) || again.message.count != inform->message.count ||
        kept_print(&again, &other) < 0 || strcmp(text_string(&text), text_string(&other)) != 0) {
        abort();
    }
    text_fini(&text);
    text_fini(&other);
    arena_fini(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct kept_inform inform;
    struct uvsnmp_error err = {0, ""};
    char *lines = size <= KEPT_FILE_MAX ? malloc(size + 1) : NULL;
    if (!lines) {
        return 0;
    }
    memcpy(lines, data, size);
    lines[size] = '\0';
    arena_init(&arena, 0, 0);
    int rc = kept_parse(lines, size, &arena, &inform, &err);
    if (rc == 0) {
        check_again(&inform);
    } else if (!err.detail[0]) {
        abort();
    }
    arena_fini(&arena);
    free(lines);
    return 0;
}
