/* SPDX-License-Identifier: BSD-3-Clause */
/* Transport addresses: what is read and printed must be readable again, and mean the same. */
#include <stdlib.h>
#include <string.h>

#include <uvsnmp/address.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct uvsnmp_address address, again;
    struct uvsnmp_error err = {0};
    char text[UVSNMP_ADDRESS_TEXT_MAX];
    char *input = malloc(size + 1);
    if (!input) {
        return 0;
    }
    memcpy(input, data, size);
    input[size] = '\0';
    if (uvsnmp_address_parse(input, 161, &address, &err) == 0) {
        if (uvsnmp_address_format(&address, text, sizeof(text)) <= 0 ||
            uvsnmp_address_parse(text, 7, &again, NULL) < 0 || !uvsnmp_address_equal(&address, &again)) {
            abort();
        }
    } else if (err.code == 0 || err.detail[0] == '\0') {
        abort(); /* a refusal says why */
    }
    free(input);
    return 0;
}
