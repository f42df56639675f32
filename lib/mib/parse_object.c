/* SPDX-License-Identifier: BSD-3-Clause */
#include "mib/parser_impl.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define STRING_MAX_LENGTH 4095 /* as with Net-SNMP, so that both print the same */
#define NAME_SHOWN_MAX 127
#define SNMP_NUMBER 11
#define GENERIC_TRAP_MAX 5 /* egpNeighborLoss; RFC 1215 §2 */

/* ---- clauses ---- */

/* Carriage returns go, doubled quotation marks become one. */
static const char *copy_string(struct mib_parser *parser, const struct mib_token *token, size_t length)
{
    char *copy = mib_parser_room(parser, length + 1), *out = copy;
    const char *at = token->text, *end = at + token->length;
    if (!copy) {
        return "";
    }
    for (; at < end && (size_t)(out - copy) < length; at++) {
        if (*at == '\r') {
            continue;
        }
        at += *at == '"' ? 1 : 0;
        *out++ = *at;
    }
    *out = '\0';
    return copy;
}

const char *mib_parse_string(struct mib_parser *parser, const char *what, bool keep)
{
    struct mib_token token = parser->token;
    if (token.kind != MIB_TOKEN_STRING) {
        (void)mib_parser_fail(parser, what);
        return NULL;
    }
    bool is_long = token.length > STRING_MAX_LENGTH;
    if (is_long) {
        mib_parser_warn(parser, &token, "Warning: string too long");
    }
    if (mib_lexer_is_open(&parser->lexer, &token)) {
        mib_parser_say_open(parser, &token);
    }
    mib_parser_next(parser);
    return keep ? copy_string(parser, &token, is_long ? STRING_MAX_LENGTH : token.length) : NULL;
}

enum mib_status mib_parse_status(struct mib_parser *parser)
{
    for (int status = MIB_STATUS_NONE + 1; status < MIB_STATUS_COUNT; status++) {
        if (mib_token_is(&parser->token, mib_status_word((enum mib_status)status))) {
            mib_parser_next(parser);
            return (enum mib_status)status;
        }
    }
    (void)mib_parser_fail(parser, "Bad STATUS");
    if (parser->token.word == MIB_WORD_NONE && mib_parser_at(parser, MIB_TOKEN_NAME)) {
        mib_parser_next(parser);
    }
    return MIB_STATUS_NONE;
}

static enum mib_access parse_access(struct mib_parser *parser)
{
    for (int access = MIB_ACCESS_NONE + 1; access < MIB_ACCESS_COUNT; access++) {
        if (mib_token_is(&parser->token, mib_access_word((enum mib_access)access))) {
            mib_parser_next(parser);
            return (enum mib_access)access;
        }
    }
    (void)mib_parser_fail(parser, "Bad ACCESS type");
    if (parser->token.word == MIB_WORD_NONE && mib_parser_at(parser, MIB_TOKEN_NAME)) {
        mib_parser_next(parser);
    }
    return MIB_ACCESS_NONE;
}

static void parse_syntax_clause(struct mib_parser *parser, struct mib_node_draft *node)
{
    (void)mib_parse_type(parser, "Bad syntax", &node->syntax);
}

static void parse_access_clause(struct mib_parser *parser, struct mib_node_draft *node)
{
    node->access = parse_access(parser);
}

static void parse_status_clause(struct mib_parser *parser, struct mib_node_draft *node)
{
    node->status = mib_parse_status(parser);
}

static void parse_units(struct mib_parser *parser, struct mib_node_draft *node)
{
    node->units = mib_parse_string(parser, "Bad UNITS", true);
}

/* The first one is the definition's own; a MODULE-IDENTITY has one for each REVISION behind it. */
static void parse_description(struct mib_parser *parser, struct mib_node_draft *node)
{
    const char *text = mib_parse_string(parser, "Bad DESCRIPTION", parser->options->keep_descriptions);
    node->description = node->description ? node->description : text;
}

static void parse_reference(struct mib_parser *parser, struct mib_node_draft *node)
{
    node->reference = mib_parse_string(parser, "Bad REFERENCE", parser->options->keep_descriptions);
}

static void parse_last_updated(struct mib_parser *parser, struct mib_node_draft *node)
{
    node->last_updated =
        mib_parse_string(parser, "Expected STRING for LAST-UPDATED", parser->options->keep_descriptions);
}

static void parse_ignored_string(struct mib_parser *parser, struct mib_node_draft *node)
{
    (void)node;
    (void)mib_parse_string(parser, "Expected STRING", false);
}

