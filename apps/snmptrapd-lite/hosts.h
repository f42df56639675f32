/* SPDX-License-Identifier: BSD-3-Clause */
/* Names of senders: looked up beside the loop, a few at a time, and kept for some minutes. */
#ifndef SNMPTRAPD_LITE_HOSTS_H
#define SNMPTRAPD_LITE_HOSTS_H

#include <uvsnmp/address.h>

#include "io/loop.h"

/* What stands for a name where there is none. */
extern const char hosts_unknown[];

struct hosts;

/* `found` is called from the loop whenever a name has become known. NULL: out of memory. */
struct hosts *hosts_new(uv_loop_t *loop, void (*found)(void *arg), void *arg);

/* Frees it; lookups under way go on until the system ends them, and call nobody. NULL is fine. */
void hosts_close(struct hosts *hosts);

/* The name, valid until the loop goes on; NULL: it is being looked up. */
const char *hosts_find(struct hosts *hosts, const struct uvsnmp_address *address);

/* The name takes too long: the address has none until it is known. */
void hosts_give_up(struct hosts *hosts, const struct uvsnmp_address *address);

#endif
