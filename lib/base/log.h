/* SPDX-License-Identifier: BSD-3-Clause */
/* Messages for the person who runs the program; where they go is said with uvsnmp/log.h. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>
#include <stddef.h>

#include <uvsnmp/log.h>

/* The numbers are syslog's (RFC 5424 §6.2.1). */
enum log_level {
    LOG_LEVEL_EMERG,
    LOG_LEVEL_ALERT,
    LOG_LEVEL_CRIT,
    LOG_LEVEL_ERR,
    LOG_LEVEL_WARNING,
    LOG_LEVEL_NOTICE,
    LOG_LEVEL_INFO,
    LOG_LEVEL_DEBUG,
};

/* One message; cut at 1023 octets. */
void log_write(enum log_level level, const char *format, ...) UVSNMP_PRINTF(2, 3);

/* Is a debug message of this token wanted? log_debug("io", …) is written when "io", or a token that it begins
 * with, was enabled. */
bool log_has_token(const char *token);
void log_debug(const char *token, const char *format, ...) UVSNMP_PRINTF(2, 3);

/* For messages that a peer can provoke: true at most `burst` times per `period_ms` of `now_ms`; when a new
 * period begins after some were suppressed, says so once with log_write(). Zero-initialise it. */
struct log_limit {
    unsigned long long period_start;
    unsigned used, suppressed;
};
bool log_limit_allows(struct log_limit *limit, unsigned burst, unsigned period_ms, unsigned long long now_ms);

#endif
