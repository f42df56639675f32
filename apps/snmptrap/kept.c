/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/snmptrap/kept.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/num.h"
#include "conf/token.h"
#include "format/input.h"

#define FORMAT_NUMBER "1"
#define TIME_MAX (INT64_MAX / 4)

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- names ---- */

struct name {
    const char *name;
    int value;
};
static const struct name versions[] = {{"2c", UVSNMP_V2C}, {"3", UVSNMP_V3}};
static const struct name levels[] = {{"noAuthNoPriv", UVSNMP_NO_AUTH_NO_PRIV},
                                     {"authNoPriv", UVSNMP_AUTH_NO_PRIV},
                                     {"authPriv", UVSNMP_AUTH_PRIV}};

static const char *name_of(const struct name *names, size_t count, int value)
{
    for (size_t i = 0; i < count; i++) {
        if (names[i].value == value) {
            return names[i].name;
        }
    }
    return "";
}

/* -1: there is no such name */
static int value_of(const struct name *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i].name, name) == 0) {
            return names[i].value;
        }
    }
    return -1;
}

/* ---- printing ---- */

static void print_octets(struct text *text, const void *octets, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    const uint8_t *bytes = octets;
    text_append(text, "0x");
    for (size_t i = 0; i < size; i++) {
        text_append_char(text, digits[bytes[i] >> 4]);
        text_append_char(text, digits[bytes[i] & 15]);
    }
}

static void print_oid(struct text *text, struct uvsnmp_oid oid)
{
    char digits[UVSNMP_OID_TEXT_MAX];
    (void)uvsnmp_oid_format(oid, digits, sizeof(digits));
    text_append(text, digits);
}

static void print_integer(struct text *text, const struct uvsnmp_value *value)
{
    text_append_i64(text, value->as.integer);
}

static void print_unsigned32(struct text *text, const struct uvsnmp_value *value)
{
    text_append_u64(text, value->as.unsigned32);
}

static void print_unsigned64(struct text *text, const struct uvsnmp_value *value)
{
    text_append_u64(text, value->as.unsigned64);
}

static void print_signed64(struct text *text, const struct uvsnmp_value *value)
{
    text_append_i64(text, value->as.signed64);
}

/* As many digits as read back as the same. */
static void print_float(struct text *text, const struct uvsnmp_value *value)
{
    text_append_format(text, "%.9g", (double)value->as.float32);
}

static void print_double(struct text *text, const struct uvsnmp_value *value)
{
    text_append_format(text, "%.17g", value->as.float64);
}

static void print_address(struct text *text, const struct uvsnmp_value *value)
{
    const uint8_t *octets = value->as.ipaddress;
    text_append_format(text, "%u.%u.%u.%u", octets[0], octets[1], octets[2], octets[3]);
}

static void print_bytes(struct text *text, const struct uvsnmp_value *value)
{
    print_octets(text, value->as.bytes.data, value->as.bytes.size);
}

static void print_oid_value(struct text *text, const struct uvsnmp_value *value)
{
    print_oid(text, value->as.oid);
}

static void print_nothing(struct text *text, const struct uvsnmp_value *value)
{
    (void)text;
    (void)value;
}

/* All that snmptrap can send, by format_input_value()'s letters. */
static const struct {
    enum uvsnmp_type type;
    char letter;
    void (*print)(struct text *text, const struct uvsnmp_value *value);
} types[] = {
    {UVSNMP_INTEGER, 'i', print_integer},       {UVSNMP_OCTET_STRING, 'x', print_bytes},
    {UVSNMP_NULL, 'n', print_nothing},          {UVSNMP_OBJECT_IDENTIFIER, 'o', print_oid_value},
    {UVSNMP_IPADDRESS, 'a', print_address},     {UVSNMP_COUNTER32, 'c', print_unsigned32},
    {UVSNMP_GAUGE32, 'u', print_unsigned32},    {UVSNMP_TIMETICKS, 't', print_unsigned32},
    {UVSNMP_COUNTER64, 'C', print_unsigned64},  {UVSNMP_UINTEGER32, '3', print_unsigned32},
    {UVSNMP_OPAQUE_FLOAT, 'F', print_float},    {UVSNMP_OPAQUE_DOUBLE, 'D', print_double},
    {UVSNMP_OPAQUE_INT64, 'I', print_signed64}, {UVSNMP_OPAQUE_UINT64, 'U', print_unsigned64},
};

