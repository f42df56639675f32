/* SPDX-License-Identifier: BSD-3-Clause */
/* A user in a persistent file: a "usmUser" line as Net-SNMP's agent writes and reads it. */
#ifndef IDENTITY_USER_LINE_H
#define IDENTITY_USER_LINE_H

#include "base/text.h"
#include "usm/user.h"

/* Appends what follows the word usmUser. The keys are in it. */
void user_line_format(struct text *out, const struct usm_user *user);

/* Adds the user of a line. UVSNMP_EBAD_VALUE, UVSNMP_EBAD_SYNTAX and others with a detail: it is none; a
 * detail holds nothing of a key. */
int user_line_parse(struct usm_users *users, const char *text, struct uvsnmp_error *err);

#define USER_OCTETS_MAX 255

struct user_octets {
    size_t size;
    uint8_t data[USER_OCTETS_MAX + 1]; /* a NUL behind them */
};

/*
 * Takes a word of octets: quoted text, 0x and digits, or bare text. 1; UVSNMP_EBAD_SYNTAX: there is none;
 * UVSNMP_EBAD_VALUE, UVSNMP_ETOO_LONG. A detail calls it `what` and says nothing of what it holds.
 */
int user_octets_take(const char **text, const char *what, struct user_octets *out, struct uvsnmp_error *err);

/* Appends octets as that reads them: quoted text, or 0x and digits. */
void user_octets_format(struct text *out, const uint8_t *data, size_t size);

#endif
