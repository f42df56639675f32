/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Linux: interfaces from rtnetlink. The kernel writes the answer to a dump into the receive call itself, so
 * that reading it does not wait; the socket does not block all the same, and the number of messages is
 * bounded.
 */
#include "agent/host/host.h"

#include <errno.h>
#include <ifaddrs.h>
#include <libmnl/libmnl.h>
#include <linux/ethtool.h>
#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/err.h"
#include "base/text.h"

enum {
    INTERFACE_LIMIT = 65536,
    DUMP_MESSAGE_LIMIT = 16384,
    DUMP_TRIES = 3, /* a dump that interfaces came or went during is inconsistent and asked for again */
    RECEIVE_BUFFER = 32768,
    /* IANAifType */
    TYPE_OTHER = 1,
    TYPE_ETHERNET = 6,
    TYPE_TOKEN_RING = 9,
    TYPE_FDDI = 15,
    TYPE_PPP = 23,
    TYPE_LOOPBACK = 24,
    TYPE_SLIP = 28,
    TYPE_ARCNET = 35,
    TYPE_ATM = 37,
    TYPE_LOCALTALK = 42,
    TYPE_HIPPI = 47,
    TYPE_IEEE80211 = 71,
    TYPE_TUNNEL = 131,
    TYPE_INFINIBAND = 199,
};

static const uint64_t loopback_speed = 10 * 1000 * 1000;

struct host {
    struct mnl_socket *route;
    struct mnl_socket *events; /* NULL: the kernel would not tell */
    int control;               /* a socket for ioctl() */
    uint32_t sequence;
    bool interrupted; /* the dump in progress is inconsistent */
    struct host_interfaces *filling;
    char buffer[RECEIVE_BUFFER];
};

/* ---- the node ---- */

size_t host_description(char *text, size_t size)
{
    struct utsname name;
    struct text out;
    text_init_fixed(&out, text, size);
    if (uname(&name) == 0) {
        text_append_format(&out, "%s %s %s %s %s", name.sysname, name.nodename, name.release, name.version,
                           name.machine);
    }
    return out.size;
}

size_t host_name(char *text, size_t size)
{
    struct utsname name;
    struct text out;
    text_init_fixed(&out, text, size);
    if (uname(&name) == 0) {
        text_append(&out, name.nodename);
    }
    return out.size;
}

bool host_own_address(uint8_t address[4])
{
    struct ifaddrs *list;
    const struct ifaddrs *found = NULL;
    if (getifaddrs(&list) < 0) {
        return false;
    }
    for (const struct ifaddrs *item = list; item && !found; item = item->ifa_next) {
        bool is_own = item->ifa_addr && item->ifa_addr->sa_family == AF_INET && (item->ifa_flags & IFF_UP) &&
                      !(item->ifa_flags & IFF_LOOPBACK);
        found = is_own ? item : NULL;
    }
    if (found) {
        const struct sockaddr_in *own = (const void *)found->ifa_addr;
        memcpy(address, &own->sin_addr, sizeof(own->sin_addr));
    }
    freeifaddrs(list);
    return found;
}

/* ---- interfaces ---- */

static const struct {
    uint16_t hardware;
    int32_t type;
} types[] = {
    {ARPHRD_ETHER, TYPE_ETHERNET},
    {ARPHRD_LOOPBACK, TYPE_LOOPBACK},
    {ARPHRD_PPP, TYPE_PPP},
    {ARPHRD_TUNNEL, TYPE_TUNNEL},
    {ARPHRD_TUNNEL6, TYPE_TUNNEL},
    {ARPHRD_IPGRE, TYPE_TUNNEL},
    {ARPHRD_SIT, TYPE_TUNNEL},
    {ARPHRD_SLIP, TYPE_SLIP},
    {ARPHRD_CSLIP, TYPE_SLIP},
    {ARPHRD_SLIP6, TYPE_SLIP},
    {ARPHRD_CSLIP6, TYPE_SLIP},
    {ARPHRD_IEEE802, TYPE_TOKEN_RING},
    {ARPHRD_FDDI, TYPE_FDDI},
    {ARPHRD_ARCNET, TYPE_ARCNET},
    {ARPHRD_ATM, TYPE_ATM},
    {ARPHRD_LOCALTLK, TYPE_LOCALTALK},
    {ARPHRD_HIPPI, TYPE_HIPPI},
    {ARPHRD_IEEE80211, TYPE_IEEE80211},
    {ARPHRD_IEEE80211_PRISM, TYPE_IEEE80211},
    {ARPHRD_IEEE80211_RADIOTAP, TYPE_IEEE80211},
    {ARPHRD_INFINIBAND, TYPE_INFINIBAND},
};

