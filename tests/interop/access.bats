# SPDX-License-Identifier: BSD-3-Clause
# Who may see what: snmpd-lite and Net-SNMP's snmpd with the same configuration must answer the same requests with
# the same output, messages and status of Net-SNMP's tools, byte for byte; and where one is silent so is the other.
#
# What differs on purpose, and is therefore not here: a line that cannot be used, and two lines that contradict each
# other, are reported; a view whose excluding line cannot be used is empty; what follows the end of a line is an
# error; octets of a mask may stand without ':' or '.' between them.

load "$top_srcdir/tests/support/daemon.bash"

setup()
{
    command -v snmpd >/dev/null && command -v snmpget >/dev/null ||
        skip 'Net-SNMP is not installed (packages snmp and snmpd)'
    daemon_setup
    their_pid= calls=0
    : >"$work/differences"
    S=.1.3.6.1.2.1.1
    I=.1.3.6.1.2.1.2.2.1
    mkdir -p "$work/state/cert_indexes"
}

teardown()
{
    daemon_teardown
    if [ -n "$their_pid" ]; then
        kill "$their_pid" 2>/dev/null || :
        wait_gone "$their_pid" || kill -9 "$their_pid" 2>/dev/null || :
    fi
}

# Starts both agents with the configuration of standard input; the address given is one more of each, where $ours and
# $theirs stand for SIDE.
both()
{
    local more=("$@")
    cat - >"$conf" <<CONF
syscontact  the contact
sysname     the name
sysservices 72
CONF
    cat >>"$conf"
    start_agent "${more[@]//SIDE/$ours}"
    start_theirs "${more[@]//SIDE/$theirs}"
}

start_theirs()
{
    local tries their_port their_log="$work/theirs.log"
    for tries in 1 2 3; do
        their_port=$(free_port)
        rm -f "$their_log"
        SNMP_PERSISTENT_DIR="$work/theirs" snmpd -f -r -C -I -smux -c "$conf" -Lf "$their_log" \
            "udp:127.0.0.1:$their_port" "$@" </dev/null >/dev/null 2>&1 3>&- &
        their_pid=$!
        theirs="127.0.0.1:$their_port"
        until_true 10 their_start_is_over && ! is_gone "$their_pid" && return 0
    done
    cat "$their_log" >&2
    return 1
}

their_start_is_over()
{
    is_gone "$their_pid" || grep -q '^NET-SNMP version' "$work/theirs.log"
}

# ask AGENT FILE CALL...: a call of a tool, with AGENT in the place of the word AGENT.
ask()
{
    local agent=$1 file=$2 word line result=0
    shift 2
    local call=()
    for word in "$@"; do
        [ "$word" != AGENT ] || word=$agent
        call+=("$word")
    done
    "${call[@]}" >"$file.out" 2>"$file.err" || result=$?
    {
        cat "$file.out"
        echo '--- messages'
        while IFS= read -r line; do
            printf '%s\n' "${line//"$agent"/AGENT}"
        done <"$file.err"
        echo "--- status $result"
    } >"$file"
}

# same TOOL OPTION... AGENT ...: both agents are asked.
same()
{
    local tool=$1
    shift
    ask "$agent" "$work/ours" "$tool" -On -r 1 -t 0.5 "$@" 3>&- &
    ask "$theirs" "$work/real" "$tool" -On -r 1 -t 0.5 "$@" 3>&-
    wait $!
    if ! cmp -s "$work/real" "$work/ours"; then
        {
            echo "== $tool $*"
            diff "$work/real" "$work/ours" || :
        } >>"$work/differences"
    fi
    calls=$((calls + 1))
}

# each FUNCTION COMMUNITY[@VERSION]...: calls FUNCTION VERSION COMMUNITY; without a VERSION for both.
each()
{
    local function=$1 who
    shift
    for who in "$@"; do
        case "$who" in
        *@*) "$function" "${who#*@}" "${who%@*}" ;;
        *)
            "$function" 1 "$who"
            "$function" 2c "$who"
            ;;
        esac
    done
}

# What a community may do with single variables.
probe_one()
{
    local as="-v$1 -c $2"
    same snmpget $as AGENT $S.4.0
    same snmpget $as AGENT $S.5.0
    same snmpget $as AGENT $S.4 $S.5.0 $S.7.0 .1.3.6.1.2.1.1
    same snmpgetnext $as AGENT $S.3.9
    same snmpgetnext $as AGENT $S.4.0
    same snmpgetnext $as AGENT $S.5 $S.3.0
    same snmpset $as AGENT $S.4.0 s x
    same snmpset $as AGENT $S.5.0 s x $S.4.0 s x
    same snmpset $as AGENT $S.7.0 i 1
    same snmpset $as AGENT $S.5 s x
}

