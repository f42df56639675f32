/* SPDX-License-Identifier: BSD-3-Clause */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/hex.h"
#include "base/num.h"
#include "base/text.h"
#include "ber/tag.h"
#include "golden/agent.h"
#include "msg/message.h"
#include "smi/varbind.h"

#define VALUE_MAX 4096
#define VARBINDS_MAX 1000
#define ANSWER_MAX 60000 /* octets, for GETBULK */

/* One object of the agent: its value as it goes on the wire. */
struct entry {
    struct uvsnmp_oid name;
    const uint8_t *value;
    size_t size;
    bool is_hidden; /* from GETNEXT and GETBULK */
};

struct golden_agent {
    struct arena memory;  /* the entries' */
    struct arena request; /* what one request needs */
    struct entry *entries;
    size_t count, capacity;
    bool hides; /* the lines that are being read are of hidden entries */
    struct entry answer[VARBINDS_MAX];
    uint8_t buffer[MSG_SIZE_MAX];
};

/* ---- the file of values ---- */

/* Undoes the escapes of `"text"`, in place. */
static bool read_string(char *text, uint8_t *out, size_t *size)
{
    static const char letters[] = "ntr\"\\", meanings[] = "\n\t\r\"\\";
    size_t length = strlen(text);
    if (length < 2 || text[0] != '"' || text[length - 1] != '"' || length > VALUE_MAX) {
        return false;
    }
    text[length - 1] = '\0';
    for (const char *at = text + 1; *at; at++) {
        const char *letter = *at == '\\' && at[1] ? strchr(letters, at[1]) : NULL;
        uint8_t octet = (uint8_t)*at;
        if (letter) {
            octet = (uint8_t)meanings[letter - letters];
            at++;
        } else if (*at == '\\') {
            if (at[1] != 'x' || !at[2] || !at[3] ||
                hex_parse((const char[]){at[2], at[3], '\0'}, &octet, 1) != 1) {
                return false;
            }
            at += 3;
        }
        out[(*size)++] = octet;
    }
    return true;
}

static bool read_bytes(enum uvsnmp_type type, char *text, uint8_t *out, size_t *size)
{
    if (type == UVSNMP_OCTET_STRING && *text == '"') {
        return read_string(text, out, size);
    }
    ptrdiff_t read = hex_parse(text, out, VALUE_MAX);
    *size = read < 0 ? 0 : (size_t)read;
    return read >= 0;
}

/* Octets and OIDs of `value` are put into `octets` and `oid`. */
static bool read_value(char *text, struct uvsnmp_value *value, uint8_t *octets, struct uvsnmp_oid_buf *oid)
{
    uint64_t number = 0;
    switch (value->type) {
    case UVSNMP_INTEGER:
    case UVSNMP_OPAQUE_INT64:
        return num_parse_i64(text, INT64_MIN, INT64_MAX, &value->as.integer);
    case UVSNMP_COUNTER32:
    case UVSNMP_GAUGE32:
    case UVSNMP_TIMETICKS:
    case UVSNMP_UINTEGER32:
        if (!num_parse_u64(text, UINT32_MAX, &number)) {
            return false;
        }
        value->as.unsigned32 = (uint32_t)number;
        return true;
    case UVSNMP_COUNTER64:
    case UVSNMP_OPAQUE_COUNTER64:
    case UVSNMP_OPAQUE_UINT64:
        return num_parse_u64(text, UINT64_MAX, &value->as.unsigned64);
    case UVSNMP_OPAQUE_FLOAT:
        value->as.float32 = strtof(text, &text);
        return *text == '\0';
    case UVSNMP_OPAQUE_DOUBLE:
        value->as.float64 = strtod(text, &text);
        return *text == '\0';
    case UVSNMP_IPADDRESS:
        return inet_pton(AF_INET, text, value->as.ipaddress) == 1;
    case UVSNMP_OCTET_STRING:
    case UVSNMP_OPAQUE:
    case UVSNMP_NSAPADDRESS:
        value->as.bytes.data = octets;
        return read_bytes(value->type, text, octets, &value->as.bytes.size);
    case UVSNMP_OBJECT_IDENTIFIER:
        if (uvsnmp_oid_parse(text, oid, NULL) < 0) {
            return false;
        }
        value->as.oid = uvsnmp_oid_of(oid);
        return true;
    default:
        return *text == '\0';
    }
}

