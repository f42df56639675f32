/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An inform as a spool keeps it: lines of a word and its text, in this order. The last one tells a whole file
 * from one that was cut off.
 *
 *   uvsnmpInform 1
 *   receiver HOST                    as somebody wrote it
 *   time SECONDS                     of the calendar, when it was kept: for whoever reads the file
 *   version 2c|3
 *   community COMMUNITY              of version 2c, as conf_octets_format() writes it
 *   user NAME                        of version 3; no secrets: those are the configuration's
 *   level noAuthNoPriv|authNoPriv|authPriv
 *   context NAME                     where there is one, and the next two
 *   contextEngineID 0xID
 *   engineID 0xID                    of the receiver
 *   uptime HUNDREDTHS
 *   trapOID .OID
 *   varbind .OID TYPE VALUE          again and again, with the letters of snmptrap
 *   end
 */
#ifndef APPS_SNMPTRAP_KEPT_H
#define APPS_SNMPTRAP_KEPT_H

#include <uvsnmp/session.h>

#include "apps/common/v3.h"
#include "base/arena.h"
#include "base/text.h"

/* More than the lines of the longest message have. */
#define KEPT_FILE_MAX (512 * 1024)
#define KEPT_VARBINDS_MAX 8192

struct kept_inform {
    const char *host;
    int64_t time;
    enum uvsnmp_version version;
    const char *community; /* of version 2c */
    const char *user;      /* of version 3, and what follows */
    enum uvsnmp_level level;
    const char *context; /* "": the default one */
    struct v3_engine context_engine_id, engine_id;
    struct uvsnmp_notification message;
};

/* Appends the lines; whether they fit shows in text_failed(). UVSNMP_EBAD_VALUE: a name or value that no line
 * can hold. */
int kept_print(const struct kept_inform *inform, struct text *text);

/*
 * Reads them; `lines`, which ends in a NUL, is cut up, and all that `out` refers to is in it or in `arena`.
 * UVSNMP_EBAD_VALUE, UVSNMP_ELIMIT with the line's number in the detail;
 * UVSNMP_ENO_MEMORY.
 */
int kept_parse(char *lines, size_t size, struct arena *arena, struct kept_inform *out,
               struct uvsnmp_error *err);

/* Whether one session does for both. */
bool kept_share_session(const struct kept_inform *a, const struct kept_inform *b);

#endif
