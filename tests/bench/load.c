/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * usage: load [-w WINDOW] [-n REQUESTS] [-p PID] PORT            GETs of sysUpTime.0, community "public", v2c
 *        load -e REQUEST-OCTETS [-w WINDOW] [-n REQUESTS] PORT   the same traffic for `echo`
 * Keeps WINDOW (64) requests on the wire to 127.0.0.1:PORT until REQUESTS (40000) have been answered, and looks
 * at every answer. A request without an answer for a second is lost and not asked again. Prints one line:
 * answers a second, octets of a request and of an answer, answers lost, answers that were wrong, and with -p
 * the CPU time of that process in microseconds per answer. Status 1 when something was lost or wrong.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { MAX_WINDOW = 1024, BATCH = 32, ROOM = 2048, ID_AT = 17, STALL_MS = 1000, MAX_STALLS = 2 };

/* version 1 (v2c), "public", GetRequest: id (4 octets at ID_AT), 0, 0, { sysUpTime.0 NULL } */
static const uint8_t get_request[] = {
    0x30, 0x29, 0x02, 0x01, 0x01, 0x04, 0x06, 'p', 'u', 'b', 'l', 'i', 'c', 0xa0, 0x1c,
    0x02, 0x04, 0, 0, 0, 0, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00, 0x30, 0x0e, 0x30, 0x0c,
    0x06, 0x08, 0x2b, 0x06, 0x01, 0x02, 0x01, 0x01, 0x03, 0x00, 0x05, 0x00};
_Static_assert(sizeof get_request == 0x29 + 2, "the outer length");

struct load {
    int fd;
    size_t window, wanted; /* requests on the wire at once; answers to collect */
    size_t echo;           /* octets of a request to the echo; 0: GETs */
    uint32_t sent;         /* requests so far: also the last id given */
    size_t answered, lost, wrong;
    unsigned stalls; /* seconds in a row without an answer; two end the run */
    size_t reply_size;
    uint32_t outstanding[MAX_WINDOW]; /* id by slot, id % window; 0: free */
    uint8_t data[BATCH][ROOM];
    struct iovec parts[BATCH];
    struct mmsghdr batch[BATCH];
};

static uint64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000U + (uint64_t)t.tv_nsec;
}

static uint64_t cpu_ns(long pid)
{
    char path[64];
    unsigned long long ns = 0;
    snprintf(path, sizeof path, "/proc/%ld/schedstat", pid);
    FILE *file = pid > 0 ? fopen(path, "re") : NULL;
    if (file != NULL) {
        if (fscanf(file, "%llu", &ns) != 1) {
            ns = 0;
        }
        fclose(file);
    }
    return ns;
}

static void put_id(uint8_t *at, uint32_t id)
{
    uint32_t network = htonl(id);
    memcpy(at, &network, 4);
}

/* Sends `count` requests, at most BATCH. */
static void send_requests(struct load *load, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t id = ++load->sent;
        load->outstanding[id % load->window] = id;
        if (load->echo == 0) {
            memcpy(load->data[i], get_request, sizeof get_request);
        }
        put_id(load->data[i] + (load->echo == 0 ? ID_AT : 0), id);
        load->parts[i].iov_len = load->echo == 0 ? sizeof get_request : load->echo;
    }
    for (size_t done = 0; done < count;) {
        int n = sendmmsg(load->fd, load->batch + done, (unsigned)(count - done), 0);
        if (n < 0) {
            perror("load: sendmmsg");
            exit(1);
        }
        done += (size_t)n;
    }
}

/* Steps over one element of type `tag` with a short length; its contents, or NULL. */
static const uint8_t *element(const uint8_t **at, const uint8_t *end, uint8_t tag, size_t *size)
{
    const uint8_t *contents = *at + 2;
    if (end - *at < 2 || (*at)[0] != tag || (*at)[1] > 127 || (*at)[1] > end - contents) {
        return NULL;
    }
    *size = (*at)[1];
    *at = contents + *size;
    return contents;
}

/* The request-id of a well-formed noError Response with the TimeTicks asked for, or 0. */
static uint32_t response_id(const uint8_t *data, size_t total)
{
    static const uint8_t zero[] = {0};
    const uint8_t *outer = data, *end = data + total, *pdu, *list, *varbind, *part;
    size_t size, length;
    uint32_t id = 0;
    if ((part = element(&outer, end, 0x30, &size)) == NULL || outer != end) {
        return 0;
    }
    if (element(&part, end, 0x02, &size) == NULL || element(&part, end, 0x04, &size) == NULL ||
        (pdu = element(&part, end, 0xa2, &size)) == NULL || part != end) {
        return 0;
    }
    if ((part = element(&pdu, end, 0x02, &size)) == NULL || size > 4) {
        return 0;
    }
    while (size-- > 0) {
        id = id << 8 | *part++;
    }
    for (int i = 0; i < 2; i++) { /* error-status, error-index */
        if ((part = element(&pdu, end, 0x02, &size)) == NULL || size != 1 || memcmp(part, zero, 1) != 0) {
            return 0;
        }
    }
    if ((list = element(&pdu, end, 0x30, &size)) == NULL || pdu != end ||
        (varbind = element(&list, end, 0x30, &size)) == NULL || list != end) {
        return 0;
    }
    part = element(&varbind, end, 0x06, &length);
    if (part == NULL || length != 8 || memcmp(part, get_request + 33, 8) != 0 ||
        element(&varbind, end, 0x43, &length) == NULL || varbind != end) {
        return 0;
    }
    return id;
}

