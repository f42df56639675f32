/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The main function of a fuzz target where libFuzzer is not there: feeds it each file of its corpus, and for
 * each the beginnings and the one-octet changes of it, so that `make check` finds again what a fuzzer found
 * once. Reports in TAP, one line per file. The corpus of fuzz_NAME is tests/fuzz/corpus/NAME, or the first
 * argument.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_MAX_SIZE (1024 * 1024)
#define VARIED_MAX 512 /* so many octets of each file are cut and changed */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A copy of exactly that size, so that reading past its end is noticed. */
static void feed(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size ? size : 1);
    if (!copy) {
        abort();
    }
    memcpy(copy, data, size);
    (void)LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static void feed_variants(uint8_t *data, size_t size)
{
    static const uint8_t masks[] = {0x01, 0x80, 0xff};
    for (size_t i = 0; i < size && i < VARIED_MAX; i++) {
        feed(data, i);
        for (size_t k = 0; k < sizeof(masks); k++) {
            data[i] ^= masks[k];
            feed(data, size);
            data[i] ^= masks[k];
        }
    }
}

static void replay(const char *directory, const char *name, int number)
{
    static uint8_t data[FILE_MAX_SIZE];
    char path[4096];
    size_t size;
    FILE *file;
    (void)snprintf(path, sizeof(path), "%s/%s", directory, name);
    file = fopen(path, "rb");
    if (!file) {
        printf("not ok %d - %s: cannot be read\n", number, name);
        return;
    }
    size = fread(data, 1, sizeof(data), file);
    (void)fclose(file);
    feed(data, size);
    feed_variants(data, size);
    printf("ok %d - %s\n", number, name);
    (void)fflush(stdout);
}

/* "…/lt-fuzz_address" -> "address" */
static const char *target_name(const char *program)
{
    const char *at = strstr(program, "fuzz_"), *name = program;
    while (at) {
        name = at + strlen("fuzz_");
        at = strstr(name, "fuzz_");
    }
    return name;
}

static int is_file(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

int main(int argc, char **argv)
{
    const char *top = getenv("top_srcdir");
    char directory[3072];
    struct dirent **entries;
    int count;
    if (argc > 1) {
        (void)snprintf(directory, sizeof(directory), "%s", argv[1]);
    } else {
        (void)snprintf(directory, sizeof(directory), "%s/tests/fuzz/corpus/%s", top ? top : ".",
                       target_name(argv[0]));
    }
    count = scandir(directory, &entries, is_file, alphasort);
    if (count <= 0) {
        printf("Bail out! no corpus in %s\n", directory);
        return 1;
    }
    printf("1..%d\n", count + 1);
    feed((const uint8_t *)"", 0);
    printf("ok 1 - (empty)\n");
    for (int i = 0; i < count; i++) {
        replay(directory, entries[i]->d_name, i + 2);
        free(entries[i]);
    }
    free(entries);
    return 0;
}