static int32_t type_of(uint16_t hardware)
{
    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
        if (types[i].hardware == hardware) {
            return types[i].type;
        }
    }
    return TYPE_OTHER;
}

int host_new(struct host **out, struct uvsnmp_error *err)
{
    struct host *host = calloc(1, sizeof(*host));
    if (!host) {
        return err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
    }
    host->control = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (host->control < 0) {
        host->control = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    }
    host->route = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (!host->route || mnl_socket_bind(host->route, 0, MNL_SOCKET_AUTOPID) < 0) {
        int status = err_set(err, err_from_errno(errno), "rtnetlink: %s", strerror(errno));
        host_free(host);
        return status;
    }
    host->events = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (host->events && mnl_socket_bind(host->events, RTMGRP_LINK, MNL_SOCKET_AUTOPID) < 0) {
        mnl_socket_close(host->events);
        host->events = NULL;
    }
    *out = host;
    return 0;
}

void host_free(struct host *host)
{
    if (!host) {
        return;
    }
    if (host->route) {
        mnl_socket_close(host->route);
    }
    if (host->events) {
        mnl_socket_close(host->events);
    }
    if (host->control >= 0) {
        close(host->control);
    }
    free(host);
}

void host_interfaces_fini(struct host_interfaces *interfaces)
{
    free(interfaces->list);
    memset(interfaces, 0, sizeof(*interfaces));
}

static int compare_index(const void *a, const void *b)
{
    const struct host_interface *x = a, *y = b;
    return (x->index > y->index) - (x->index < y->index);
}

const struct host_interface *host_interfaces_find(const struct host_interfaces *interfaces, int32_t index)
{
    struct host_interface key = {.index = index};
    if (interfaces->count == 0) {
        return NULL;
    }
    return bsearch(&key, interfaces->list, interfaces->count, sizeof(key), compare_index);
}

static struct host_interface *append(struct host_interfaces *interfaces)
{
    if (interfaces->count == interfaces->capacity) {
        size_t capacity = interfaces->capacity ? interfaces->capacity * 2 : 16;
        struct host_interface *list =
            interfaces->count < INTERFACE_LIMIT ? realloc(interfaces->list, capacity * sizeof(*list)) : NULL;
        if (!list) {
            return NULL;
        }
        interfaces->list = list;
        interfaces->capacity = capacity;
    }
    struct host_interface *interface = &interfaces->list[interfaces->count++];
    memset(interface, 0, sizeof(*interface));
    return interface;
}

/* Octets of an attribute that fit, as its kind is text (up to a NUL) or an address. */
static uint8_t copy_text(const struct nlattr *attribute, char *to, size_t capacity)
{
    size_t size = strnlen(mnl_attr_get_payload(attribute), mnl_attr_get_payload_len(attribute));
    size = size < capacity ? size : capacity;
    memcpy(to, mnl_attr_get_payload(attribute), size);
    return (uint8_t)size;
}

static void set_address(const struct nlattr *attribute, struct host_interface *interface)
{
    static const uint8_t zero[HOST_ADDRESS_MAX_OCTETS];
    size_t size = mnl_attr_get_payload_len(attribute);
    size = size < sizeof(interface->address) ? size : sizeof(interface->address);
    if (memcmp(mnl_attr_get_payload(attribute), zero, size) != 0) { /* a loopback's is all zeros: none */
        memcpy(interface->address, mnl_attr_get_payload(attribute), size);
        interface->address_size = (uint8_t)size;
    }
}