/* Text that the person who looks into the file can read. */
static bool is_plain(struct uvsnmp_bytes bytes)
{
    for (size_t i = 0; i < bytes.size; i++) {
        if (bytes.data[i] < ' ' || bytes.data[i] > '~') {
            return false;
        }
    }
    return true;
}

static int print_varbind(struct text *text, const struct uvsnmp_varbind *varbind)
{
    const struct uvsnmp_value *value = &varbind->value;
    text_append(text, "varbind ");
    print_oid(text, varbind->name);
    if (value->type == UVSNMP_OCTET_STRING && is_plain(value->as.bytes)) {
        text_append(text, " s ");
        text_append_size(text, value->as.bytes.data, value->as.bytes.size);
        text_append_char(text, '\n');
        return 0;
    }
    for (size_t i = 0; i < COUNT(types); i++) {
        if (types[i].type == value->type) {
            text_append_format(text, " %c ", types[i].letter);
            types[i].print(text, value);
            text_append_char(text, '\n');
            return 0;
        }
    }
    return UVSNMP_EBAD_VALUE;
}

static void print_name(struct text *text, const char *word, const char *name)
{
    text_append_format(text, "%s ", word);
    conf_octets_format(text, name, strlen(name));
    text_append_char(text, '\n');
}

static void print_engine(struct text *text, const char *word, const struct v3_engine *engine)
{
    if (engine->size > 0) {
        text_append_format(text, "%s ", word);
        print_octets(text, engine->octets, engine->size);
        text_append_char(text, '\n');
    }
}

static void print_session(const struct kept_inform *inform, struct text *text)
{
    text_append_format(text, "version %s\n", name_of(versions, COUNT(versions), (int)inform->version));
    if (inform->version != UVSNMP_V3) {
        print_name(text, "community", inform->community);
        return;
    }
    print_name(text, "user", inform->user);
    text_append_format(text, "level %s\n", name_of(levels, COUNT(levels), (int)inform->level));
    if (*inform->context) {
        print_name(text, "context", inform->context);
    }
    print_engine(text, "contextEngineID", &inform->context_engine_id);
    print_engine(text, "engineID", &inform->engine_id);
}

int kept_print(const struct kept_inform *inform, struct text *text)
{
    int rc = inform->message.count > KEPT_VARBINDS_MAX ? UVSNMP_EBAD_VALUE : 0;
    text_append(text, "uvsnmpInform " FORMAT_NUMBER "\n");
    print_name(text, "receiver", inform->host);
    text_append_format(text, "time %" PRId64 "\n", inform->time);
    print_session(inform, text);
    text_append_format(text, "uptime %" PRIu32 "\ntrapOID ", inform->message.uptime);
    print_oid(text, inform->message.trap_oid);
    text_append_char(text, '\n');
    for (size_t i = 0; i < inform->message.count && rc == 0; i++) {
        rc = print_varbind(text, &inform->message.varbinds[i]);
    }
    text_append(text, "end\n");
    return rc;
}

/* ---- parsing ---- */

struct parser {
    struct arena *arena;
    struct kept_inform *out;
    struct uvsnmp_varbind *varbinds;
    struct uvsnmp_error *err;
    unsigned line;
    unsigned seen; /* of the rows below, by their place */
};

static int bad(const struct parser *parser, const char *problem)
{
    return err_set(parser->err, UVSNMP_EBAD_VALUE, "line %u: %s", parser->line, problem);
}

static int no_memory(const struct parser *parser)
{
    return err_set(parser->err, UVSNMP_ENO_MEMORY, "out of memory");
}

static int take_format(struct parser *parser, char *text)
{
    return strcmp(text, FORMAT_NUMBER) == 0 ? 0 : bad(parser, "this form of file is not known");
}

static int take_text(const struct parser *parser, const char *text, const char **out)
{
    size_t room = strlen(text);
    char *octets = arena_alloc(parser->arena, room + 1);
    if (!octets) {
        return no_memory(parser);
    }
    ptrdiff_t size = conf_octets_parse(text, (uint8_t *)octets, room);
    if (size < 0 || memchr(octets, '\0', (size_t)size)) {
        return bad(parser, "these are no octets of a name");
    }
    octets[size] = '\0';
    *out = octets;
    return 0;
}

static int take_receiver(struct parser *parser, char *text)
{
    return take_text(parser, text, &parser->out->host);
}

static int take_community(struct parser *parser, char *text)
{
    return take_text(parser, text, &parser->out->community);
}

