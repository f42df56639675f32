/* SPDX-License-Identifier: BSD-3-Clause */
/* The modules that are part of the program: what a fresh machine knows. */
#include "mib/mib.h"

#include <stdio.h>

#include "support/unit.h"

/* Net-SNMP's default list (net-snmp-config --default-mibs of 5.9.3). */
static const char *const defaults[] = {
    "SNMPv2-MIB",
    "IF-MIB",
    "IP-MIB",
    "TCP-MIB",
    "UDP-MIB",
    "HOST-RESOURCES-MIB",
    "NOTIFICATION-LOG-MIB",
    "DISMAN-EVENT-MIB",
    "DISMAN-SCHEDULE-MIB",
    "HOST-RESOURCES-TYPES",
    "MTA-MIB",
    "NETWORK-SERVICES-MIB",
    "UCD-DISKIO-MIB",
    "UCD-DLMOD-MIB",
    "LM-SENSORS-MIB",
    "UCD-SNMP-MIB",
    "UCD-DEMO-MIB",
    "SNMP-TARGET-MIB",
    "NET-SNMP-AGENT-MIB",
    "SNMP-FRAMEWORK-MIB",
    "SNMP-MPD-MIB",
    "SNMP-USER-BASED-SM-MIB",
    "SNMP-VIEW-BASED-ACM-MIB",
    "SNMP-COMMUNITY-MIB",
    "IPV6-ICMP-MIB",
    "IPV6-MIB",
    "IPV6-TCP-MIB",
    "IPV6-UDP-MIB",
    "IP-FORWARD-MIB",
    "NET-SNMP-PASS-MIB",
    "NET-SNMP-EXTEND-MIB",
    "SNMP-NOTIFICATION-MIB",
    "SNMPv2-TM",
    "NET-SNMP-VACM-MIB",
};

static struct mib_object find(const struct mib *mib, const char *module, const char *name,
                              const char *expected)
{
    struct mib_object object;
    struct uvsnmp_oid_buf oid;
    char text[UVSNMP_OID_TEXT_MAX];
    assert_true(mib_find_name(mib, module, name, strlen(name), &object, &oid));
    assert_true(uvsnmp_oid_format(uvsnmp_oid_of(&oid), text, sizeof(text)) > 0);
    assert_string_equal(text, expected);
    return object;
}

static void the_modules_of_the_default_list_are_known_with_all_that_they_import(void **state)
{
    struct mib *mib = mib_new();
    (void)state;
    assert_non_null(mib);
    for (size_t i = 0; i < COUNT_OF(defaults); i++) {
        assert_true(mib_has_module(mib, defaults[i]));
        assert_true(mib_is_builtin(mib, defaults[i]));
        assert_int_equal(mib_show(mib, defaults[i]), 0);
    }
    for (size_t i = 0; mib_module_name(mib, i); i++) {
        const char *import, *module = mib_module_name(mib, i);
        for (size_t n = 0; (import = mib_module_import(mib, module, n)) != NULL; n++) {
            if (!mib_has_module(mib, import)) {
                fail_msg("%s imports %s", module, import);
            }
        }
    }
    mib_free(mib);
}

static void nothing_is_visible_before_it_is_shown(void **state)
{
    struct mib *mib = mib_new();
    struct mib_object object;
    size_t used;
    (void)state;
    assert_false(mib_find_name(mib, NULL, "ifDescr", 7, &object, NULL));
    assert_true(mib_find_oid(mib, UVSNMP_OID(1, 3, 6, 1), &object, &used));
    assert_int_equal(used, 1);
    assert_null(object.module);
    mib_free(mib);
}

