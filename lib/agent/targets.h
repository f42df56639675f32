/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Who is notified, and of what: the tables of SNMP-TARGET-MIB and SNMP-NOTIFICATION-MIB (RFC 3413 §4). All
 * five are described by one table of columns, so that the store, SETs, the persistent lines and the
 * originator (notify.h) read the same rows. A row never changes: a SET puts another one in its place.
 */
#ifndef AGENT_TARGETS_H
#define AGENT_TARGETS_H

#include <uvsnmp/agent.h>

enum target_kind {
    TARGET_ADDRESS, /* snmpTargetAddrTable */
    TARGET_PARAMS,  /* snmpTargetParamsTable */
    TARGET_NOTIFY,  /* snmpNotifyTable */
    TARGET_PROFILE, /* snmpNotifyFilterProfileTable, whose index is a name of TARGET_PARAMS */
    TARGET_FILTER,  /* snmpNotifyFilterTable, whose index is a profile's name and a subtree */
    TARGET_KINDS
};

enum { TARGET_NAME_MAX = 32, TARGET_COLUMNS_MAX = 9 };

/* The columns' sub-identifiers. */
enum {
    ADDRESS_DOMAIN = 2,
    ADDRESS_ADDRESS,
    ADDRESS_TIMEOUT,
    ADDRESS_RETRIES,
    ADDRESS_TAGS,
    ADDRESS_PARAMS,
    ADDRESS_STORAGE,
    ADDRESS_STATUS,
    PARAMS_PROCESSING = 2,
    PARAMS_MODEL,
    PARAMS_NAME,
    PARAMS_LEVEL,
    PARAMS_STORAGE,
    PARAMS_STATUS,
    NOTIFY_TAG = 2,
    NOTIFY_TYPE,
    NOTIFY_STORAGE,
    NOTIFY_STATUS,
    PROFILE_NAME = 1,
    PROFILE_STORAGE,
    PROFILE_STATUS,
    FILTER_MASK = 2,
    FILTER_TYPE,
    FILTER_STORAGE,
    FILTER_STATUS,
};

/* What the numbers mean. */
enum { TARGET_V1 = 0, TARGET_V2C = 1, TARGET_V3 = 3 };            /* snmpTargetParamsMPModel */
enum { TARGET_MODEL_V1 = 1, TARGET_MODEL_V2C, TARGET_MODEL_USM }; /* snmpTargetParamsSecurityModel */
enum { TARGET_TRAP = 1, TARGET_INFORM };                          /* snmpNotifyType */
enum { TARGET_INCLUDED = 1, TARGET_EXCLUDED };                    /* snmpNotifyFilterType */
enum target_status { TARGET_ACTIVE = 1, TARGET_NOT_IN_SERVICE, TARGET_NOT_READY };     /* RowStatus */
enum { TARGET_VOLATILE = 2, TARGET_NON_VOLATILE, TARGET_PERMANENT, TARGET_READ_ONLY }; /* StorageType */

struct target_table {
    struct uvsnmp_oid entry;
    const struct uvsnmp_object *columns; /* column N is columns[N - 1] */
    size_t count;
    uint32_t storage, status; /* columns; those between the index and `storage` are the row's own */
    uint32_t first;           /* the first column that is not of the index */
    const struct uvsnmp_value
        *initial;   /* of columns 1 to `count`; NULL type: none, and the row is not ready */
    uint32_t fixed; /* bits of the columns that do not change while the row is active */
    size_t limit;   /* rows that were SET; there are few receivers of the configuration */
};
const struct target_table *target_table(enum target_kind kind);

/* Is there a value? One of a draft may be NULL yet. */
static inline bool target_is_set(const struct uvsnmp_value *value)
{
    return value->type != UVSNMP_NULL;
}

/* A row, or the draft of one, which borrows what it is made of. */
struct target_row {
    enum target_kind kind;
    const struct notify_receiver *receiver; /* of the configuration, whose row it is; NULL: it was SET */
    struct uvsnmp_oid index;
    struct uvsnmp_value values[TARGET_COLUMNS_MAX + 1]; /* by column; NULL: not given yet */
};

/* The octets that a row takes, and the row in that much memory, aligned for any type: a copy with all that it
 * borrows. */
size_t target_row_size(const struct target_row *draft);
struct target_row *target_row_place(void *memory, const struct target_row *draft);
/* A copy of its own; NULL: out of memory. Freeing wipes it: there may be a community in it. */
struct target_row *target_row_new(const struct target_row *draft);
void target_row_free(struct target_row *row);
/* A draft with the initial values of its table. */
void target_row_init(struct target_row *draft, enum target_kind kind, struct uvsnmp_oid index);
/* Does nothing miss but the status? */
bool target_row_is_complete(const struct target_row *row);

int32_t target_number(const struct target_row *row, uint32_t column);
struct uvsnmp_bytes target_octets(const struct target_row *row, uint32_t column);
static inline bool target_is_active(const struct target_row *row, uint32_t column)
{
    return row && target_number(row, column) == TARGET_ACTIVE;
}

/* Is it an index that a row of this table can have: a name of 1 to 32 octets, of a filter behind their number
 * and before the subtree? Its variables' names must not be too long. */
bool target_index_is_valid(enum target_kind kind, struct uvsnmp_oid index);
/* The index of a row that has a name, and what the indexes of a profile's filters begin with. False: no row
 * can have it. */
bool target_index_make(struct uvsnmp_oid_buf *index, struct uvsnmp_bytes name);
bool target_filter_index_make(struct uvsnmp_oid_buf *index, struct uvsnmp_bytes profile);

/* The address of a row as transports have it, and the two columns of an address; false: not of a domain that
 * is known here, or not of its form. `octets` has room for an address of any domain. */
enum { TARGET_OCTETS_MAX = 255 };
bool target_address_read(const struct target_row *row, struct uvsnmp_address *out);
bool target_address_write(const struct uvsnmp_address *address, struct target_row *row,
                          uint8_t octets[TARGET_OCTETS_MAX]);

/* A tag list (SnmpTagList): may it be one, and is `tag` in it? */
bool target_tags_are_valid(struct uvsnmp_bytes tags);
bool target_tags_have(struct uvsnmp_bytes tags, struct uvsnmp_bytes tag);

/* ---- the store ---- */

struct target_list {
    struct target_row **sorted; /* by index */
    size_t count, capacity;
    size_t configured; /* of them, rows of receivers of the configuration */
};

struct targets {
    struct target_list lists[TARGET_KINDS];
};

void targets_init(struct targets *targets);
void targets_fini(struct targets *targets);

/* NULL: there is none. */
struct target_row *targets_find(const struct targets *targets, enum target_kind kind,
                                struct uvsnmp_oid index);
struct target_row *targets_find_name(const struct targets *targets, enum target_kind kind,
                                     struct uvsnmp_bytes name);
/* Is there room for one more row that is SET? */
bool targets_have_room(const struct targets *targets, enum target_kind kind);
/*
 * Puts a row in its place, and takes the one out that has the same index, which is the caller's then: NULL:
 * there was none. The row is the store's. UVSNMP_ELIMIT, UVSNMP_ENO_MEMORY; not where a row was taken since
 * and none was put.
 */
int targets_put(struct targets *targets, struct target_row *row, struct target_row **replaced);
/* The row is the caller's. */
void targets_take(struct targets *targets, const struct target_row *row);

#endif
