/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Views and their masks. Each line is "+OID MASK" or "-OID MASK", a family, or "OID", a name to look at; what is
 * said of a name must agree with what RFC 3415 says of the families, and with what is said of the place to go on.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "vacm/view.h"

enum { FAMILIES = 64, LINES = 256 };

struct model {
    struct uvsnmp_oid_buf subtree;
    uint8_t mask[VACM_MASK_MAX];
    bool included;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool fits(const struct model *family, struct uvsnmp_oid name)
{
    for (size_t i = 0; i < family->subtree.count; i++) {
        bool exact = family->mask[i / 8] & (0x80 >> i % 8);
        if (i >= name.count || (exact && family->subtree.ids[i] != name.ids[i])) {
            return false;
        }
    }
    return true;
}

/* By the letter of vacmViewTreeFamilyTable. */
static bool expected(const struct model *families, size_t count, struct uvsnmp_oid name)
{
    const struct model *best = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct model *family = &families[i];
        if (fits(family, name) &&
            (!best || family->subtree.count > best->subtree.count ||
             (family->subtree.count == best->subtree.count &&
              uvsnmp_oid_compare(uvsnmp_oid_of(&family->subtree), uvsnmp_oid_of(&best->subtree)) > 0))) {
            best = family;
        }
    }
    return best && best->included;
}

static void add(struct vacm_view *view, struct model *families, size_t *count, char *line)
{
    struct model *family = &families[*count];
    char *mask_text = strchr(line, ' ');
    size_t mask_size = 0;
    if (mask_text) {
        *mask_text++ = '\0';
    }
    memset(family->mask, 0xff, sizeof(family->mask));
    if (*count == FAMILIES || uvsnmp_oid_parse(line + 1, &family->subtree, NULL) ||
        (mask_text && vacm_mask_parse(mask_text, family->mask, &mask_size, NULL) < 0)) {
        return;
    }
    family->included = line[0] == '+';
    const struct vacm_family made = {
        uvsnmp_oid_of(&family->subtree), {family->mask, VACM_MASK_MAX}, family->included};
    *count += vacm_view_add(view, &made, NULL) == 0;
}

static void look(const struct vacm_view *view, const struct model *families, size_t count, const char *line)
{
    struct uvsnmp_oid_buf name, resume;
    if (uvsnmp_oid_parse(line, &name, NULL)) {
        return;
    }
    enum vacm_sight sight = vacm_view_look(view, uvsnmp_oid_of(&name), &resume);
    if ((sight == VACM_SEEN) != expected(families, count, uvsnmp_oid_of(&name))) {
        abort();
    }
    if (sight == VACM_HIDDEN && (uvsnmp_oid_compare(uvsnmp_oid_of(&resume), uvsnmp_oid_of(&name)) <= 0 ||
                                 !expected(families, count, uvsnmp_oid_of(&resume)))) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct model families[FAMILIES + 1];
    struct vacm_view *view = vacm_view_new("fuzz");
    char *copy = malloc(size + 1);
    size_t count = 0, lines = 0;
    if (copy && view) {
        memcpy(copy, data, size);
        copy[size] = '\0';
        for (char *line = copy, *next; line && lines < LINES; line = next, lines++) {
            next = strchr(line, '\n');
            if (next) {
                *next++ = '\0';
            }
            if (line[0] == '+' || line[0] == '-') {
                add(view, families, &count, line);
            } else {
                look(view, families, count, line);
            }
        }
    }
    vacm_view_release(view);
    free(copy);
    return 0;
}
