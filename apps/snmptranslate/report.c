/* SPDX-License-Identifier: BSD-3-Clause */
/* Lines on all names there are. */
#include <inttypes.h>
#include <stdio.h>

#include "apps/snmptranslate/snmptranslate.h"

/* Net-SNMP's order of the roots. */
static const uint32_t roots[] = {1, 0, 2};
#define ROOT_COUNT (sizeof(roots) / sizeof(roots[0]))

/* Net-SNMP's own numbers, which -Tt prints. */
static const unsigned kind_numbers[MIB_KIND_COUNT] = {
    [MIB_KIND_MODULE_IDENTITY] = 24,    [MIB_KIND_OBJECT_IDENTITY] = 27,    [MIB_KIND_NOTIFICATION_TYPE] = 21,
    [MIB_KIND_OBJECT_GROUP] = 22,       [MIB_KIND_NOTIFICATION_GROUP] = 23, [MIB_KIND_MODULE_COMPLIANCE] = 26,
    [MIB_KIND_AGENT_CAPABILITIES] = 25,
};
static const unsigned base_numbers[MIB_BASE_COUNT] = {
    [MIB_BASE_OBJECT_IDENTIFIER] = 1,
    [MIB_BASE_OCTET_STRING] = 2,
    [MIB_BASE_INTEGER] = 3,
    [MIB_BASE_NETWORK_ADDRESS] = 4,
    [MIB_BASE_IPADDRESS] = 5,
    [MIB_BASE_COUNTER32] = 6,
    [MIB_BASE_GAUGE32] = 7,
    [MIB_BASE_TIMETICKS] = 8,
    [MIB_BASE_OPAQUE] = 9,
    [MIB_BASE_NULL] = 10,
    [MIB_BASE_COUNTER64] = 11,
    [MIB_BASE_BITS] = 12,
    [MIB_BASE_NSAP_ADDRESS] = 13,
    [MIB_BASE_UINTEGER32] = 14,
    [MIB_BASE_UNSIGNED32] = 15,
    [MIB_BASE_INTEGER32] = 16,
};

#define TRAP_ROOT_NUMBER 20

struct report {
    struct output *out;
    struct text *text; /* its own */
    const struct mib *mib;
    const bool *forms;
    struct uvsnmp_oid_buf oid;
    const char *names[UVSNMP_OID_MAX]; /* of each step of `oid` */
    unsigned anonymous;                /* nodes without a name so far, and what those of `names` are called */
    char made_up[UVSNMP_OID_MAX][24];
};

static void append_path(const struct report *report, bool with_numbers)
{
    for (size_t i = 0; i < report->oid.count; i++) {
        text_append_char(report->text, '.');
        text_append(report->text, report->names[i]);
        if (with_numbers) {
            text_append_format(report->text, "(%" PRIu32 ")", report->oid.ids[i]);
        }
    }
    text_append_char(report->text, '\n');
}

static void append_numbers(const struct report *report, const char *before_first)
{
    for (size_t i = 0; i < report->oid.count; i++) {
        text_append_format(report->text, "%s%" PRIu32, i ? "." : before_first, report->oid.ids[i]);
    }
}

static unsigned type_number(const struct mib_object *object)
{
    unsigned base = base_numbers[object->syntax.base];
    return is_trap_root(object) ? TRAP_ROOT_NUMBER : base ? base : kind_numbers[object->kind];
}

static void append_suffix(const struct report *report, const struct mib_object *object)
{
    const struct mib_syntax *syntax = &object->syntax;
    for (size_t i = 1; i < report->oid.count; i++) {
        text_append(report->text, "  ");
    }
    text_append_format(report->text, "%s(%" PRIu32 ") type=%u", object->name, object->id,
                       type_number(object));
    if (syntax->type) {
        text_append_format(report->text, " tc=%s", syntax->type);
    }
    if (syntax->hint) {
        text_append_format(report->text, " hint=%s", syntax->hint);
    }
    if (object->units) {
        text_append_format(report->text, " units=%s", object->units);
    }
    text_append_char(report->text, '\n');
}