static const struct word {
    const char *name;
    enum uvsnmp_type type;
} words[] = {
    {"integer", UVSNMP_INTEGER},
    {"string", UVSNMP_OCTET_STRING},
    {"octets", UVSNMP_OCTET_STRING},
    {"null", UVSNMP_NULL},
    {"oid", UVSNMP_OBJECT_IDENTIFIER},
    {"ipaddress", UVSNMP_IPADDRESS},
    {"counter32", UVSNMP_COUNTER32},
    {"gauge32", UVSNMP_GAUGE32},
    {"timeticks", UVSNMP_TIMETICKS},
    {"opaque", UVSNMP_OPAQUE},
    {"nsap", UVSNMP_NSAPADDRESS},
    {"counter64", UVSNMP_COUNTER64},
    {"uinteger32", UVSNMP_UINTEGER32},
    {"opaque64", UVSNMP_OPAQUE_COUNTER64},
    {"float", UVSNMP_OPAQUE_FLOAT},
    {"double", UVSNMP_OPAQUE_DOUBLE},
    {"int64", UVSNMP_OPAQUE_INT64},
    {"uint64", UVSNMP_OPAQUE_UINT64},
    {"noSuchObject", UVSNMP_NO_SUCH_OBJECT},
    {"noSuchInstance", UVSNMP_NO_SUCH_INSTANCE},
    {"endOfMibView", UVSNMP_END_OF_MIB_VIEW},
};
#define WORD_COUNT (sizeof(words) / sizeof(words[0]))

static bool set_entry(struct golden_agent *agent, struct entry *entry, const char *type, char *text)
{
    uint8_t octets[VALUE_MAX], encoded[VALUE_MAX];
    struct uvsnmp_oid_buf oid;
    struct ber_writer writer;
    if (strcmp(type, "raw") == 0) {
        ptrdiff_t size = hex_parse(text, octets, sizeof(octets));
        entry->size = size < 0 ? 0 : (size_t)size;
        entry->value = arena_copy(&agent->memory, octets, entry->size);
        return size > 0 && entry->value;
    }
    for (size_t i = 0; i < WORD_COUNT; i++) {
        struct uvsnmp_value value = uvsnmp_empty(words[i].type);
        if (strcmp(type, words[i].name) != 0 || !read_value(text, &value, octets, &oid)) {
            continue;
        }
        ber_writer_init(&writer, encoded, sizeof(encoded));
        smi_value_encode(&writer, &value);
        entry->size = ber_writer_size(&writer);
        entry->value = arena_copy(&agent->memory, writer.at, entry->size);
        return ber_writer_error(&writer) == 0 && entry->value;
    }
    return false;
}

static struct entry *next_entry(struct golden_agent *agent)
{
    if (agent->count == agent->capacity) {
        size_t capacity = agent->capacity ? agent->capacity * 2 : 256;
        struct entry *grown = realloc(agent->entries, capacity * sizeof(*grown));
        if (!grown) {
            return NULL;
        }
        agent->entries = grown;
        agent->capacity = capacity;
    }
    return &agent->entries[agent->count];
}

/* "NAME TYPE VALUE", "at OID", or "hidden-at OID". */
static bool read_line(struct golden_agent *agent, struct uvsnmp_oid_buf *base, char *line)
{
    char *type = line + strcspn(line, " ");
    *type = '\0';
    type += *line ? 1 : 0;
    type += strspn(type, " ");
    if (strcmp(line, "at") == 0 || strcmp(line, "hidden-at") == 0) {
        agent->hides = line[0] == 'h';
        type[strcspn(type, " ")] = '\0';
        return uvsnmp_oid_parse(type, base, NULL) == 0;
    }
    char *value = type + strcspn(type, " ");
    value += *value ? 1 : 0;
    if (value > type && value[-1] == ' ') {
        value[-1] = '\0';
    }
    struct uvsnmp_oid_buf name = *base, tail;
    struct entry *entry = next_entry(agent);
    if (!entry || uvsnmp_oid_parse(line, &tail, NULL) < 0 ||
        uvsnmp_oid_append(&name, uvsnmp_oid_of(&tail)) < 0 ||
        !smi_oid_dup(&agent->memory, &entry->name, uvsnmp_oid_of(&name)) ||
        !set_entry(agent, entry, type, value)) {
        return false;
    }
    entry->is_hidden = agent->hides || uvsnmp_type_is_exception((enum uvsnmp_type)entry->value[0]);
    agent->count++;
    return true;
}

