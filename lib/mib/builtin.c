/* SPDX-License-Identifier: BSD-3-Clause */
#include "mib/mib_impl.h"

struct mib *mib_new(void)
{
    struct mib *mib = mib_new_empty();
    struct mib_image image;
    if (!mib) {
        return NULL;
    }
    mib_builtin_image(&image);
    if (mib_add_image(mib, &image) != 0) {
        mib_free(mib);
        return NULL;
    }
    return mib;
}
