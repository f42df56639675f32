/* SPDX-License-Identifier: BSD-3-Clause */
#include "mib/load.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <uvsnmp/error.h>

#include "base/list.h"
#include "base/map.h"
#include "base/random.h"
#include "mib/files.h"

const char mib_default_modules[] =
    "SNMPv2-MIB:IF-MIB:IP-MIB:TCP-MIB:UDP-MIB:HOST-RESOURCES-MIB:NOTIFICATION-LOG-MIB:DISMAN-EVENT-MIB:"
    "DISMAN-SCHEDULE-MIB:HOST-RESOURCES-TYPES:MTA-MIB:NETWORK-SERVICES-MIB:UCD-DISKIO-MIB:UCD-DLMOD-MIB:"
    "LM-SENSORS-MIB:UCD-SNMP-MIB:UCD-DEMO-MIB:SNMP-TARGET-MIB:NET-SNMP-AGENT-MIB:SNMP-FRAMEWORK-MIB:"
    "SNMP-MPD-MIB:SNMP-USER-BASED-SM-MIB:SNMP-VIEW-BASED-ACM-MIB:SNMP-COMMUNITY-MIB:IPV6-ICMP-MIB:IPV6-MIB:"
    "IPV6-TCP-MIB:IPV6-UDP-MIB:IP-FORWARD-MIB:NET-SNMP-PASS-MIB:NET-SNMP-EXTEND-MIB:SNMP-NOTIFICATION-MIB:"
    "SNMPv2-TM:NET-SNMP-VACM-MIB";

const char mib_default_directories[] =
    "$HOME/.snmp/mibs:/usr/share/snmp/mibs:/usr/share/snmp/mibs/iana:/usr/share/snmp/mibs/ietf";

/* Modules that gave up their name. */
static const struct {
    const char *old, *now;
} renamed[] = {
    {"RFC1065-SMI", "RFC1155-SMI"},
    {"RFC1066-MIB", "RFC1156-MIB"},
    {"RFC1156-MIB", "RFC1158-MIB"},
    {"RFC1158-MIB", "RFC1213-MIB"},
    {"RFC-1213", "RFC1213-MIB"},
    {"RFC1213", "RFC1213-MIB"},
    {"RFC1155-SMI", "SNMPv2-SMI"},
    {"RFC1231-MIB", "TOKENRING-MIB"},
    {"RFC1271-MIB", "RMON-MIB"},
    {"RFC1286-MIB", "BRIDGE-MIB"},
    {"RFC1315-MIB", "FRAME-RELAY-DTE-MIB"},
    {"RFC1316-MIB", "CHARACTER-MIB"},
    {"RFC1406-MIB", "DS1-MIB"},
    {"SNMPv2-SMI-v1", "SNMPv2-SMI"},
    {"SNMPv2-TC-v1", "SNMPv2-TC"},
};

/* Modules of nothing but macros, which the reader of MIB files knows without them. */
static const char *const macro_modules[] = {"RFC-1212", "RFC-1215", "RFC1212", "RFC1215"};

/* What the modules of one load may take while they are read, and how many an image has room for. */
#define ARENA_BLOCK ((size_t)16 << 10)
#define DRAFTS_LIMIT ((size_t)256 << 20)
#define LISTS_LIMIT ((size_t)64 << 20)
#define LOADED_MAX UINT16_MAX

/* A module of a file. */
struct loaded {
    struct map_link link;      /* by its name */
    struct map_link file_link; /* by its file */
    struct loaded *next;
    struct mib_draft *draft;
    const char *file;
    bool by_hand; /* a person asked for it */
    bool misses;  /* a module that it imports is nowhere */
};

/* A module that is to become visible. */
struct wanted {
    struct wanted *next;
    const char *module;
};

struct loading {
    struct mib *mib;
    const struct mib_load *load;
    struct mib_files *files;
    struct arena drafts, lists; /* of the modules, and of all else; gone when they are known */
    struct map by_name, by_file;
    uint64_t seed; /* of hashes, so that files cannot choose collisions */
    struct loaded *first, **end;
    size_t loaded_count;
    struct wanted *wanted, **wanted_end;
    struct mib_text text;
    struct mib_report report; /* what is left of what there is to report */
    bool by_hand;             /* of the file that is being read */
    bool keeps_first;         /* of two modules of one name */
    bool is_full;             /* no module has room any more, which was reported */
};

