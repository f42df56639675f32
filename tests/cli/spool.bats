# SPDX-License-Identifier: BSD-3-Clause
# What snmpinform keeps in a spool: nothing is lost, whatever dies when, and the order holds.

load tools.bash

COLD=.1.3.6.1.6.3.1.1.5.1
NOBODY=127.0.0.1:1

setup_file() {
    use_tools
    export PATH=$top_builddir/apps/snmptrap:$PATH
    # shellcheck disable=SC2086
    $CC -shared -fPIC -o "$BATS_FILE_TMPDIR/stop_at.so" "$top_srcdir/tests/support/stop_at.c" -ldl
    export STOP_AT_SO=$BATS_FILE_TMPDIR/stop_at.so
}

setup() {
    command -v python3 >/dev/null || skip 'python3 is not installed'
    spool=$BATS_TEST_TMPDIR/spool
    log=$BATS_TEST_TMPDIR/log
    : >"$log"
}

teardown() {
    [ ! -e "$BATS_TEST_TMPDIR/receiver.pid" ] || kill "$(cat "$BATS_TEST_TMPDIR/receiver.pid")" 2>/dev/null || true
}

# start_receiver [DEAF]: sets HOST; with PORT in the environment it is there.
start_receiver() {
    rm -f "$BATS_TEST_TMPDIR/port"
    python3 "$top_srcdir/tests/support/inform_receiver.py" "$BATS_TEST_TMPDIR/port" "$log" "$@" \
        </dev/null >/dev/null 2>&1 3>&- &
    echo $! >"$BATS_TEST_TMPDIR/receiver.pid"
    for _ in $(seq 200); do
        [ ! -s "$BATS_TEST_TMPDIR/port" ] || break
        sleep 0.02
    done
    HOST=127.0.0.1:$(cat "$BATS_TEST_TMPDIR/port")
}

stop_receiver() {
    kill "$(cat "$BATS_TEST_TMPDIR/receiver.pid")"
    wait "$(cat "$BATS_TEST_TMPDIR/receiver.pid")" 2>/dev/null || true
    rm "$BATS_TEST_TMPDIR/receiver.pid"
}

# inform TEXT [WORD...]: to HOST
inform() {
    call snmpinform -v2c -c public -t 0.3 -r 0 --spool "$spool" "${@:2}" "$HOST" 5 $COLD .1.3.6.1.4.1.9 s "<$1>"
}

flush() {
    call snmpinform -t 20 -r 0 --spool "$spool" --flush "$@" # no attempt is made twice on a slow machine
}

# The numbers of what is kept.
kept() {
    (cd "$spool" && ls | sed -n 's/^0*\([0-9]*\)\.inform$/\1/p' | tr '\n' ' ')
}

@test "an inform that was acknowledged is not kept" {
    start_receiver
    inform one
    [ "$status" -eq 0 ]
    [ -z "$out$err" ]
    [ "$(cat "$log")" = '<one>' ]
    [ -z "$(kept)" ]
    [ "$(stat -c %a "$spool")" = 700 ]
}

