/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * MIB files as they are found in the field, SMIv1 (RFC 1155, RFC 1212, RFC 1215) and SMIv2 (RFC 2578–2580),
 * read with leniency: a clause that makes no sense is reported and skipped up to the next definition.
 */
#ifndef MIB_PARSER_H
#define MIB_PARSER_H

#include "base/arena.h"
#include "mib/draft.h"
#include "mib/report.h"

struct mib_parse_options {
    bool keep_descriptions;       /* DESCRIPTION, REFERENCE, LAST-UPDATED: for snmptranslate -Td */
    bool comments_end_at_newline; /* -Pc: "--" ends no comment */
    bool replace_underlines;      /* -Pu: take names with '_' as they are, without a warning */
};

/*
 * Reads all modules of the text and puts them behind those that `*list` has. `file` is for messages; its
 * copy is the drafts' file. All results live in `arena` and do not refer to `text`, unless `text` lives in
 * `arena` itself. Bounded: nesting, names of 64 KiB, steps of an OID (UVSNMP_OID_MAX). Errors:
 * UVSNMP_ENO_MEMORY; UVSNMP_EBAD_SYNTAX when no module begins in the text.
 */
int mib_parse(const char *file, const char *text, size_t size, const struct mib_parse_options *options,
              struct arena *arena, const struct mib_report *report, struct mib_draft **list);

/* The name of the first module that begins in the text behind `*at`, which is moved behind its head; false:
 * none. `*name` points into the text. Much cheaper than parsing. */
bool mib_parse_head(const char *text, size_t size, size_t *at, const char **name, size_t *length);

#endif
