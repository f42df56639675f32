# SPDX-License-Identifier: BSD-3-Clause
# Our tools and Net-SNMP's side by side: the same calls must give the same output, messages and status, byte for
# byte. Asked are Net-SNMP's snmpd, and an agent of ours (tests/support/tool_peer.c) that has one value of each
# kind and misbehaves on request.
#
# What differs on purpose, and is therefore not here:
#   usage, help and -D texts; "(null): line 0:" before what is wrong with a --token
#   an INTEGER or unsigned number out of its range, and a sub-identifier above 2^32-1, are refused, not cut
#   an OID of one number N is N.0 on the wire, not 0.N
#   a float that is longer than 127 characters is printed in full, and -Op takes nothing but width and digits
#   -IR and -Ib leave numeric OIDs alone
#   snmpwalk takes several OIDs and -CE a glued one; GETBULK is repeated with less after tooBig
#   snmpbulkwalk stops at the first endOfMibView or other exception of a response, and at the first name out of
#   order, and does not print the rest of the response
#   snmpgetnext fails on an error-status without an error-index too
#   -D needs no token
#   a second line tells what else is known of a failure; a refused agent is not waited for

load ../cli/tools.bash
load snmpd.bash
load both.bash

setup_file() {
    command -v snmpget >/dev/null && command -v snmpd >/dev/null || return 0
    export THEIRS
    THEIRS=$(dirname "$(command -v snmpget)")
    start_peer
    start_snmpd <<'END'
rocommunity public
rwcommunity private
sysdescr a fixed description
sysservices 72
override .1.3.6.1.4.1.99998.1.0 integer -5
override -rw .1.3.6.1.4.1.99998.2.0 octet_str "hello"
override -rw .1.3.6.1.4.1.99998.3.0 integer 5
override .1.3.6.1.4.1.99998.7.0 timeticks 8640000
override .1.3.6.1.4.1.99998.8.0 ipaddress 192.0.2.1
override .1.3.6.1.4.1.99998.9.0 object_id .1.3.6.1.2.1.1.1.0
END
}

teardown_file() {
    [ -n "$THEIRS" ] || return 0
    stop_peer
    stop_snmpd
}

setup() {
    [ -n "$THEIRS" ] || skip 'Net-SNMP is not installed (packages snmp and snmpd)'
}

# What the calls below are written with.
define() {
    P="-v2c -c p -r0 -t2 $PEER"     # our agent
    A="-v2c -c public -r1 -t2 $SNMPD" # snmpd
    A1="-v1 -c public -r1 -t2 $SNMPD"
    W="-v2c -c private -r1 -t2 $SNMPD"
    W1="-v1 -c private -r1 -t2 $SNMPD"
    Q=.1.3.6.1.4.1.99998
    S=.1.3.6.1.2.1.1
    V=.1.3.6.1.4.1.99999
    ALL=$(for i in $(seq 38); do printf '%s ' "$V.$i.0"; done)
}

# Each line of standard input is a call, run by both; and what they ask is there.
same() {
    compare_calls
    # two that fail alike are alike too
    [ "$(snmpget -v2c -c p -Oqv "$PEER" $V.1.0)" = 42 ]
    [ "$(snmpget -v2c -c public -Oqv "$SNMPD" $S.7.0)" = 72 ]
}

@test "every letter of -O prints every type as Net-SNMP does" {
    for letters in q Q v t n f s S u a x T xT e 0 X b E U p.2 p8.3 p.0 qp.1 vq vQ nt nq nQ qt Qt vt fq sq ux aT nx \
        na qx qa Qx QX qT qTx QUe UQnet Qve Qs Uqn sX qq QQ qQ Qq Qqq QQq qQq qqQ tt vv xa ax TT QXUte ObentU QUsetX; do
        echo "snmpget -O$letters \$P \$ALL"
    done | sed 's/-OObentU/-ObentU/' | same
}

