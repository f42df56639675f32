/* SPDX-License-Identifier: BSD-3-Clause */
#include "agent/access.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "vacm/vacm.h"

struct agent_community {
    struct list link;
    char *context;
    uint8_t *name;
    size_t name_size;
    bool refused;
    int family;
    bool any_source;
    uint8_t source[16];
    unsigned prefix_length;
    char *path; /* of the socket that was asked */
    struct access_grant grants[ACCESS_VERSIONS];
};

/* The octets of an IP address that a prefix is compared with; 0: not an IP address. */
static size_t address_octets(const struct uvsnmp_address *address, const uint8_t **octets)
{
    if (address->at.any.sa_family == AF_INET) {
        *octets = (const uint8_t *)&address->at.v4.sin_addr;
        return sizeof(address->at.v4.sin_addr);
    }
    if (address->at.any.sa_family == AF_INET6) {
        *octets = (const uint8_t *)&address->at.v6.sin6_addr;
        return sizeof(address->at.v6.sin6_addr);
    }
    return 0;
}

static bool source_fits(const struct agent_community *community, const struct uvsnmp_asker *asker)
{
    const struct uvsnmp_address *peer = asker->peer, *local = asker->local;
    const uint8_t *octets;
    unsigned whole = community->prefix_length / 8, rest = community->prefix_length % 8;
    if (community->family != AF_UNSPEC && peer->at.any.sa_family != community->family) {
        return false;
    }
    if (community->any_source) {
        return true;
    }
    if (community->path) {
        return local->at.any.sa_family == AF_UNIX && strcmp(local->at.local.sun_path, community->path) == 0;
    }
    if (address_octets(peer, &octets) == 0 || memcmp(octets, community->source, whole) != 0) {
        return false;
    }
    return rest == 0 || ((octets[whole] ^ community->source[whole]) >> (8 - rest)) == 0;
}

static struct access_grant hold_grant(const struct access_grant *from)
{
    struct access_grant grant = {.answered = from->answered};
    grant.read = from->read ? vacm_view_hold(from->read) : NULL;
    grant.write = from->write ? vacm_view_hold(from->write) : NULL;
    return grant;
}

void access_release(struct access_grant *grant)
{
    vacm_view_release(grant->read);
    vacm_view_release(grant->write);
    memset(grant, 0, sizeof(*grant));
}

static bool identify_community(const struct uvsnmp_agent *agent, const struct uvsnmp_asker *asker,
                               const char **context, struct access_grant *grant)
{
    LIST_EACH(link, following, &agent->communities)
    {
        const struct agent_community *community = LIST_OBJECT(link, struct agent_community, link);
        if (community->name_size == asker->name.size &&
            memcmp(community->name, asker->name.data, asker->name.size) == 0 &&
            source_fits(community, asker)) {
            if (community->refused || asker->version >= ACCESS_VERSIONS) {
                return false;
            }
            *context = community->context;
            *grant = hold_grant(&community->grants[asker->version]);
            return true;
        }
    }
    return false;
}

/* Octets of a message as a name of the tables; false: no row can have it. */
static bool name_of(struct uvsnmp_bytes octets, char name[VACM_NAME_MAX + 1])
{
    if (octets.size > VACM_NAME_MAX || (octets.size > 0 && memchr(octets.data, '\0', octets.size))) {
        return false;
    }
    if (octets.size > 0) {
        memcpy(name, octets.data, octets.size);
    }
    name[octets.size] = '\0';
    return true;
}

/* A view that does not exist is one with nothing in it, as in Net-SNMP. */
static void identify_user(const struct uvsnmp_agent *agent, const struct uvsnmp_asker *asker,
                          struct access_grant *grant)
{
    char security_name[VACM_NAME_MAX + 1], context[VACM_NAME_MAX + 1];
    const struct vacm_asker principal = {.model = VACM_USM,
                                         .level = (enum vacm_level)asker->level,
                                         .security_name = security_name,
                                         .context = context};
    struct access_grant borrowed = {.answered = false};
    if (agent->vacm && name_of(asker->name, security_name) && name_of(asker->context, context)) {
        enum vacm_answer answer = vacm_view_of(agent->vacm, &principal, VACM_READ, &borrowed.read);
        (void)vacm_view_of(agent->vacm, &principal, VACM_WRITE, &borrowed.write);
        borrowed.answered = answer != VACM_NO_GROUP_NAME && answer != VACM_NO_ACCESS_ENTRY;
    }
    *grant = hold_grant(&borrowed);
}

bool access_identify(const struct uvsnmp_agent *agent, const struct uvsnmp_asker *asker, const char **context,
                     struct access_grant *grant)
{
    memset(grant, 0, sizeof(*grant));
    if (asker->version != UVSNMP_V3) {
        return identify_community(agent, asker, context, grant);
    }
    identify_user(agent, asker, grant);
    return true;
}

