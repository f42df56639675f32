/* SPDX-License-Identifier: BSD-3-Clause */
#include "engine/engine_id.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/hex.h"
#include "base/random.h"

#define PREFIX_SIZE 5

/* The first bit of the enterprise number says that a format follows; 8072 is Net-SNMP's. */
static const uint8_t enterprise[] = {0x80, 0x00, 0x1f, 0x88};

static const struct {
    enum engine_id_format format;
    size_t least, most;
} contents[] = {
    {ENGINE_ID_IPV4, 4, 4},
    {ENGINE_ID_IPV6, 16, 16},
    {ENGINE_ID_MAC, 6, 6},
    {ENGINE_ID_TEXT, 1, ENGINE_ID_MAX - PREFIX_SIZE},
    {ENGINE_ID_OCTETS, 1, ENGINE_ID_MAX - PREFIX_SIZE},
    {ENGINE_ID_RANDOM, 1, ENGINE_ID_MAX - PREFIX_SIZE},
};

static bool is_all(struct uvsnmp_bytes octets, uint8_t octet)
{
    for (size_t i = 0; i < octets.size; i++) {
        if (octets.data[i] != octet) {
            return false;
        }
    }
    return true;
}

bool engine_id_is_valid(struct uvsnmp_bytes octets)
{
    return octets.size >= ENGINE_ID_MIN && octets.size <= ENGINE_ID_MAX && !is_all(octets, 0) &&
           !is_all(octets, 0xff);
}

bool engine_id_equals(const struct engine_id *id, struct uvsnmp_bytes octets)
{
    return id->size == octets.size && (id->size == 0 || memcmp(id->octets, octets.data, id->size) == 0);
}

int engine_id_set(struct engine_id *id, struct uvsnmp_bytes octets)
{
    if (!engine_id_is_valid(octets)) {
        return UVSNMP_EBAD_VALUE;
    }
    memcpy(id->octets, octets.data, octets.size);
    id->size = octets.size;
    return 0;
}

int engine_id_make(struct engine_id *id, enum engine_id_format format, struct uvsnmp_bytes content)
{
    for (size_t i = 0; i < sizeof(contents) / sizeof(contents[0]); i++) {
        if (contents[i].format == format && content.size >= contents[i].least &&
            content.size <= contents[i].most) {
            memcpy(id->octets, enterprise, sizeof(enterprise));
            id->octets[sizeof(enterprise)] = (uint8_t)format;
            memcpy(id->octets + PREFIX_SIZE, content.data, content.size);
            id->size = PREFIX_SIZE + content.size;
            return 0;
        }
    }
    return UVSNMP_EBAD_VALUE;
}

void engine_id_make_random(struct engine_id *id, uint64_t seconds)
{
    uint8_t octets[12];
    struct uvsnmp_bytes content = {octets, sizeof(octets)};
    random_bytes(octets, 4);
    for (size_t i = 4; i < sizeof(octets); i++, seconds >>= 8) {
        octets[i] = (uint8_t)seconds; /* the lowest first, as Net-SNMP has it on most machines */
    }
    (void)engine_id_make(id, ENGINE_ID_RANDOM, content);
}

int engine_id_parse(const char *text, struct engine_id *id, struct uvsnmp_error *err)
{
    char digits[4 * ENGINE_ID_MAX];
    uint8_t octets[ENGINE_ID_MAX];
    size_t length = 0;
    const char *at = text[0] == '0' && (text[1] == 'x' || text[1] == 'X') ? text + 2 : text;
    for (; *at != '\0' && length < sizeof(digits) - 1; at++) {
        digits[length++] = *at;
        if (*at == ':') {
            digits[length - 1] = ' ';
        }
    }
    digits[length] = '\0';
    ptrdiff_t size = *at == '\0' ? hex_parse(digits, octets, sizeof(octets)) : UVSNMP_ETOO_LONG;
    struct uvsnmp_bytes bytes = {octets, size < 0 ? 0 : (size_t)size};
    if (size == UVSNMP_EBAD_VALUE) {
        return err_set(err, UVSNMP_EBAD_VALUE, "\"%s\" is not hexadecimal", text);
    }
    if (size < 0 || engine_id_set(id, bytes) < 0) {
        return err_set(err, UVSNMP_EBAD_VALUE,
                       "\"%s\" is no engine ID: of 5 to 32 octets, not all 0 or all 255", text);
    }
    return 0;
}

void engine_id_print(struct uvsnmp_bytes octets, char *text, size_t size)
{
    size_t at = 0;
    (void)snprintf(text, size, "0x");
    for (size_t i = 0; i < octets.size && at + 5 <= size; i++) {
        at += 2;
        (void)snprintf(text + at, size - at, "%02x", octets.data[i]);
    }
}