@test "options are spelled as one likes" {
    same <<'END'
snmpget $P $ALL
snmpget -O q $P $ALL
snmpget -O Qv $P $ALL
snmpget -On -Oq $P $ALL
snmpget -On -Os $P $ALL
snmpget -Os -On $P $ALL
snmpget -Oq -Oq $P $ALL
snmpget -Op .2 $P $ALL
snmpget -O p.3 $P $ALL
snmpget -O fntevU $P $ALL
snmpget $P $V.1.0 -On
snmpget -v2C -c p -r0 $PEER $V.1.0
snmpget -v 1 -cp -r 0 -t .5 $PEER $V.1.0
snmpget -v2c -c '' $PEER $V.1.0
snmpget -v2c -c p -On -- $PEER $V.1.0
snmpget -v2c -c p $PEER -- $V.1.0
snmpget --printNumericOids=yes $P $V.1.0
snmpget --PRINTNUMERICOIDS=1 $P $V.1.0
snmpget $P $V.1.0 --quickPrinting=1
snmpget --defVersion=2c --defCommunity=p $PEER $V.1.0
snmpget -Y 'quickPrinting 1' $P $V.1.0
snmpget -Y quickPrinting=1 $P $V.1.0
snmpget --quickPrinting $P $V.1.0
snmpget --clientaddr=127.0.0.1 $P $V.1.0
snmpget -Is .0 $P $V.1
snmpget -Is 0 $P $V.1
snmpget -Is '' $P $V.1.0
snmpget -Iu -Is 0 $A 1.1
snmpget -Iu $P iso.3.6.1.4.1.99999.1.0
snmpget -Iu $P ccitt.3
snmpget -IS .1.3.6.1.4.1. $P 99999.1.0
snmpget -Iu $A 1.1.0
snmpget -Iu $P $V.1.0
snmpget -Ih -Ir $P $V.1.0
snmpget -n '' -m '' -M /nonexistent -Pu -OQXUte $P $V.1.0
snmpget -l authPriv -u u -a SHA -A 12345678 -x AES -X 12345678 -n '' $P $V.1.0
snmpget -d $P $V.1.0
snmpget -d -Lo $P $V.15.0
END
}

@test "OIDs are read, and refused, as by Net-SNMP" {
    same <<'END'
snmpget $P iso.3.6.1.4.1.99999.1.0
snmpget $P .iso.3.6.1.4.1.99999.1.0
snmpget $P 1.3.6.1.4.1.99999.4294967295
snmpget $P 0.0
snmpget $P ccitt.0
snmpget $P joint-iso-ccitt.9
snmpget $P 2.999.1
snmpget $P "1.3.6.1.4.1.99999.1.'a'"
snmpget $P '1.3.6.1.4.1.99999."abc"'
snmpget $P 1.3.6.1.4.1.99999.0x1
snmpget $P 1.3.6.1.4.1.99999.01.0
snmpget $P 1.3.6.x
snmpget $P 1.3.6.x 1.3.y $V.1.0
snmpget $P 1.3.6.1..4
snmpget $P 1.3.6.1.-1
snmpget $P 1.3.6.1.
snmpget $P '1.3.6.1 '
snmpget $P iso.org.dod.internet
snmpget $P '1.3.6.1[0]'
snmpget $P ''
snmpget $P 5.6.7 >/dev/null 2>&1
snmpget $P 1.3.6.1.4.1.99999.$(seq -s. 1 119)
snmpget $P 1.3.6.1.4.1.99999.$(seq -s. 1 122)
snmpwalk $P x.1.3 >/dev/null 2>&1
END
}

