/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/flags.h"

#include <string.h>

#include "base/err.h"
#include "base/num.h"
#include "format/name.h"

static const struct app_flag *find(const struct app *app, char letter)
{
    for (const struct app_flag *flag = app->flags; flag && flag->letter; flag++) {
        if (flag->letter == letter) {
            return flag;
        }
    }
    return NULL;
}

/* Digits at `*letters`, which moves behind them. */
static int take_number(const struct app_run *run, const struct app_flag *flag, const char **letters,
                       struct uvsnmp_error *err)
{
    char digits[16];
    int64_t number;
    const char *at = *letters + strspn(*letters, " ");
    size_t length = (*at == '-' || *at == '+') + strspn(at + (*at == '-' || *at == '+'), "0123456789");
    if (length == 0) {
        return err_set(err, UVSNMP_EBAD_SYNTAX, "%s", "");
    }
    if (length >= sizeof(digits)) {
        length = sizeof(digits) - 1; /* far too large anyway */
    }
    memcpy(digits, at, length);
    digits[length] = '\0';
    if (!num_parse_i64(digits, 0, INT32_MAX, &number)) {
        return err_set(err, UVSNMP_EBAD_NUMBER, "%s: Bad value for %s", run->app->name, flag->what);
    }
    *(int32_t *)(void *)((char *)run->own + flag->offset) = (int32_t)number;
    *letters = at + length;
    return 0;
}

/* An OID of -C, which is read once names are known. */
struct flag_oid {
    struct flag_oid *next;
    const struct app_flag *flag;
    const char *text;
};

static int keep_oid(struct app_run *run, const struct app_flag *flag, const char *text,
                    struct uvsnmp_error *err)
{
    struct flag_oid *oid = arena_alloc(&run->arena, sizeof(*oid));
    if (!oid) {
        return err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
    }
    *oid = (struct flag_oid){run->flag_oids, flag, text + strspn(text, " ")};
    run->flag_oids = oid;
    return 0;
}

int flags_read_oids(struct app_run *run, struct uvsnmp_error *err)
{
    for (const struct flag_oid *oid = run->flag_oids; oid; oid = oid->next) {
        struct uvsnmp_error why;
        struct uvsnmp_oid_buf *out = (struct uvsnmp_oid_buf *)(void *)((char *)run->own + oid->flag->offset);
        if (format_name_parse(oid->text, &run->options.input, out, &why) < 0) {
            return err_set(err, UVSNMP_EBAD_OID, "%s: %s", oid->text, why.detail);
        }
    }
    return 0;
}

int flags_parse(struct app_run *run, const char *letters, struct uvsnmp_error *err)
{
    int rc = 0;
    while (*letters && rc == 0) {
        const struct app_flag *flag = find(run->app, *letters);
        if (*letters == ' ') {
            letters++;
            continue;
        }
        if (!flag) {
            return err_set(err, UVSNMP_ENOT_FOUND, "Unknown flag passed to -C: %c", *letters);
        }
        letters++;
        if (flag->kind == APP_FLAG_OID) {
            return keep_oid(run, flag, letters, err);
        }
        if (flag->kind == APP_FLAG_NUMBER) {
            rc = take_number(run, flag, &letters, err);
        } else {
            bool *on = (bool *)((char *)run->own + flag->offset);
            *on = flag->kind == APP_FLAG_ON || !*on;
        }
    }
    return rc;
}

unsigned flags_missing_words(const struct app *app, const char *letters)
{
    for (; *letters; letters++) {
        const struct app_flag *flag = find(app, *letters);
        if (flag && flag->kind == APP_FLAG_OID) {
            return letters[1] ? 0 : 1;
        }
    }
    return 0;
}

void flags_help(const struct app *app, struct text *text, const char *indent)
{
    for (const struct app_flag *flag = app->flags; flag && flag->letter; flag++) {
        text_append_format(text, "%s%c%s:  %s\n", indent, flag->letter, flag->argument ? flag->argument : "",
                           flag->help);
    }
}