static void set_counters(const struct nlattr *attribute, struct host_interface *interface)
{
    struct rtnl_link_stats64 stats = {0};
    size_t size = mnl_attr_get_payload_len(attribute);
    memcpy(&stats, mnl_attr_get_payload(attribute), size < sizeof(stats) ? size : sizeof(stats));
    interface->in_octets = stats.rx_bytes;
    interface->in_packets = stats.rx_packets;
    interface->in_multicast = stats.multicast;
    interface->in_discards = stats.rx_dropped + stats.rx_missed_errors;
    interface->in_errors = stats.rx_errors;
    interface->out_octets = stats.tx_bytes;
    interface->out_packets = stats.tx_packets;
    interface->out_discards = stats.tx_dropped;
    interface->out_errors = stats.tx_errors;
}

static int take_attribute(const struct nlattr *attribute, void *data)
{
    struct host_interface *interface = data;
    switch (mnl_attr_get_type(attribute)) {
    case IFLA_IFNAME:
        interface->name_size = copy_text(attribute, interface->name, sizeof(interface->name));
        break;
    case IFLA_IFALIAS:
        interface->alias_size = copy_text(attribute, interface->alias, sizeof(interface->alias));
        break;
    case IFLA_ADDRESS:
        set_address(attribute, interface);
        break;
    case IFLA_MTU:
        interface->mtu = mnl_attr_validate(attribute, MNL_TYPE_U32) < 0 ? 0 : mnl_attr_get_u32(attribute);
        break;
    case IFLA_CARRIER_CHANGES:
        if (mnl_attr_validate(attribute, MNL_TYPE_U32) == 0) {
            interface->carrier_changes = mnl_attr_get_u32(attribute);
        }
        break;
    case IFLA_STATS64:
        set_counters(attribute, interface);
        break;
    default:
        break;
    }
    return MNL_CB_OK;
}

static int take_message(const struct nlmsghdr *message, void *data)
{
    struct host *host = data;
    if (message->nlmsg_type != RTM_NEWLINK || mnl_nlmsg_get_payload_len(message) < sizeof(struct ifinfomsg)) {
        return MNL_CB_OK;
    }
    const struct ifinfomsg *info = mnl_nlmsg_get_payload(message);
    struct host_interface *interface = append(host->filling);
    if (!interface) {
        errno = ENOMEM;
        return MNL_CB_ERROR;
    }
    interface->index = info->ifi_index;
    interface->type = type_of(info->ifi_type);
    interface->admin_up = info->ifi_flags & IFF_UP;
    interface->running = info->ifi_flags & IFF_RUNNING;
    interface->promiscuous = info->ifi_flags & IFF_PROMISC;
    interface->connector = !(info->ifi_flags & IFF_LOOPBACK);
    mnl_attr_parse(message, sizeof(*info), take_attribute, interface);
    return MNL_CB_OK;
}

static void drain(struct host *host, struct mnl_socket *from)
{
    for (int i = 0; i < DUMP_MESSAGE_LIMIT; i++) {
        ssize_t size = mnl_socket_recvfrom(from, host->buffer, sizeof(host->buffer));
        if (size == 0 || (size < 0 && errno != ENOBUFS && errno != ENOSPC)) {
            break;
        }
    }
}

int host_link_events(const struct host *host)
{
    return host->events ? mnl_socket_get_fd(host->events) : -1;
}

void host_link_events_drain(struct host *host)
{
    if (host->events) {
        drain(host, host->events);
    }
}

/* An interrupted dump lacks an interface or has one twice, maybe. libmnl ends at the flag; it is for us to say what
 * comes of it. */
static void take_interrupted(struct host *host, size_t size)
{
    struct nlmsghdr *message = (struct nlmsghdr *)(void *)host->buffer;
    for (int left = (int)size; mnl_nlmsg_ok(message, left); message = mnl_nlmsg_next(message, &left)) {
        host->interrupted = host->interrupted || (message->nlmsg_flags & NLM_F_DUMP_INTR);
        message->nlmsg_flags &= (uint16_t)~NLM_F_DUMP_INTR;
    }
}