static void parse_default_clause(struct mib_parser *parser, struct mib_node_draft *node)
{
    (void)mib_parse_default(parser, &node->default_value);
}

/* "sysName", "SNMPv2-MIB.sysName", and in SMIv1's INDEX "OCTET STRING" and "INTEGER (1..9)"; NULL: none. */
static const char *parse_item(struct mib_parser *parser)
{
    struct mib_token token = parser->token;
    const char *name;
    if (token.kind != MIB_TOKEN_NAME) {
        return NULL;
    }
    mib_parser_next(parser);
    if (mib_parser_at(parser, '.') && mib_parser_peek(parser).kind == MIB_TOKEN_NAME) {
        mib_parser_next(parser);
        token = parser->token;
        mib_parser_next(parser);
    }
    if (token.word == MIB_WORD_OCTET && mib_parser_take_word(parser, MIB_WORD_STRING)) {
        name = mib_base_word(MIB_BASE_OCTET_STRING);
    } else if (token.word == MIB_WORD_OBJECT && mib_parser_take_word(parser, MIB_WORD_IDENTIFIER)) {
        name = mib_base_word(MIB_BASE_OBJECT_IDENTIFIER);
    } else {
        name = mib_parser_text(parser, &token);
    }
    if (mib_parser_at(parser, '(')) {
        mib_parser_skip_group(parser);
    }
    return name;
}

/* Is the list at its end? Whatever is neither an item nor a comma nor the end is skipped. */
static bool end_list(struct mib_parser *parser)
{
    bool reported = false;
    while (!mib_parser_take(parser, '}')) {
        if (mib_parser_at(parser, MIB_TOKEN_NAME) && !mib_parser_at_definition(parser)) {
            return false;
        }
        if (mib_parser_at(parser, MIB_TOKEN_ASSIGN) || mib_parser_at(parser, MIB_TOKEN_STRING) ||
            mib_parser_at_definition(parser)) {
            (void)mib_parser_fail(parser, "Expected \"}\" after list");
            return true;
        }
        if (!mib_parser_at(parser, ',') && !reported) {
            reported = !mib_parser_fail(parser, "Bad list");
        }
        mib_parser_next(parser);
    }
    return true;
}

static void parse_index(struct mib_parser *parser, struct mib_node_draft *node)
{
    struct mib_index_draft **end = &node->index;
    if (!mib_parser_expect(parser, '{', "Expected \"{\"")) {
        return;
    }
    *end = NULL;
    while (!end_list(parser)) {
        bool is_implied = mib_parser_take_word(parser, MIB_WORD_IMPLIED);
        const char *name = parse_item(parser);
        struct mib_index_draft *index = name ? mib_parser_alloc(parser, sizeof(*index)) : NULL;
        if (index) {
            index->name = name;
            index->is_implied = is_implied;
            *end = index;
            end = &index->next;
        }
    }
    if (!node->index) {
        mib_parser_say(parser, "Bad INDEX list", "");
    }
}

static void parse_augments(struct mib_parser *parser, struct mib_node_draft *node)
{
    if (!mib_parser_expect(parser, '{', "Expected \"{\"")) {
        return;
    }
    while (!end_list(parser)) {
        node->augments = parse_item(parser);
    }
}

static void parse_objects(struct mib_parser *parser, struct mib_node_draft *node)
{
    struct mib_name_draft **end = &node->objects;
    bool is_group = node->kind == MIB_KIND_OBJECT_GROUP || node->kind == MIB_KIND_NOTIFICATION_GROUP;
    if (is_group && mib_parser_at(parser, '{')) {
        mib_parser_skip_group(parser);
        return;
    }
    if (!mib_parser_expect(parser, '{', "Expected \"{\"")) {
        return;
    }
    *end = NULL;
    while (!end_list(parser)) {
        const char *name = parse_item(parser);
        struct mib_name_draft *object = name ? mib_parser_alloc(parser, sizeof(*object)) : NULL;
        if (object) {
            object->name = name;
            *end = object;
            end = &object->next;
        }
    }
}

/* "ENTERPRISE cisco", "ENTERPRISE { enterprises 9 }" */
static void parse_enterprise(struct mib_parser *parser, struct mib_node_draft *node)
{
    if (mib_parser_at(parser, '{')) {
        if (!mib_parse_steps(parser, &node->steps)) {
            node->steps = NULL; /* half an OID is another one */
        }
        return;
    }
    const char *name = parse_item(parser);
    if (!name) {
        (void)mib_parser_fail(parser, "Bad Trap Format");
        return;
    }
    node->steps = NULL;
    (void)mib_parser_add_step(parser, &node->steps, name, NULL);
}