@test "what is wrong with a call is said as by Net-SNMP" {
    same <<'END'
snmpget
snmpget -h
snmpget -v2c -c p
snmpget -v2c $PEER $V.1.0
snmpget -v2c -c p $PEER
snmpset -v2c -c p $PEER
snmpget -c
snmpget -q $P $V.1.0
snmpget -v 4 $P $V.1.0
snmpget -v2p $P $V.1.0
snmpget -v -c p $PEER $V.1.0
snmpget -t abc $P $V.1.0
snmpget -t 0 $P $V.1.0
snmpget -r abc $P $V.1.0
snmpget -r -1 $P $V.1.0
snmpget -Oz $P $V.1.0
snmpget -O $P
snmpget -Iz $P $V.1.0
snmpget -Pz $P $V.1.0
snmpget -Lz $P $V.1.0
snmpget -L $P $V.1.0
snmpget -Lsz $P $V.1.0
snmpget -LN x $P $V.1.0
snmpget -p 99 $P $V.1.0
snmpget -S x $P $V.1.0
snmpget -Cz $P $V.1.0
snmpgetnext -Cz $P $V.1.0
snmpset -Cz $P $V.1.0 i 1
snmpwalk -Cz $P $V
snmpwalk -Cr5 $P $V
snmpbulkwalk -CI $P $V
snmpbulkwalk -Ct $P $V
snmpbulkget -Cf $P $V
snmpbulkget -Cr1x $P $V
snmpbulkget -Cr $P $V
snmpbulkget -Cn x $P $V
snmpbulkget -Cr-1 $P $V
snmpbulkget -Cr2147483648 $P $V
snmpbulkget -Cn5 -Cr1 $P $V
snmpbulkget -v1 -c p $PEER $V
snmpbulkwalk -v1 -c p $PEER $V
snmpget -r0 -v2c -c p tcp:127.0.0.1:1 $V.1.0
snmpget -r0 -v2c -c p unix:/nonexistent $V.1.0
END
}

@test "options of version 3 are checked, in every version, as by Net-SNMP" {
    for argument in '-l bad' "-l ''" '-l 4' '-l priv' '-l AUTHPRIV' '-a BAD' "-a ''" '-x BAD' "-x ''" '-e zz' \
        '-e 0x800' '-e 8000' '-e 0X8000000001' "-e ''" '-e 80:00:01' '-E 0x80' '-E zz' "-e 0x$(printf '%064d' 1)" \
        "-e 0x$(printf '%066d' 1)" '-Z x' '-Z 1,x' '-Z 1,' '-Z 1,2x' "-Z ''" '-3q x' '-3mx' '-3m x' \
        '-3m 0x1234' '-3m 1234' '-3M 123' "-3k ''" '-3 k' '-3' '-3a BAD' '-3aSHA' '-3 a SHA' '-3x BAD' '-3l BAD' \
        '-3u bert' '-3e zz' '-3E 0x80' '-3Z zz' '-3A short' '-3X short' "-A ''" '-A short' '-X short' \
        '-X longenough' '-a MD5 -X longenough' '-a MD5 -X short' '-A longenough -X short' \
        '-A longenough -X longenough' '-A short -O z' '-A short -X short' '-Ln -A short' '-Lo -A short'; do
        echo "snmpget $argument \$P \$V.1.0"
    done | same
    for name in MD5 SHA SHA1 SHA-1 SHA-224 SHA224 SHA-256 SHA256 SHA-384 SHA384 SHA-512 SHA512 HMAC-SHA NOAUTH none \
        sha md5; do
        echo "snmpget -a $name \$P \$V.1.0"
    done | same
    for name in DES AES AES128 AES-128 AES192 AES-192 AES256 AES-256 AES192C AES-192-C AES256C AES-256-C AES192-C \
        AES-192C 3DES none NOPRIV aes des; do
        echo "snmpget -x $name \$P \$V.1.0"
    done | same
    same <<'END'
snmpget -3k
snmpget -3q
snmpget -A short
snmpget -v2c -A short $PEER $V.1.0
snmpget -v3 -u x -l authNoPriv -A short $PEER $V.1.0
snmpget -v3 -a BAD $PEER $V.1.0
END
}

