/* SPDX-License-Identifier: BSD-3-Clause */
/* OIDs as text: what parses must print, and parse again to the same OID. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <uvsnmp/oid.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct uvsnmp_oid_buf oid, again;
    struct uvsnmp_error err;
    char printed[UVSNMP_OID_TEXT_MAX];
    char *text = malloc(size + 1);
    if (!text) {
        return 0;
    }
    if (size > 0) {
        memcpy(text, data, size);
    }
    text[size] = '\0';
    if (uvsnmp_oid_parse(text, &oid, &err) == 0) {
        if (uvsnmp_oid_format(uvsnmp_oid_of(&oid), printed, sizeof(printed)) < 0 ||
            uvsnmp_oid_parse(printed, &again, &err) < 0 ||
            uvsnmp_oid_compare(uvsnmp_oid_of(&oid), uvsnmp_oid_of(&again)) != 0) {
            abort();
        }
    } else if (err.detail[0] == '\0') {
        abort();
    }
    free(text);
    return 0;
}