static int dump_links(struct host *host)
{
    _Alignas(struct nlmsghdr) char request[128];
    struct nlmsghdr *header = mnl_nlmsg_put_header(request);
    header->nlmsg_type = RTM_GETLINK;
    header->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    header->nlmsg_seq = ++host->sequence;
    struct ifinfomsg *info = mnl_nlmsg_put_extra_header(header, sizeof(*info));
    info->ifi_family = AF_UNSPEC;
    if (mnl_socket_sendto(host->route, header, header->nlmsg_len) < 0) {
        return -1;
    }
    for (int i = 0; i < DUMP_MESSAGE_LIMIT; i++) {
        ssize_t size = mnl_socket_recvfrom(host->route, host->buffer, sizeof(host->buffer));
        if (size < 0) {
            return -1;
        }
        take_interrupted(host, (size_t)size);
        int more = mnl_cb_run(host->buffer, (size_t)size, host->sequence, mnl_socket_get_portid(host->route),
                              take_message, host);
        if (more <= MNL_CB_STOP) {
            return more;
        }
    }
    errno = EOVERFLOW;
    return -1;
}

/* ---- speed ---- */

/* ETHTOOL_GLINKSETTINGS wants to be asked twice: first for the length of the masks that follow the fields. */
static bool link_settings_speed(int control, struct ifreq *request, uint32_t *megabits)
{
    union {
        struct ethtool_link_settings settings;
        uint32_t words[sizeof(struct ethtool_link_settings) / sizeof(uint32_t) + 3 * INT8_MAX];
    } answer = {.settings.cmd = ETHTOOL_GLINKSETTINGS};
    request->ifr_data = (void *)&answer;
    if (ioctl(control, SIOCETHTOOL, request) < 0 || answer.settings.link_mode_masks_nwords >= 0) {
        return false;
    }
    answer.settings.link_mode_masks_nwords = (int8_t)-answer.settings.link_mode_masks_nwords;
    answer.settings.cmd = ETHTOOL_GLINKSETTINGS;
    if (ioctl(control, SIOCETHTOOL, request) < 0) {
        return false;
    }
    *megabits = answer.settings.speed;
    return true;
}

static uint64_t read_speed(const struct host *host, const struct host_interface *interface)
{
    struct ifreq request = {0};
    uint32_t megabits = 0;
    if (interface->type == TYPE_LOOPBACK) {
        return loopback_speed;
    }
    if (interface->type == TYPE_OTHER || host->control < 0 || interface->name_size >= IFNAMSIZ) {
        return 0;
    }
    memcpy(request.ifr_name, interface->name, interface->name_size);
    if (!link_settings_speed(host->control, &request, &megabits) || megabits == (uint32_t)SPEED_UNKNOWN) {
        return 0;
    }
    return (uint64_t)megabits * 1000 * 1000;
}

static void set_speeds(const struct host *host, const struct host_interfaces *previous,
                       struct host_interfaces *interfaces)
{
    for (size_t i = 0; i < interfaces->count; i++) {
        struct host_interface *interface = &interfaces->list[i];
        const struct host_interface *old = previous ? host_interfaces_find(previous, interface->index) : NULL;
        bool same = old && old->carrier_changes == interface->carrier_changes &&
                    interface->carrier_changes > 0 && old->running == interface->running &&
                    old->name_size == interface->name_size &&
                    memcmp(old->name, interface->name, interface->name_size) == 0;
        interface->speed = same ? old->speed : read_speed(host, interface);
    }
}

int host_interfaces_read(struct host *host, const struct host_interfaces *previous,
                         struct host_interfaces *interfaces, struct uvsnmp_error *err)
{
    int status = -1;
    host->filling = interfaces;
    for (int i = 0; i < DUMP_TRIES && status < 0; i++) {
        interfaces->count = 0;
        host->interrupted = false;
        status = dump_links(host);
        if (status < 0) {
            int saved = errno;
            drain(host, host->route); /* what the broken off dump has left */
            errno = saved;
        } else if (host->interrupted && i + 1 < DUMP_TRIES) {
            status = -1;
        }
    }
    host->filling = NULL;
    if (status < 0) {
        interfaces->count = 0;
        return err_set(err, err_from_errno(errno), "rtnetlink: %s", strerror(errno));
    }
    if (interfaces->count > 0) {
        qsort(interfaces->list, interfaces->count, sizeof(*interfaces->list), compare_index);
    }
    set_speeds(host, previous, interfaces);
    return 0;
}
