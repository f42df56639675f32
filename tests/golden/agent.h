/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An agent with the values of a file (tests/golden/values tells its form). It takes the octets of a value as
 * the file has them, so that it can serve what no well-behaved agent sends.
 *
 * A SET is answered with what came, and changes nothing. For the community "arrived" the answer says in words
 * what came: the n-th variable becomes the string "NAME TYPE VALUE" below 1.3.6.1.3.163.
 */
#ifndef GOLDEN_AGENT_H
#define GOLDEN_AGENT_H

#include <stdbool.h>

struct golden_agent;

/* NULL, with a message on stderr: the file cannot be read, or has a line that is none. */
struct golden_agent *golden_agent_load(const char *file);

/* Answers what comes on a UDP socket until `stop` can be read from. */
void golden_agent_serve(struct golden_agent *agent, int socket, int stop);

void golden_agent_free(struct golden_agent *agent);

#endif
