/* SPDX-License-Identifier: BSD-3-Clause */
/* Modules of text, linked: names become OIDs, types become base syntaxes. */
#ifndef MIB_BUILD_H
#define MIB_BUILD_H

#include "base/arena.h"
#include "mib/draft.h"
#include "mib/image.h"
#include "mib/report.h"

struct mib;

/*
 * Makes one image of all modules of the list, in memory of `arena`; the drafts may go then. What the modules
 * do not define themselves comes from those that they import, of the list first and then of `known` (NULL:
 * nothing is known); where the import clause is wrong, from any other imported module and then from any at
 * all. Definitions may come in any order and in circles of modules. Of several modules of one name the first
 * in the list counts. What cannot be resolved is reported and left out: a node without a known parent, a
 * circle of types (such a type has no base). Bounds: UVSNMP_OID_MAX sub-identifiers; 64 types in a chain, 64
 * rows that augment each other; 65,535 labels, ranges, index components or OBJECTS of one definition, the
 * rest of which is left out. Errors: UVSNMP_ENO_MEMORY; UVSNMP_ELIMIT when there are more than 65,535
 * modules, or 1 GiB of text or of any kind of record.
 */
int mib_build(const struct mib_draft *drafts, const struct mib *known, struct arena *arena,
              const struct mib_report *report, struct mib_image *out);

#endif
