# SPDX-License-Identifier: BSD-3-Clause
# Every spelling of the options that all tools share.

load tools.bash

setup_file() {
    start_peer
}

teardown_file() {
    stop_peer
}

# prints WHAT COMMAND...
prints() {
    local expected=$1
    shift
    call "$@"
    [ "$status" -eq 0 ]
    [ "$out" = "$expected" ]
    [ -z "$err" ]
}

# refuses MESSAGE COMMAND...: the first line of what is said
refuses() {
    local expected=$1
    shift
    call "$@"
    [ "$status" -eq 1 ]
    [ -z "$out" ]
    [ "$(head -n 1 <<<"$err")" = "$expected" ]
}

@test "arguments of options are taken glued and apart" {
    prints 'iso.3.6.1.4.1.99999.1.0 = INTEGER: 42' snmpget -v2c -cp "$PEER" "$(value 1)"
    prints 'iso.3.6.1.4.1.99999.1.0 = INTEGER: 42' snmpget -v 2c -c p "$PEER" "$(value 1)"
    prints '42' snmpget -v1 -c p -Oqv "$PEER" "$(value 1)"
    prints '42' snmpget -v1 -c p -O qv "$PEER" "$(value 1)"
    prints '42' snmpget -v1 -c p -Oq -Ov "$PEER" "$(value 1)"
    prints '42' snmpget -v1 -c p -r 0 -t0.5 -Oqv "$PEER" "$(value 1)"
    prints '42' snmpget -v2C -c p -r0 -t .5 -Oqv "$PEER" "$(value 1)"
}

@test "a community may begin with an equal sign, a dash or be empty" {
    prints 42 snmpget -Oqv -v2c -c=p "$PEER" "$(value 1)"
    prints 42 snmpget -Oqv -v2c -c -p "$PEER" "$(value 1)"
    prints 42 snmpget -Oqv -v2c -c '' "$PEER" "$(value 1)"
}

@test "options may follow operands" {
    prints '.1.3.6.1.4.1.99999.1.0 = INTEGER: 42' snmpget "$PEER" "$(value 1)" -v2c -c p -On
    prints '42' snmpget -v2c "$PEER" -Oqv "$(value 1)" -c p
}

@test "two dashes end the options" {
    prints 42 snmpget -Oqv -v2c -c p -- "$PEER" "$(value 1)"
    refuses '-On: Unknown Object Identifier (Sub-id not found: (top) -> -On)' \
        snmpget -v2c -c p "$PEER" "$(value 1)" -- -On
}

@test "calls of monitoring systems work as they are" {
    prints 'iso.3.6.1.4.1.99999.1.0 = 42' snmpget -M /nonexistent -v2c -c p -OQXUte "$PEER" "$(value 1)"
    prints '.1.3.6.1.4.1.99999.1.0 = 42' snmpget -M /a:/b -v2c -c p -OQUn -t 1 -r 1 "udp:$PEER" "$(value 1)"
    prints 'INTEGER: 42' snmpget -O fntevU -c p -v 2c -t 1 -r 0 "$PEER" "$(value 1)"
    prints 'iso.3.6.1.4.1.99999.1.0 = INTEGER: 42' snmpget -Le -t 1 -r 0 -m '' -v 2c -c p "$PEER" "$(value 1)"
    prints '.1.3.6.1.4.1.99999.1.0 42' snmpget -Osqn -Pu -v1 -cp "$PEER" "$(value 1)"
    prints '42' snmpget -v2c -c p -n '' -l authPriv -u u -a SHA -A secret12 -x AES -X secret12 -Oqv "$PEER" \
        "$(value 1)"
}

@test "a word after a letter that wants one belongs to it" {
    prints '1.23' snmpget -v2c -c p -Oqvp .2 "$PEER" "$(value 30)"
    prints '1.23' snmpget -v2c -c p -Oqv -Op.2 "$PEER" "$(value 30)"
    prints '1.23' snmpget -v2c -c p -Oqv -O p .2 "$PEER" "$(value 30)"
    prints '42' snmpget -v2c -c p -Oqv -Is .0 "$PEER" "$BASE.1"
    prints '42' snmpget -v2c -c p -Oqv -IS .1.3.6.1.4.1. "$PEER" 99999.1.0
}