/* Takes what has arrived, waiting for the first; returns the number of places that became free. */
static size_t receive(struct load *load)
{
    struct pollfd ready = {.fd = load->fd, .events = POLLIN};
    size_t freed = 0;
    if (poll(&ready, 1, STALL_MS) == 0) {
        for (size_t i = 0; i < load->window; i++) {
            freed += load->outstanding[i] != 0;
            load->outstanding[i] = 0;
        }
        load->lost += freed;
        load->stalls++;
        return freed;
    }
    for (size_t i = 0; i < BATCH; i++) {
        load->parts[i].iov_len = ROOM;
    }
    int n = recvmmsg(load->fd, load->batch, BATCH, MSG_DONTWAIT, NULL);
    for (int i = 0; i < n; i++) {
        uint32_t id;
        load->reply_size = load->batch[i].msg_len;
        if (load->echo == 0) {
            id = response_id(load->data[i], load->batch[i].msg_len);
        } else {
            memcpy(&id, load->data[i], 4);
            id = ntohl(id);
        }
        if (id == 0 || load->outstanding[id % load->window] != id) {
            load->wrong++;
            continue;
        }
        load->outstanding[id % load->window] = 0;
        load->answered++;
        load->stalls = 0;
        freed++;
    }
    return freed;
}

static void work(struct load *load)
{
    size_t free_places = load->window;
    while (load->answered + load->lost < load->wanted && load->stalls < MAX_STALLS) {
        size_t left = load->wanted > load->sent ? load->wanted - load->sent : 0;
        while (free_places > 0 && left > 0) {
            size_t count = free_places < BATCH ? free_places : BATCH;
            count = count < left ? count : left;
            /* An id's slot is its number modulo the window: wait where an older request still has it. */
            size_t run = 0;
            while (run < count && load->outstanding[(load->sent + 1 + run) % load->window] == 0) {
                run++;
            }
            if (run == 0) {
                break;
            }
            send_requests(load, run);
            free_places -= run;
            left -= run;
        }
        free_places += receive(load);
    }
}

int main(int argc, char **argv)
{
    static struct load load = {.window = 64, .wanted = 40000};
    long pid = 0;
    int option;
    while ((option = getopt(argc, argv, "w:n:p:e:")) != -1) {
        switch (option) {
        case 'w': load.window = strtoul(optarg, NULL, 10); break;
        case 'n': load.wanted = strtoul(optarg, NULL, 10); break;
        case 'p': pid = strtol(optarg, NULL, 10); break;
        case 'e': load.echo = strtoul(optarg, NULL, 10); break;
        default: return 2;
        }
    }
    if (optind + 1 != argc || load.window == 0 || load.window > MAX_WINDOW || load.echo > ROOM ||
        (load.echo > 0 && load.echo < 4) || load.wanted == 0 || load.wanted > 10000000) {
        fputs("usage: load [-e OCTETS] [-w WINDOW] [-n REQUESTS] [-p PID] PORT\n", stderr);
        return 2;
    }
    struct sockaddr_in peer = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                               .sin_port = htons((uint16_t)strtoul(argv[optind], NULL, 10))};
    int octets = 4 << 20;
    load.fd = socket(AF_INET, SOCK_DGRAM, 0);
    (void)setsockopt(load.fd, SOL_SOCKET, SO_RCVBUF, &octets, sizeof octets);
    if (load.fd < 0 || connect(load.fd, (struct sockaddr *)&peer, sizeof peer) < 0) {
        perror("load");
        return 1;
    }
    for (size_t i = 0; i < BATCH; i++) {
        load.parts[i].iov_base = load.data[i];
        load.batch[i].msg_hdr = (struct msghdr){.msg_iov = &load.parts[i], .msg_iovlen = 1};
    }
    uint64_t cpu = cpu_ns(pid), start = now_ns();
    work(&load);
    double seconds = (double)(now_ns() - start) / 1e9;
    double answered = load.answered > 0 ? (double)load.answered : 1;
    printf("rps=%.0f reqlen=%zu replen=%zu lost=%zu wrong=%zu agentus=%.2f\n", answered / seconds,
           load.echo > 0 ? load.echo : sizeof get_request, load.reply_size, load.lost, load.wrong,
           (double)(cpu_ns(pid) - cpu) / 1e3 / answered);
    return load.lost > 0 || load.wrong > 0;
}
