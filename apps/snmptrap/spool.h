/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A directory of informs that wait to be acknowledged, each in a file "NUMBER.inform". The numbers are their
 * order: a clock that is set back does not change it. Whatever step a process or the machine dies at, an
 * inform is there as a whole or not at all: it is there once spool_add() has returned, and until
 * spool_remove() has begun.
 */
#ifndef APPS_SNMPTRAP_SPOOL_H
#define APPS_SNMPTRAP_SPOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "conf/durable.h"

#define SPOOL_MAX_DEFAULT 10000
#define SPOOL_MAX_MOST 1000000

/* The suffixes of what is set aside. */
#define SPOOL_REFUSED "refused"
#define SPOOL_DAMAGED "bad"

struct spool {
    const char *path; /* borrowed */
    size_t max;       /* so many informs are taken */
    int delivery;     /* the lock of whoever delivers; negative: not held */
};

/* Each returns 0 or a negative code with a detail that begins with the path, UVSNMP_EFILE where nothing is
 * said. */

/* A directory that others may look into or that belongs to somebody else is UVSNMP_EPERMISSION. */
int spool_open(struct spool *spool, const char *path, struct uvsnmp_error *err);
/* Makes it first, with mode 0700, where it is missing. */
int spool_make(struct spool *spool, const char *path, struct uvsnmp_error *err);
void spool_close(struct spool *spool);

/* Keeps `count` informs, in this order behind all that are there; all or none. UVSNMP_ELIMIT: more than `max`
 * would be kept, or a file has the highest number that there is. Any number of processes may do this at the
 * same time, and while one delivers. */
int spool_add(struct spool *spool, const struct text *informs, size_t count, struct uvsnmp_error *err);

/* The right to deliver, which one process has at a time, until spool_close(); UVSNMP_EEXISTS: another one
 * still has it after `wait_ms`. */
int spool_take(struct spool *spool, unsigned wait_ms, struct uvsnmp_error *err);

/* The numbers of what is kept, in their order; the caller frees them. Not NULL where there are none. */
int spool_list(const struct spool *spool, uint64_t **numbers, size_t *count, struct uvsnmp_error *err);

/* Reads one, of `limit` octets at most. UVSNMP_EBAD_VALUE: it is no such file, or too large. */
int spool_read(const struct spool *spool, uint64_t number, size_t limit, struct durable_content *content,
               struct uvsnmp_error *err);

/* Whether it is still kept, as far as can be seen. */
bool spool_has(const struct spool *spool, uint64_t number);

/* It was acknowledged. One that somebody else has removed is no error. */
int spool_remove(const struct spool *spool, uint64_t number, struct uvsnmp_error *err);

/* Its file becomes "NUMBER.SUFFIX", for somebody to look at, and is not kept any more. */
int spool_set_aside(const struct spool *spool, uint64_t number, const char *suffix, struct uvsnmp_error *err);

#endif
