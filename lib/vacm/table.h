/* SPDX-License-Identifier: BSD-3-Clause */
/* What the tables of this folder share. */
#ifndef VACM_TABLE_H
#define VACM_TABLE_H

#include <stdlib.h>
#include <string.h>

#include "vacm/view.h"

/* Copies a name of 1 to VACM_NAME_MAX octets; false, and `to` unchanged, when it is none. */
static inline bool vacm_set_name(char to[VACM_NAME_MAX + 1], const char *name)
{
    size_t length = strlen(name);
    if (length == 0 || length > VACM_NAME_MAX) {
        return false;
    }
    memcpy(to, name, length + 1);
    return true;
}

/* Room for one more row behind `count` of them; NULL, and `rows` as they were, when there is none. */
static inline void *vacm_make_room(void *rows, size_t count, size_t *capacity, size_t size)
{
    size_t wanted = *capacity ? *capacity * 2 : 4;
    if (count < *capacity) {
        return rows;
    }
    rows = realloc(rows, wanted * size);
    *capacity = rows ? wanted : *capacity;
    return rows;
}

#endif