/* HIDDEN without a place to resume: the search goes on from variable to variable. */
enum uvsnmp_access access_check(const struct access_grant *grant, struct uvsnmp_oid name, bool write,
                                struct uvsnmp_oid_buf *resume)
{
    static const enum uvsnmp_access meanings[] = {
        [VACM_SEEN] = UVSNMP_ACCESS_GRANTED,
        [VACM_HIDDEN] = UVSNMP_ACCESS_HIDDEN,
        [VACM_HIDDEN_ON] = UVSNMP_ACCESS_HIDDEN_ON,
        [VACM_HIDDEN_SO_FAR] = UVSNMP_ACCESS_HIDDEN,
    };
    const struct vacm_view *view = write ? grant->write : grant->read;
    enum vacm_sight sight = view ? vacm_view_look(view, name, resume) : VACM_HIDDEN_ON;
    if (sight != VACM_HIDDEN) {
        resume->count = 0;
    }
    return meanings[sight];
}

static void free_community(struct agent_community *community)
{
    for (size_t i = 0; i < ACCESS_VERSIONS; i++) {
        access_release(&community->grants[i]);
    }
    free(community->context);
    free(community->name);
    free(community->path);
    free(community);
}

static int set_source(struct agent_community *made, const struct uvsnmp_community *from,
                      struct uvsnmp_error *err)
{
    const uint8_t *octets;
    size_t count;
    made->family = from->family;
    made->any_source = !from->source;
    if (!from->source) {
        return 0;
    }
    count = address_octets(from->source, &octets);
    if (from->family != AF_UNSPEC && from->source->at.any.sa_family != from->family) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "the source is not of the address family");
    }
    if (from->prefix_length > count * 8) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "a prefix of %u bits is longer than the address",
                       from->prefix_length);
    }
    made->family = from->source->at.any.sa_family;
    made->prefix_length = from->prefix_length;
    if (count > 0) {
        memcpy(made->source, octets, count);
        return 0;
    }
    made->path = strdup(from->source->at.local.sun_path);
    return made->path ? 0 : err_set(err, UVSNMP_ENO_MEMORY, "no memory for a community");
}

int access_add(struct uvsnmp_agent *agent, const struct uvsnmp_community *community,
               const struct access_grant *grants, struct uvsnmp_error *err)
{
    struct agent_community *made = calloc(1, sizeof(*made));
    int rc = made ? set_source(made, community, err) : 0;
    if (rc == 0 && made) {
        for (size_t i = 0; i < ACCESS_VERSIONS; i++) {
            made->grants[i] = hold_grant(&grants[i]);
        }
        made->refused = community->refused;
        made->name_size = community->name.size;
        made->name = malloc(community->name.size + 1);
        made->context = strdup(community->context ? community->context : "");
    }
    if (rc == 0 && (!made || !made->name || !made->context)) {
        rc = err_set(err, UVSNMP_ENO_MEMORY, "no memory for a community");
    }
    if (rc < 0) {
        if (made) {
            free_community(made);
        }
        return rc;
    }
    if (community->name.size > 0) {
        memcpy(made->name, community->name.data, community->name.size);
    }
    list_append(&agent->communities, &made->link);
    return 0;
}

/* The subtrees of a community as a view. */
static int fill_view(struct vacm_view *view, const struct uvsnmp_community *community,
                     struct uvsnmp_error *err)
{
    const struct vacm_family everything = {.included = true};
    int rc = community->view ? 0 : vacm_view_add(view, &everything, err);
    for (size_t i = 0; rc == 0 && community->view && i < community->view_count; i++) {
        const struct vacm_family family = {.subtree = community->view[i].oid,
                                           .included = community->view[i].included};
        rc = vacm_view_add(view, &family, err);
    }
    return rc;
}

int uvsnmp_agent_add_community(struct uvsnmp_agent *agent, const struct uvsnmp_community *community,
                               struct uvsnmp_error *err)
{
    struct vacm_view *view = vacm_view_new("");
    int rc =
        view ? fill_view(view, community, err) : err_set(err, UVSNMP_ENO_MEMORY, "no memory for a community");
    if (rc == 0) {
        const struct access_grant grant = {true, view, community->write ? view : NULL};
        const struct access_grant grants[ACCESS_VERSIONS] = {grant, grant};
        rc = access_add(agent, community, grants, err);
    }
    vacm_view_release(view);
    return rc;
}

void uvsnmp_agent_clear_communities(struct uvsnmp_agent *agent)
{
    LIST_EACH(link, following, &agent->communities)
    {
        list_remove(link);
        free_community(LIST_OBJECT(link, struct agent_community, link));
    }
}

void access_set_vacm(struct uvsnmp_agent *agent, struct vacm *vacm)
{
    struct vacm *old = agent->vacm;
    agent->vacm = vacm ? vacm_hold(vacm) : NULL;
    vacm_release(old);
}

void access_fini(struct uvsnmp_agent *agent)
{
    uvsnmp_agent_clear_communities(agent);
    access_set_vacm(agent, NULL);
}
