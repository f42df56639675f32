/* SPDX-License-Identifier: BSD-3-Clause */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/num.h"
#include "format/hint.h"
#include "format/name_impl.h"

#define ADDRESS_IDS 4

/* What a piece that makes no sense is blamed on. */
enum blame {
    BLAME_NODE,  /* `label` has no such child */
    BLAME_INDEX, /* `label` is the part of the index that it should have been */
    BLAME_NONE,
};

struct path {
    const char *at; /* the next piece; NULL: nothing is left */
    const struct format_input_options *options;
    struct uvsnmp_oid_buf *oid;
    struct uvsnmp_error *err;
    enum blame blame;
    const char *label;
    char number[12]; /* the label of a place without name */
    bool left_tree;  /* a number without a definition was met */
};

static bool refuse(struct path *path, const char *text, size_t length)
{
    int size = (int)(length < NAME_TEXT_MAX ? length : NAME_TEXT_MAX);
    if (path->blame == BLAME_NODE) {
        err_set(path->err, UVSNMP_EBAD_OID, "Unknown Object Identifier (Sub-id not found: %s -> %.*s)",
                path->label, size, text);
    } else if (path->blame == BLAME_INDEX) {
        err_set(path->err, UVSNMP_EBAD_OID, "Unknown Object Identifier (Index out of range: %.*s (%s))", size,
                text, path->label);
    } else {
        err_set(path->err, UVSNMP_EBAD_OID, "Unknown Object Identifier (%.*s)", size, text);
    }
    return false;
}

static size_t piece_length(const struct path *path)
{
    return strcspn(path->at, ".");
}

static bool refuse_piece(struct path *path)
{
    return refuse(path, path->at, piece_length(path));
}

static bool refuse_rest(struct path *path)
{
    return refuse(path, path->at, strlen(path->at));
}

/* `length` octets are read. */
static void advance(struct path *path, size_t length)
{
    path->at = path->at[length] ? path->at + length + 1 : NULL;
}

static bool begins_with_digit(const struct path *path)
{
    return isdigit((unsigned char)*path->at);
}

/* One sub-identifier as C writes a number. */
static bool read_number(const char *text, size_t length, uint32_t *out)
{
    char word[24];
    uint64_t number;
    if (length == 0 || length >= sizeof(word)) {
        return false;
    }
    memcpy(word, text, length);
    word[length] = '\0';
    if (!num_parse_any_base(word, UINT32_MAX, &number)) {
        return false;
    }
    *out = (uint32_t)number;
    return true;
}

/* One number, at most `max`. */
static bool take_number(struct path *path, uint32_t max)
{
    uint32_t id;
    size_t length = piece_length(path);
    if (!read_number(path->at, length, &id) || id > max || uvsnmp_oid_append_id(path->oid, id) != 0) {
        return refuse_piece(path);
    }
    advance(path, length);
    return true;
}

/* ---- through the tree ---- */

static bool has_children(const struct path *path)
{
    struct mib_object child;
    return mib_next_child(path->options->mib, uvsnmp_oid_of(path->oid), 0, &child);
}

static void blame_node(struct path *path, const struct mib_object *node)
{
    path->blame = BLAME_NODE;
    snprintf(path->number, sizeof(path->number), "%u", node->id);
    path->label = node->name ? node->name : path->number;
}

static bool take_child_number(struct path *path)
{
    struct mib_object child;
    uint32_t id;
    size_t length = piece_length(path);
    if (!read_number(path->at, length, &id)) {
        return refuse_piece(path);
    }
    bool known = mib_next_child(path->options->mib, uvsnmp_oid_of(path->oid), id, &child) && child.id == id;
    if (uvsnmp_oid_append_id(path->oid, id) != 0) {
        return refuse_piece(path);
    }
    advance(path, length);
    path->left_tree = !known;
    if (known) {
        blame_node(path, &child);
    }
    return true;
}

static bool take_child(struct path *path)
{
    struct mib_object child;
    size_t length = piece_length(path);
    if (begins_with_digit(path)) {
        return take_child_number(path);
    }
    if (!mib_find_child(path->options->mib, path->oid, path->at, length, &child)) {
        return refuse_piece(path);
    }
    advance(path, length);
    blame_node(path, &child);
    return true;
}