probe()
{
    each probe_one "$@"
}

# All that a community may see, for those that see nothing which differs.
walk_one()
{
    local as="-v$1 -c $2"
    same snmpwalk $as AGENT .1
    same snmpwalk $as AGENT $S
    same snmpwalk $as AGENT $S.5
    same snmpgetnext $as AGENT .1.3.6.1.6.3 $S.4
    [ "$1" != 1 ] || return 0
    same snmpbulkwalk $as AGENT .1
    same snmpbulkget $as AGENT -Cr2 $S.4
}

walk()
{
    each walk_one "$@"
}

# Neither agent answers these.
silent_one()
{
    local of
    for of in "$agent" "$theirs"; do
        calls=$((calls + 1))
        snmpget "-v$1" -c "$2" -r 0 -t 0.7 "$of" $S.4.0 >"$work/silent$calls" 2>&1 3>&- &
    done
}

silent()
{
    local before=$calls
    each silent_one "$@"
    wait $(jobs -p | grep -vx -e "$agent_pid" -e "$their_pid") || :
    for ((; before < calls; before++)); do
        grep -q '^Timeout: No Response' "$work/silent$((before + 1))" ||
            echo "an answer to one of: $*" >>"$work/differences"
    done
}

no_differences()
{
    cat "$work/differences"
    [ "$calls" -gt 0 ]
    [ ! -s "$work/differences" ]
}

@test "views of the distribution's configuration" {
    both <<CONF
view   systemonly  included   $S
view   systemonly  included   .1.3.6.1.2.1.25.1
rocommunity  public default -V systemonly
rocommunity6 public default -V systemonly
CONF
    probe public
    silent private
    same snmpget -v2c -c public AGENT .1.3.6.1.2.1.2.1.0 .1.3.6.1.2.1.11.1.0
    same snmpget -v1 -c public AGENT .1.3.6.1.2.1.2.1.0
    no_differences
}

@test "com2sec, group, view and access" {
    both <<CONF
com2sec notConfigUser  default       public
group   notConfigGroup v1           notConfigUser
group   notConfigGroup v2c           notConfigUser
view    systemview    included   $S.2
view    systemview    included   $S.4
view    systemview    included   $S.7
access  notConfigGroup ""      any       noauth    exact  systemview none none
CONF
    probe public
    walk public
    no_differences
}

