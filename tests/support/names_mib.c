/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/names_mib.h"

#include <stdio.h>
#include <stdlib.h>

#include "mib/parser.h"

#define FILE_MAX (64 * 1024)

/* The file's contents, in memory of the mib; NULL: there is none. */
static const char *read_module(struct mib *mib, size_t *size)
{
    char path[4096], *text = arena_alloc(mib_arena(mib), FILE_MAX);
    const char *top = getenv("top_srcdir");
    snprintf(path, sizeof(path), "%s/tests/data/mibs/NAMES-TEST-MIB.txt", top ? top : ".");
    FILE *file = fopen(path, "r");
    if (!file) {
        return NULL;
    }
    *size = text ? fread(text, 1, FILE_MAX, file) : 0;
    fclose(file);
    return text;
}

struct mib *names_mib_new(void)
{
    static const struct mib_parse_options options = {0};
    struct mib *mib = mib_new_empty();
    struct mib_draft *drafts = NULL;
    size_t size;
    const char *text = mib ? read_module(mib, &size) : NULL;
    if (!text || mib_parse("NAMES-TEST-MIB", text, size, &options, mib_arena(mib), NULL, &drafts) != 0 ||
        mib_add(mib, drafts, NULL) != 0 || mib_show(mib, "NAMES-TEST-MIB") != 0) {
        mib_free(mib);
        return NULL;
    }
    return mib;
}
