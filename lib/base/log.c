/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define LOG_TEXT_MAX 1024
#define LOG_TOKENS_MAX 64
#define LOG_TOKEN_LENGTH_MAX 64

static uvsnmp_log_sink *log_sink;
static void *log_sink_arg;
static char log_tokens[LOG_TOKENS_MAX][LOG_TOKEN_LENGTH_MAX];
static size_t log_token_count;
static bool log_all_tokens;

void uvsnmp_log_set_sink(uvsnmp_log_sink *sink, void *arg)
{
    log_sink = sink;
    log_sink_arg = arg;
}

static void log_vwrite(enum log_level level, const char *format, va_list args) UVSNMP_PRINTF(2, 0);

static void log_vwrite(enum log_level level, const char *format, va_list args)
{
    char text[LOG_TEXT_MAX];
    if (!log_sink) {
        return;
    }
    (void)vsnprintf(text, sizeof(text), format, args);
    log_sink((int)level, text, log_sink_arg);
}

void log_write(enum log_level level, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    log_vwrite(level, format, args);
    va_end(args);
}

void uvsnmp_log_enable_tokens(const char *tokens)
{
    if (*tokens == '\0') {
        log_all_tokens = true;
        return;
    }
    while (*tokens != '\0') {
        size_t length = strcspn(tokens, ",");
        if (length == 3 && strncasecmp(tokens, "ALL", 3) == 0) {
            log_all_tokens = true;
        } else if (length > 0 && length < LOG_TOKEN_LENGTH_MAX && log_token_count < LOG_TOKENS_MAX) {
            memcpy(log_tokens[log_token_count], tokens, length);
            log_tokens[log_token_count][length] = '\0';
            log_token_count++;
        }
        tokens += length;
        tokens += *tokens == ',' ? 1 : 0;
    }
}

bool log_has_token(const char *token)
{
    if (log_all_tokens) {
        return true;
    }
    for (size_t i = 0; i < log_token_count; i++) {
        if (strncasecmp(token, log_tokens[i], strlen(log_tokens[i])) == 0) {
            return true;
        }
    }
    return false;
}

void log_debug(const char *token, const char *format, ...)
{
    char text[LOG_TEXT_MAX];
    va_list args;
    if (!log_sink || !log_has_token(token)) {
        return;
    }
    va_start(args, format);
    (void)vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    log_write(LOG_LEVEL_DEBUG, "%s: %s", token, text);
}

bool log_limit_allows(struct log_limit *limit, unsigned burst, unsigned period_ms, unsigned long long now_ms)
{
    if (limit->used == 0 || now_ms - limit->period_start >= period_ms) {
        if (limit->suppressed > 0) {
            log_write(LOG_LEVEL_WARNING, "%u similar messages suppressed", limit->suppressed);
        }
        limit->period_start = now_ms;
        limit->used = 0;
        limit->suppressed = 0;
    }
    if (limit->used >= burst) {
        limit->suppressed++;
        return false;
    }
    limit->used++;
    return true;
}