@test "every token of snmp.conf can be given as a long option" {
    prints '.1.3.6.1.4.1.99999.1.0 = INTEGER: 42' snmpget --printNumericOids=yes -v2c -c p "$PEER" "$(value 1)"
    prints '.1.3.6.1.4.1.99999.1.0 = INTEGER: 42' snmpget -v2c -c p "$PEER" "$(value 1)" --PRINTNUMERICOIDS=1
    prints '42' snmpget --defVersion=2c --defCommunity=p --quickPrinting=1 --printValueOnly=1 "$PEER" "$(value 1)"
    prints '42' snmpget -Y 'defVersion 2c' -cp -Oqv "$PEER" "$(value 1)" -Y 'timeout 1'
    prints '42' snmpget --clientaddr=127.0.0.1 -v2c -cp -Oqv "$PEER" "$(value 1)"
}

@test "a token is set by an equal sign after -Y too, and without a value to 1" {
    prints 'iso.3.6.1.4.1.99999.1.0 42' snmpget -Y quickPrinting=1 -v2c -c p "$PEER" "$(value 1)"
    prints 42 snmpget -Y defCommunity=p -Y 'defVersion 2c' -Oqv "$PEER" "$(value 1)"
    prints 'iso.3.6.1.4.1.99999.1.0 42' snmpget --quickPrinting -v2c -c p "$PEER" "$(value 1)"
    call snmpget --nosuchtoken -v2c -c p -Oqv "$PEER" "$(value 1)"
    [ "$out" = 42 ]
    [[ "$err" == *'Warning: Unknown token: nosuchtoken.' ]]
}

@test "-Ln takes back what stood before it" {
    call snmpget -Lo -Ln -v2c -c p "$PEER" junk
    [ "$status" -eq 1 ]
    [ -z "$out$err" ]
    call snmpget -Ln -Lo -v2c -c p "$PEER" junk
    [[ "$out" == 'junk: Unknown Object Identifier'* ]]
    refuses 'invalid syslog facility: z' snmpget -Lsz -v2c -c p "$PEER" "$(value 1)"
    refuses 'invalid priority: x' snmpget -LN x -v2c -c p "$PEER" "$(value 1)"
}

@test "messages bear the time on request, on streams and in files" {
    local stamp='^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} junk: Unknown'
    call snmpget --logTimestamp=1 -v2c -c p "$PEER" junk
    grep -Eq "$stamp" <<<"$err"
    call snmpget --logTimestamp=1 -Lo -Lf "$BATS_TEST_TMPDIR/log" -v2c -c p "$PEER" junk
    grep -Eq "$stamp" <<<"$out"
    grep -Eq "$stamp" "$BATS_TEST_TMPDIR/log"
}

@test "secrets are taken out of the list of processes" {
    [ -r /proc/self/cmdline ] || skip 'there is no /proc'
    local spelling pid
    for spelling in '-c silent' '-csilent' '-c x -c silent -A silentsilent' '-c silent -3 X silentsilent -a MD5' \
        '-c silent -3Xsilentsilent -a MD5' '--defCommunity=silent' '-YdefCommunity=silent'; do
        # shellcheck disable=SC2086
        snmpget -v2c $spelling -r0 -t5 "$PEER" "$(value 1)" >/dev/null 2>&1 3>&- &
        pid=$!
        sleep 0.3
        tr '\0' ' ' <"/proc/$pid/cmdline" >"$BATS_TEST_TMPDIR/seen"
        kill "$pid"
        wait "$pid" || true
        echo "$spelling: $(cat "$BATS_TEST_TMPDIR/seen")"
        grep -q snmpget "$BATS_TEST_TMPDIR/seen"
        [ "$(grep -c silent "$BATS_TEST_TMPDIR/seen")" -eq 0 ]
    done
}

@test "an unknown token is a warning and changes nothing" {
    call snmpget --nosuchtoken=1 -v2c -c p -Oqv "$PEER" "$(value 1)"
    [ "$status" -eq 0 ]
    [ "$out" = 42 ]
    [[ "$err" == *'Unknown token: nosuchtoken.'* ]]
}

@test "-D is taken with and without tokens" {
    for options in '-D' '-Dsession' '-D session' '-Dsession,io' '-DALL'; do
        # shellcheck disable=SC2086
        call snmpget $options -v2c -c p -Oqv "$PEER" "$(value 1)"
        [ "$status" -eq 0 ]
        [ "$out" = 42 ]
    done
    call snmpget -v2c -c p -Oqv "$PEER" "$(value 1)" -D
    [ "$out" = 42 ]
}

