/* SPDX-License-Identifier: BSD-3-Clause */
#include "format/name.h"

#include <ctype.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "format/name_impl.h"
#include "mib/load.h"

#define MODULE_NAME_MAX 256

static const char relative_prefix[] = ".1.3.6.1.2.1.";

static int unknown(struct uvsnmp_error *err)
{
    return err_set(err, UVSNMP_EBAD_OID, "Unknown Object Identifier");
}

/* How much of `text` is the module of "MODULE::name" (or "MODULE:name"); `*name` is what follows. False:
 * none. */
static bool split_module(const char *text, size_t *length, const char **name)
{
    const char *at = text;
    while (isalnum((unsigned char)*at) || *at == '-' || *at == '_') {
        at++;
    }
    if (*at != ':') {
        return false;
    }
    *length = (size_t)(at - text);
    *name = at + (at[1] == ':' ? 2 : 1);
    return true;
}

/* From the top of the tree; below mib-2 where -Iu is given and no dot. */
static int read_from_top(const char *text, const struct format_input_options *options,
                         struct uvsnmp_oid_buf *out, struct uvsnmp_error *err)
{
    char storage[NAME_TEXT_MAX];
    out->count = 0;
    if (*text == '.') {
        return name_read_path(text + 1, NAME_TOP, options, out, err);
    }
    if (!options->relative) {
        return name_read_path(text, NAME_TOP, options, out, err);
    }
    struct text whole;
    text_init_fixed(&whole, storage, sizeof(storage));
    text_append(&whole, relative_prefix + 1);
    text_append(&whole, text);
    return text_failed(&whole) ? unknown(err) : name_read_path(storage, NAME_TOP, options, out, err);
}

/* A name of any place, and what follows it; in `module` only where it is not NULL. */
static int read_from_name(const char *module, const char *text, const struct format_input_options *options,
                          struct uvsnmp_oid_buf *out, struct uvsnmp_error *err)
{
    struct mib_object object;
    size_t length = strcspn(text, ".");
    out->count = 0;
    if (!mib_find_name(options->mib, module, text, length, &object, out)) {
        return unknown(err);
    }
    return name_read_path(text[length] ? text + length + 1 : NULL, object.name, options, out, err);
}

/* Finds the module's file where need be; the loader says what is missing. */
static bool has_module(const char *module, const struct format_input_options *options)
{
    if (mib_is_visible(options->mib, module)) {
        return true;
    }
    if (!options->mib || !options->load) {
        return mib_has_module(options->mib, module);
    }
    return mib_load_module(options->mib, options->load, module) == 0;
}

static int read_from_module(const char *text, size_t length, const char *name,
                            const struct format_input_options *options, struct uvsnmp_oid_buf *out,
                            struct uvsnmp_error *err)
{
    char module[MODULE_NAME_MAX];
    if (length >= sizeof(module)) {
        return unknown(err);
    }
    memcpy(module, text, length);
    module[length] = '\0';
    return has_module(module, options) ? read_from_name(module, name, options, out, err) : unknown(err);
}

static int read_match(const char *text, const struct format_input_options *options,
                      struct uvsnmp_oid_buf *out, struct uvsnmp_error *err)
{
    struct mib_object object;
    if (!name_match(options->mib, text, &object)) {
        return unknown(err);
    }
    return read_from_name(NULL, object.name, options, out, err);
}

/* A path from the top, else a name, else a regular expression; what is said is what the last of the first two
 * that came as far as a number or label has to say. */
static int read_any(const char *text, const struct format_input_options *options, struct uvsnmp_oid_buf *out,
                    struct uvsnmp_error *err)
{
    struct uvsnmp_error why = {0, ""};
    int result = read_from_top(text, options, out, err);
    if (result == 0 || options->paths_only) {
        return result;
    }
    if (read_from_name(NULL, text + (*text == '.'), options, out, &why) == 0) {
        return 0;
    }
    if (strchr(why.detail, '(')) {
        result = err_set(err, why.code, "%s", why.detail);
    }
    return read_match(text, options, out, NULL) == 0 ? 0 : result;
}

static int read_whole(const char *text, const struct format_input_options *options,
                      struct uvsnmp_oid_buf *out, struct uvsnmp_error *err)
{
    size_t length;
    const char *name, *first = text + (*text == '.');
    bool paths_only = options->paths_only && !options->random_access && !options->best_match;
    if (split_module(text, &length, &name)) {
        return read_from_module(text, length, name, options, out, err);
    }
    if (isdigit((unsigned char)*first) && (options->random_access || options->best_match)) {
        return read_from_top(text, options, out, err);
    }
    if (options->random_access || (strchr(text, ':') && !isdigit((unsigned char)*first) && !paths_only)) {
        return read_from_name(NULL, first, options, out, err);
    }
    if (options->best_match) {
        return read_match(text, options, out, err);
    }
    return read_any(text, options, out, err);
}

int format_name_parse(const char *text, const struct format_input_options *options,
                      struct uvsnmp_oid_buf *out, struct uvsnmp_error *err)
{
    char storage[NAME_TEXT_MAX];
    struct text whole;
    const char *suffix = options->suffix ? options->suffix : "";
    if (!options->prefix && !suffix[0]) {
        return read_whole(text, options, out, err);
    }
    text_init_fixed(&whole, storage, sizeof(storage));
    text_append(&whole, options->prefix ? options->prefix : "");
    text_append(&whole, text);
    text_append(&whole, suffix[0] && suffix[0] != '.' ? "." : "");
    text_append(&whole, suffix);
    return text_failed(&whole) ? unknown(err) : read_whole(storage, options, out, err);
}
