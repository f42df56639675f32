/* SPDX-License-Identifier: BSD-3-Clause */
/* The functions of agent/host/host.h over what a test writes down here. */
#ifndef FAKE_HOST_H
#define FAKE_HOST_H

#include "agent/host/host.h"

enum { FAKE_INTERFACES = 4 };

struct fake_host {
    struct host_interface list[FAKE_INTERFACES];
    size_t count;
    bool closed;       /* it cannot be opened */
    bool fails;        /* it gives no interfaces */
    int events;        /* a descriptor for link events; 0: none */
    unsigned readings; /* counted */
};
extern struct fake_host fake_host;

#endif