@test "what is missing is named, with the usage" {
    refuses 'No hostname specified.' snmpget
    refuses 'No hostname specified.' snmpwalk -v2c -c p
    refuses 'No community name specified.' snmpget -v2c "$PEER" "$(value 1)"
    refuses 'Missing object name' snmpget -v2c -c p "$PEER"
    refuses 'Missing object name' snmpset -v2c -c p "$PEER"
    [[ "$err" == *'USAGE: snmpset [OPTIONS] AGENT OID TYPE VALUE [OID TYPE VALUE]...'* ]]
}

@test "what is wrong is named, with the usage" {
    refuses 'Invalid version specified after -v flag: 4' snmpget -v 4 -c p "$PEER" "$(value 1)"
    refuses 'Invalid timeout in seconds after -t flag.' snmpget -t x -v2c -c p "$PEER" "$(value 1)"
    refuses 'Invalid timeout in seconds after -t flag.' snmpget -t 0 -v2c -c p "$PEER" "$(value 1)"
    refuses 'Invalid number of retries after -r flag.' snmpget -r -1 -v2c -c p "$PEER" "$(value 1)"
    refuses 'Unknown output option passed to -O: z.' snmpget -Oqz -v2c -c p "$PEER" "$(value 1)"
    refuses 'Unknown input option passed to -I: z.' snmpget -Iz -v2c -c p "$PEER" "$(value 1)"
    refuses 'Unknown parsing option passed to -P: z.' snmpget -Pz -v2c -c p "$PEER" "$(value 1)"
    refuses 'Unknown logging option passed to -L: z.' snmpget -Lz -v2c -c p "$PEER" "$(value 1)"
    refuses 'Bad precision (width.digits is wanted): %n' snmpget -Op%n -v2c -c p "$PEER" "$(value 1)"
    refuses "snmpget: invalid option -- 'q'" snmpget -q -v2c -c p "$PEER" "$(value 1)"
    refuses "snmpget: option requires an argument -- 'c'" snmpget -c
    [[ "$err" == *'USAGE: snmpget [OPTIONS] AGENT OID [OID]...'* ]]
}

