/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/output.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#define FLOW_SIZE ((size_t)64 << 10)

void output_init(struct output *out)
{
    memset(out, 0, sizeof(*out));
    text_init(&out->text, 0);
}

void output_fini(struct output *out)
{
    text_fini(&out->text);
}

static void wait_for_room(void)
{
    struct pollfd polled = {.fd = STDOUT_FILENO, .events = POLLOUT};
    (void)poll(&polled, 1, -1);
}

bool output_flush(struct output *out)
{
    const char *at = text_string(&out->text);
    size_t left = out->text.size;
    if (text_failed(&out->text) && !out->error) {
        out->error = ENOMEM;
    }
    while (left > 0 && !out->error) {
        ssize_t written = write(STDOUT_FILENO, at, left);
        if (written >= 0) {
            at += written;
            left -= (size_t)written;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            wait_for_room(); /* who shares the pipe may have made it so */
        } else if (errno != EINTR) {
            out->error = errno;
        }
    }
    text_reset(&out->text);
    return !out->error;
}

void output_flow(struct output *out)
{
    if (out->text.size >= FLOW_SIZE) {
        (void)output_flush(out);
    }
}