@test "messages go where -L says" {
    same <<'END'
snmpget -Lo $P 1.x
snmpget -Le $P 1.x
snmpget -Ln $P 1.x
snmpget -LE w $P 1.x
snmpget -LE 1 $P 1.x
snmpget -LEw $P 1.x
snmpget -LO 0-4 $P 1.x
snmpget -LO0-2 $P 1.x
snmpget -Leo $P 1.x
snmpget -Le -Lo $P 1.x
snmpget -Lo -Ln $P 1.x
snmpget -Ln -Lo $P 1.x
snmpget -Lf $BATS_TEST_TMPDIR/log $P 1.x; cat $BATS_TEST_TMPDIR/log
snmpget -Lf$BATS_TEST_TMPDIR/log $P 1.x; cat $BATS_TEST_TMPDIR/log
snmpget -L F w $BATS_TEST_TMPDIR/log $P 1.x; cat $BATS_TEST_TMPDIR/log
snmpget -Lo -v1 -c err2 $PEER $V.1.0
snmpget -Ln -v1 -c err2 $PEER $V.1.0
END
}

@test "every error-status is reported in Net-SNMP's words" {
    for error in $(seq 19) 99; do
        for tool in snmpget snmpgetnext snmpwalk snmpbulkget snmpbulkwalk; do
            echo "$tool -v2c -c err$error -r0 \$PEER \$V.1.0"
        done
        echo "snmpset -v1 -c err$error -r0 \$PEER \$V.1.0 i 1"
        echo "snmpget -v1 -c err$error -r0 \$PEER \$V.1.0 \$V.2.0"
    done | same
    for index in -1 5 99; do
        for tool in snmpget snmpgetnext snmpwalk; do
            echo "$tool -v2c -c index$index -r0 \$PEER \$V.1.0"
        done
    done | same
}

@test "silence is reported in Net-SNMP's words" {
    for tool in snmpget snmpgetnext snmpwalk snmpbulkget snmpbulkwalk; do
        echo "$tool -v2c -c silent -r0 -t0.1 \$PEER \$V.1.0"
    done | same
    same <<'END'
snmpset -v2c -c silent -r0 -t0.1 $PEER $V.1.0 i 1
snmpget -v2c -c every2 -r1 -t0.2 $PEER $V.1.0
snmpget -v2c -c p -r0 -t1 255.255.255.255:1 $V.1.0
snmpwalk -v2c -c p -r0 -t1 udp:127.0.0.1:0 $V.1.0
snmpget -v2c -c reset -r0 -t1 tcp:$PEER $V.1.0 2>&1 | grep -v '^('
snmpwalk -v2c -c silent -r0 -t1 tcp:$PEER $V.1.0 2>&1 | grep -v '^('
END
}

@test "values of snmpset are read, sent and refused as by Net-SNMP" {
    while read -r words; do
        echo "snmpset -d \$P \$V.1.0 $words"
    done <<'END' | same
i 1
i -1
i -3
i +5
i 010
i ' 5'
i abc
i 0x10
i 1x
i ''
i
u 4294967295
u x
u 0x10
t 5
t 1:2:3
t 0x10
a 1.2.3.4
a 1.2.3
a 255.255.255.255
a localhost
a 1.2.3.4.5
o 1.3.6
o ''
s abc
s -On
s --
s ''
x 010203
x '01 02'
x 0x0102
x 01:02
x 0102x
x 0
x zz
x ''
d '1 2 3'
d 1.2.3
d 256
d '1 300'
d x
d ''
b '1 2 3'
b 1,2
b 20
b ''
b x
b '1 x'
n x
3 5
U 5
U 18446744073709551615
I -5
I x
F 1.5
F x
F nan
D 2.5
D x
c 5
C 5
q 1
ii 1
N 1
i 1 -On
i 1 $V.2.0
i 1 $V.2.0 s
i 1 $V.2.0 s x
i x $V.2.0 q 2
i x 1.x s y
END
}

