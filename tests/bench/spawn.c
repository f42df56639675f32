/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * usage: spawn ROUNDS COMMAND COMMAND...
 * Times whole commands against each other: each round runs every command once, in turn, its output thrown
 * away. No shell: a command is cut at blanks. Prints a line for each: median wall time in microseconds, median
 * of the round-by-round ratio to the first command, peak memory in KiB, runs that ended with another status
 * than 0, the command.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_COMMANDS = 16, MAX_WORDS = 64, MAX_ROUNDS = 2000, WARM_UP = 3 };

struct contender {
    const char *text;
    char *words[MAX_WORDS];
    double wall[MAX_ROUNDS], ratio[MAX_ROUNDS];
    long peak, failed;
};

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare);
    return values[count / 2];
}

static void cut(struct contender *c, const char *text)
{
    char *rest = strdup(text), *word;
    size_t count = 0;
    c->text = text;
    while (rest != NULL && count < MAX_WORDS - 1 && (word = strsep(&rest, " ")) != NULL) {
        if (*word != '\0') {
            c->words[count++] = word;
        }
    }
}

/* Runs a command to its end; returns the wall time. */
static double run(struct contender *c, const posix_spawn_file_actions_t *quiet)
{
    pid_t pid;
    int status = 0;
    struct rusage usage;
    double start = now_us();
    if (posix_spawnp(&pid, c->words[0], quiet, NULL, c->words, environ) != 0) {
        fprintf(stderr, "spawn: cannot run %s\n", c->text);
        exit(1);
    }
    wait4(pid, &status, 0, &usage);
    double wall = now_us() - start;
    c->failed += status != 0;
    c->peak = usage.ru_maxrss > c->peak ? usage.ru_maxrss : c->peak;
    return wall;
}

int main(int argc, char **argv)
{
    static struct contender contenders[MAX_COMMANDS];
    size_t rounds = argc > 2 ? strtoul(argv[1], NULL, 10) : 0;
    size_t count = argc > 2 ? (size_t)argc - 2 : 0;
    posix_spawn_file_actions_t quiet;
    if (count == 0 || count > MAX_COMMANDS || rounds == 0 || rounds > MAX_ROUNDS) {
        fputs("usage: spawn ROUNDS COMMAND COMMAND...\n", stderr);
        return 2;
    }
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0);
    for (size_t i = 0; i < count; i++) {
        cut(&contenders[i], argv[i + 2]);
    }
    for (size_t round = 0; round < rounds + WARM_UP; round++) {
        for (size_t i = 0; i < count; i++) {
            double wall = run(&contenders[i], &quiet);
            if (round >= WARM_UP) {
                contenders[i].wall[round - WARM_UP] = wall;
                contenders[i].ratio[round - WARM_UP] = wall / contenders[0].wall[round - WARM_UP];
            }
        }
    }
    for (size_t i = 0; i < count; i++) {
        struct contender *c = &contenders[i];
        printf("%.0f %.3f %ld %ld %s\n", median(c->wall, rounds), median(c->ratio, rounds), c->peak, c->failed,
               c->text);
    }
    return 0;
}
