/* SPDX-License-Identifier: BSD-3-Clause */
/* Files that a crash, of the program or of the machine, leaves as they were or as they are to be. */
#ifndef CONF_DURABLE_H
#define CONF_DURABLE_H

#include <stddef.h>

#include <uvsnmp/error.h>

#include "base/text.h"

/* The whole of a file, in memory that is wiped: it may hold secrets. */
struct durable_content {
    char *data; /* with a NUL behind; NULL: nothing was read */
    size_t size;
};

/* These return 0, or a negative number with the reason in `errno`. */

/* Reads a regular file of at most `limit` octets (EFBIG); `content` is to be freed in any case. */
int durable_read(const char *path, size_t limit, struct durable_content *content);
void durable_content_free(struct durable_content *content);

/* Makes the directory that `path` lies in, where it is missing, with mode 0700. */
int durable_make_directory(const char *path);

/*
 * Puts a file with this text, mode 0600, in the place of `path`: a temporary file beside it, "PATH.XXXXXX",
 * is written, synced and renamed. Over a power cut that is safe only once the directory was synced as well.
 */
int durable_replace(const char *path, const struct text *text);

/* Waits until the directory that `path` lies in is on the disk. */
int durable_sync_directory(const char *path);

/*
 * Keeps every other process from the file at `path`, as long as the descriptor that is returned stays open:
 * a lock on "PATH.lock", which is made with mode 0600 (and its directory with 0700) and stays. For a lock
 * that another process has it waits up to `wait_ms`. UVSNMP_EEXISTS: another process still has it;
 * UVSNMP_EFILE; both with a detail.
 */
int durable_lock(const char *path, unsigned wait_ms, struct uvsnmp_error *err);

#endif
