/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An agent for the tests of the tools, which serves one value of each kind and misbehaves on request:
 *
 *   tool_peer [COUNT]
 *
 * binds two UDP sockets on 127.0.0.1 and prints their ports, then answers on the first until it is killed, or
 * until nobody has asked it anything for five minutes. It listens on the first port with TCP too, answers one
 * message of a connection, and closes it. It has .1.3.6.1.4.1.99999.N.0 for each row of `values`. The
 * community says how it behaves; see `habits`. A number may follow the name.
 */
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "msg/message.h"

#define IDLE_MS (5 * 60 * 1000)
#define VARBINDS_MAX 512
#define BASE_COUNT 7
#define SLOW_MS 300

static const uint8_t hex40[40] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13,
                                  14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27,
                                  28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39};
static const uint32_t linux_id[] = {1, 3, 6, 1, 4, 1, 8072, 3, 2, 10};
static const uint32_t zero_zero[] = {0, 0};
static const uint32_t joint[] = {2, 100, 3};

#define TEXT(string)                                                                                         \
    {                                                                                                        \
        .type = UVSNMP_OCTET_STRING, .as.bytes = {(const uint8_t *)(string), sizeof(string) - 1 }            \
    }
#define OID(array)                                                                                           \
    {                                                                                                        \
        .type = UVSNMP_OBJECT_IDENTIFIER, .as.oid = { array, sizeof(array) / sizeof((array)[0]) }            \
    }
#define WORD(kind, number)                                                                                   \
    {                                                                                                        \
        .type = (kind), .as.unsigned32 = (number)                                                            \
    }
#define LONG(kind, number)                                                                                   \
    {                                                                                                        \
        .type = (kind), .as.unsigned64 = (number)                                                            \
    }

static const struct uvsnmp_value values[] = {
    {.type = UVSNMP_INTEGER, .as.integer = 42},
    {.type = UVSNMP_INTEGER, .as.integer = -1},
    {.type = UVSNMP_INTEGER, .as.integer = INT32_MIN},
    {.type = UVSNMP_INTEGER, .as.integer = INT32_MAX},
    TEXT("hello"),
    TEXT(""),
    TEXT("a \"q\" b \\ c"),
    TEXT("line1\nline2\ttab\r\n"),
    TEXT("h\xc3\xa9llo"),
    TEXT("with\0nul"),
    TEXT("\x0b\x0c"),
    TEXT("\x7f"),
    TEXT("0123456789abcdef"),
    TEXT("\xf0\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa\xfb\xfc\xfd\xfe\xff"),
    {.type = UVSNMP_OCTET_STRING, .as.bytes = {hex40, 40}},
    {.type = UVSNMP_NULL},
    OID(linux_id),
    OID(zero_zero),
    OID(joint),
    {.type = UVSNMP_IPADDRESS, .as.ipaddress = {192, 0, 2, 1}},
    WORD(UVSNMP_COUNTER32, 5),
    WORD(UVSNMP_GAUGE32, UINT32_MAX),
    WORD(UVSNMP_TIMETICKS, 123456789),
    WORD(UVSNMP_TIMETICKS, 0),
    WORD(UVSNMP_TIMETICKS, 8640000),
    WORD(UVSNMP_TIMETICKS, 3629),
    WORD(UVSNMP_TIMETICKS, UINT32_MAX),
    WORD(UVSNMP_UINTEGER32, 7),
    LONG(UVSNMP_COUNTER64, UINT64_MAX),
    {.type = UVSNMP_OPAQUE_FLOAT, .as.float32 = 1.23F},
    {.type = UVSNMP_OPAQUE_DOUBLE, .as.float64 = -1.5e10},
    {.type = UVSNMP_OPAQUE_INT64, .as.signed64 = -2},
    LONG(UVSNMP_OPAQUE_UINT64, UINT64_MAX),
    LONG(UVSNMP_OPAQUE_COUNTER64, 126),
    {.type = UVSNMP_OPAQUE, .as.bytes = {hex40, 20}},
    {.type = UVSNMP_OPAQUE, .as.bytes = {hex40, 0}},
    {.type = UVSNMP_NO_SUCH_OBJECT},
    {.type = UVSNMP_NO_SUCH_INSTANCE},
};
#define VALUE_COUNT ((uint32_t)(sizeof(values) / sizeof(values[0])))