static int take_user(struct parser *parser, char *text)
{
    return take_text(parser, text, &parser->out->user);
}

static int take_context(struct parser *parser, char *text)
{
    return take_text(parser, text, &parser->out->context);
}

static int take_time(struct parser *parser, char *text)
{
    return num_parse_i64(text, 0, TIME_MAX, &parser->out->time) ? 0 : bad(parser, "these are no seconds");
}

static int take_version(struct parser *parser, char *text)
{
    int version = value_of(versions, COUNT(versions), text);
    parser->out->version = (enum uvsnmp_version)version;
    return version >= 0 ? 0 : bad(parser, "no version that has informs");
}

static int take_level(struct parser *parser, char *text)
{
    int level = value_of(levels, COUNT(levels), text);
    parser->out->level = (enum uvsnmp_level)level;
    return level >= 0 ? 0 : bad(parser, "no security level");
}

static int take_id(const struct parser *parser, const char *text, struct v3_engine *out)
{
    ptrdiff_t size = conf_octets_parse(text, out->octets, sizeof(out->octets));
    out->size = size > 0 ? (size_t)size : 0;
    return strncmp(text, "0x", 2) == 0 && size > 0 ? 0 : bad(parser, "no engine ID");
}

static int take_context_engine(struct parser *parser, char *text)
{
    return take_id(parser, text, &parser->out->context_engine_id);
}

static int take_engine(struct parser *parser, char *text)
{
    return take_id(parser, text, &parser->out->engine_id);
}

static int take_uptime(struct parser *parser, char *text)
{
    uint64_t number;
    if (!num_parse_u64(text, UINT32_MAX, &number)) {
        return bad(parser, "no uptime");
    }
    parser->out->message.uptime = (uint32_t)number;
    return 0;
}

static int take_oid(const struct parser *parser, const char *text, struct uvsnmp_oid *out)
{
    struct uvsnmp_oid_buf oid;
    if (uvsnmp_oid_parse(text, &oid, NULL) < 0) {
        return bad(parser, "no object identifier");
    }
    out->ids = arena_copy(parser->arena, oid.ids, oid.count * sizeof(oid.ids[0]));
    out->count = oid.count;
    return out->ids ? 0 : no_memory(parser);
}

static int take_trap_oid(struct parser *parser, char *text)
{
    return take_oid(parser, text, &parser->out->message.trap_oid);
}

/* The word at `*text`, which then is what follows it and one blank; NULL: no blank follows. */
static char *cut_word(char **text)
{
    char *word = *text, *blank = strchr(word, ' ');
    if (!blank) {
        return NULL;
    }
    *blank = '\0';
    *text = blank + 1;
    return word;
}

static int take_varbind(struct parser *parser, char *text)
{
    struct uvsnmp_notification *message = &parser->out->message;
    struct format_input_options options;
    struct uvsnmp_error err = {0, ""};
    char *name = cut_word(&text), *type = name ? cut_word(&text) : NULL;
    if (!type || type[0] == '=' || type[0] == '\0' || type[1] != '\0') {
        return bad(parser, "not an OID, a type and a value");
    }
    if (message->count == KEPT_VARBINDS_MAX) {
        return err_set(parser->err, UVSNMP_ELIMIT, "line %u: more variables than a message holds",
                       parser->line);
    }
    struct uvsnmp_varbind *varbind = &parser->varbinds[message->count];
    int rc = take_oid(parser, name, &varbind->name);
    if (rc < 0) {
        return rc;
    }
    format_input_options_init(&options); /* without a MIB: what is written is all there is to know */
    const struct format_input input = {.name = varbind->name, .type = type, .value = text};
    rc = format_input_value(&input, &options, parser->arena, &varbind->value, &err);
    if (rc == UVSNMP_ENO_MEMORY) {
        return no_memory(parser);
    }
    message->count++;
    return rc < 0 ? bad(parser, "a value that is none of its type") : 0;
}

static int take_end(struct parser *parser, char *text)
{
    (void)parser;
    (void)text;
    return 0;
}