static void report_one(const struct report *report, const struct mib_object *object)
{
    if (report->forms[REPORT_LABELED]) {
        append_path(report, true);
    }
    if (report->forms[REPORT_NUMERIC]) {
        append_numbers(report, ".");
        text_append_char(report->text, '\n');
    }
    if (report->forms[REPORT_SYMBOLIC]) {
        append_path(report, false);
    }
    if (report->forms[REPORT_CHILD]) {
        text_append_format(report->text, "\"%s\"\t\t\t\"", object->name);
        append_numbers(report, "");
        text_append(report->text, "\"\n");
    }
    if (report->forms[REPORT_SUFFIX]) {
        append_suffix(report, object);
    }
}

static void report_below(struct report *report)
{
    struct mib_object child;
    for (uint64_t from = 0; mib_next_child(report->mib, uvsnmp_oid_of(&report->oid), from, &child);
         from = (uint64_t)child.id + 1) {
        if (!child.name) {
            char *name = report->made_up[report->oid.count];
            snprintf(name, sizeof(report->made_up[0]), "anonymous#%u", report->anonymous++);
            child.name = name;
        }
        report->names[report->oid.count] = child.name;
        uvsnmp_oid_append_id(&report->oid, child.id);
        report_one(report, &child);
        output_flow(report->out);
        report_below(report);
        report->oid.count--;
    }
}

void report_names(struct output *out, const struct mib *mib, const bool forms[REPORT_FORMS])
{
    struct report report = {.out = out, .text = &out->text, .mib = mib, .forms = forms};
    for (size_t i = 0; i < ROOT_COUNT; i++) {
        struct mib_object root;
        report.oid.count = 1;
        report.oid.ids[0] = roots[i];
        if (mib_find_exact(mib, uvsnmp_oid_of(&report.oid), &root)) {
            report.names[0] = root.name;
            report_below(&report);
        }
    }
}

/* Backwards, as Net-SNMP has them. */
struct child {
    struct child *next;
    const char *name;
    uint32_t id;
};

/* False: out of memory. */
static bool children_of(const struct report *report, struct arena *arena, struct child **list)
{
    struct mib_object object;
    *list = NULL;
    for (uint64_t from = 0; mib_next_child(report->mib, uvsnmp_oid_of(&report->oid), from, &object);
         from = (uint64_t)object.id + 1) {
        struct child *child = arena_alloc(arena, sizeof(*child));
        if (!child) {
            return false;
        }
        *child = (struct child){*list, object.name ? object.name : "anonymous#0", object.id};
        *list = child;
    }
    return true;
}

/* The children of one node, and then those of each child. */
static bool module_below(struct report *report, const char *name, struct arena *arena)
{
    struct child *children;
    bool is_whole = children_of(report, arena, &children);
    for (const struct child *child = children; child; child = child->next) {
        text_append_format(report->text, "%s OBJECT IDENTIFIER ::= { %s %" PRIu32 " }\n", child->name, name,
                           child->id);
        output_flow(report->out);
    }
    for (const struct child *child = children; child && is_whole; child = child->next) {
        uvsnmp_oid_append_id(&report->oid, child->id);
        is_whole = module_below(report, child->name, arena);
        report->oid.count--;
    }
    return is_whole;
}

bool report_module(struct output *out, const struct mib *mib, struct arena *arena)
{
    struct report report = {.out = out, .text = &out->text, .mib = mib, .oid = {.count = 1, .ids = {1}}};
    struct mib_object root;
    text_append(report.text, "dump DEFINITIONS ::= BEGIN\n");
    if (mib_find_exact(mib, uvsnmp_oid_of(&report.oid), &root) && !module_below(&report, root.name, arena)) {
        return false;
    }
    text_append(report.text, "END\n");
    return true;
}