/* What MODULE-COMPLIANCE and AGENT-CAPABILITIES say of other modules is of no use here. */
static void skip_to_value(struct mib_parser *parser, struct mib_node_draft *node)
{
    (void)node;
    while (!mib_parser_at(parser, MIB_TOKEN_ASSIGN) && !mib_parser_at_definition(parser)) {
        mib_parser_next(parser);
    }
}

/* ---- macros ---- */

static void (*const clauses[MIB_WORD_COUNT])(struct mib_parser *parser, struct mib_node_draft *node) = {
    [MIB_WORD_SYNTAX] = parse_syntax_clause,
    [MIB_WORD_UNITS] = parse_units,
    [MIB_WORD_ACCESS] = parse_access_clause,
    [MIB_WORD_MAX_ACCESS] = parse_access_clause,
    [MIB_WORD_MIN_ACCESS] = parse_access_clause,
    [MIB_WORD_STATUS] = parse_status_clause,
    [MIB_WORD_DESCRIPTION] = parse_description,
    [MIB_WORD_REFERENCE] = parse_reference,
    [MIB_WORD_INDEX] = parse_index,
    [MIB_WORD_AUGMENTS] = parse_augments,
    [MIB_WORD_DEFVAL] = parse_default_clause,
    [MIB_WORD_LAST_UPDATED] = parse_last_updated,
    [MIB_WORD_ORGANIZATION] = parse_ignored_string,
    [MIB_WORD_CONTACT_INFO] = parse_ignored_string,
    [MIB_WORD_REVISION] = parse_ignored_string,
    [MIB_WORD_PRODUCT_RELEASE] = parse_ignored_string,
    [MIB_WORD_OBJECTS] = parse_objects,
    [MIB_WORD_NOTIFICATIONS] = parse_objects,
    [MIB_WORD_VARIABLES] = parse_objects,
    [MIB_WORD_ENTERPRISE] = parse_enterprise,
    [MIB_WORD_MODULE] = skip_to_value,
    [MIB_WORD_SUPPORTS] = skip_to_value,
};

static const enum mib_kind kinds[MIB_WORD_COUNT] = {
    [MIB_WORD_OBJECT_TYPE] = MIB_KIND_OBJECT_TYPE,
    [MIB_WORD_OBJECT_IDENTITY] = MIB_KIND_OBJECT_IDENTITY,
    [MIB_WORD_MODULE_IDENTITY] = MIB_KIND_MODULE_IDENTITY,
    [MIB_WORD_NOTIFICATION_TYPE] = MIB_KIND_NOTIFICATION_TYPE,
    [MIB_WORD_TRAP_TYPE] = MIB_KIND_TRAP_TYPE,
    [MIB_WORD_OBJECT_GROUP] = MIB_KIND_OBJECT_GROUP,
    [MIB_WORD_NOTIFICATION_GROUP] = MIB_KIND_NOTIFICATION_GROUP,
    [MIB_WORD_MODULE_COMPLIANCE] = MIB_KIND_MODULE_COMPLIANCE,
    [MIB_WORD_AGENT_CAPABILITIES] = MIB_KIND_AGENT_CAPABILITIES,
};

bool mib_word_is_macro(enum mib_word word)
{
    return kinds[word] != MIB_KIND_VALUE;
}

/* "snmp OBJECT IDENTIFIER ::= { mib-2 11 }" is MIB-II's (RFC 1213), and so is one that is imported. */
static bool is_another_snmp(const struct mib_node_draft *node, const struct mib_token *name)
{
    if (!mib_token_is(name, "snmp")) {
        return false;
    }
    const struct mib_step *last = node->steps;
    while (last->next) {
        last = last->next;
    }
    return last->number != SNMP_NUMBER;
}

static void add_node(struct mib_parser *parser, struct mib_node_draft *node, const struct mib_token *name)
{
    if (!parser->options->replace_underlines && memchr(name->text, '_', name->length)) {
        mib_parser_warn(parser, name, "Warning: name with an underline");
    }
    parser->has_another_snmp |= is_another_snmp(node, name);
    node->name = mib_parser_text(parser, name);
    *parser->nodes_end = node;
    parser->nodes_end = &node->next;
}

/* A step for each number of RFC 3584's (§3.1) snmpTraps, and one for a generic trap. */
static bool add_generic_trap(struct mib_parser *parser, struct mib_step **steps, uint32_t number)
{
    const uint32_t ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 5, number + 1};
    *steps = NULL;
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        if (!mib_parser_add_step(parser, steps, NULL, &ids[i])) {
            return false;
        }
    }
    return true;
}

