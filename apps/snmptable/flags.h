/* SPDX-License-Identifier: BSD-3-Clause */
/* The letters behind -C. Unlike those of other tools, the arguments of these are words of their own: "-Ciw
 * 80". */
#ifndef APPS_SNMPTABLE_FLAGS_H
#define APPS_SNMPTABLE_FLAGS_H

#include "apps/common/options.h"

struct flags {
    bool brief;            /* -Cb */
    bool getnext;          /* -CB */
    bool header_only;      /* -Ch */
    bool no_header;        /* -CH */
    bool with_index;       /* -Ci */
    bool left;             /* -Cl */
    const char *separator; /* -Cf; NULL: columns are aligned */
    int32_t column_width;  /* -Cc; 0: as wide as what is in it */
    int32_t line_width;    /* -Cw; 0: any */
    int32_t repetitions;   /* -Cr; 0: not said */
};

/* Of the struct flags that run->own is. */
option_fn flags_apply;

/* How many words belong to `letters` besides itself. */
unsigned flags_words(const struct app *app, const char *letters);

void flags_letters(struct text *text, const char *indent);

#endif
