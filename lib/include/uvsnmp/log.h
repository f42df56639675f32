/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the library has to say to the person who runs the program: an unknown community, a provider that does not
 * answer, an interface that failed. It writes nothing by itself; a program that wants to know installs a sink.
 */
#ifndef UVSNMP_LOG_H
#define UVSNMP_LOG_H

#include <uvsnmp/export.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One message. `level` is syslog's severity (RFC 5424 §6.2.1: 3 error, 4 warning, 6 informational, 7 debug); `text`
 * ends without a newline and is valid during the call. */
typedef void uvsnmp_log_sink(int level, const char *text, void *arg);

/* One sink for the process; NULL: messages go nowhere, as at first. */
UVSNMP_API void uvsnmp_log_set_sink(uvsnmp_log_sink *sink, void *arg);

/* Debugging messages (level 7) of the parts whose names begin with one of these tokens, separated by commas: "io",
 * "session", "agent"; "" or "ALL": of all. At most 64 tokens are kept. */
UVSNMP_API void uvsnmp_log_enable_tokens(const char *tokens);

#ifdef __cplusplus
}
#endif
#endif
