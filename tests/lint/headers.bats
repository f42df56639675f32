# SPDX-License-Identifier: BSD-3-Clause
# Each public header can be the first and only one of a program.

each_header()
{
    for header in "$top_srcdir"/lib/include/uvsnmp/*.h; do
        printf '#include <uvsnmp/%s>\nextern int unit;\n' "${header##*/}" |
            "$@" -Wall -Wextra -Werror -I"$top_srcdir/lib/include" $LIBUV_CFLAGS -fsyntax-only -
    done
}

@test "public headers compile alone in C" {
    each_header $CC -std=gnu11 -Wconversion -Wcast-qual -x c
}

@test "public headers compile alone in C++" {
    command -v "${CXX:-c++}" || skip "no C++ compiler"
    each_header "${CXX:-c++}" -std=c++11 -x c++
}

@test "private headers compile alone" {
    find "$top_srcdir/lib" -name '*.h' ! -path '*/include/*' | while read -r header; do
        printf '#include "%s"\nextern int unit;\n' "$header" |
            $CC -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -I"$top_srcdir/lib" \
                -I"$top_srcdir/lib/include" $LIBUV_CFLAGS -fsyntax-only -x c -
    done
}

@test "every public header is installed" {
    for header in "$top_srcdir"/lib/include/uvsnmp/*.h; do
        grep -q "lib/include/uvsnmp/${header##*/}" "$top_srcdir/lib/local.mk"
    done
}