@test "what nobody acknowledged goes first the next time, in its order" {
    start_receiver
    stop_receiver
    inform one
    [ "$status" -eq 1 ]
    [[ $err == "snmpinform: $HOST: Timeout"*"snmpinform: $HOST: kept in $spool: 1 inform" ]]
    inform two
    [ "$status" -eq 1 ]
    [[ $err == *"snmpinform: $HOST: kept in $spool: 2 informs" ]]
    [ "$(kept)" = '1 2 ' ]
    [ "$(stat -c %a "$spool"/*.inform | sort -u)" = 600 ]
    PORT=${HOST#*:} start_receiver
    inform three
    [ "$status" -eq 0 ]
    [ "$(tr '\n' ' ' <"$log")" = '<one> <two> <three> ' ]
    [ -z "$(kept)" ]
}

@test "a flush delivers what is kept, of all or of some receivers" {
    start_receiver
    stop_receiver
    inform one
    snmpinform -v2c -c public -t 0.2 -r 0 --spool "$spool" $NOBODY 5 $COLD || true
    PORT=${HOST#*:} start_receiver
    flush --to $NOBODY
    [ "$status" -eq 1 ]
    [ ! -s "$log" ]
    flush --to "$HOST"
    [ "$status" -eq 0 ]
    [ -z "$out$err" ]
    [ "$(cat "$log")" = '<one>' ]
    flush
    [ "$status" -eq 1 ]
    [[ $err == *"snmpinform: $NOBODY: kept in $spool: 1 inform" ]]
}

@test "a receiver that is dead does not hold up the others" {
    start_receiver
    local i
    for i in 1 2 3; do
        call snmpinform -v2c -c public -t 0.2 -r 0 --spool "$spool" --to $NOBODY --to "$HOST" 5 $COLD \
            .1.3.6.1.4.1.9 s "<$i>"
        [ "$status" -eq 1 ]
    done
    [ "$(tr '\n' ' ' <"$log")" = '<1> <2> <3> ' ]
    [ "$(kept)" = '1 2 3 ' ] # the highest number is given again once its inform is gone
    [ "$(grep -c "^receiver $NOBODY$" "$spool"/*.inform | grep -c ':1$')" -eq 3 ]
}

@test "a receiver that dies before it acknowledges gets it again" {
    start_receiver 1
    inform one
    [ "$status" -eq 1 ]
    [ "$(cat "$log")" = '<one>' ]
    [ "$(kept)" = '1 ' ]
    PORT=${HOST#*:} start_receiver
    flush
    [ "$status" -eq 0 ]
    [ "$(tr '\n' ' ' <"$log")" = '<one> <one> ' ]
}

@test "an inform that the receiver refuses is set aside" {
    start_receiver
    inform refuse
    [ "$status" -eq 2 ]
    [ "$err" = "snmpinform: $HOST: the receiver answered genErr: $spool/00000000000000000001.refused" ]
    inform two
    [ "$status" -eq 0 ]
    [ -e "$spool/00000000000000000001.refused" ]
    [ "$(ls "$spool"/*.inform 2>/dev/null | wc -l)" -eq 0 ]
}

@test "a damaged file is set aside, and does not hold up the others" {
    start_receiver
    stop_receiver
    inform one
    inform two
    inform three
    sed -i 's/^uptime.*/uptime soon/' "$spool/00000000000000000002.inform"
    PORT=${HOST#*:} start_receiver
    flush
    [ "$status" -eq 1 ]
    [ "$err" = "snmpinform: $spool/00000000000000000002.inform: line 6: no uptime
snmpinform: (set aside: $spool/00000000000000000002.bad)" ]
    [ "$(tr '\n' ' ' <"$log")" = '<one> <three> ' ]
    [ -e "$spool/00000000000000000002.bad" ]
    flush
    [ "$status" -eq 0 ]
    inform four # the number of what was set aside is not given again
    [ -e "$spool/00000000000000000002.bad" ]
}

# A value that no message holds three times.
large_value() {
    head -c 30000 /dev/zero | tr '\0' x
}

@test "an inform that no message holds is not kept" {
    start_receiver
    local value version
    value=$(large_value)
    for version in '-v2c -c public' '-v3 -u me'; do
        # shellcheck disable=SC2086
        call snmpinform $version -t 20 -r 0 --spool "$spool" "$HOST" 5 $COLD .1.3 s "$value" \
            .1.3 s "$value" .1.3 s "$value"
        [ "$status" -eq 1 ]
        [ "$err" = 'snmpinform: message too large' ]
        [ "$(ls "$spool")" = delivery.lock ]
    done
    [ ! -s "$log" ]
}

@test "a file that no message holds is set aside by its name, and does not hold up the others" {
    start_receiver
    stop_receiver
    inform one
    inform two
    sed -i "s/^varbind.*/varbind .1.3 s $(large_value)/;/^varbind/{p;p}" "$spool/00000000000000000001.inform"
    PORT=${HOST#*:} start_receiver
    flush
    [ "$status" -eq 1 ]
    [ "$err" = "snmpinform: $HOST: message too large
snmpinform: $HOST: (set aside: $spool/00000000000000000001.bad)" ]
    [ "$(cat "$log")" = '<two>' ]
    [ "$(ls "$spool")" = '00000000000000000001.bad
delivery.lock
numbers.lock' ]
}

@test "a spool that is full takes nothing, and delivers what it has" {
    start_receiver
    stop_receiver
    inform one --spool-max 2
    inform two --spool-max 2
    PORT=${HOST#*:} start_receiver
    inform three --spool-max 2
    [ "$status" -eq 1 ]
    [ "$err" = "snmpinform: not sent: $spool: it keeps 2 informs, and 1 more are over its limit of 2" ]
    [ "$(tr '\n' ' ' <"$log")" = '<one> <two> ' ]
    inform four --spool-max 2
    [ "$status" -eq 0 ]
}

@test "the highest number leaves no room, and other files take none" {
    start_receiver
    stop_receiver
    mkdir -m 700 "$spool"
    touch "$spool/09223372036854775807.note"
    inform one
    [ "$(kept)" = '1 ' ]
    mv "$spool/00000000000000000001.inform" "$spool/09223372036854775807.bad"
    inform two
    [ "$status" -eq 1 ]
    [ "$err" = "snmpinform: not sent: $spool: no number is free above that of the file 09223372036854775807.*" ]
    [ -z "$(kept)" ]
    mv "$spool/09223372036854775807.bad" "$spool/09223372036854775806.refused"
    inform three
    [ "$(kept)" = '9223372036854775807 ' ]
    PORT=${HOST#*:} start_receiver
    flush
    [ "$status" -eq 0 ]
    [ "$(cat "$log")" = '<three>' ]
}

@test "a spool that cannot be used is an error, and nothing is sent" {
    start_receiver
    mkdir -m 755 "$spool"
    inform one
    [ "$status" -eq 1 ]
    [ "$err" = "snmpinform: not sent: $spool: others may look into it: its mode has to be 0700" ]
    rmdir "$spool"
    : >"$spool"
    inform one
    [ "$status" -eq 1 ]
    [ "$err" = "snmpinform: not sent: $spool: Not a directory" ]
    spool=/proc/nowhere
    inform one
    [ "$status" -eq 1 ]
    [ "$err" = 'snmpinform: not sent: /proc/nowhere: No such file or directory' ]
    [ ! -s "$log" ]
}

@test "a flush makes no spool" {
    flush
    [ "$status" -eq 1 ]
    [ "$err" = "snmpinform: $spool: No such file or directory" ]
    [ ! -e "$spool" ]
}

@test "what somebody removes meanwhile is lost, and not kept" {
    start_receiver
    stop_receiver
    inform one
    inform two
    MEANWHILE="rm '$spool/00000000000000000001.inform'" PORT=${HOST#*:} start_receiver 1
    inform three -t 2
    [ "$status" -eq 1 ]
    [[ $err == *"snmpinform: $HOST: kept in $spool: 2 informs
snmpinform: $HOST: lost: gone from $spool: 1 inform" ]]
    [ "$(kept)" = '2 3 ' ]
    MEANWHILE="rm -r '$spool'" PORT=${HOST#*:} start_receiver 1
    flush -t 2
    [ "$status" -eq 1 ]
    [[ $err != *'kept in'* ]]
    [[ $err == *"snmpinform: $HOST: lost: gone from $spool: 2 informs" ]]
}

@test "what somebody removes meanwhile and the receiver acknowledges is not lost" {
    MEANWHILE="rm -r '$spool'" start_receiver
    call snmpinform -v2c -c public -t 20 --spool "$spool" "$HOST" 5 $COLD .1.3.6.1.4.1.9 s '<one>'
    [ "$status" -eq 0 ]
    [ -z "$out$err" ]
    [ "$(cat "$log")" = '<one>' ]
}

@test "what does not go together is said" {
    HOST=$NOBODY
    call snmptrap -v2c -c public --spool "$spool" $NOBODY 5 $COLD
    [ "$status" -eq 1 ]
    [ "$(head -n 1 <<<"$err")" = '--spool keeps informs: nobody acknowledges a trap' ]
    call snmpinform --flush
    [ "$status" -eq 1 ]
    [ "$(head -n 1 <<<"$err")" = '--flush needs the --spool that is meant' ]
    flush $NOBODY
    [ "$status" -eq 1 ]
    [ "$(head -n 1 <<<"$err")" = '--flush sends what is kept, and takes no operands' ]
    inform one --spool-max 0
    [ "$(head -n 1 <<<"$err")" = '--spool-max: no number from 1 to 1000000: 0' ]
    [ ! -e "$spool" ]
    call snmpinform -v2c -c public --spool "$spool" udp:127.0.0.1:99999 5 $COLD
    [ "$status" -eq 1 ]
    [[ $err == *'Unknown host (udp:127.0.0.1:99999)'* ]]
    [ -z "$(kept)" ]
}

@test "no secret of version 3 is kept, and its user and level count" {
    local secrets=(-u me -l authPriv -a SHA -x AES -A 'my first secret' -X 'my second secret')
    call snmpinform -v3 "${secrets[@]}" -t 0.2 -r 0 --spool "$spool" $NOBODY 5 $COLD
    [ "$status" -eq 1 ]
    grep -qx 'user me' "$spool"/*.inform
    grep -qx 'level authPriv' "$spool"/*.inform
    ! grep -qi secret "$spool"/*.inform || false
    flush
    [ "$status" -eq 1 ]
    [[ $err == *'No securityName specified'* ]]
    flush -u you
    [ "$status" -eq 1 ]
    [[ $err == *'it was kept for the user me, and the secrets given are those of you'* ]]
    flush -u me
    [[ $err == *'it was kept for a higher security level than the one given'* ]]
    flush "${secrets[@]}" -t 0.2 -r 0
    [[ $err == *Timeout* ]]
    [ "$(kept)" = '1 ' ]
}

@test "calls at the same time send each inform once" {
    start_receiver
    local i pids=()
    for i in $(seq 20); do
        snmpinform -v2c -c public -t 20 --spool "$spool" "$HOST" 5 $COLD .1.3.6.1.4.1.9 s "<$i>" 3>&- &
        pids+=($!)
    done
    for i in "${pids[@]}"; do
        wait "$i"
    done
    [ "$(sort "$log" | uniq | wc -l)" -eq 20 ]
    [ "$(wc -l <"$log")" -eq 20 ]
    [ -z "$(kept)" ]
}

# stopped_at NUMBER COMMAND...: as call.
stopped_at() {
    call env STOP_AT="$1" LD_PRELOAD="$STOP_AT_SO" ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0 "${@:2}"
}

@test "whatever step an inform dies at, it is kept as a whole or not at all" {
    start_receiver
    local step before unsent=0 sent=0
    for ((step = 1; step < 200; step++)); do
        rm -rf "$spool"
        stopped_at "$step" snmpinform -v2c -c public -t 20 --spool "$spool" "$HOST" 5 $COLD .1.3.6.1.4.1.9 s "<$step>"
        [ "$status" -ne 0 ] || break
        [ "$status" -eq 137 ]
        before=$(ls "$spool"/*.inform 2>/dev/null | wc -l)
        if [ "$before" -eq 1 ]; then
            grep -qx "<$step>" "$log" && sent=$((sent + 1)) || unsent=$((unsent + 1))
        fi
        flush
        [ "$status" -eq 0 ] || [ ! -e "$spool" ]
        [ "$before" -eq 0 ] || grep -qx "<$step>" "$log"
        inform next
        [ "$status" -eq 0 ]
        [ "$(ls "$spool")" = 'delivery.lock
numbers.lock' ]
    done
    [ "$status" -eq 0 ]
    [ "$unsent" -gt 0 ] # it was kept before it was sent,
    [ "$sent" -gt 0 ]   # and until it was acknowledged
}

@test "whatever step a flush dies at, the next one sends the rest, in its order" {
    start_receiver
    stop_receiver
    inform one
    inform two
    inform three
    cp -a "$spool" "$spool.full"
    PORT=${HOST#*:} start_receiver
    local step
    for ((step = 1; step < 200; step++)); do
        rm -rf "$spool"
        cp -a "$spool.full" "$spool"
        : >"$log"
        stopped_at "$step" snmpinform -t 20 --spool "$spool" --flush
        [ "$status" -ne 0 ] || break
        [ "$status" -eq 137 ]
        flush
        [ "$status" -eq 0 ]
        [ "$(uniq "$log" | tr '\n' ' ')" = '<one> <two> <three> ' ]
        [ "$(wc -l <"$log")" -le 4 ]
        [ -z "$(kept)" ]
    done
    [ "$status" -eq 0 ]
    [ "$step" -gt 8 ]
}

@test "a step that fails is said, and loses nothing silently" {
    start_receiver
    local call step is_lost
    for call in mkostemp write fsync rename unlink flock; do
        for step in 1 2 3; do
            rm -rf "$spool"
            : >"$log"
            # 28: no space is left on the device
            STOP_CALL=$call STOP_ERRNO=28 stopped_at "$step" snmpinform -v2c -c public -t 20 --spool "$spool" \
                "$HOST" 5 $COLD .1.3.6.1.4.1.9 s "<$step>"
            [ "$status" -ne 0 ] || [ "$(cat "$log")" = "<$step>" ]
            is_lost=0
            if [ "$status" -ne 0 ]; then
                [[ $err == *'No space left on device'* || $err == *'kept in'* ]]
                [[ $err != *'not sent'* ]] || is_lost=1
            fi
            flush
            [ "$status" -eq 0 ]
            if [ "$is_lost" -eq 1 ]; then
                [ ! -s "$log" ]
            else
                grep -qx "<$step>" "$log"
            fi
            [ "$(ls "$spool")" = 'delivery.lock
numbers.lock' ] || [ "$(ls "$spool")" = delivery.lock ]
        done
    done
}

@test "the directory that the spool lies in is on the disk before anything is kept" {
    start_receiver
    mkdir "$BATS_TEST_TMPDIR/parent"
    local parent
    parent=$(realpath "$BATS_TEST_TMPDIR/parent")
    spool=$parent/spool// # twice: somebody may have died between the two steps
    for _ in 1 2; do
        rm -f "$BATS_TEST_TMPDIR/synced"
        STOP_SYNCED=$BATS_TEST_TMPDIR/synced stopped_at 0 snmpinform -v2c -c public -t 20 --spool "$spool" \
            "$HOST" 5 $COLD .1.3.6.1.4.1.9 s '<one>'
        [ "$status" -eq 0 ]
        [ "$(head -n 1 "$BATS_TEST_TMPDIR/synced")" = "$parent" ]
    done
}

@test "a clock that is set back does not change the order" {
    start_receiver
    stop_receiver
    inform one
    inform two
    touch -d 2001-01-01 "$spool/00000000000000000002.inform"
    sed -i 's/^time .*/time 5/' "$spool/00000000000000000002.inform"
    PORT=${HOST#*:} start_receiver
    flush
    [ "$status" -eq 0 ]
    [ "$(tr '\n' ' ' <"$log")" = '<one> <two> ' ]
}

@test "the example for cron tells which file systems are full" {
    local alert=$top_srcdir/contrib/disk-alert.sh mount
    export SPOOL=$spool MANAGERS=$BATS_TEST_TMPDIR/managers SNMPCONFPATH=$BATS_TEST_TMPDIR/conf
    mount=$(df -P / | sed '1d;s/.* //')
    export PATTERN="disk full: $mount"
    mkdir "$SNMPCONFPATH"
    printf 'defVersion 2c\ndefCommunity public\ntimeout 1\nretries 0\n' >"$SNMPCONFPATH/snmp.conf"
    chmod 600 "$SNMPCONFPATH/snmp.conf"
    start_receiver
    stop_receiver
    echo "$HOST" >"$MANAGERS"
    call "$alert" 101 /
    [ "$status" -eq 0 ]
    [ ! -e "$spool" ]
    call "$alert" 0 /
    [ "$status" -eq 1 ]
    [[ $err == *"kept in $spool: 1 inform" ]]
    PORT=${HOST#*:} start_receiver
    call snmpinform --spool "$spool" --flush
    [ "$status" -eq 0 ]
    [ -z "$out$err" ]
    [ "$(cat "$log")" = "disk full: $mount" ]
    call "$alert" 0 / /
    [ "$status" -eq 0 ]
    [ "$(wc -l <"$log")" -eq 3 ]
}