static int compare_entries(const void *a, const void *b)
{
    return uvsnmp_oid_compare(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

struct golden_agent *golden_agent_load(const char *file)
{
    struct golden_agent *agent = calloc(1, sizeof(*agent));
    FILE *stream = fopen(file, "re");
    struct uvsnmp_oid_buf base = {0};
    char line[VALUE_MAX];
    unsigned number = 0;
    bool is_right = agent && stream;
    if (agent) {
        arena_init(&agent->memory, 0, 0);
        arena_init(&agent->request, 0, 0);
    }
    while (is_right && fgets(line, sizeof(line), stream)) {
        line[strcspn(line, "\n")] = '\0';
        number++;
        is_right = line[0] == '\0' || line[0] == '#' || read_line(agent, &base, line);
    }
    if (stream) {
        fclose(stream);
    }
    if (!is_right) {
        fprintf(stderr, "%s:%u: %s\n", file, number, stream ? "no line of values" : strerror(errno));
        golden_agent_free(agent);
        return NULL;
    }
    qsort(agent->entries, agent->count, sizeof(*agent->entries), compare_entries);
    return agent;
}

void golden_agent_free(struct golden_agent *agent)
{
    if (agent) {
        arena_fini(&agent->memory);
        arena_fini(&agent->request);
        free(agent->entries);
        free(agent);
    }
}

/* ---- answers ---- */

static const uint8_t no_such_object[] = {UVSNMP_NO_SUCH_OBJECT, 0};
static const uint8_t no_such_instance[] = {UVSNMP_NO_SUCH_INSTANCE, 0};
static const uint8_t end_of_mib_view[] = {UVSNMP_END_OF_MIB_VIEW, 0};

/* How many entries are before `name`. */
static size_t position(const struct golden_agent *agent, struct uvsnmp_oid name)
{
    size_t low = 0, high = agent->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (uvsnmp_oid_compare(agent->entries[middle].name, name) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool is_exception(const struct entry *entry)
{
    return uvsnmp_type_is_exception((enum uvsnmp_type)entry->value[0]);
}

static struct entry get(const struct golden_agent *agent, struct uvsnmp_oid name)
{
    size_t at = position(agent, name);
    if (at < agent->count && uvsnmp_oid_compare(agent->entries[at].name, name) == 0) {
        return agent->entries[at];
    }
    struct uvsnmp_oid object = {name.ids, name.count > 0 ? name.count - 1 : 0};
    at = position(agent, object);
    bool has_others = at < agent->count && uvsnmp_oid_has_prefix(agent->entries[at].name, object);
    return (struct entry){name, has_others ? no_such_instance : no_such_object, 2, true};
}

static struct entry next(const struct golden_agent *agent, struct uvsnmp_oid name)
{
    size_t at = position(agent, name);
    while (at < agent->count &&
           (uvsnmp_oid_compare(agent->entries[at].name, name) == 0 || agent->entries[at].is_hidden)) {
        at++;
    }
    return at < agent->count ? agent->entries[at] : (struct entry){name, end_of_mib_view, 2, true};
}

/* Fills agent->answer; returns how many. */
static size_t bulk(struct golden_agent *agent, const struct msg_pdu *request)
{
    size_t count = 0, size = 0, singles = (size_t)request->non_repeaters;
    singles = singles < request->count ? singles : request->count;
    for (; count < singles; count++) {
        agent->answer[count] = next(agent, request->varbinds[count].name);
    }
    size_t columns = request->count - singles;
    for (int32_t row = 0; row < request->max_repetitions && columns > 0; row++) {
        size_t ended = 0;
        for (size_t i = 0; i < columns; i++, count++) {
            if (count == VARBINDS_MAX || size > ANSWER_MAX) {
                return count;
            }
            agent->answer[count] =
                next(agent, row ? agent->answer[count - columns].name : request->varbinds[count].name);
            size += agent->answer[count].size + agent->answer[count].name.count * 5;
            ended += is_exception(&agent->answer[count]) ? 1 : 0;
        }
        if (ended == columns) {
            break;
        }
    }
    return count;
}

static void append_hex(struct text *text, struct uvsnmp_bytes bytes)
{
    for (size_t i = 0; i < bytes.size; i++) {
        text_append_format(text, " %02x", bytes.data[i]);
    }
}

static void append_oid(struct text *text, struct uvsnmp_oid oid)
{
    char digits[UVSNMP_OID_TEXT_MAX];
    (void)uvsnmp_oid_format(oid, digits, sizeof(digits));
    text_append(text, digits);
}

static void append_value(struct text *text, const struct uvsnmp_value *value)
{
    switch (value->type) {
    case UVSNMP_INTEGER:
    case UVSNMP_OPAQUE_INT64:
        text_append_format(text, " %lld", (long long)value->as.integer);
        break;
    case UVSNMP_COUNTER32:
    case UVSNMP_GAUGE32:
    case UVSNMP_TIMETICKS:
    case UVSNMP_UINTEGER32:
        text_append_format(text, " %u", value->as.unsigned32);
        break;
    case UVSNMP_COUNTER64:
    case UVSNMP_OPAQUE_COUNTER64:
    case UVSNMP_OPAQUE_UINT64:
        text_append_format(text, " %llu", (unsigned long long)value->as.unsigned64);
        break;
    case UVSNMP_OPAQUE_FLOAT:
        text_append_format(text, " %a", (double)value->as.float32);
        break;
    case UVSNMP_OPAQUE_DOUBLE:
        text_append_format(text, " %a", value->as.float64);
        break;
    case UVSNMP_IPADDRESS:
        append_hex(text, (struct uvsnmp_bytes){value->as.ipaddress, sizeof(value->as.ipaddress)});
        break;
    case UVSNMP_OBJECT_IDENTIFIER:
        text_append_char(text, ' ');
        append_oid(text, value->as.oid);
        break;
    case UVSNMP_OCTET_STRING:
    case UVSNMP_OPAQUE:
    case UVSNMP_NSAPADDRESS:
        append_hex(text, value->as.bytes);
        break;
    default:
        break;
    }
}

/* The n-th variable that came, in words. */
static bool describe(struct golden_agent *agent, const struct uvsnmp_varbind *varbind, size_t number,
                     struct entry *entry)
{
    uint32_t ids[] = {1, 3, 6, 1, 3, 163, (uint32_t)number, 0};
    uint8_t encoded[VALUE_MAX];
    struct ber_writer writer;
    struct text text;
    text_init(&text, VALUE_MAX - 8);
    append_oid(&text, varbind->name);
    const char *type = "unknown";
    for (size_t i = WORD_COUNT; i-- > 0;) {
        type = words[i].type == varbind->value.type ? words[i].name : type;
    }
    text_append_format(&text, " %s", type);
    append_value(&text, &varbind->value);
    ber_writer_init(&writer, encoded, sizeof(encoded));
    ber_write_bytes(&writer, BER_OCTET_STRING, text.data, text.size);
    text_fini(&text);
    entry->size = ber_writer_size(&writer);
    entry->value = arena_copy(&agent->request, writer.at, entry->size);
    return entry->value &&
           smi_oid_dup(&agent->request, &entry->name, (struct uvsnmp_oid){ids, sizeof(ids) / sizeof(ids[0])});
}

static bool echo(struct golden_agent *agent, const struct uvsnmp_varbind *varbind, struct entry *entry)
{
    uint8_t encoded[VALUE_MAX];
    struct ber_writer writer;
    ber_writer_init(&writer, encoded, sizeof(encoded));
    smi_value_encode(&writer, &varbind->value);
    entry->name = varbind->name;
    entry->size = ber_writer_size(&writer);
    entry->value = arena_copy(&agent->request, writer.at, entry->size);
    return entry->value && ber_writer_error(&writer) == 0;
}

static size_t answer(struct golden_agent *agent, const struct msg_message *request)
{
    static const char arrived[] = "arrived";
    const struct msg_pdu *pdu = &request->pdu;
    bool is_described = request->community.size == sizeof(arrived) - 1 &&
                        memcmp(request->community.data, arrived, sizeof(arrived) - 1) == 0;
    if (pdu->type == UVSNMP_PDU_GETBULK) {
        return bulk(agent, pdu);
    }
    size_t count = pdu->count < VARBINDS_MAX ? pdu->count : VARBINDS_MAX;
    for (size_t i = 0; i < count; i++) {
        const struct uvsnmp_varbind *varbind = &pdu->varbinds[i];
        struct entry *entry = &agent->answer[i];
        if (pdu->type == UVSNMP_PDU_GETNEXT) {
            *entry = next(agent, varbind->name);
        } else if (pdu->type == UVSNMP_PDU_GET) {
            *entry = get(agent, varbind->name);
        } else if (!(is_described ? describe(agent, varbind, i + 1, entry) : echo(agent, varbind, entry))) {
            return 0;
        }
    }
    return count;
}

/* SNMPv1 has no exceptions: the first one is an error, and what was asked for comes back. */
static size_t refuse(struct golden_agent *agent, const struct msg_message *request, size_t count)
{
    for (size_t i = 0; request->version == UVSNMP_V1 && i < count; i++) {
        if (is_exception(&agent->answer[i])) {
            for (size_t k = 0; k < count; k++) {
                (void)echo(agent, &request->pdu.varbinds[k], &agent->answer[k]);
            }
            return i + 1;
        }
    }
    return 0;
}

/* Returns the size of the response, which stands at the end of the buffer; 0: none. */
static size_t respond(struct golden_agent *agent, const uint8_t *data, size_t size)
{
    struct msg_message request;
    struct ber_writer writer;
    arena_reset(&agent->request);
    if (msg_decode(data, size, &agent->request, &request, NULL) < 0) {
        return 0;
    }
    size_t count = answer(agent, &request);
    size_t refused = refuse(agent, &request, count);
    ber_writer_init(&writer, agent->buffer, sizeof(agent->buffer));
    for (size_t i = count; i-- > 0;) {
        size_t mark = ber_writer_size(&writer);
        ber_write_raw(&writer, agent->answer[i].value, agent->answer[i].size);
        ber_write_oid(&writer, BER_OBJECT_IDENTIFIER, agent->answer[i].name);
        ber_write_header(&writer, BER_SEQUENCE, mark);
    }
    ber_write_header(&writer, BER_SEQUENCE, 0);
    ber_write_unsigned(&writer, BER_INTEGER, refused);
    ber_write_unsigned(&writer, BER_INTEGER, refused ? UVSNMP_STATUS_NO_SUCH_NAME : 0);
    ber_write_signed(&writer, BER_INTEGER, request.pdu.request_id);
    ber_write_header(&writer, UVSNMP_PDU_RESPONSE, 0);
    ber_write_bytes(&writer, BER_OCTET_STRING, request.community.data, request.community.size);
    ber_write_unsigned(&writer, BER_INTEGER, (uint64_t)request.version);
    ber_write_header(&writer, BER_SEQUENCE, 0);
    return ber_writer_error(&writer) == 0 ? ber_writer_size(&writer) : 0;
}

void golden_agent_serve(struct golden_agent *agent, int socket, int stop)
{
    static uint8_t data[MSG_SIZE_MAX];
    struct pollfd polled[] = {{.fd = socket, .events = POLLIN}, {.fd = stop, .events = POLLIN}};
    while (poll(polled, 2, -1) > 0 && !polled[1].revents) {
        struct sockaddr_storage from;
        socklen_t length = sizeof(from);
        ssize_t size = recvfrom(socket, data, sizeof(data), 0, (struct sockaddr *)&from, &length);
        size_t answer_size = size > 0 ? respond(agent, data, (size_t)size) : 0;
        if (answer_size > 0) {
            (void)sendto(socket, agent->buffer + sizeof(agent->buffer) - answer_size, answer_size, 0,
                         (const struct sockaddr *)&from, length);
        }
    }
}