@test "OIDs as names" {
    mkdir "$work/mibs"
    "$top_builddir/tools/mibfacts" smi "$work/mibs" "$top_srcdir"/lib/mib/facts/*.txt
    both -M "$work/mibs" -m + <<'CONF'
view some included system
view some excluded SNMPv2-MIB::sysContact
view some included .iso.org.dod.internet.mgmt.mib-2.interfaces.ifNumber
view some included IF-MIB::ifDescr
view more included mib-2
view more excluded interfaces
view more included ifTable.ifEntry.ifIndex
rocommunity named default -V some
rocommunity other default -V more
rocommunity below default sysName
rocommunity deep  default SNMPv2-MIB::sysServices.0
CONF
    probe named other below deep
    no_differences
}

@test "views for reading and writing" {
    both <<CONF
com2sec staff default staff
com2sec both  default both
group   staff v2c staff
group   both  v1 both
group   both  v2c both
view    r included $S.4
view    r included $S.5
view    w included $S.5
view    w included $S.7
access  staff "" v2c noauth exact r w none
access  both "" any noauth exact none w r
rwcommunity w default -V w
CONF
    probe staff@2c both w
    silent staff@1
    walk staff@2c both w
    no_differences
}

@test "the views that need no line" {
    both <<CONF
com2sec a default a
com2sec n default n
group   a v2c a
group   n v2c n
access  a "" any noauth exact _all_ _all_ none
access  n "" any noauth exact _none_ _none_ none
view    _all_ excluded $S.4
view    _none_ included $S.5
rwcommunity all default -V _all_
rocommunity none default -V _none_
CONF
    probe a@2c n@2c all none
    no_differences
}

@test "parts of a view inside each other" {
    both <<CONF
view v included .1
view v excluded .1.3
view v included $S
view v excluded $S.1
view v excluded $S.3
view v excluded $S.6
view v excluded $S.8
view v excluded $S.9
view v excluded $S.5.0
view u included $S.4.0
view u excluded $S.4.0.0
view u included $S.5
view u excluded $S.5.0
view x included $S.5.0.1
rwcommunity v default -V v
rwcommunity u default -V u
rwcommunity x default -V x
CONF
    probe v u x
    walk v u x
    no_differences
}

# Without what moves, and what one of the agents does not have.
@test "masks" {
    both <<CONF
view row included $I.0.1 ff:a0
view columns included $I.2
view columns included $I.3
view columns excluded $I.0.1 ff:a0
view short included $S.0.0 fe
view short excluded $S.1.0
view short excluded $S.3.0
view short excluded $S.8.0
view wide included .1.0.0.0.0.0.1.0.0 8a:00
view wide excluded $S.1.0 ff:00
view wide excluded $S.3.0 ff:00
view wide excluded $S.8.0 ff:00
view wide excluded $S.9.0 ff:00
view wide excluded $S.4.0.0.0.0.0.0.0.0.0 ff:00
view long included $S.4 fe:80:00:00:00:00:00:00:00:00:00:00:00:00:00:ff
view long excluded $S.1
view long excluded $S.5.0
rocommunity row default -V row
rocommunity columns default -V columns
rwcommunity short default -V short
rwcommunity wide default -V wide
rwcommunity long default -V long
CONF
    probe short wide long
    walk short wide
    for version in 1 2c; do
        for id in 1 2 3 4 6 7 8; do
            same snmpgetnext -v$version -c row AGENT $I.$id.0
            same snmpget -v$version -c row AGENT $I.$id
            same snmpgetnext -v$version -c columns AGENT $I.$id
        done
        same snmpget -v$version -c row AGENT $I.1.1 $I.2.1
        same snmpget -v$version -c row AGENT $I.1.2
        same snmpget -v$version -c columns AGENT $I.2.2 $I.2.1
        same snmpwalk -v$version -c row AGENT $I.3
        same snmpwalk -v$version -c columns AGENT .1
    done
    no_differences
}

@test "of families of equal length the greatest decides" {
    both <<CONF
view a included $S.0.0 fe:00
view a excluded $S.5.0
view b excluded $S.0.0 fe:00
view b included $S.5.0
view c included $S.5.0 fe:80
view c excluded $S.4.0
view d included $I.0.1 ff:a0
view d excluded $I.2.0 ff:c0
view e excluded $I.0.1 ff:a0
view e included $I.2.0 ff:c0
view f included $S.0.0 fe:80
view f excluded $S.1.0 fe:00
rwcommunity a default -V a
rwcommunity b default -V b
rwcommunity c default -V c
rocommunity d default -V d
rocommunity e default -V e
rocommunity f default -V f
CONF
    probe a b c f
    walk b e f
    for version in 1 2c; do
        for community in d e; do
            same snmpget -v$version -c $community AGENT $I.1.1
            same snmpget -v$version -c $community AGENT $I.2.1 $I.2.2
            same snmpgetnext -v$version -c $community AGENT $I.1.1
            same snmpgetnext -v$version -c $community AGENT $I.2
            same snmpgetnext -v$version -c $community AGENT $I.2.1
        done
    done
    no_differences
}

@test "the first line for the same thing counts" {
    both <<CONF
view a included $S.4
view a excluded $S.4
view b excluded $S.5
view b included $S.5
view b included $S.4
com2sec s default s
group g v1 s
group g v2c s
group h v2c s
access g "" any noauth exact a none none
access g "" any noauth exact b b none
access h "" any noauth exact b b none
rocommunity a default -V a
rocommunity b default -V b
CONF
    probe s a b
    walk s a b
    no_differences
}

@test "the first community that fits counts" {
    both <<CONF
view four included $S.4
view five included $S.5
com2sec s default c1
rwcommunity c1
rocommunity c2 default -V five
com2sec s default c2
com2sec s 10.0.0.0/8 c3
rocommunity c3 default -V five
com2sec s 127.0.0.1 c4
rocommunity c4 default -V five
com2sec nobody default c5
rocommunity c5
com2sec s !127.0.0.0/8 c6
rocommunity c6
rocommunity c7 !10.0.0.0/8
rwcommunity c7 default -V five
rocommunity c8 !127.0.0.1
com2sec6 s default c9
com2secunix s default c10
com2sec s 127.0.0.0/255.0.0.0 c11
com2sec s localhost c12
group g v1 s
group g v2c s
access g "" any noauth exact four none none
CONF
    probe c1 c2 c3 c4 c7 c11 c12
    silent c5 c6 c8 c9 c10
    no_differences
}

@test "models, levels and contexts of access lines" {
    both <<CONF
view four included $S.4
view five included $S.5
com2sec any default any
com2sec one default one
com2sec two default two
com2sec high default high
com2sec out default out
com2sec pre default pre
com2sec best default best
com2sec -Cn elsewhere any default context
com2sec usm default usm
com2sec mixed default mixed
group mixed v2c mixed
group any any mixed
group any any any
group one v1 one
group one v2c one
group two v2c two
group high v2c high
group out v2c out
group pre v2c pre
group best v1 best
group best v2c best
group usm usm usm
access any "" any noauth exact four none none
access one "" v1 noauth exact four none none
access two "" usm noauth exact four none none
access two "" v2c noauth exact five none none
access high "" any auth exact four none none
access high "" v2c priv exact four none none
access out other any noauth prefix four none none
access pre "" any noauth prefix five none none
access best "" any noauth exact four none none
access best "" v2c noauth prefix five none none
access usm "" usm noauth exact four none none
access mixed "" any noauth exact five none none
CONF
    probe any one@1 two@2c pre@2c best mixed@2c
    silent one@2c two@1 high out pre@1 context usm
    walk any best pre@2c
    no_differences
}

@test "views that are not there" {
    both <<CONF
view four included $S.4
com2sec s default s
group g v1 s
group g v2c s
access g "" any noauth exact nothing four none
com2sec t default t
group h v1 t
group h v2c t
access h "" any noauth exact four nothing none
rocommunity u default -V nothing
rwcommunity v default -V nothing
CONF
    probe s t u v
    walk s t u v
    no_differences
}

@test "subtrees and contexts of communities" {
    both <<CONF
view four included $S.4
rwcommunity a default $S.5
rwcommunity b default $S.5.0
rwcommunity c default $S.5.0.1
rocommunity d default .1.3.6.1.2.1.1.4
rwcommunity e default -V four other
rwcommunity f default $S.4 other
rwcommunity g default -V four *
rwcommunity h 127.0.0.0/8 -V four
rocommunity i 192.0.2.0/24 -V four
rwcommunity j default .2
CONF
    probe a b c d g h j
    silent e f i
    walk a b c d g h j
    no_differences
}

@test "a value that is set in a view is set, one outside is not" {
    both <<CONF
view where included $S.6
view w included $S.6.0
com2sec s default s
group g v1 s
group g v2c s
access g "" any noauth exact where w none
CONF
    same snmpset -v2c -c s AGENT $S.6.0 s 'a place'
    same snmpget -v1 -c s AGENT $S.6.0
    same snmpset -v1 -c s AGENT $S.6.0 s 'another' $S.4.0 s 'a name'
    same snmpget -v2c -c s AGENT $S.6.0
    same snmpset -v2c -c s AGENT $S.4.0 s 'a name' $S.6.0 s 'another'
    same snmpset -v2c -c s AGENT $S.6 s 'another'
    same snmpset -v1 -c s AGENT $S.6.0 s 'another'
    same snmpwalk -v2c -c s AGENT .1.3
    no_differences
}

@test "sources over a local socket" {
    ours=ours theirs=theirs
    both "unix:$work/SIDE.sock" <<CONF
view four included $S.4
com2secunix s default any
com2secunix s $work/ours.sock here
com2secunix s $work/theirs.sock here
com2secunix s $work elsewhere
com2sec s default four
com2sec6 s default six
rocommunity simple
group g v1 s
group g v2c s
access g "" any noauth exact four none none
CONF
    agent="unix:$work/ours.sock" theirs="unix:$work/theirs.sock"
    probe any here
    walk here
    silent elsewhere four six simple
    no_differences
}

@test "sources over IPv6" {
    grep -q '^0\{31\}1 ' /proc/net/if_inet6 || skip 'no IPv6 on the loopback'
    local ours theirs side
    ours=$(free_port) side=$(free_port) theirs=$side
    [ "$ours" != "$theirs" ] || skip 'one port for two'
    both 'udp6:[::1]:SIDE' <<CONF
view four included $S.4
com2sec6 s default any
com2sec6 s ::1 host
com2sec6 s ::/64 net
com2sec6 s 2001:db8::/32 elsewhere
com2sec6 s !::1 refused
rocommunity6 refused
rwcommunity6 view default -V four
rocommunity6 tree ::1/128 $S.5
rocommunity simple
com2sec s default four
com2secunix s default unix
group g v1 s
group g v2c s
access g "" any noauth exact four none none
CONF
    agent="[::1]:$ours" theirs="[::1]:$side"
    probe any host net view tree
    silent elsewhere refused simple four unix
    no_differences
}

@test "what is refused is counted, and what is not in view is not" {
    both <<CONF
view counters included .1.3.6.1.2.1.11.4
rocommunity counters default -V counters
com2sec nobody default nobody
CONF
    same snmpget -v2c -c nobody AGENT $S.4.0
    same snmpget -v2c -c wrong AGENT $S.4.0
    same snmpget -v1 -c counters AGENT $S.4.0
    same snmpget -v2c -c counters AGENT .1.3.6.1.2.1.11.4.0
    no_differences
}
