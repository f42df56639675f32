/* SPDX-License-Identifier: BSD-3-Clause */
/* The words of the facts table that its reader and its writer share. */
#ifndef MIB_FACTS_WORDS_H
#define MIB_FACTS_WORDS_H

#include "mib/smi_words.h"

/* "identity", "group" …; NULL for what needs no word: a plain OID, an OBJECT-TYPE. MIB_KIND_COUNT: no such
 * word. */
const char *mib_facts_kind_word(enum mib_kind kind);
enum mib_kind mib_facts_kind_of(const char *word, size_t length);

/* 'r' for read-only …; MIB_ACCESS_COUNT: no such letter. */
char mib_facts_access_letter(enum mib_access access);
enum mib_access mib_facts_access_of(const char *word, size_t length);

/* "OCTET-STRING": the base's word with '-' for its blank. MIB_BASE_NONE: no such word. */
const char *mib_facts_base_word(enum mib_base base);
enum mib_base mib_facts_base_of(const char *word, size_t length);

/* MIB_STATUS_COUNT: no such word. "none": MIB_STATUS_NONE. */
const char *mib_facts_status_word(enum mib_status status);
enum mib_status mib_facts_status_of(const char *word, size_t length);

/* The status of what a line says nothing about. */
enum mib_status mib_facts_default_status(enum mib_kind kind);

/* What a name may consist of; everything else ends it. */
bool mib_facts_is_name_char(char c);

#endif
