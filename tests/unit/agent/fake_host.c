/* SPDX-License-Identifier: BSD-3-Clause */
#include "unit/agent/fake_host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"

struct fake_host fake_host;

struct host {
    int unused;
};

size_t host_description(char *text, size_t size)
{
    return (size_t)snprintf(text, size, "Fake vm 1.0");
}

size_t host_name(char *text, size_t size)
{
    return (size_t)snprintf(text, size, "vm");
}

bool host_own_address(uint8_t address[4])
{
    memcpy(address, (const uint8_t[]){192, 0, 2, 7}, 4);
    return true;
}

int host_new(struct host **out, struct uvsnmp_error *err)
{
    if (fake_host.closed) {
        return err_set(err, UVSNMP_EPERMISSION, "rtnetlink: Operation not permitted");
    }
    *out = calloc(1, sizeof(**out));
    return *out ? 0 : err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
}

void host_free(struct host *host)
{
    free(host);
}

int host_link_events(const struct host *host)
{
    (void)host;
    return fake_host.events > 0 ? fake_host.events : -1;
}

void host_link_events_drain(struct host *host)
{
    char byte;
    (void)host;
    if (read(fake_host.events, &byte, 1) < 0) {
        fake_host.fails = true;
    }
}

int host_interfaces_read(struct host *host, const struct host_interfaces *previous,
                         struct host_interfaces *interfaces, struct uvsnmp_error *err)
{
    (void)host;
    (void)previous;
    fake_host.readings++;
    interfaces->count = 0;
    if (fake_host.fails) {
        return err_set(err, UVSNMP_EGENERAL, "fake failure");
    }
    free(interfaces->list);
    interfaces->list = malloc(sizeof(fake_host.list));
    if (!interfaces->list) {
        return err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
    }
    memcpy(interfaces->list, fake_host.list, sizeof(fake_host.list));
    interfaces->count = fake_host.count;
    interfaces->capacity = FAKE_INTERFACES;
    return 0;
}

void host_interfaces_fini(struct host_interfaces *interfaces)
{
    free(interfaces->list);
    memset(interfaces, 0, sizeof(*interfaces));
}

const struct host_interface *host_interfaces_find(const struct host_interfaces *interfaces, int32_t index)
{
    for (size_t i = 0; i < interfaces->count; i++) {
        if (interfaces->list[i].index == index) {
            return &interfaces->list[i];
        }
    }
    return NULL;
}
