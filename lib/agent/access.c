/* SPDX-License-Identifier: BSD-3-Clause */
#include "agent/access.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"

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

static const void *identify(const struct uvsnmp_asker *asker, const char **context, void *arg)
{
    const struct uvsnmp_agent *agent = arg;
    LIST_EACH(link, following, &agent->communities)
    {
        const struct agent_community *community = LIST_OBJECT(link, struct agent_community, link);
        if (community->name_size == asker->name.size &&
            memcmp(community->name, asker->name.data, asker->name.size) == 0 &&
            source_fits(community, asker)) {
            const struct access_grant *grant =
                asker->version < ACCESS_VERSIONS ? &community->grants[asker->version] : NULL;
            if (community->refused) {
                return NULL;
            }
            *context = community->context;
            return grant && grant->answered ? grant : NULL;
        }
    }
    return NULL;
}

/* HIDDEN without a place to resume: the search goes on from variable to variable. */
static enum uvsnmp_access check(const void *principal, struct uvsnmp_oid name, bool write,
                                struct uvsnmp_oid_buf *resume, void *arg)
{
    static const enum uvsnmp_access meanings[] = {
        [VACM_SEEN] = UVSNMP_ACCESS_GRANTED,
        [VACM_HIDDEN] = UVSNMP_ACCESS_HIDDEN,
        [VACM_HIDDEN_ON] = UVSNMP_ACCESS_HIDDEN_ON,
        [VACM_HIDDEN_SO_FAR] = UVSNMP_ACCESS_HIDDEN,
    };
    const struct access_grant *grant = principal;
    const struct vacm_view *view = write ? grant->write : grant->read;
    enum vacm_sight sight = view ? vacm_view_look(view, name, resume) : VACM_HIDDEN_ON;
    (void)arg;
    if (sight != VACM_HIDDEN) {
        resume->count = 0;
    }
    return meanings[sight];
}

struct uvsnmp_access_control access_of_communities(struct uvsnmp_agent *agent)
{
    struct uvsnmp_access_control access = {.identify = identify, .check = check, .arg = agent};
    return access;
}

static void free_community(struct agent_community *community)
{
    for (size_t i = 0; i < ACCESS_VERSIONS; i++) {
        vacm_view_release(community->grants[i].read);
        vacm_view_release(community->grants[i].write);
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

static void set_grants(struct agent_community *made, const struct access_grant *grants)
{
    for (size_t i = 0; i < ACCESS_VERSIONS; i++) {
        made->grants[i].answered = grants[i].answered;
        made->grants[i].read = grants[i].read ? vacm_view_hold(grants[i].read) : NULL;
        made->grants[i].write = grants[i].write ? vacm_view_hold(grants[i].write) : NULL;
    }
}

int access_add(struct uvsnmp_agent *agent, const struct uvsnmp_community *community,
               const struct access_grant *grants, struct uvsnmp_error *err)
{
    struct agent_community *made = calloc(1, sizeof(*made));
    int rc = made ? set_source(made, community, err) : 0;
    if (rc == 0 && made) {
        set_grants(made, grants);
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
    int rc = view ? fill_view(view, community, err)
                  : err_set(err, UVSNMP_ENO_MEMORY, "no memory for a community");
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
        list_append(&agent->forgotten, link);
    }
    access_forget(agent);
}

static void free_all(struct list *head)
{
    LIST_EACH(link, following, head)
    {
        list_remove(link);
        free_community(LIST_OBJECT(link, struct agent_community, link));
    }
}

void access_forget(struct uvsnmp_agent *agent)
{
    if (agent->waiting_count == 0 && !agent->handling) {
        free_all(&agent->forgotten);
    }
}

void access_fini(struct uvsnmp_agent *agent)
{
    free_all(&agent->forgotten);
    free_all(&agent->communities);
}
