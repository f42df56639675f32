/* SPDX-License-Identifier: BSD-3-Clause */
#include "session/informs.h"

#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "ber/bytes.h"
#include "smi/varbind.h"

#define INFORM_BLOCK 2048
#define OCTETS_MAX ((size_t)64 << 20)
/* A sender that has not heard the Response by then has given up. */
#define REPEAT_MS 30000

void informs_init(struct informs *informs, size_t limit, uint64_t deadline_ms)
{
    memset(informs, 0, sizeof(*informs));
    list_init(&informs->waiting);
    list_init(&informs->acknowledged);
    map_init(&informs->by_id);
    map_init(&informs->by_origin);
    informs->seed = random_u64();
    informs->limit = limit;
    informs->deadline_ms = deadline_ms;
}

static void free_inform(struct inform *inform)
{
    engine_envelope_wipe(&inform->envelope);
    arena_fini(&inform->arena);
    free(inform);
}

void informs_remove(struct informs *informs, struct inform *inform)
{
    list_remove(&inform->link);
    map_remove(&informs->by_id, &inform->by_id);
    map_remove(&informs->by_origin, &inform->by_origin);
    informs->octets -= inform->arena.total;
    if (inform->is_acknowledged) {
        informs->acknowledged_count--;
    } else {
        informs->waiting_count--;
    }
    free_inform(inform);
}

static struct inform *first_of(const struct list *list)
{
    return list_is_empty(list) ? NULL : LIST_OBJECT(list->next, struct inform, link);
}

static void clear(struct informs *informs, const struct list *list)
{
    while (!list_is_empty(list)) {
        informs_remove(informs, first_of(list));
    }
}

void informs_fini(struct informs *informs)
{
    clear(informs, &informs->waiting);
    clear(informs, &informs->acknowledged);
    map_fini(&informs->by_id);
    map_fini(&informs->by_origin);
}

/* ---- what is the same ---- */

/* msgID is left out: some senders repeat a message of version 3 with another one. */
static bool is_same_envelope(const struct engine_envelope *a, const struct engine_envelope *b)
{
    return a->version == b->version && a->level == b->level && ber_bytes_equal(a->community, b->community) &&
           ber_bytes_equal(a->user_name, b->user_name) &&
           ber_bytes_equal(a->context_engine_id, b->context_engine_id) &&
           ber_bytes_equal(a->context_name, b->context_name);
}

/* A sender whose request-ids are all alike tells by what it says that it says something new. */
static bool is_same_pdu(const struct msg_pdu *a, const struct msg_pdu *b)
{
    if (a->request_id != b->request_id || a->count != b->count) {
        return false;
    }
    for (size_t i = 0; i < a->count; i++) {
        if (uvsnmp_oid_compare(a->varbinds[i].name, b->varbinds[i].name) != 0 ||
            !uvsnmp_value_equal(&a->varbinds[i].value, &b->varbinds[i].value)) {
            return false;
        }
    }
    return true;
}

/* Of what has to be the same. */
static uint64_t hash_of(const struct informs *informs, const struct inform_arrival *arrival)
{
    char peer[UVSNMP_ADDRESS_TEXT_MAX] = "";
    int length = uvsnmp_address_format(&arrival->path->peer, peer, sizeof(peer));
    uint64_t hash = map_hash(informs->seed, peer, length > 0 ? (size_t)length : 0);
    return map_hash(hash, &arrival->pdu->request_id, sizeof(arrival->pdu->request_id));
}

struct inform *informs_find_repeated(struct informs *informs, const struct inform_arrival *arrival)
{
    struct map_link *link = map_find(&informs->by_origin, hash_of(informs, arrival));
    for (; link; link = map_next(link)) {
        struct inform *inform = LIST_OBJECT(link, struct inform, by_origin);
        if (inform->path.endpoint == arrival->path->endpoint &&
            uvsnmp_address_equal(&inform->path.peer, &arrival->path->peer) &&
            is_same_envelope(&inform->envelope, arrival->envelope) &&
            is_same_pdu(&inform->pdu, arrival->pdu)) {
            inform->envelope.message_id = arrival->envelope->message_id;
            inform->path = *arrival->path;
            return inform;
        }
    }
    return NULL;
}