/* "E#", which is what Net-SNMP calls the node between enterprise E and its traps; NULL: none. */
static const char *zero_name(struct mib_parser *parser, const struct mib_step *enterprise)
{
    char name[NAME_SHOWN_MAX + 2];
    if (!enterprise->name || enterprise->next || strlen(enterprise->name) > NAME_SHOWN_MAX) {
        return NULL;
    }
    int length = snprintf(name, sizeof(name), "%s#", enterprise->name);
    return mib_parser_copy(parser, name, (size_t)length);
}

/* "::= 3" behind the enterprise E: E.0.3. */
static bool parse_trap_value(struct mib_parser *parser, struct mib_node_draft *node)
{
    static const uint32_t zero = 0;
    uint64_t number;
    uint32_t id;
    if (mib_parser_at(parser, '{')) { /* as if it were a NOTIFICATION-TYPE */
        return mib_parse_steps(parser, &node->steps);
    }
    if (!mib_parser_at(parser, MIB_TOKEN_NUMBER)) {
        return mib_parser_fail(parser, "Expected a Number");
    }
    if (!mib_token_number(&parser->token, &number) || number > UINT32_MAX) {
        return mib_parser_fail(parser, "Sub-identifier is too large");
    }
    if (!node->steps) {
        return mib_parser_fail(parser, "Missing ENTERPRISE");
    }
    mib_parser_next(parser);
    id = (uint32_t)number;
    const struct mib_step *enterprise = node->steps;
    bool is_snmp = enterprise->name && !enterprise->next && strcmp(enterprise->name, "snmp") == 0;
    if (is_snmp && !parser->has_another_snmp && id <= GENERIC_TRAP_MAX) {
        return add_generic_trap(parser, &node->steps, id);
    }
    return mib_parser_add_step(parser, &node->steps, zero_name(parser, enterprise), &zero) &&
           mib_parser_add_step(parser, &node->steps, NULL, &id);
}

static struct mib_node_draft *new_node(struct mib_parser *parser, const struct mib_token *name,
                                       enum mib_kind kind)
{
    struct mib_node_draft *node = mib_parser_alloc(parser, sizeof(*node));
    if (node) {
        node->kind = kind;
        node->line = mib_parser_line(parser, name);
    }
    return node;
}

/* The definition is kept, or it is lost for the reason that was said. */
static void end_definition(struct mib_parser *parser, struct mib_node_draft *node, bool is_good,
                           const struct mib_token *name)
{
    if (parser->no_memory) {
        return;
    }
    if (is_good) {
        add_node(parser, node, name);
    } else {
        mib_parser_say(parser, "Bad parse of ", mib_kind_word(node->kind));
    }
}

/* Up to "::=", which is taken; false: the definition ends before it. */
static bool parse_clauses(struct mib_parser *parser, struct mib_node_draft *node)
{
    parser->failed = false; /* of what makes no sense only the first token is said */
    while (!mib_parser_take(parser, MIB_TOKEN_ASSIGN)) {
        enum mib_word word = parser->token.word;
        if (mib_parser_at_definition(parser)) {
            return parser->failed ? false : mib_parser_fail(parser, "Expected \"::=\"");
        }
        if (clauses[word]) {
            mib_parser_next(parser);
            parser->failed = false;
            clauses[word](parser, node);
            continue;
        }
        if (!parser->failed) {
            (void)mib_parser_fail(parser, "Bad format of optional clauses");
        }
        mib_parser_next(parser);
    }
    return true;
}

void mib_parse_macro(struct mib_parser *parser, const struct mib_token *name, enum mib_word macro)
{
    struct mib_node_draft *node = new_node(parser, name, kinds[macro]);
    if (!node) {
        return;
    }
    bool is_good = parse_clauses(parser, node);
    if (is_good) {
        is_good = node->kind == MIB_KIND_TRAP_TYPE ? parse_trap_value(parser, node)
                                                   : mib_parse_steps(parser, &node->steps);
    }
    end_definition(parser, node, is_good, name);
}

void mib_parse_object_identifier(struct mib_parser *parser, const struct mib_token *name)
{
    struct mib_node_draft *node = new_node(parser, name, MIB_KIND_VALUE);
    if (!node) {
        return;
    }
    bool is_good = mib_parser_expect(parser, MIB_TOKEN_ASSIGN, "Expected \"::=\"") &&
                   mib_parse_steps(parser, &node->steps);
    end_definition(parser, node, is_good, name);
}