/* ---- by the INDEX of a row ---- */

typedef bool take_part_fn(struct path *path, const struct mib_part *part);

static bool take_index_number(struct path *path, const struct mib_part *part)
{
    uint32_t id;
    int64_t value;
    size_t length = piece_length(path);
    if (begins_with_digit(path)) {
        if (!read_number(path->at, length, &id)) {
            return refuse_piece(path);
        }
    } else {
        if (!mib_syntax_value_of(&part->syntax, path->at, length, &value)) {
            return refuse_piece(path);
        }
        id = (uint32_t)value; /* -1, which RFC 2578 §7.7 forbids, is 4294967295 */
    }
    bool allowed = path->options->no_check || mib_syntax_allows(&part->syntax, id);
    if (!allowed || uvsnmp_oid_append_id(path->oid, id) != 0) {
        return refuse_piece(path);
    }
    advance(path, length);
    return true;
}

static bool take_numbers(struct path *path, size_t count)
{
    for (; count > 0 && path->at; count--) {
        if (!take_number(path, path->options->no_check ? UINT32_MAX : UINT8_MAX)) {
            return false;
        }
    }
    return true;
}

static bool take_address(struct path *path, const struct mib_part *part)
{
    (void)part;
    return take_numbers(path, ADDRESS_IDS);
}

/* The address family first, of which 1, internet, is the only one that there is. */
static bool take_network_address(struct path *path, const struct mib_part *part)
{
    (void)part;
    if (!take_number(path, UINT32_MAX)) {
        return false;
    }
    return path->oid->ids[path->oid->count - 1] != 1 || take_numbers(path, ADDRESS_IDS);
}

/* A text between quotes, in which a backslash takes the character behind it as it is. */
struct quoted {
    size_t length; /* of `text` */
    size_t used;   /* of the path, quotes and backslashes included */
    char text[NAME_TEXT_MAX];
};

/* False: it does not end, or is longer than a name may be. */
static bool unquote(const char *at, struct quoted *out)
{
    const char *from = at + 1;
    out->length = 0;
    while (*from && *from != *at && out->length < sizeof(out->text) - 1) {
        from += *from == '\\' && from[1];
        out->text[out->length++] = *from++;
    }
    out->text[out->length] = '\0';
    out->used = (size_t)(from - at) + 1;
    return *from == *at;
}

/* The octets of a quoted text; their number, -1: they are none, or too many. */
static ptrdiff_t quoted_octets(const struct path *path, const struct mib_part *part,
                               const struct quoted *quoted, uint8_t *octets)
{
    size_t size = 0;
    if (part->syntax.hint && !path->options->no_hint) {
        int result =
            format_hint_read_octets(part->syntax.hint, quoted->text, octets, UVSNMP_OID_MAX, &size, NULL);
        if (result != UVSNMP_EBAD_SYNTAX) {
            return result == 0 ? (ptrdiff_t)size : -1;
        }
    }
    if (quoted->length > UVSNMP_OID_MAX) {
        return -1;
    }
    memcpy(octets, quoted->text, quoted->length);
    return (ptrdiff_t)quoted->length;
}

static bool append_octets(struct path *path, const uint8_t *octets, size_t count, bool counted)
{
    if (path->oid->count + count + counted > UVSNMP_OID_MAX) {
        return false;
    }
    if (counted) {
        path->oid->ids[path->oid->count++] = (uint32_t)count;
    }
    for (size_t i = 0; i < count; i++) {
        path->oid->ids[path->oid->count++] = octets[i];
    }
    return true;
}

static bool take_quoted_octets(struct path *path, const struct mib_part *part, bool counted)
{
    uint8_t octets[UVSNMP_OID_MAX];
    char quote = path->at[0];
    if ((quote == '"') != counted) {
        err_set(path->err, UVSNMP_EBAD_OID, "Unknown Object Identifier (%c-quote is for %s length strings)",
                quote, quote == '"' ? "variable" : "fixed");
        return false;
    }
    struct quoted quoted;
    if (!unquote(path->at, &quoted)) {
        return refuse_rest(path);
    }
    ptrdiff_t size = quoted_octets(path, part, &quoted, octets);
    char behind = path->at[quoted.used];
    if (size < 0 || (behind && behind != '.') ||
        (!path->options->no_check && !mib_syntax_allows(&part->syntax, size)) ||
        !append_octets(path, octets, (size_t)size, counted)) {
        return refuse(path, path->at, quoted.used - 1);
    }
    advance(path, quoted.used);
    return true;
}

