# SPDX-License-Identifier: BSD-3-Clause
# The library as others see it: its symbols, and what `make install` makes of it.

shared_object()
{
    echo "$top_builddir/.libs/libuvsnmp.so"
}

exported()
{
    nm -D --defined-only "$(shared_object)" | awk '{ print $3 }' | grep -v '^__' | sort
}

declared()
{
    cat "$top_srcdir"/lib/include/uvsnmp/*.h | tr '\n' ' ' | grep -oE 'UVSNMP_API [^(]*\(' |
        grep -oE 'uvsnmp_[a-z0-9_]+ *\(' | tr -d ' (' | sort -u
}

@test "exported names begin with uvsnmp_" {
    run sh -c 'nm -D --defined-only "$1" | grep -v " __" | grep -v " uvsnmp_"' - "$(shared_object)"
    printf '%s\n' "$output"
    [ "$status" -eq 1 ]
}

@test "what the public headers declare is what is exported" {
    [ "$(declared | wc -l)" -gt 20 ]
    diff <(declared) <(exported)
}

@test "libcrypto is linked to nothing" {
    # Loading it costs every one-shot command more than all its own work.
    local checked=0 bad="" file
    while read -r file; do
        needed=$(readelf -d "$file" 2>/dev/null | grep NEEDED) || continue # a script, or libtool's
        checked=$((checked + 1))
        case $needed in
        *libcrypto* | *libssl*) bad="$bad $file" ;;
        esac
    done < <(find "$top_builddir/.libs" "$top_builddir"/{apps,examples,tests,tools} -type f -perm -u+x \
        ! -name '*.o' ! -path '*/bats-run-*')
    echo "checked: $checked, linked to libcrypto:$bad"
    [ "$checked" -gt 10 ]
    [ -z "$bad" ]
    readelf -d "$(shared_object)" | grep -q NEEDED
}

@test "a program builds and runs with what make install and uvsnmp.pc give" {
    root=$BATS_TEST_TMPDIR/root
    env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS make -C "$top_builddir" -s DESTDIR="$root" install >/dev/null
    pc=$(find "$root" -name uvsnmp.pc)
    [ -n "$pc" ]
    libdir=$(dirname "$(dirname "$pc")")
    cat >"$BATS_TEST_TMPDIR/program.c" <<'END'
#include <stdio.h>
#include <uvsnmp/agent.h>
int main(void)
{
    struct uvsnmp_client *client;
    struct uvsnmp_error error;
    if (uvsnmp_client_new(uv_default_loop(), NULL, &client, &error) != 0) {
        return 1;
    }
    uvsnmp_client_close(client, NULL, NULL);
    puts(uvsnmp_strerror(UVSNMP_ETIMEOUT));
    return uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
END
    flags=$(PKG_CONFIG_SYSROOT_DIR=$root PKG_CONFIG_PATH=$(dirname "$pc") pkg-config --cflags --libs uvsnmp)
    $CC $SAN_FLAGS -o "$BATS_TEST_TMPDIR/program" "$BATS_TEST_TMPDIR/program.c" $flags
    LD_LIBRARY_PATH=$libdir run "$BATS_TEST_TMPDIR/program"
    printf '%s\n' "$output"
    [ "$status" -eq 0 ]
    [ "$output" = timeout ]

    # The pages and programs are there too.
    [ -n "$(find "$root" -name snmpget.1)" ]
    [ -n "$(find "$root" -name snmpd-lite -type f)" ]
    [ -n "$(find "$root" -name session.h)" ]
}