@test "options of version 3 are checked in every version" {
    local call
    for version in 1 2c 3; do
        call="-v $version -c p $PEER $(value 1)"
        # shellcheck disable=SC2086
        {
            refuses 'Invalid security level specified after -3l flag: bad' snmpget -l bad $call
            refuses 'Invalid authentication protocol specified after -3a flag: BAD' snmpget -a BAD $call
            refuses 'Invalid privacy protocol specified after -3x flag: BAD' snmpwalk -3 x BAD $call
            refuses 'Bad engine ID value after -3e flag.' snmpget -e zz $call
            refuses 'Need engine boots value after -3Z flag.' snmpset -Z x $call
            refuses 'Unknown SNMPv3 option passed to -3: q.' snmpget -3q x $call
            [[ "$err" == *'USAGE: snmpget '* ]]
            refuses 'Error: passphrase chosen is below the length requirements of the USM (min=8).' \
                snmpget -A short $call
            [ "$(sed -n '2,$p' "$BATS_TEST_TMPDIR/err")" = 'snmpget:  (The supplied password length is too short.)
Error generating a key (Ku) from the supplied authentication pass phrase. ' ]
            refuses 'snmpget: ' snmpget -X longenough $call
        }
    done
}

@test "an unknown letter of -C is named without the usage" {
    refuses 'Unknown flag passed to -C: z' snmpget -Cz -v2c -c p "$PEER" "$(value 1)"
    [ "$(wc -l <<<"$err")" -eq 1 ]
    refuses 'Unknown flag passed to -C: z' snmpwalk -Cz -v2c -c p "$PEER" "$(value 1)"
}

@test "-h prints the usage on standard error and fails" {
    for tool in snmpget snmpgetnext snmpbulkget snmpset snmpwalk snmpbulkwalk; do
        for option in -h --help; do
            call "$tool" "$option"
            [ "$status" -eq 1 ]
            [ -z "$out" ]
            [[ "$(head -n 1 <<<"$err")" == "USAGE: $tool [OPTIONS] AGENT "* ]]
        done
    done
}

@test "-V prints a version that scripts can read" {
    for option in -V --version; do
        call snmpget "$option"
        [ "$status" -eq 0 ]
        [ -z "$out" ]
        [[ "$err" == 'NET-SNMP version: 5.9.3 (uvsnmp '*')' ]]
    done
}

@test "-H lists the tokens of snmp.conf" {
    call snmpget -H
    [ "$status" -eq 0 ]
    grep -q ' printNumericOids ' <<<"$err"
    grep -q ' defCommunity ' <<<"$err"
}

@test "version 3 is the default and wants a user" {
    refuses 'snmpget: No securityName specified' snmpget "$PEER" "$(value 1)"
    refuses 'snmpget: No securityName specified' snmpget -v3 -l noAuthNoPriv "$PEER" "$(value 1)"
}

@test "the community can come from a file or the environment" {
    local file="$BATS_TEST_TMPDIR/community"
    (umask 077 && printf 'err5\nnot this\n' >"$file")
    call snmpget -v2c --community-file "$file" "$PEER" "$(value 1)"
    [ "$status" -eq 2 ]
    call snmpget -v2c --community-file="$file" "$PEER" "$(value 1)"
    [ "$status" -eq 2 ]
    SECRET=err5 call snmpget -v2c --community-env SECRET "$PEER" "$(value 1)"
    [ "$status" -eq 2 ]
    [[ "$err" == *'Reason: (genError)'* ]]
}

@test "a community file that is open to others is refused or warned of" {
    local file="$BATS_TEST_TMPDIR/community"
    echo p >"$file"
    chmod 666 "$file"
    refuses "$file: everybody may change this file; chmod o-w it" \
        snmpget -v2c --community-file "$file" "$PEER" "$(value 1)"
    chmod 644 "$file"
    call snmpget -v2c --community-file "$file" -Oqv "$PEER" "$(value 1)"
    [ "$out" = 42 ]
    [ "$err" = "$file: warning: everybody may read this file" ]
    refuses "Cannot read $file.none: No such file or directory" \
        snmpget -v2c --community-file "$file.none" "$PEER" "$(value 1)"
}

@test "-L sends messages elsewhere" {
    local message='1.x: Unknown Object Identifier (x)' log="$BATS_TEST_TMPDIR/log"
    call snmpget -Lo -v2c -c p "$PEER" 1.x
    [ "$out" = "$message" ]
    call snmpget -Ln -v2c -c p "$PEER" 1.x
    [ -z "$out$err" ]
    [ "$status" -eq 1 ]
    for option in "-Lf $log" "-Lf$log" "-L f $log" "-LF w $log" "-LF 0-4 $log"; do
        rm -f "$log"
        # shellcheck disable=SC2086
        call snmpget $option -v2c -c p "$PEER" 1.x
        [ -z "$out$err" ]
        [ "$(cat "$log")" = "$message" ]
    done
    call snmpget -LE 1 -v2c -c p "$PEER" 1.x
    [ -z "$out$err" ]
    call snmpget -LEw -v2c -c p "$PEER" 1.x
    [ "$err" = "$message" ]
}

@test "-d shows each message in hexadecimal, with the other messages" {
    call snmpget -d -v2c -c public "$PEER" "$(value 1)"
    [ "$out" = 'iso.3.6.1.4.1.99999.1.0 = INTEGER: 42' ]
    # one octet less where the request-id happens to be short
    [[ "$err" =~ Sending\ (44|45)\ bytes\ to\ UDP:\ \[127.0.0.1\]:${PEER#*:}-\>\[0.0.0.0\]: ]]
    [[ "$err" =~ Received\ (45|46)\ byte\ packet\ from\ UDP:\ \[127.0.0.1\]:${PEER#*:}-\>\[0.0.0.0\]: ]]
    grep -q '^0000: 30 2[AB] 02 01  01 04 06 70  75 62 6C 69  63 A0 1[DE] 02    0[*+].....public...$' <<<"$err"
    call snmpget -d -Lo -r1 -t.1 -v2c -c silent "$PEER" "$(value 1)"
    [ "$(grep -c '^Sending' <<<"$out")" -eq 2 ]
}

@test "control characters reach pipes but no terminal" {
    call snmpget -v2c -c p -Oqv "$PEER" "$(value 11)" "$(value 8)"
    [ "$out" = $'"\v\f"\n"line1\nline2\ttab\r\n"' ]
    script -qec true /dev/null </dev/null >/dev/null 2>&1 || skip 'script(1) cannot make a terminal here'
    script -qec "snmpget -v2c -c p -Oqv $PEER $(value 11) $(value 8)" /dev/null </dev/null \
        >"$BATS_TEST_TMPDIR/terminal" 2>&1
    # the terminal itself puts a carriage return before each newline
    [ "$(tr -d '\r' <"$BATS_TEST_TMPDIR/terminal")" = $'"\\x0B\\x0C"\n"line1\nline2\ttab\\x0D\n"' ]
}
