/* SPDX-License-Identifier: BSD-3-Clause */
#include "identity/identity.h"

#include <string.h>

#include "conf/token.h"

void identity_init(struct identity *identity, const struct conf_files *files)
{
    memset(identity, 0, sizeof(*identity));
    usm_users_init(&identity->stored, 0);
    identity_engine_init(&identity->engine);
    identity->files = *files;
}

void identity_fini(struct identity *identity)
{
    identity_forget_users(identity);
    usm_users_fini(&identity->stored);
}

bool identity_is_persistent(const struct identity *identity, const struct conf_place *place)
{
    char path[PATH_MAX];
    return place->file && conf_files_persistent_path(&identity->files, path, sizeof(path)) &&
           strcmp(place->file, path) == 0;
}

void identity_note_problem(struct identity *identity, const struct conf_place *place)
{
    identity->engine.was_stored = identity->engine.was_stored || identity_is_persistent(identity, place);
}

int identity_set_persistentdir(const char *text, const struct conf_place *place, void *arg,
                               struct uvsnmp_error *err)
{
    struct identity *identity = arg;
    (void)place;
    return conf_set_word(identity->files.persistent_dir, sizeof(identity->files.persistent_dir), text,
                         "persistentDir", err);
}
