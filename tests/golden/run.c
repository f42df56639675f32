/* SPDX-License-Identifier: BSD-3-Clause */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "golden/agent.h"
#include "golden/run.h"

#define WORDS_MAX 256
#define JOBS_MAX 16
#define LIMIT_S 60 /* for one call */

/* A call under way. */
struct job {
    pid_t pid; /* 0: none */
    FILE *out, *err;
    struct row *row;
};

/* ---- command lines ---- */

struct words {
    char *words[WORDS_MAX + 1];
    size_t count;
    char storage[8192];
};

/* The next word of `*command`, without its quotes, at `to`; returns the end of it. */
static char *take_word(const char **command, char *to)
{
    const char *at = *command;
    char quote = '\0';
    for (; *at && (quote || *at != ' '); at++) {
        if (quote ? *at == quote : *at == '\'' || *at == '"') {
            quote = quote ? '\0' : *at;
        } else if (*at == '\\' && quote != '\'' && at[1]) {
            *to++ = *++at;
        } else {
            *to++ = *at;
        }
    }
    *command = at;
    *to++ = '\0';
    return to;
}

static bool split(const char *command, char *address, struct words *words)
{
    static struct {
        const char *word;
        char version[8], community[16];
    } agents[] = {{"@", "-v2c", "-cpublic"}, {"@1", "-v1", "-cpublic"}, {"@arrived", "-v2c", "-carrived"}};
    static char patience[] = "-t10";
    char *to = words->storage;
    words->count = 0;
    if (strlen(command) >= sizeof(words->storage)) {
        return false;
    }
    for (command += strspn(command, " "); *command; command += strspn(command, " ")) {
        char *word = to;
        if (words->count + 8 > WORDS_MAX) {
            return false;
        }
        to = take_word(&command, to);
        words->words[words->count++] = word;
        for (size_t i = 0; i < sizeof(agents) / sizeof(agents[0]); i++) {
            if (strcmp(word, agents[i].word) == 0) {
                char *all[] = {agents[i].version, agents[i].community, patience, address};
                memcpy(&words->words[words->count - 1], all, sizeof(all));
                words->count += sizeof(all) / sizeof(all[0]) - 1;
            }
        }
    }
    words->words[words->count] = NULL;
    return words->count > 0;
}

/* ---- calls ---- */

/* In the child, which has its parent's memory until it executes: copying page tables costs more than a tool's
 * run. */
static _Noreturn void become(char **words, int out, int err)
{
    int null = open("/dev/null", O_RDONLY);
    if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
        dup2(err, STDERR_FILENO) < 0) {
        _exit(126);
    }
    alarm(LIMIT_S);
    execvp(words[0], words);
    dprintf(STDERR_FILENO, "%s: %s\n", words[0], strerror(errno));
    _exit(127);
}

static bool start(struct job *job, struct row *row, char *address)
{
    static struct words words;
    if (!split(row->command, address, &words)) {
        fprintf(stderr, "too many words: %s\n", row->command);
        return false;
    }
    *job = (struct job){.row = row, .out = tmpfile(), .err = tmpfile()};
    if (!job->out || !job->err || (job->pid = vfork()) < 0) {
        perror("golden");
        return false;
    }
    if (job->pid == 0) {
        become(words.words, fileno(job->out), fileno(job->err));
    }
    return true;
}

/* Appends a line in which the first `what` is replaced. */
static void append_masked(struct text *text, const char *line, size_t size, const char *what, const char *by)
{
    const char *found = *what ? memmem(line, size, what, strlen(what)) : NULL;
    size_t before = found ? (size_t)(found - line) : size;
    text_append_size(text, line, before);
    if (found) {
        before += strlen(what);
        text_append(text, by);
        text_append_size(text, line + before, size - before);
    }
}

/*
 * What is another each time becomes a word: the agent's address "@", the folders of MIB files "mibs". What
 * follows the first line of a usage is left out.
 */
static void collect(FILE *stream, const char *address, struct text *text)
{
    const char *folders = getenv("MIBDIRS");
    struct text masked;
    char *line = NULL;
    size_t capacity = 0;
    ssize_t size;
    text_init(&masked, 0);
    text_reset(text);
    rewind(stream);
    bool is_usage = false;
    while (!is_usage && (size = getline(&line, &capacity, stream)) >= 0) {
        is_usage = strncmp(line, "USAGE:", 6) == 0;
        text_reset(&masked);
        append_masked(&masked, line, (size_t)size, address, "@");
        append_masked(text, masked.data, masked.size, folders ? folders : "", "mibs");
    }
    text_fini(&masked);
    free(line);
    fclose(stream);
}

/* Waits for one of the jobs. */
static void finish_one(struct job *jobs, size_t count, const char *address)
{
    int status = 0;
    pid_t pid = waitpid(-1, &status, 0);
    for (size_t i = 0; i < count; i++) {
        if (pid > 0 && jobs[i].pid == pid) {
            collect(jobs[i].out, address, &jobs[i].row->out);
            collect(jobs[i].err, address, &jobs[i].row->err);
            jobs[i].row->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
            jobs[i].pid = 0;
        }
    }
}

static struct job *free_job(struct job *jobs, size_t count, const char *address)
{
    for (;;) {
        for (size_t i = 0; i < count; i++) {
            if (jobs[i].pid == 0) {
                return &jobs[i];
            }
        }
        finish_one(jobs, count, address);
    }
}

static bool run_all(struct rows *rows, char *address)
{
    struct job jobs[JOBS_MAX] = {0};
    long cpus = sysconf(_SC_NPROCESSORS_ONLN);
    size_t count = cpus < 1 ? 1 : cpus > JOBS_MAX ? JOBS_MAX : (size_t)cpus;
    bool is_right = true;
    for (size_t i = 0; i < rows->count && is_right; i++) {
        is_right = start(free_job(jobs, count, address), &rows->rows[i], address);
    }
    for (size_t i = 0; i < count; i++) {
        while (jobs[i].pid > 0) {
            finish_one(jobs, count, address);
        }
    }
    return is_right;
}

/* ---- the agent ---- */

static int open_socket(char *text, size_t size)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof(address);
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, length) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &length) != 0) {
        perror("golden");
        exit(1);
    }
    (void)snprintf(text, size, "127.0.0.1:%u", ntohs(address.sin_port));
    return fd;
}

bool run_rows(struct rows *rows, const char *values)
{
    char address[32];
    int stop[2], fd = open_socket(address, sizeof(address));
    struct golden_agent *agent = golden_agent_load(values);
    pid_t pid;
    fflush(NULL);
    if (!agent || pipe2(stop, O_CLOEXEC) != 0 || (pid = fork()) < 0) {
        return false;
    }
    if (pid == 0) {
        /* ends with this program: nobody else has the other end of the pipe */
        close(stop[1]);
        golden_agent_serve(agent, fd, stop[0]);
        _exit(0);
    }
    close(fd);
    close(stop[0]);
    golden_agent_free(agent);
    bool is_right = run_all(rows, address);
    close(stop[1]);
    (void)waitpid(pid, NULL, 0);
    return is_right;
}