/* ---- their life ---- */

/* A deep copy; NULL: out of memory. */
static struct inform *copy(const struct inform_arrival *arrival)
{
    struct inform *inform = calloc(1, sizeof(*inform));
    if (!inform) {
        return NULL;
    }
    list_init(&inform->link);
    arena_init(&inform->arena, INFORM_BLOCK, 0);
    inform->path = *arrival->path;
    inform->envelope = *arrival->envelope;
    inform->pdu = *arrival->pdu;
    inform->pdu.varbinds = smi_varbinds_dup(&inform->arena, arrival->pdu->varbinds, arrival->pdu->count);
    if (!inform->pdu.varbinds || !engine_envelope_keep(&inform->envelope, &inform->arena)) {
        free_inform(inform);
        return NULL;
    }
    return inform;
}

static bool make_room(struct informs *informs)
{
    while (informs->octets >= OCTETS_MAX && informs->acknowledged_count > 0) {
        informs_remove(informs, first_of(&informs->acknowledged));
    }
    return informs->octets < OCTETS_MAX && informs->waiting_count < informs->limit;
}

struct inform *informs_add(struct informs *informs, const struct inform_arrival *arrival, uint64_t now_ms)
{
    struct inform *inform = make_room(informs) ? copy(arrival) : NULL;
    if (!inform) {
        return NULL;
    }
    if (map_insert(&informs->by_id, &inform->by_id, informs->last_id + 1) < 0) {
        free_inform(inform);
        return NULL;
    }
    if (map_insert(&informs->by_origin, &inform->by_origin, hash_of(informs, arrival)) < 0) {
        map_remove(&informs->by_id, &inform->by_id);
        free_inform(inform);
        return NULL;
    }
    informs->last_id++;
    informs->octets += inform->arena.total;
    informs->waiting_count++;
    inform->due = now_ms + informs->deadline_ms;
    list_append(&informs->waiting, &inform->link);
    return inform;
}

struct inform *informs_find(const struct informs *informs, uint64_t id)
{
    struct map_link *link = map_find(&informs->by_id, id);
    struct inform *inform = link ? LIST_OBJECT(link, struct inform, by_id) : NULL;
    return inform && !inform->is_acknowledged ? inform : NULL;
}

void informs_acknowledge(struct informs *informs, struct inform *inform, uint64_t now_ms)
{
    if (informs->acknowledged_count >= informs->limit) {
        informs_remove(informs, first_of(&informs->acknowledged));
    }
    list_remove(&inform->link);
    inform->is_acknowledged = true;
    inform->due = now_ms + REPEAT_MS;
    informs->waiting_count--;
    informs->acknowledged_count++;
    list_append(&informs->acknowledged, &inform->link);
}

static size_t expire(struct informs *informs, const struct list *list, uint64_t now_ms)
{
    size_t expired = 0;
    for (struct inform *inform; (inform = first_of(list)) && inform->due <= now_ms; expired++) {
        informs_remove(informs, inform);
    }
    return expired;
}

size_t informs_expire(struct informs *informs, uint64_t now_ms)
{
    (void)expire(informs, &informs->acknowledged, now_ms);
    return expire(informs, &informs->waiting, now_ms);
}

uint64_t informs_due(const struct informs *informs)
{
    const struct inform *waiting = first_of(&informs->waiting);
    const struct inform *acknowledged = first_of(&informs->acknowledged);
    uint64_t due = waiting ? waiting->due : UINT64_MAX;
    return acknowledged && acknowledged->due < due ? acknowledged->due : due;
}