struct peer {
    int sockets[2];
    int listener;
    struct arena arena;
    uint8_t buffer[MSG_SIZE_MAX];
    struct uvsnmp_varbind varbinds[VARBINDS_MAX];
    unsigned long requests; /* so far, of all kinds */
    uint32_t count;         /* of the values: the ordinary ones again and again, if there are to be more */
};

/* One request, as a habit sees it. */
struct exchange {
    struct peer *peer;
    const struct msg_message *request;
    struct msg_message *response;
    long number;   /* behind the community's name */
    unsigned from; /* which socket answers */
    bool is_silent, breaks_value, resets;
    const void *raw; /* octets to send instead of the response */
    size_t raw_size;
};
typedef void habit_fn(struct exchange *exchange);

static struct uvsnmp_oid name_of(struct peer *peer, uint32_t number)
{
    static const uint32_t base[BASE_COUNT] = {1, 3, 6, 1, 4, 1, 99999};
    uint32_t *ids = arena_array(&peer->arena, BASE_COUNT + 2, sizeof(*ids));
    if (!ids) {
        abort();
    }
    memcpy(ids, base, sizeof(base));
    ids[BASE_COUNT] = number;
    ids[BASE_COUNT + 1] = 0;
    return (struct uvsnmp_oid){ids, BASE_COUNT + 2};
}

static void set_value(const struct peer *peer, uint32_t number, struct uvsnmp_varbind *varbind)
{
    varbind->value = values[(number - 1) % (number > VALUE_COUNT ? 4 : VALUE_COUNT)];
    (void)peer;
}

/* The first value behind `name`; exceptions are no values here. */
static void next(struct peer *peer, struct uvsnmp_oid name, struct uvsnmp_varbind *varbind)
{
    varbind->name = name;
    varbind->value = uvsnmp_empty(UVSNMP_END_OF_MIB_VIEW);
    uint32_t number = 1;
    if (name.count > BASE_COUNT && uvsnmp_oid_compare(name, name_of(peer, 1)) >= 0) {
        number = name.ids[BASE_COUNT] + (name.count > BASE_COUNT + 1 ? 1 : 0);
        number = name.ids[BASE_COUNT - 1] > 99999 ? UINT32_MAX : number;
    }
    for (; number <= peer->count; number++) {
        set_value(peer, number, varbind);
        if (!uvsnmp_type_is_exception(varbind->value.type)) {
            varbind->name = name_of(peer, number);
            return;
        }
    }
    varbind->value = uvsnmp_empty(UVSNMP_END_OF_MIB_VIEW);
}

static void get(struct peer *peer, const struct uvsnmp_varbind *asked, struct uvsnmp_varbind *varbind)
{
    varbind->name = asked->name;
    varbind->value = uvsnmp_empty(UVSNMP_NO_SUCH_OBJECT);
    if (asked->name.count == BASE_COUNT + 2) {
        uint32_t number = asked->name.ids[BASE_COUNT];
        if (number >= 1 && number <= peer->count &&
            uvsnmp_oid_compare(asked->name, name_of(peer, number)) == 0) {
            set_value(peer, number, varbind);
        }
    }
}

static size_t bulk(struct peer *peer, const struct msg_pdu *request)
{
    size_t count = 0, singles = (size_t)request->non_repeaters;
    for (size_t i = 0; i < request->count && i < singles; i++) {
        next(peer, request->varbinds[i].name, &peer->varbinds[count++]);
    }
    size_t columns = request->count > singles ? request->count - singles : 0;
    for (int32_t row = 0; row < request->max_repetitions; row++) {
        for (size_t i = 0; i < columns && count < VARBINDS_MAX; i++, count++) {
            struct uvsnmp_oid after =
                row ? peer->varbinds[count - columns].name : request->varbinds[singles + i].name;
            next(peer, after, &peer->varbinds[count]);
        }
    }
    return count;
}

static void answer(struct peer *peer, const struct msg_pdu *request, struct msg_pdu *response)
{
    response->type = UVSNMP_PDU_RESPONSE;
    response->request_id = request->request_id;
    response->varbinds = peer->varbinds;
    response->count = request->count < VARBINDS_MAX ? request->count : VARBINDS_MAX;
    if (request->type == UVSNMP_PDU_GETBULK) {
        response->count = bulk(peer, request);
        return;
    }
    for (size_t i = 0; i < response->count; i++) {
        if (request->type == UVSNMP_PDU_GETNEXT) {
            next(peer, request->varbinds[i].name, &peer->varbinds[i]);
        } else if (request->type == UVSNMP_PDU_GET) {
            get(peer, &request->varbinds[i], &peer->varbinds[i]);
        } else {
            peer->varbinds[i] = request->varbinds[i];
        }
    }
}

