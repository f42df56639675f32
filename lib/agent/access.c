/* SPDX-License-Identifier: BSD-3-Clause */
#include "agent/access.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"

#define VIEW_SUBTREES_MAX 1024

struct view_subtree {
    struct uvsnmp_oid_buf oid;
    bool included;
};

struct agent_community {
    struct list link;
    char *context;
    uint8_t *name;
    size_t name_size;
    bool write;
    int family;
    bool any_source;
    uint8_t source[16];
    unsigned prefix_length;
    size_t view_count;
    struct view_subtree view[];
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

static bool source_fits(const struct agent_community *community, const struct uvsnmp_address *peer)
{
    const uint8_t *octets;
    unsigned whole = community->prefix_length / 8, rest = community->prefix_length % 8;
    if (community->family != AF_UNSPEC && peer->at.any.sa_family != community->family) {
        return false;
    }
    if (community->any_source) {
        return true;
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
            source_fits(community, asker->peer)) {
            *context = community->context;
            return community;
        }
    }
    return NULL;
}

/* The longest subtree of the view that `name` lies in decides; outside of all of them it is not in view. */
static bool in_view(const struct agent_community *community, struct uvsnmp_oid name)
{
    size_t longest = 0;
    bool included = false;
    for (size_t i = 0; i < community->view_count; i++) {
        const struct view_subtree *subtree = &community->view[i];
        if (subtree->oid.count >= longest && uvsnmp_oid_has_prefix(name, uvsnmp_oid_of(&subtree->oid))) {
            longest = subtree->oid.count;
            included = subtree->included;
        }
    }
    return included;
}

/* The first OID after a subtree; an empty one when there is none. */
static void after_subtree(struct uvsnmp_oid_buf *oid)
{
    while (oid->count > 0 && oid->ids[oid->count - 1] == UINT32_MAX) {
        oid->count--;
    }
    if (oid->count > 0) {
        oid->ids[oid->count - 1]++;
    }
}

/* A view can begin anew only where an included subtree begins or an excluded one ends: the next such place.
 */
static bool find_resume(const struct agent_community *community, struct uvsnmp_oid name,
                        struct uvsnmp_oid_buf *resume)
{
    bool found = false;
    for (size_t i = 0; i < community->view_count; i++) {
        struct uvsnmp_oid_buf place = community->view[i].oid;
        if (!community->view[i].included) {
            after_subtree(&place);
        }
        if (place.count > 0 && uvsnmp_oid_compare(uvsnmp_oid_of(&place), name) > 0 &&
            (!found || uvsnmp_oid_compare(uvsnmp_oid_of(&place), uvsnmp_oid_of(resume)) < 0)) {
            *resume = place;
            found = true;
        }
    }
    return found;
}

static enum uvsnmp_access check(const void *principal, struct uvsnmp_oid name, bool write,
                                struct uvsnmp_oid_buf *resume, void *arg)
{
    const struct agent_community *community = principal;
    (void)arg;
    if (write && !community->write) {
        return UVSNMP_ACCESS_HIDDEN;
    }
    if (community->view_count == 0 || in_view(community, name)) {
        return UVSNMP_ACCESS_GRANTED;
    }
    return find_resume(community, name, resume) ? UVSNMP_ACCESS_HIDDEN : UVSNMP_ACCESS_HIDDEN_ON;
}

struct uvsnmp_access_control access_of_communities(struct uvsnmp_agent *agent)
{
    struct uvsnmp_access_control access = {.identify = identify, .check = check, .arg = agent};
    return access;
}

static void free_community(struct agent_community *community)
{
    free(community->context);
    free(community->name);
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
    if (count == 0 || (from->family != AF_UNSPEC && from->source->at.any.sa_family != from->family)) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "the source is not of the address family");
    }
    if (from->prefix_length > count * 8) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "a prefix of %u bits is longer than the address",
                       from->prefix_length);
    }
    made->family = from->source->at.any.sa_family;
    made->prefix_length = from->prefix_length;
    memcpy(made->source, octets, count);
    return 0;
}

static int set_view(struct agent_community *made, const struct uvsnmp_community *from,
                    struct uvsnmp_error *err)
{
    for (size_t i = 0; i < from->view_count; i++) {
        int rc = uvsnmp_oid_copy(&made->view[i].oid, from->view[i].oid);
        if (rc < 0) {
            return err_set(err, rc, "a subtree of the view is too long");
        }
        made->view[i].included = from->view[i].included;
        made->view_count++;
    }
    return 0;
}

int uvsnmp_agent_add_community(struct uvsnmp_agent *agent, const struct uvsnmp_community *community,
                               struct uvsnmp_error *err)
{
    struct agent_community *made;
    int rc;
    if (community->view_count > VIEW_SUBTREES_MAX) {
        return err_set(err, UVSNMP_ELIMIT, "a view of more than %d subtrees", VIEW_SUBTREES_MAX);
    }
    made = calloc(1, sizeof(*made) + community->view_count * sizeof(made->view[0]));
    if (!made) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for a community");
    }
    rc = set_source(made, community, err);
    if (rc == 0) {
        rc = set_view(made, community, err);
    }
    if (rc == 0) {
        made->write = community->write;
        made->name_size = community->name.size;
        made->name = malloc(community->name.size + 1);
        made->context = strdup(community->context ? community->context : "");
        if (!made->name || !made->context) {
            rc = err_set(err, UVSNMP_ENO_MEMORY, "no memory for a community");
        }
    }
    if (rc < 0) {
        free_community(made);
        return rc;
    }
    if (community->name.size > 0) {
        memcpy(made->name, community->name.data, community->name.size);
    }
    list_append(&agent->communities, &made->link);
    return 0;
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