/* ---- reports ---- */

/* A module of the file, of those that were read. */
static const struct loaded *loaded_from(const struct loading *loading, const char *file)
{
    struct map_link *link = file ? map_find(&loading->by_file, (uintptr_t)file) : NULL;
    return link ? LIST_OBJECT(link, struct loaded, file_link) : NULL;
}

/* Modules that nobody named are nobody's business: their faults are said only where all are asked for. So are
 * those that follow from what was not found, which was said. */
static void pass_on(void *arg, enum mib_problem problem, const char *file, unsigned line, const char *text)
{
    const struct loading *loading = arg;
    bool is_fault = problem == MIB_PROBLEM_SYNTAX || problem == MIB_PROBLEM_UNKNOWN;
    const struct loaded *loaded = is_fault ? loaded_from(loading, file) : NULL;
    bool is_wanted = loaded ? loaded->by_hand : loading->by_hand;
    bool is_consequence = problem == MIB_PROBLEM_UNKNOWN && loaded && loaded->misses;
    if (!is_fault || loading->load->report_all || (is_wanted && !is_consequence)) {
        loading->load->report.say(loading->load->report.arg, problem, file, line, text);
    }
}

static void say_missing(struct loading *loading, const char *module)
{
    if (mib_files_say_missing(loading->files, module, &loading->report)) {
        mib_report(&loading->report, MIB_PROBLEM_MODULE, NULL, 0,
                   "Cannot find module%s%s%s: At line %u in (none)", module[0] ? " (" : "", module,
                   module[0] ? ")" : "", mib_files_last_line(loading->files));
    }
}

static void say_missing_import(struct loading *loading, const struct loaded *loaded,
                               const struct mib_import *import)
{
    if ((loading->load->report_all || loaded->by_hand) &&
        mib_files_say_missing(loading->files, import->module, &loading->report)) {
        mib_report(&loading->report, MIB_PROBLEM_IMPORT, loaded->file, import->line,
                   "Cannot find module (%s)", import->module);
    }
}

/* ---- lists ---- */

const char *mib_list_change(const char *before, const char *change, struct arena *arena)
{
    bool is_more = change[0] == '+', is_first = change[0] == '-';
    if (!before || !(is_more || is_first)) {
        return arena_copy(arena, change, strlen(change) + 1);
    }
    size_t size = strlen(before) + strlen(change) + 1;
    char *list = arena_alloc(arena, size);
    if (list) {
        (void)snprintf(list, size, "%s:%s", is_more ? before : change + 1, is_more ? change + 1 : before);
    }
    return list;
}

/* Copies the next item that is not empty; NULL behind the last. `*at` NULL: out of memory. */
static const char *next_item(const char **at, struct arena *arena)
{
    *at += strspn(*at, ":");
    size_t length = strcspn(*at, ":");
    if (length == 0) {
        return NULL;
    }
    char *item = arena_text(arena, *at, length);
    *at = item ? *at + length : NULL;
    return item;
}

/* ---- modules that were read ---- */

static uint64_t key_of(const struct loading *loading, const char *module)
{
    return map_hash(loading->seed, module, strlen(module));
}

static struct loaded *find_loaded(const struct loading *loading, const char *module)
{
    struct map_link *link = map_find(&loading->by_name, key_of(loading, module));
    for (; link; link = map_next(link)) {
        struct loaded *loaded = LIST_OBJECT(link, struct loaded, link);
        if (strcmp(loaded->draft->name, module) == 0) {
            return loaded;
        }
    }
    return NULL;
}

/* Says once that what comes now is left out. */
static int refuse_more(struct loading *loading, const char *file, const char *why)
{
    if (!loading->is_full) {
        mib_report(&loading->report, MIB_PROBLEM_FILE, file, 0, "%s: what comes now is left out", why);
    }
    loading->is_full = true;
    return 0;
}

static int insert_loaded(struct loading *loading, struct loaded *loaded)
{
    *loading->end = loaded;
    loading->end = &loaded->next;
    loading->loaded_count++;
    int status = map_insert(&loading->by_name, &loaded->link, key_of(loading, loaded->draft->name));
    return status < 0 ? status : map_insert(&loading->by_file, &loaded->file_link, (uintptr_t)loaded->file);
}