@test "snmpd is asked, and told, with the same result" {
    same <<'END'
snmpget $A $S.1.0 $S.7.0
snmpget $A1 $Q.1.0 $Q.99.0 $Q.3.0
snmpget -Cf $A1 $Q.1.0 $Q.99.0 $Q.3.0
snmpget $A1 $Q.98.0 $Q.99.0
snmpget $A $Q.98.0 $S.1
snmpgetnext $A1 .1.3.6.1.9
snmpgetnext $A1 .1.3.6.1.9 $Q.1
snmpgetnext -Cf $A1 .1.3.6.1.9 $Q.1
snmpgetnext $A .1.3.6.1.9
snmpset $A $Q.2.0 s x
snmpset $W $Q.2.0 i 3
snmpset $W1 $Q.2.0 i 3
snmpset $W $Q.1.0 i 3
snmpset $W1 $Q.1.0 i 3
snmpset $W $Q.3.0 i -1
snmpset -Cq $W $Q.3.0 i -1
snmpset $W $Q.3.0 i 7 $Q.2.0 s "a b"
snmpset $W $S.1.0 s x
snmpset $W $Q.500.0 i 3
snmpset $W1 $Q.500.0 i 3
snmpbulkget -Cn1 -Cr2 $A $Q.1 $Q.3
snmpbulkget -C n1r2 $A $Q.1 $Q.3
snmpbulkget -C r2 -C n1 $A $Q.1 $Q.3
snmpbulkget -Cr0 $A $Q.1
snmpbulkget -Cn1 -Cr1 $A $Q.1
snmpbulkget $A .1.3.6.1.9
snmpbulkget -Cr200 $A .1.3.6.1.6.3
snmpget -v2c -c public tcp:$SNMPD $S.7.0
snmpwalk -v2c -c public tcp:$SNMPD $S.7
END
}

@test "walks of snmpd begin and end in the same way" {
    same <<'END'
snmpwalk $A $S.7
snmpwalk $A $S.7.0
snmpwalk $A $Q
snmpwalk $A1 $Q
snmpwalk $A $Q.77
snmpwalk $A1 $Q.77
snmpwalk $A .1.3.6.1.9
snmpwalk $A1 .1.3.6.1.9
snmpbulkwalk $A .1.3.6.1.9
snmpbulkwalk $A $Q
snmpwalk -Ci $A $S.7.0
snmpwalk -Ci $A $S.7
snmpwalk -Ci $A1 $S.7
snmpwalk -CI $A $S.7.0
snmpwalk -Cp $A $S.7
snmpwalk -Cp $A $S.7.0
snmpwalk -Cp $A .1.3.6.1.9
snmpwalk -Cp $A1 .1.3.6.1.9
snmpwalk -Cip $A $S.7
snmpwalk -C p -C i $A $S.7
snmpwalk -CE $S.7 $A $S.6
snmpwalk -CE $S.7.0 $A $S.7
snmpwalk -CE $S.7 $A $S.5
snmpwalk -CE $S $A $S.7
snmpwalk -CpE $S.8 $A $S.7
snmpbulkwalk -Ci $A $S.7
snmpbulkwalk -Ci $A $S.7.0
snmpbulkwalk -Cp $A $S.7
snmpbulkwalk -Cpr5 $A $S.7
snmpbulkwalk -Cn1 $A $S.7
snmpbulkwalk $A $S.7.0
snmpbulkwalk -OQn $A .1.3.6.1.6.3.11
snmpwalk -Oqv $A .1.3.6.1.2.1.1.9
END
}

@test "walks of an agent that misbehaves end in the same way" {
    same <<'END'
snmpwalk $P $V
snmpbulkwalk -Cr1 $P $V
snmpwalk -v2c -c circle4 $PEER $V
snmpbulkwalk -Cr1 -v2c -c circle4 $PEER $V
snmpwalk -v2c -c circle4 $PEER $V.4
snmpbulkwalk -v2c -c circle4 $PEER $V.4
snmpbulkwalk -Cc -v2c -c circle4 $PEER $V.4
snmpwalk -v2c -c exception $PEER $V
snmpbulkwalk -Cr1 -v2c -c exception $PEER $V
snmpwalk -Cp -v2c -c err5 $PEER $V
END
}