/* ---- habits ---- */

static void habit_error(struct exchange *exchange)
{
    exchange->response->pdu.error_status = (int32_t)exchange->number;
    exchange->response->pdu.error_index = exchange->number ? 1 : 0;
}

/* An error-status whose index names nothing. */
static void habit_index(struct exchange *exchange)
{
    exchange->response->pdu.error_status = UVSNMP_STATUS_GEN_ERR;
    exchange->response->pdu.error_index = (int32_t)exchange->number;
}

/* tooBig when more than so many variables are asked for. */
static void habit_toobig(struct exchange *exchange)
{
    struct msg_pdu *pdu = &exchange->response->pdu;
    if (pdu->count > (size_t)exchange->number) {
        pdu->error_status = UVSNMP_STATUS_TOO_BIG;
        pdu->count = 0;
    }
}

/* Walks go forth to the given number, and then back to the first. */
static void habit_circle(struct exchange *exchange)
{
    struct msg_pdu *pdu = &exchange->response->pdu;
    for (size_t i = 0; i < pdu->count; i++) {
        if (exchange->peer->varbinds[i].name.count > BASE_COUNT &&
            exchange->peer->varbinds[i].name.ids[BASE_COUNT] > (uint32_t)exchange->number) {
            exchange->peer->varbinds[i].name = name_of(exchange->peer, 1);
        }
    }
}

static void habit_empty(struct exchange *exchange)
{
    exchange->response->pdu.count = 0;
}

/* noSuchInstance in the middle of a walk. */
static void habit_exception(struct exchange *exchange)
{
    exchange->peer->varbinds[0].value = uvsnmp_empty(UVSNMP_NO_SUCH_INSTANCE);
}

static void habit_other_id(struct exchange *exchange)
{
    exchange->response->pdu.request_id ^= 0x55;
}

static void habit_garbage(struct exchange *exchange)
{
    exchange->raw = "this is no message";
    exchange->raw_size = 18;
}

static void habit_truncated(struct exchange *exchange)
{
    exchange->raw_size = 10; /* of what is encoded */
}

/* The envelope is right, but the last value is longer than what holds it. */
static void habit_broken(struct exchange *exchange)
{
    exchange->breaks_value = true;
}

static void habit_silent(struct exchange *exchange)
{
    exchange->is_silent = true;
}

/* Answers every so many-th request only. */
static void habit_every(struct exchange *exchange)
{
    exchange->is_silent =
        exchange->number > 0 && exchange->peer->requests % (unsigned long)exchange->number != 0;
}

static void habit_slow(struct exchange *exchange)
{
    const struct timespec pause = {0, SLOW_MS * 1000000L};
    (void)exchange;
    (void)nanosleep(&pause, NULL);
}

static void habit_elsewhere(struct exchange *exchange)
{
    exchange->from = 1;
}

/* Ends a connection so that the other side meets an error. */
static void habit_reset(struct exchange *exchange)
{
    exchange->is_silent = exchange->resets = true;
}

static const struct {
    const char *name;
    habit_fn *apply;
} habits[] = {
    {"err", habit_error},        {"index", habit_index},         {"toobig", habit_toobig},
    {"circle", habit_circle},    {"empty", habit_empty},         {"exception", habit_exception},
    {"otherid", habit_other_id}, {"garbage", habit_garbage},     {"truncated", habit_truncated},
    {"silent", habit_silent},    {"broken", habit_broken},       {"every", habit_every},
    {"slow", habit_slow},        {"elsewhere", habit_elsewhere}, {"reset", habit_reset},
};

static void apply_habit(struct exchange *exchange)
{
    char community[64];
    size_t size = exchange->request->community.size;
    size = size < sizeof(community) ? size : sizeof(community) - 1;
    memcpy(community, exchange->request->community.data, size);
    community[size] = '\0';
    size_t length = strcspn(community, "0123456789");
    exchange->number = strtol(community + length, NULL, 10);
    for (size_t i = 0; i < sizeof(habits) / sizeof(habits[0]); i++) {
        if (strlen(habits[i].name) == length && strncmp(habits[i].name, community, length) == 0) {
            habits[i].apply(exchange);
        }
    }
}