static int add_loaded(struct loading *loading, struct mib_draft *draft)
{
    struct loaded *loaded = find_loaded(loading, draft->name);
    draft->next = NULL;
    if (loaded && loading->keeps_first) {
        return 0;
    }
    if (loaded) { /* the latter one of two, as with Net-SNMP */
        loaded->draft = draft;
        map_remove(&loading->by_file, &loaded->file_link);
        loaded->file = draft->file;
        return map_insert(&loading->by_file, &loaded->file_link, (uintptr_t)loaded->file);
    }
    if (loading->loaded_count >= LOADED_MAX) {
        return refuse_more(loading, draft->file, "There are too many modules");
    }
    loaded = arena_alloc(&loading->lists, sizeof(*loaded));
    if (!loaded) {
        return UVSNMP_ENO_MEMORY;
    }
    *loaded = (struct loaded){.draft = draft, .file = draft->file, .by_hand = loading->by_hand};
    return insert_loaded(loading, loaded);
}

/* A built-in module is not replaced by one that merely stands in the same file as `wanted`. */
static bool is_welcome(const struct loading *loading, const struct mib_draft *draft, const char *wanted)
{
    return !wanted || strcmp(draft->name, wanted) == 0 ||
           (!mib_has_module(loading->mib, draft->name) && !find_loaded(loading, draft->name));
}

/* Takes the modules of the text that was just read; `wanted` NULL: all of them. */
static int take_text(struct loading *loading, const char *file, const char *wanted)
{
    struct mib_draft *drafts = NULL, *next;
    int status = loading->is_full
                     ? UVSNMP_EBAD_SYNTAX
                     : mib_parse(file, loading->text.data, loading->text.size, &loading->load->parse,
                                 &loading->drafts, &loading->report, &drafts);
    if (status == UVSNMP_ENO_MEMORY && loading->drafts.total >= DRAFTS_LIMIT / 2) { /* the files' own fault */
        (void)refuse_more(loading, file, "MIB files take too much memory");
        return UVSNMP_ENOT_FOUND;
    }
    if (status < 0 && status != UVSNMP_EBAD_SYNTAX) {
        return status;
    }
    for (struct mib_draft *draft = drafts; draft; draft = next) {
        next = draft->next;
        int rc = is_welcome(loading, draft, wanted) ? add_loaded(loading, draft) : 0;
        if (rc < 0) {
            return rc;
        }
    }
    return drafts ? 0 : UVSNMP_ENOT_FOUND;
}

static int show_later(struct loading *loading, const char *module)
{
    struct wanted *wanted = arena_alloc(&loading->lists, sizeof(*wanted));
    if (!wanted) {
        return UVSNMP_ENO_MEMORY;
    }
    *wanted = (struct wanted){.module = module};
    *loading->wanted_end = wanted;
    loading->wanted_end = &wanted->next;
    return 0;
}

/* ---- finding a module ---- */

static bool is_macro_module(const char *module)
{
    for (size_t i = 0; i < sizeof(macro_modules) / sizeof(*macro_modules); i++) {
        if (strcmp(macro_modules[i], module) == 0) {
            return true;
        }
    }
    return false;
}

static const char *new_name(const char *module)
{
    for (size_t i = 0; i < sizeof(renamed) / sizeof(*renamed); i++) {
        if (strcmp(renamed[i].old, module) == 0) {
            return renamed[i].now;
        }
    }
    return NULL;
}

/* All modules of the file become visible, as with Net-SNMP. */
static int find_file(struct loading *loading, const char *module, bool only_named)
{
    const char *path = NULL;
    struct loaded **first = loading->end;
    int status = mib_files_find(loading->files, module, only_named, &loading->report, &loading->text, &path);
    if (status == 0) {
        status = take_text(loading, path, module);
    }
    for (const struct loaded *loaded = *first; loaded && status == 0; loaded = loaded->next) {
        status = show_later(loading, loaded->draft->name);
    }
    return status == 0 && !find_loaded(loading, module) ? UVSNMP_ENOT_FOUND : status;
}

/* Does a file come before the built-in module of the name? */
static bool prefers_file(const struct loading *loading, const char *module)
{
    return (loading->load->parse.keep_descriptions ||
            (loading->by_hand && loading->load->named_directories)) &&
           mib_is_builtin(loading->mib, module);
}

