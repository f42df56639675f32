/* SPDX-License-Identifier: BSD-3-Clause */
#include "conf/state.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "base/text.h"
#include "conf/durable.h"
#include "conf/token.h"

enum { FILE_LIMIT_OCTETS = 16 * 1024 * 1024 }; /* as much as is read */

static const char heading[] = "# Written by the program itself; it is replaced while the program runs.\n";

/* ---- what is there ---- */

/* A file that is not there is empty. */
static int read_old(const char *path, struct durable_content *content)
{
    return durable_read(path, FILE_LIMIT_OCTETS, content) < 0 && errno != ENOENT ? -1 : 0;
}

/* ---- what is to be there ---- */

static bool is_taken_out(const struct conf_state_value *value, const char *text)
{
    if (!value->most) {
        return true;
    }
    bool is_one = *value->most > 0 && *conf_skip_space(text) != '\0';
    *value->most -= is_one;
    return is_one;
}

/* Is the line one of those that are about to be written anew, or to go? */
static bool is_replaced(const char *line, const struct conf_state_value *values, size_t count)
{
    const char *word = conf_skip_space(line);
    size_t length = strcspn(word, " \t\r\n");
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && values[i].directive == values[i - 1].directive) {
            continue; /* one of many lines */
        }
        if (strlen(values[i].directive) == length && strncasecmp(values[i].directive, word, length) == 0) {
            return is_taken_out(&values[i], word + length);
        }
    }
    return false;
}

/* The lines of the file as it is that stay. */
static void keep_lines(struct durable_content *old, const struct conf_state_value *values, size_t count,
                       struct text *out)
{
    char *line = old->data;
    while (line && line < old->data + old->size) {
        char *end = memchr(line, '\n', (size_t)(old->data + old->size - line));
        end = end ? end : old->data + old->size;
        *end = '\0';
        if (!is_replaced(line, values, count)) {
            text_append_size(out, line, (size_t)(end - line));
            text_append_char(out, '\n');
        }
        line = end + 1;
    }
}

static void add_lines(const struct conf_state_value *values, size_t count, struct text *out)
{
    for (size_t i = 0; i < count; i++) {
        if (values[i].octets) {
            text_append_format(out, "%s ", values[i].directive);
            if (values[i].is_text) {
                text_append_size(out, values[i].octets, values[i].size);
            } else {
                conf_octets_format(out, values[i].octets, values[i].size);
            }
            text_append_char(out, '\n');
        }
    }
}

/* As much as the new file can have, so that it need not grow: what is outgrown is not wiped. */
static size_t longest(const struct durable_content *old, const struct conf_state_value *values, size_t count)
{
    size_t size = sizeof(heading) + old->size + 2; /* a line end that was missing, and a NUL */
    for (size_t i = 0; i < count; i++) {
        size += strlen(values[i].directive) + 2 * values[i].size + sizeof(" 0x\n");
    }
    return size;
}

int conf_state_write(const char *path, const struct conf_state_value *values, size_t count,
                     struct uvsnmp_error *err)
{
    struct durable_content old = {NULL, 0}, new = {NULL, 0};
    struct text text;
    int status = 0;
    if (read_old(path, &old) < 0) {
        status = err_set(err, UVSNMP_EFILE, "%s: %s", path, strerror(errno));
        goto done;
    }
    new.size = longest(&old, values, count);
    new.data = new.size <= FILE_LIMIT_OCTETS ? malloc(new.size) : NULL;
    if (!new.data) {
        status = err_set(err, UVSNMP_ENO_MEMORY, "%s: too large, or out of memory", path);
        goto done;
    }
    text_init_fixed(&text, new.data, new.size);
    text_append(&text, old.data ? "" : heading);
    keep_lines(&old, values, count, &text);
    add_lines(values, count, &text);
    if (text_failed(&text)) {
        status = err_set(err, UVSNMP_ENO_MEMORY, "%s: too large", path);
    } else if (durable_make_directory(path) < 0 || durable_replace(path, &text) < 0) {
        status = err_set(err, UVSNMP_EFILE, "%s: %s", path, strerror(errno));
    } else {
        (void)durable_sync_directory(path);
    }
done:
    durable_content_free(&old);
    durable_content_free(&new);
    return status;
}