/* ---- the socket ---- */

/* What came by `connection`, or, where that is -1, in a datagram. */
static void handle(struct peer *peer, const uint8_t *data, size_t size, int connection,
                   const struct sockaddr_in *from)
{
    struct msg_message request, response;
    struct exchange exchange = {.peer = peer, .request = &request, .response = &response};
    arena_reset(&peer->arena);
    if (msg_decode(data, size, &peer->arena, &request, NULL) < 0) {
        return;
    }
    peer->requests++;
    response = request;
    memset(&response.pdu, 0, sizeof(response.pdu));
    answer(peer, &request.pdu, &response.pdu);
    apply_habit(&exchange);
    ptrdiff_t encoded = msg_encode(&response, peer->buffer, sizeof(peer->buffer));
    if (encoded > 1 && exchange.breaks_value) {
        peer->buffer[sizeof(peer->buffer) - 2] = 0x7f; /* the length of an INTEGER of one octet */
    }
    const void *out = exchange.raw ? exchange.raw : peer->buffer + sizeof(peer->buffer) - encoded;
    size_t out_size = exchange.raw_size ? exchange.raw_size : (size_t)encoded;
    if (exchange.resets && connection >= 0) {
        const struct linger at_once = {1, 0};
        (void)setsockopt(connection, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
    }
    if (encoded <= 0 || exchange.is_silent) {
        return;
    }
    if (connection >= 0) {
        (void)send(connection, out, out_size, MSG_NOSIGNAL);
    } else {
        (void)sendto(peer->sockets[exchange.from], out, out_size, 0, (const struct sockaddr *)from,
                     sizeof(*from));
    }
}

static void serve_connection(struct peer *peer, uint8_t *data, size_t capacity)
{
    int connection = accept(peer->listener, NULL, NULL);
    ssize_t size = connection >= 0 ? recv(connection, data, capacity, 0) : -1;
    if (size > 0) {
        handle(peer, data, (size_t)size, connection, NULL);
    }
    if (connection >= 0) {
        close(connection);
    }
}

static int open_socket(struct sockaddr_in *address)
{
    socklen_t length = sizeof(*address);
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    *address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (fd < 0 || bind(fd, (struct sockaddr *)address, sizeof(*address)) != 0 ||
        getsockname(fd, (struct sockaddr *)address, &length) != 0) {
        perror("tool_peer");
        exit(1);
    }
    return fd;
}

/* -1: the port is somebody else's. */
static int open_listener(const struct sockaddr_in *address)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 &&
        (bind(fd, (const struct sockaddr *)address, sizeof(*address)) != 0 || listen(fd, 8) != 0)) {
        close(fd);
        return -1;
    }
    return fd;
}

/* A port that is free for both transports, and another one. */
static void open_sockets(struct peer *peer)
{
    struct sockaddr_in address;
    peer->listener = -1;
    for (int tries = 0; peer->listener < 0 && tries < 100; tries++) {
        peer->sockets[0] = open_socket(&address);
        peer->listener = open_listener(&address);
        if (peer->listener < 0) {
            close(peer->sockets[0]);
        }
    }
    if (peer->listener < 0) {
        fputs("tool_peer: no port is free\n", stderr);
        exit(1);
    }
    printf("%u\n", ntohs(address.sin_port));
    peer->sockets[1] = open_socket(&address);
    printf("%u\n", ntohs(address.sin_port));
}

int main(int argc, char **argv)
{
    static struct peer peer;
    static uint8_t data[MSG_SIZE_MAX];
    peer.count = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : VALUE_COUNT;
    arena_init(&peer.arena, 0, 0);
    open_sockets(&peer);
    fflush(stdout);
    for (;;) {
        struct pollfd polled[] = {{.fd = peer.sockets[0], .events = POLLIN},
                                  {.fd = peer.listener, .events = POLLIN}};
        struct sockaddr_in from;
        socklen_t length = sizeof(from);
        if (poll(polled, 2, IDLE_MS) <= 0) {
            break;
        }
        if (polled[1].revents) {
            serve_connection(&peer, data, sizeof(data));
        }
        if (!polled[0].revents) {
            continue;
        }
        ssize_t size = recvfrom(peer.sockets[0], data, sizeof(data), 0, (struct sockaddr *)&from, &length);
        if (size > 0) {
            handle(&peer, data, (size_t)size, -1, &from);
        }
    }
    arena_fini(&peer.arena);
    return 0;
}
