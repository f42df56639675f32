/* SPDX-License-Identifier: BSD-3-Clause */
/* Intrusive doubly linked list: a `struct list` is the head, and a link inside each member. */
#ifndef BASE_LIST_H
#define BASE_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct list {
    struct list *next, *previous;
};

/* The object whose member `member` is the link `link`. */
#define LIST_OBJECT(link, type, member) ((type *)(void *)((char *)(link)-offsetof(type, member)))

/* Runs over links; the current one may be removed in the body. */
#define LIST_EACH(link, following, head)                                                                     \
    for (struct list *link = (head)->next, *following = link->next; link != (head);                          \
         link = following, following = link->next)

static inline void list_init(struct list *head)
{
    head->next = head->previous = head;
}

static inline bool list_is_empty(const struct list *head)
{
    return head->next == head;
}

static inline void list_append(struct list *head, struct list *link)
{
    link->previous = head->previous;
    link->next = head;
    head->previous->next = link;
    head->previous = link;
}

/* Takes a link out; it is then a list of its own, so that removing twice is harmless. */
static inline void list_remove(struct list *link)
{
    link->previous->next = link->next;
    link->next->previous = link->previous;
    list_init(link);
}

#endif