@test "snmp.conf has the same effect" {
    export SNMPCONFPATH=$BATS_TEST_TMPDIR
    # shellcheck disable=SC2016
    while IFS= read -r line; do
        printf 'mibs :\n%b\n' "$line" >"$BATS_TEST_TMPDIR/snmp.conf"
        echo "$line"
        printf '%s\n' 'snmpget $P $ALL' 'snmpget -Oqn $P $V.1.0 $V.23.0' 'snmpget -Os $P $V.1.0' | same
    done <<'END'
quickPrinting yes
printNumericOids true
printValueOnly 1
numericTimeticks 1
printHexText 1
hexOutputLength 4
hexOutputLength 0
hexOutputLength x
suffixPrinting 0
suffixPrinting 1
oidOutputFormat 1
oidOutputFormat 3
oidOutputFormat 4
oidOutputFormat 5
oidOutputFormat 6
outputPrecision .2
defAuthType BAD
defAuthType sha-256
defPrivType 3DES
defSecurityLevel noauth
defSecurityLevel ap
clientSendBuf x
16bitIDs x
extendedIndex yes
defVersion 7
timeout x
bogus 1
quickPrinting maybe
noTokenWarnings 1\nbogus 1
[snmp] quickPrinting yes
END
    printf 'defVersion 2c\ndefCommunity public\ndefaultPort %s\nalias agent udp:%s\nmibs :\n' "${SNMPD#*:}" "$SNMPD" \
        >"$BATS_TEST_TMPDIR/snmp.conf"
    same <<'END'
snmpget 127.0.0.1 $S.7.0
snmpget -v1 127.0.0.1 $S.7.0 $Q.99.0
snmpget alias:agent $S.7.0
snmpget -c err5 $PEER $V.1.0
END
}

@test "the whole tree of snmpd is walked alike, line by line, but for what moves" {
    local dir="$BATS_TEST_TMPDIR"
    define
    # shellcheck disable=SC2086
    {
        $THEIRS/snmpbulkwalk -On $A .1 >"$dir/before"
        snmpwalk -On $A .1 >"$dir/walk"
        snmpbulkwalk -On $A .1 >"$dir/bulk"
        $THEIRS/snmpwalk -On $A .1 >"$dir/after"
    }
    # what Net-SNMP's tools printed both before and after must be in what ours printed in between; but the
    # machine's TCP connections, which other tests make in hundreds, are not read at one moment
    grep -v '^\.1\.3\.6\.1\.2\.1\.6\.' "$dir/before" | sort >"$dir/before.sorted"
    sort "$dir/after" | comm -12 - "$dir/before.sorted" >"$dir/still"
    for mine in walk bulk; do
        sort "$dir/$mine" | comm -13 - "$dir/still" >"$dir/missing"
        echo "$mine: $(wc -l <"$dir/still") lines that do not move, $(wc -l <"$dir/missing") of them missing"
        head -n 5 "$dir/missing"
        # a few may have moved and come back, such as the number of connections; but they were there
        [ "$(wc -l <"$dir/missing")" -le 5 ]
        sed 's/ = .*/ = /' "$dir/missing" | while IFS= read -r name; do
            grep -qF -- "$name" "$dir/$mine"
        done
        comm -23 "$dir/still" "$dir/missing" >"$dir/left"
        mv "$dir/left" "$dir/still"
    done
    [ "$(wc -l <"$dir/still")" -gt 500 ]
    # and in the same order
    for file in before walk bulk; do
        grep -Fxf "$dir/still" "$dir/$file" | awk '!seen[$0]++' >"$dir/$file.still"
    done
    cmp "$dir/before.still" "$dir/walk.still"
    cmp "$dir/before.still" "$dir/bulk.still"
}