/* Makes sure that a module of this name is there, wherever it comes from. UVSNMP_ENOT_FOUND. */
static int need_exactly(struct loading *loading, const char *module, bool is_asked)
{
    if (find_loaded(loading, module)) {
        return 0;
    }
    if ((is_asked || loading->load->parse.keep_descriptions) && prefers_file(loading, module)) {
        int rc = find_file(loading, module, !loading->load->parse.keep_descriptions);
        if (rc != UVSNMP_ENOT_FOUND) {
            return rc;
        }
    }
    if (mib_has_module(loading->mib, module)) {
        return 0;
    }
    return mib_files_is_missing(loading->files, module) ? UVSNMP_ENOT_FOUND
                                                        : find_file(loading, module, false);
}

/* The same under its newer names; `*module` becomes the name that it has. */
static int need(struct loading *loading, const char **module, bool is_asked)
{
    for (const char *name = *module; name; name = new_name(name)) {
        int rc = need_exactly(loading, name, is_asked);
        if (rc != UVSNMP_ENOT_FOUND) {
            *module = name;
            return rc;
        }
    }
    return UVSNMP_ENOT_FOUND;
}

static int need_imports(struct loading *loading, struct loaded *loaded)
{
    loading->by_hand = false;
    for (struct mib_import *import = loaded->draft->imports; import; import = import->next) {
        if (!import->module || is_macro_module(import->module)) {
            continue;
        }
        int rc = need(loading, &import->module, false);
        if (rc == UVSNMP_ENOT_FOUND) {
            mib_files_note_missing(loading->files, import->module);
            loaded->misses = true;
            say_missing_import(loading, loaded, import);
        } else if (rc < 0) {
            return rc;
        }
    }
    return 0;
}

/* ---- what a person asks for ---- */

/* All modules of a file become visible, in its order. */
static int show_file(struct loading *loading, const char *path)
{
    loading->by_hand = true;
    int status = mib_files_read(path, &loading->report, &loading->text);
    if (status < 0) {
        return status == UVSNMP_EFILE ? 0 : status;
    }
    struct loaded **first = loading->end;
    status = take_text(loading, path, NULL);
    if (status == UVSNMP_ENOT_FOUND) {
        mib_report(&loading->report, MIB_PROBLEM_FILE, NULL, 0, "Failed to parse MIB file %s", path);
        return 0;
    }
    for (const struct loaded *loaded = *first; loaded && status == 0; loaded = loaded->next) {
        status = show_later(loading, loaded->draft->name);
    }
    return status;
}

static int show_files(struct loading *loading, const char *paths)
{
    int status = 0;
    const char *path;
    while (status == 0 && paths && (path = next_item(&paths, &loading->lists)) != NULL) {
        status = show_file(loading, path);
    }
    return paths || status < 0 || !loading->load->files ? status : UVSNMP_ENO_MEMORY;
}

static int show_module(struct loading *loading, const char *name)
{
    const char *module = name;
    loading->by_hand = mib_list_has(loading->load->named_modules, name, strlen(name));
    int status = need(loading, &module, true);
    if (status == UVSNMP_ENOT_FOUND) {
        mib_files_note_missing(loading->files, module);
        if (loading->by_hand || loading->load->report_all) {
            say_missing(loading, module);
        }
        return 0;
    }
    return status < 0 ? status : show_later(loading, module);
}

/* Is a module known that a file need not be read for? */
static bool is_done(const struct loading *loading, const char *name, size_t length, bool skips_builtin)
{
    char module[128];
    if (length >= sizeof(module)) {
        return false;
    }
    memcpy(module, name, length);
    module[length] = '\0';
    return find_loaded(loading, module) || (skips_builtin && mib_is_builtin(loading->mib, module));
}

/* Is there anything new in the text? That its first module is new is found out at once. */
static bool has_news(const struct loading *loading, bool skips_builtin)
{
    const char *name;
    size_t at = 0, length;
    while (mib_parse_head(loading->text.data, loading->text.size, &at, &name, &length)) {
        if (!is_done(loading, name, length, skips_builtin)) {
            return true;
        }
    }
    return false;
}

/* The last file first: so its modules become visible first and win over others of their names, as with
 * Net-SNMP. */