static void definitions_say_what_a_printer_wants_to_know(void **state)
{
    struct mib *mib = mib_new();
    struct mib_object object;
    struct mib_part part;
    (void)state;
    object = find(mib, "IF-MIB", "ifDescr", ".1.3.6.1.2.1.2.2.1.2");
    assert_int_equal(object.kind, MIB_KIND_OBJECT_TYPE);
    assert_int_equal(object.syntax.base, MIB_BASE_OCTET_STRING);
    assert_string_equal(object.syntax.type, "DisplayString");
    assert_string_equal(object.syntax.hint, "255a");

    object = find(mib, "IF-MIB", "ifXEntry", ".1.3.6.1.2.1.31.1.1.1");
    assert_true(object.is_row);
    assert_string_equal(object.augments, "ifEntry");
    assert_int_equal(object.part_count, 1);
    assert_string_equal(mib_object_part(&object, 0).name, "ifIndex");

    object = find(mib, "SNMP-COMMUNITY-MIB", "snmpCommunityEntry", ".1.3.6.1.6.3.18.1.1.1");
    part = mib_object_part(&object, 0);
    assert_true(part.is_implied);
    assert_string_equal(part.syntax.hint, "255t");

    object = find(mib, "IF-MIB", "ifOperStatus", ".1.3.6.1.2.1.2.2.1.8");
    assert_string_equal(mib_syntax_label_of(&object.syntax, 7), "lowerLayerDown");

    object = find(mib, "IF-MIB", "linkDown", ".1.3.6.1.6.3.1.1.5.3");
    assert_int_equal(object.object_count, 3);
    assert_string_equal(mib_object_name(&object, 2), "ifOperStatus");

    object = find(mib, "UCD-SNMP-MIB", "memTotalReal", ".1.3.6.1.4.1.2021.4.5");
    assert_string_equal(object.units, "kB");
    mib_free(mib);
}

struct wanted {
    const char *module, *name;
    bool is_found;
};

static void compare_definition(const struct mib_object *object, size_t rank, void *arg)
{
    struct wanted *wanted = arg;
    (void)rank;
    wanted->is_found |=
        strcmp(object->name, wanted->name) == 0 && strcmp(object->module, wanted->module) == 0;
}

/* Every name of every module is found by its OID again, among those that its OID has there. */
static void names_and_oids_lead_to_each_other(void **state)
{
    struct mib *mib = mib_new();
    struct mib_image image;
    (void)state;
    mib_builtin_image(&image);
    assert_true(image.node_count > 3000);
    for (uint32_t i = 0; i < image.module_count; i++) {
        assert_int_equal(mib_show(mib, image.strings + image.modules[i].name), 0);
    }
    for (uint32_t i = 0; i < image.node_count; i++) {
        const char *module = image.strings + image.modules[image.nodes[i].module].name;
        const char *name = image.strings + image.nodes[i].name;
        struct mib_object object;
        struct uvsnmp_oid_buf oid;
        struct wanted wanted = {module, name, false};
        assert_true(mib_find_name(mib, module, name, strlen(name), &object, &oid));
        mib_visit_definitions(mib, uvsnmp_oid_of(&oid), compare_definition, &wanted);
        if (!wanted.is_found) {
            fail_msg("%s::%s is not found by its OID", module, name);
        }
    }
    mib_free(mib);
}

/* Of an object that can be read the type is known, and of a row the index. */
static void every_object_has_its_type_and_every_row_its_index(void **state)
{
    struct mib_image image;
    (void)state;
    mib_builtin_image(&image);
    for (uint32_t i = 0; i < image.node_count; i++) {
        const struct mib_node *node = &image.nodes[i];
        bool is_row = (node->flags & MIB_NODE_ROW) != 0;
        bool has_value = (node->flags & (MIB_NODE_TABLE | MIB_NODE_ROW)) == 0;
        if (node->kind == MIB_KIND_OBJECT_TYPE &&
            has_value != (image.syntaxes[node->syntax].base != MIB_BASE_NONE)) {
            fail_msg("%s has the wrong kind of SYNTAX", image.strings + node->name);
        }
        if (is_row && node->part_count == 0) {
            fail_msg("%s has no INDEX", image.strings + node->name);
        }
        for (uint32_t part = 0; is_row && part < node->part_count; part++) {
            const struct mib_part_record *record = &image.parts[node->parts + part];
            if (image.syntaxes[record->syntax].base == MIB_BASE_NONE) {
                fail_msg("%s has an INDEX of no type", image.strings + node->name);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_modules_of_the_default_list_are_known_with_all_that_they_import),
        cmocka_unit_test(nothing_is_visible_before_it_is_shown),
        cmocka_unit_test(definitions_say_what_a_printer_wants_to_know),
        cmocka_unit_test(names_and_oids_lead_to_each_other),
        cmocka_unit_test(every_object_has_its_type_and_every_row_its_index),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
