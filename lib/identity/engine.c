/* SPDX-License-Identifier: BSD-3-Clause */
#include "identity/engine.h"

#include <netdb.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/num.h"
#include "conf/token.h"
#include "identity/identity.h"

static const char default_nic[] = "eth0";

void identity_engine_init(struct identity_engine *engine)
{
    memset(engine, 0, sizeof(*engine));
    engine->boots = -1;
}

/* ---- directives ---- */

int identity_set_engineid(const char *text, const struct conf_place *place, void *arg,
                          struct uvsnmp_error *err)
{
    struct identity_engine *engine = &((struct identity *)arg)->engine;
    const struct uvsnmp_bytes content = {(const uint8_t *)text, strlen(text)};
    (void)place;
    return engine_id_make(&engine->text, ENGINE_ID_TEXT, content) < 0
               ? err_set(err, UVSNMP_ETOO_LONG, "the text of an engineID has 1 to 27 characters")
               : 0;
}

int identity_set_engineidtype(const char *text, const struct conf_place *place, void *arg,
                              struct uvsnmp_error *err)
{
    struct identity_engine *engine = &((struct identity *)arg)->engine;
    int64_t number;
    (void)place;
    if (!num_parse_i64(text, ENGINE_ID_IPV4, ENGINE_ID_MAC, &number)) {
        engine->format = ENGINE_ID_IPV4;
        return err_set(err, UVSNMP_EBAD_VALUE, "Unsupported enginedIDType, forcing IPv4");
    }
    engine->format = (enum engine_id_format)number;
    return 0;
}

int identity_set_engineidnic(const char *text, const struct conf_place *place, void *arg,
                             struct uvsnmp_error *err)
{
    struct identity_engine *engine = &((struct identity *)arg)->engine;
    (void)place;
    return conf_need_word(&text, "NIC", engine->nic, sizeof(engine->nic), err) < 0 ? UVSNMP_EBAD_VALUE : 0;
}

static int take_id(const char *text, const char *directive, struct engine_id *id, struct uvsnmp_error *err)
{
    struct user_octets octets;
    int rc = user_octets_take(&text, "engine ID", &octets, err);
    if (rc > 0 && engine_id_set(id, (struct uvsnmp_bytes){octets.data, octets.size}) < 0) {
        rc = err_set(err, UVSNMP_EBAD_VALUE, "%s is no engine ID: of 5 to 32 octets, not all 0 or all 255",
                     directive);
    }
    return rc < 0 ? rc : 0;
}

int identity_set_exactengineid(const char *text, const struct conf_place *place, void *arg,
                               struct uvsnmp_error *err)
{
    return take_id(text, place->directive, &((struct identity *)arg)->engine.exact, err);
}

int identity_set_oldengineid(const char *text, const struct conf_place *place, void *arg,
                             struct uvsnmp_error *err)
{
    struct identity_engine *engine = &((struct identity *)arg)->engine;
    engine->was_stored = true;
    engine->old.size = 0;
    return take_id(text, place->directive, &engine->old, err);
}

int identity_set_engineboots(const char *text, const struct conf_place *place, void *arg,
                             struct uvsnmp_error *err)
{
    struct identity_engine *engine = &((struct identity *)arg)->engine;
    int64_t number;
    (void)place;
    engine->was_stored = true;
    engine->boots = -1;
    if (!num_parse_i64(text, 0, INT32_MAX, &number)) {
        return err_set(err, UVSNMP_EBAD_NUMBER, "engineBoots is not a number from 0 to 2147483647: %.40s",
                       text);
    }
    engine->boots = (int32_t)number;
    return 0;
}

/* ---- the engine ---- */

/* The first address of the host's own name. UVSNMP_ENOT_FOUND: it has none of this family. */
static int make_of_address(int family, struct engine_id *id)
{
    const struct addrinfo hints = {.ai_family = family, .ai_socktype = SOCK_DGRAM};
    struct addrinfo *found = NULL;
    char name[256];
    if (gethostname(name, sizeof(name)) < 0) {
        return UVSNMP_ENOT_FOUND;
    }
    name[sizeof(name) - 1] = '\0'; /* where it was cut */
    if (getaddrinfo(name, NULL, &hints, &found) != 0) {
        return UVSNMP_ENOT_FOUND;
    }
    const void *address = found->ai_addr;
    const struct sockaddr_in *v4 = address;
    const struct sockaddr_in6 *v6 = address;
    int rc =
        family == AF_INET6
            ? engine_id_make(id, ENGINE_ID_IPV6, (struct uvsnmp_bytes){v6->sin6_addr.s6_addr, 16})
            : engine_id_make(id, ENGINE_ID_IPV4,
                             (struct uvsnmp_bytes){(const uint8_t *)&v4->sin_addr, sizeof(v4->sin_addr)});
    freeaddrinfo(found);
    return rc;
}

/* Where there is no address at all, that of the loopback. */
static void make_of_ipv4(struct engine_id *id)
{
    static const uint8_t loopback[] = {127, 0, 0, 1};
    if (make_of_address(AF_INET, id) < 0) {
        (void)engine_id_make(id, ENGINE_ID_IPV4, (struct uvsnmp_bytes){loopback, sizeof(loopback)});
    }
}

/* What the format asks for; the IPv4 address where the host does not have it. */
static void make_of_format(const struct identity_engine *engine, struct engine_id *id)
{
    int rc = UVSNMP_ENOT_FOUND;
    if (engine->format == ENGINE_ID_IPV6) {
        rc = make_of_address(AF_INET6, id);
    } else if (engine->format == ENGINE_ID_MAC && engine->make_of_nic) {
        rc = engine->make_of_nic(engine->nic[0] ? engine->nic : default_nic, id);
    }
    if (rc < 0) {
        make_of_ipv4(id);
    }
}

static void find_id(const struct identity_engine *engine, struct engine_id *id)
{
    if (engine->exact.size > 0) {
        *id = engine->exact;
    } else if (engine->text.size > 0) {
        *id = engine->text;
    } else if (engine->format != 0) {
        make_of_format(engine, id);
    } else if (engine->old.size > 0) {
        *id = engine->old;
    } else {
        engine_id_make_random(id, (uint64_t)time(NULL));
    }
}

static bool is_configured(const struct identity_engine *engine)
{
    return engine->exact.size > 0 || engine->text.size > 0 || engine->format != 0;
}

bool identity_engine_is_same(const struct identity_engine *a, const struct identity_engine *b)
{
    return engine_id_equals(&a->exact, engine_id_bytes(&b->exact)) &&
           engine_id_equals(&a->text, engine_id_bytes(&b->text)) && a->format == b->format &&
           strcmp(a->nic, b->nic) == 0;
}

int identity_engine_start(const struct identity_engine *engine, struct engine_id *id, int32_t *boots,
                          struct uvsnmp_error *err)
{
    find_id(engine, id);
    bool is_other =
        engine->old.size > 0 ? !engine_id_equals(&engine->old, engine_id_bytes(id)) : !is_configured(engine);
    *boots = 1;
    if (is_other) {
        return 0;
    }
    if (engine->boots < 0 && engine->was_stored) {
        return err_set(
            err, UVSNMP_EBAD_VALUE,
            "engineBoots in the persistent file is lost: write a number there that is larger than any "
            "before, or remove that file and give the engine another engine ID");
    }
    if (engine->boots >= 0) {
        *boots = engine->boots < INT32_MAX ? engine->boots + 1 : INT32_MAX;
    }
    return 0;
}