enum place {
    AT_FORMAT,
    AT_RECEIVER,
    AT_TIME,
    AT_VERSION,
    AT_COMMUNITY,
    AT_USER,
    AT_LEVEL,
    AT_CONTEXT,
    AT_CONTEXT_ENGINE,
    AT_ENGINE,
    AT_UPTIME,
    AT_TRAP_OID,
    AT_VARBIND,
    AT_END
};
static const struct {
    const char *word;
    int (*take)(struct parser *parser, char *text);
} rows[] = {
    [AT_FORMAT] = {"uvsnmpInform", take_format},
    [AT_RECEIVER] = {"receiver", take_receiver},
    [AT_TIME] = {"time", take_time},
    [AT_VERSION] = {"version", take_version},
    [AT_COMMUNITY] = {"community", take_community},
    [AT_USER] = {"user", take_user},
    [AT_LEVEL] = {"level", take_level},
    [AT_CONTEXT] = {"context", take_context},
    [AT_CONTEXT_ENGINE] = {"contextEngineID", take_context_engine},
    [AT_ENGINE] = {"engineID", take_engine},
    [AT_UPTIME] = {"uptime", take_uptime},
    [AT_TRAP_OID] = {"trapOID", take_trap_oid},
    [AT_VARBIND] = {"varbind", take_varbind},
    [AT_END] = {"end", take_end},
};
#define BIT(place) (1u << (place))
#define ALWAYS                                                                                               \
    (BIT(AT_FORMAT) | BIT(AT_RECEIVER) | BIT(AT_TIME) | BIT(AT_VERSION) | BIT(AT_UPTIME) |                   \
     BIT(AT_TRAP_OID) | BIT(AT_END))
#define OF_COMMUNITY BIT(AT_COMMUNITY)
#define OF_USER (BIT(AT_USER) | BIT(AT_LEVEL))
#define OPTIONAL (BIT(AT_CONTEXT) | BIT(AT_CONTEXT_ENGINE) | BIT(AT_ENGINE))

/* Words come in the order of the table, each once but for varbinds. */
static int take_line(struct parser *parser, char *line)
{
    char *text = line, *word = cut_word(&text);
    if (!word) {
        word = line;
        text = line + strlen(line);
    }
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (strcmp(rows[i].word, word) == 0) {
            if (parser->seen >> i > (i == AT_VARBIND)) {
                return bad(parser, "this line is not in its place");
            }
            parser->seen |= BIT(i);
            return rows[i].take(parser, text);
        }
    }
    return bad(parser, "its word is not known");
}

static int check_whole(struct parser *parser)
{
    bool is_v3 = parser->out->version == UVSNMP_V3;
    unsigned needed = ALWAYS | (is_v3 ? OF_USER : OF_COMMUNITY);
    unsigned allowed = needed | BIT(AT_VARBIND) | (is_v3 ? OPTIONAL : 0);
    if ((parser->seen & needed) != needed) {
        return bad(parser, "lines are missing");
    }
    return (parser->seen & ~allowed) == 0 ? 0 : bad(parser, "there are lines of another version");
}

int kept_parse(char *lines, size_t size, struct arena *arena, struct kept_inform *out,
               struct uvsnmp_error *err)
{
    struct parser parser = {.arena = arena, .out = out, .err = err};
    *out = (struct kept_inform){.context = ""};
    size_t most = 0;
    for (const char *at = lines; (at = strstr(at, "\nvarbind ")) != NULL && most < KEPT_VARBINDS_MAX; at++) {
        most++;
    }
    parser.varbinds = arena_array(arena, most + 1, sizeof(parser.varbinds[0]));
    if (!parser.varbinds) {
        return no_memory(&parser);
    }
    out->message.varbinds = parser.varbinds;
    int rc = 0;
    for (char *line = lines, *end; rc == 0 && line < lines + size; line = end + 1) {
        end = memchr(line, '\n', (size_t)(lines + size - line));
        parser.line++;
        if (!end || memchr(line, '\0', (size_t)(end - line))) {
            return bad(&parser, "the line has no end, or a NUL in it");
        }
        *end = '\0';
        rc = take_line(&parser, line);
    }
    return rc < 0 ? rc : check_whole(&parser);
}

static bool is_same_engine(const struct v3_engine *a, const struct v3_engine *b)
{
    return a->size == b->size && memcmp(a->octets, b->octets, a->size) == 0;
}

bool kept_share_session(const struct kept_inform *a, const struct kept_inform *b)
{
    if (a->version != b->version || strcmp(a->host, b->host) != 0) {
        return false;
    }
    if (a->version != UVSNMP_V3) {
        return strcmp(a->community, b->community) == 0;
    }
    return a->level == b->level && strcmp(a->user, b->user) == 0 && strcmp(a->context, b->context) == 0 &&
           is_same_engine(&a->context_engine_id, &b->context_engine_id) &&
           is_same_engine(&a->engine_id, &b->engine_id);
}