static bool take_octets(struct path *path, const struct mib_part *part)
{
    int64_t size = mib_syntax_fixed_size(&part->syntax);
    bool counted = !part->is_implied && size < 0;
    if (*path->at == '"' || *path->at == '\'') {
        return take_quoted_octets(path, part, counted);
    }
    if (!counted) {
        return take_numbers(path,
                            part->is_implied || size > UVSNMP_OID_MAX ? UVSNMP_OID_MAX + 1 : (size_t)size);
    }
    uint32_t count;
    /* A name of UVSNMP_OID_MAX ids would fit, but Net-SNMP takes none here. */
    if (!read_number(path->at, piece_length(path), &count) ||
        path->oid->count + (size_t)count + 1 >= UVSNMP_OID_MAX) {
        return refuse_piece(path);
    }
    return take_number(path, UINT32_MAX) && take_numbers(path, count);
}

/* Others, OIDs among them, are what is left, as numbers; Net-SNMP checks no gauge either. */
static take_part_fn *const part_takers[MIB_BASE_COUNT] = {
    [MIB_BASE_INTEGER] = take_index_number,
    [MIB_BASE_INTEGER32] = take_index_number,
    [MIB_BASE_UNSIGNED32] = take_index_number,
    [MIB_BASE_UINTEGER32] = take_index_number,
    [MIB_BASE_TIMETICKS] = take_index_number,
    [MIB_BASE_IPADDRESS] = take_address,
    [MIB_BASE_NETWORK_ADDRESS] = take_network_address,
    [MIB_BASE_OCTET_STRING] = take_octets,
};

static bool take_index(struct path *path)
{
    struct mib_object row;
    struct uvsnmp_oid parent = uvsnmp_oid_of(path->oid);
    path->blame = BLAME_NONE;
    if (parent.count == 0) {
        return true;
    }
    parent.count--;
    if (!mib_find_exact(path->options->mib, parent, &row)) {
        return true;
    }
    for (size_t i = 0; path->at && i < row.part_count; i++) {
        struct mib_part part = mib_object_part(&row, i);
        take_part_fn *take = part_takers[part.syntax.base];
        path->label = part.name;
        path->blame = BLAME_INDEX;
        if (part.syntax.base == MIB_BASE_NONE) {
            return true;
        }
        if (take && !take(path, &part)) {
            return false;
        }
        path->blame = BLAME_NODE;
        if (!take) {
            return true;
        }
    }
    return true;
}

/* ---- and what is left ---- */

/* 'abc' gives an id per octet, "abc" puts their number before them. */
static bool take_quoted(struct path *path)
{
    struct quoted quoted;
    if (!unquote(path->at, &quoted) || (path->at[quoted.used] && path->at[quoted.used] != '.') ||
        !append_octets(path, (const uint8_t *)quoted.text, quoted.length, path->at[0] == '"')) {
        return refuse_rest(path);
    }
    advance(path, quoted.used);
    return true;
}

static bool take_rest(struct path *path)
{
    bool taken = true;
    while (taken && path->at) {
        if (begins_with_digit(path)) {
            taken = take_number(path, UINT32_MAX);
        } else if (*path->at == '\'' || *path->at == '"') {
            taken = take_quoted(path);
        } else {
            taken = refuse_rest(path);
        }
    }
    return taken;
}

static bool take_all(struct path *path)
{
    while (path->at && !path->left_tree && has_children(path)) {
        if (!take_child(path)) {
            return false;
        }
    }
    if (path->at && !path->left_tree && !take_index(path)) {
        return false;
    }
    return take_rest(path);
}

int name_read_path(const char *text, const char *label, const struct format_input_options *options,
                   struct uvsnmp_oid_buf *oid, struct uvsnmp_error *err)
{
    struct path path = {
        .at = text, .options = options, .oid = oid, .err = err, .blame = BLAME_NODE, .label = label};
    return take_all(&path) ? 0 : UVSNMP_EBAD_OID;
}