static int show_all_files(struct loading *loading)
{
    struct loaded **first = loading->end;
    ptrdiff_t count = mib_files_count(loading->files, &loading->report);
    int status = count < 0 ? (int)count : 0;
    loading->by_hand = false;
    loading->keeps_first = true;
    for (size_t i = (size_t)(count < 0 ? 0 : count); i-- > 0 && status == 0;) {
        const char *path;
        bool is_named = false;
        status = mib_files_read_nth(loading->files, i, &loading->report, &loading->text, &path, &is_named);
        if (status == 0 && has_news(loading, !is_named && !loading->load->parse.keep_descriptions)) {
            status = take_text(loading, path, NULL);
        }
        status = status == UVSNMP_ENOT_FOUND ? 0 : status;
    }
    loading->keeps_first = false;
    mib_files_exhaust(loading->files);
    for (const struct loaded *loaded = *first; loaded && status == 0; loaded = loaded->next) {
        status = show_later(loading, loaded->draft->name);
    }
    return status;
}

/* Those whose names come last become visible first, as if they were files too. */
static int show_builtin(struct loading *loading)
{
    size_t count = 0;
    int status = 0;
    while (mib_module_name(loading->mib, count)) {
        count++;
    }
    while (count-- > 0 && status == 0) {
        status = show_later(loading, mib_module_name(loading->mib, count));
    }
    return status;
}

static int show_all(struct loading *loading)
{
    int status = show_all_files(loading);
    return status < 0 || mib_files_all_named(loading->files) ? status : show_builtin(loading);
}

static int show_list(struct loading *loading, const char *modules)
{
    int status = 0;
    const char *item;
    while (status == 0 && (item = next_item(&modules, &loading->lists)) != NULL) {
        status = strcasecmp(item, "all") == 0 ? show_all(loading)
                 : strchr(item, '/')          ? show_file(loading, item)
                                              : show_module(loading, item);
    }
    return modules || status < 0 ? status : UVSNMP_ENO_MEMORY;
}

/* ---- all of it ---- */

static void begin(struct loading *loading, struct mib *mib, const struct mib_load *load)
{
    *loading = (struct loading){.mib = mib, .load = load, .files = load->found, .seed = random_u64()};
    arena_init(&loading->drafts, ARENA_BLOCK, DRAFTS_LIMIT);
    arena_init(&loading->lists, 0, LISTS_LIMIT);
    loading->end = &loading->first;
    loading->wanted_end = &loading->wanted;
    loading->report = (struct mib_report){load->report.say ? pass_on : NULL, loading};
    map_init(&loading->by_name);
    map_init(&loading->by_file);
}

/* Reads what the modules import, makes them known and then visible. */
static int finish(struct loading *loading, int status)
{
    struct mib_draft *drafts = NULL, **end = &drafts;
    for (struct loaded *loaded = loading->first; loaded && status == 0; loaded = loaded->next) {
        status = need_imports(loading, loaded);
        *end = loaded->draft;
        end = &loaded->draft->next;
    }
    if (status == 0 && drafts) {
        status = mib_add(loading->mib, drafts, &loading->report);
    }
    for (const struct wanted *wanted = loading->wanted; wanted && status == 0; wanted = wanted->next) {
        int rc = mib_show(loading->mib, wanted->module);
        status = rc == UVSNMP_ENOT_FOUND ? 0 : rc;
    }
    mib_text_fini(&loading->text);
    map_fini(&loading->by_name);
    map_fini(&loading->by_file);
    arena_fini(&loading->drafts);
    arena_fini(&loading->lists);
    return status;
}

int mib_load(struct mib *mib, struct mib_load *load)
{
    struct loading loading;
    load->found = mib_files_new(load->directories, load->named_directories, mib_arena(mib));
    if (!load->found) {
        return UVSNMP_ENO_MEMORY;
    }
    begin(&loading, mib, load);
    int status = show_files(&loading, load->files);
    return finish(&loading, status < 0 ? status : show_list(&loading, load->modules));
}

int mib_load_module(struct mib *mib, const struct mib_load *load, const char *name)
{
    struct loading loading;
    const char *module = name;
    if (mib_has_module(mib, name)) {
        return mib_show(mib, name);
    }
    if (!load->found) {
        return UVSNMP_ENOT_FOUND;
    }
    begin(&loading, mib, load);
    loading.by_hand = true;
    int status = need(&loading, &module, true);
    if (status == UVSNMP_ENOT_FOUND) {
        mib_files_note_missing(load->found, name);
        say_missing(&loading, name);
    }
    return finish(&loading, status < 0 ? status : show_later(&loading, module));
}
