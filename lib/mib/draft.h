/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A MIB module as its source has it, before any name in it is looked up: what the reader of MIB files and the
 * reader of the facts table both make, and what mib_build() takes. Everything lives in one arena, the
 * caller's; lists are in source order. Texts are NUL-terminated.
 */
#ifndef MIB_DRAFT_H
#define MIB_DRAFT_H

#include "mib/smi_words.h"

/* `module` NULL: one of the module's own or a root. */
struct mib_import {
    struct mib_import *next;
    const char *symbol; /* NULL: a module is named as a whole (the facts table does so) */
    const char *module;
    unsigned line; /* of the module's name; 0: not known */
};

struct mib_range_draft {
    struct mib_range_draft *next;
    int64_t low, high; /* an upper end beyond INT64_MAX is INT64_MAX */
};

/* "up(1)"; of an enumeration or of BITS. */
struct mib_label_draft {
    struct mib_label_draft *next;
    const char *name;
    int64_t value;
};

/* A SYNTAX clause: a base or a name, with what restricts it. */
struct mib_type_use {
    enum mib_base base;             /* MIB_BASE_NONE: `name` says what it is */
    const char *name;               /* the type as it is written, where it is no base syntax; else NULL */
    bool is_sequence_of;            /* a table; `name` is the row's type */
    struct mib_range_draft *ranges; /* of values, or of sizes for strings */
    struct mib_label_draft *labels;
};

/* A type assignment or TEXTUAL-CONVENTION. */
struct mib_type_draft {
    struct mib_type_draft *next;
    const char *name;
    unsigned line;
    bool is_convention; /* TEXTUAL-CONVENTION macro, against a plain assignment "X ::= OCTET STRING" */
    bool is_sequence;   /* "X ::= SEQUENCE { … }": a row's type */
    enum mib_status status;
    struct mib_type_use syntax;
    const char *hint;        /* DISPLAY-HINT; NULL: none */
    const char *description; /* NULL: none, or not kept */
};

/* One step of "{ iso org(3) 6 }": name, number, or both. */
struct mib_step {
    struct mib_step *next;
    const char *name; /* NULL: a number only */
    bool has_number;
    uint32_t number;
};

struct mib_index_draft {
    struct mib_index_draft *next;
    const char *name; /* an object's, or in SMIv1 a type's ("INTEGER", "OCTET STRING") */
    bool is_implied;
};

struct mib_name_draft {
    struct mib_name_draft *next;
    const char *name;
};

struct mib_node_draft {
    struct mib_node_draft *next;
    const char *name;
    unsigned line;
    enum mib_kind kind;
    enum mib_access access;
    enum mib_status status;
    /* The value. A TRAP-TYPE n of ENTERPRISE E comes as E.0.n, or as snmpTraps.(n + 1) for the generic ones.
     */
    struct mib_step *steps;
    struct mib_type_use syntax; /* of an OBJECT-TYPE */
    struct mib_index_draft *index;
    const char *augments;           /* the row that this one augments; NULL: none */
    struct mib_name_draft *objects; /* OBJECTS, VARIABLES, of a notification; nothing asks for a group's */
    const char *units;              /* these five: NULL: none, or not kept */
    const char *default_value;
    const char *description;
    const char *reference;
    const char *last_updated;
};

struct mib_draft {
    struct mib_draft *next;
    const char *name;
    const char *file; /* for messages; NULL: none */
    struct mib_import *imports;
    struct mib_type_draft *types;
    struct mib_node_draft *nodes;
};

#endif
