/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Persistent data: a file of directives that the program writes itself and reads as configuration when it
 * starts. The file is replaced as a whole - temporary file, fsync, rename - so that a crash leaves the old
 * one or the new one. Lines of other directives in it (another program's, a later version's) are kept.
 */
#ifndef CONF_STATE_H
#define CONF_STATE_H

#include <stdbool.h>
#include <stddef.h>

#include <uvsnmp/error.h>

struct conf_state_value {
    const char *directive; /* compared without letter case */
    const void *octets;    /* NULL: the directive's lines are taken out */
    size_t size;
    bool is_text; /* what stands in the line as it is; else it is written as conf_octets_format() does */
    size_t *most; /* octets NULL: so many lines with a text go, the first ones, which is counted down; NULL:
                     all */
};

/*
 * Replaces the lines of the given directives, one or several of each (those of one next to each other), in
 * the file at `path`, which is made with mode 0600 (and its directory with 0700) when it is not there.
 * UVSNMP_EFILE with a detail, and the file unchanged, when that fails. No copy of what is in it is left in
 * memory.
 */
int conf_state_write(const char *path, const struct conf_state_value *values, size_t count,
                     struct uvsnmp_error *err);

#endif
