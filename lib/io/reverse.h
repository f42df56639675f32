/* SPDX-License-Identifier: BSD-3-Clause */
/* The name of an address, looked up beside the loop. */
#ifndef IO_REVERSE_H
#define IO_REVERSE_H

#include <uv.h>

#include <uvsnmp/address.h>

/* `name` is NULL where the address has none, and valid during the call only. */
typedef void io_reverse_fn(const char *name, void *arg);

/* Looks the name up; `found` comes exactly once, from the loop, unless this fails: UVSNMP_ENO_MEMORY,
 * UVSNMP_EBAD_ADDRESS (a unix socket). There is no way to stop one, and it keeps the loop alive. */
int io_reverse_find(uv_loop_t *loop, const struct uvsnmp_address *address, io_reverse_fn *found, void *arg);

#endif
