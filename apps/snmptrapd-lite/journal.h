/* SPDX-License-Identifier: BSD-3-Clause */
/* Where notifications are logged: the places of -L, of which files, pipes and terminals are written to beside
 * the loop, with the messages of the log in between. */
#ifndef SNMPTRAPD_LITE_JOURNAL_H
#define SNMPTRAPD_LITE_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "apps/common/log.h"
#include "io/loop.h"

struct journal;

struct journal_events {
    void (*written)(uint64_t inform, void *arg); /* all that was logged before journal_wait() is written */
    void (*moved)(void *arg);                    /* less waits than did */
    void *arg;
};

/* `log` is borrowed, and its lines come here until the end: where too much waits they are dropped, and how
 * many is said later. NULL: out of memory or descriptors. */
struct journal *journal_new(uv_loop_t *loop, struct app_log *log, const struct journal_events *events);

/* Writes what waits, for some seconds at most and as long as it is taken, and frees it. Where it is not taken
 * the log is mute from then on. NULL is fine. */
void journal_close(struct journal *journal);

/* Logs a notification, with the newlines that it has. */
void journal_append(struct journal *journal, const char *text, size_t size);

/* Asks for events->written(), from the loop; at once where nothing waits. UVSNMP_ENO_MEMORY. */
int journal_wait(struct journal *journal, uint64_t inform);

/* Is so much waiting that no more should come? */
bool journal_is_full(struct journal *journal);

/* Waits until all is written, a second at most: before the loop runs, when others look into the log. */
void journal_flush(struct journal *journal);

/* The files of the log were opened again. */
void journal_reopen(struct journal *journal);

#endif
