/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/unit.h"

#include "io/address.h"

/* As Net-SNMP's tools take them (default port 161): what they send to, in our own words. */
static const struct {
    const char *text, *means;
} good[] = {
    {"127.0.0.1", "udp:127.0.0.1:161"},
    {"127.0.0.1:1161", "udp:127.0.0.1:1161"},
    {"127.0.0.1:0161", "udp:127.0.0.1:161"},
    {"127.1", "udp:127.0.0.1:161"},
    {"0x7f000001", "udp:127.0.0.1:161"},
    {"1161", "udp:0.0.0.0:1161"},
    {"0:9", "udp:0.0.0.0:9"},
    {":9", "udp:0.0.0.0:9"},
    {"", "udp:0.0.0.0:161"},
    {"udp:", "udp:0.0.0.0:161"},
    {"udp::9", "udp:0.0.0.0:9"},
    {"udp:1161", "udp:0.0.0.0:1161"},
    {"udp:127.0.0.1", "udp:127.0.0.1:161"},
    {"UDP:127.0.0.1:1", "udp:127.0.0.1:1"},
    {"[127.0.0.1]:9", "udp:127.0.0.1:9"},
    {"::1", "udp6:[::1]:161"},
    {"[::1]", "udp6:[::1]:161"},
    {"[::1]:9", "udp6:[::1]:9"},
    {"::1:161", "udp6:[::0.1.1.97]:161"},
    {"udp6:::1", "udp6:[::1]:161"},
    {"udp6:[::1]:9", "udp6:[::1]:9"},
    {"udp6:::1:9", "udp6:[::0.1.0.9]:161"},
    {"udp6:9", "udp6:[::]:9"},
    {"udp6:", "udp6:[::]:161"},
    {"udpv6:[::1]", "udp6:[::1]:161"},
    {"udpipv6:::1", "udp6:[::1]:161"},
    {"UdpIPv6:[2001:DB8::1]:9", "udp6:[2001:db8::1]:9"},
    {"fe80::1%lo", "udp6:[fe80::1%lo]:161"},
    {"[fe80::1%lo]:9", "udp6:[fe80::1%lo]:9"},
    {"[fe80::1%4000000000]:9", "udp6:[fe80::1%4000000000]:9"},
    {"tcp:127.0.0.1:9", "tcp:127.0.0.1:9"},
    {"tcp:9", "tcp:0.0.0.0:9"},
    {"tcp6:9", "tcp6:[::]:9"},
    {"TCP6:[::1]:9", "tcp6:[::1]:9"},
    {"tcpv6:::1", "tcp6:[::1]:161"},
    {"tcpipv6:[::1]:9", "tcp6:[::1]:9"},
    {"unix:/tmp/agent", "unix:/tmp/agent"},
    {"unix:relative", "unix:relative"},
    {"UNIX:/tmp/a:b", "unix:/tmp/a:b"},
    {"/tmp/agent", "unix:/tmp/agent"},
    {"127.0.0.1:65535", "udp:127.0.0.1:65535"},
    {"127.0.0.1:0", "udp:127.0.0.1:0"},
};

static void addresses_mean_what_they_mean_to_net_snmp(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        struct uvsnmp_address address, again;
        struct uvsnmp_error err = {0};
        char text[UVSNMP_ADDRESS_TEXT_MAX];
        if (uvsnmp_address_parse(good[i].text, 161, &address, &err) != 0) {
            fail_msg("'%s': %s", good[i].text, err.detail);
        }
        assert_int_equal(uvsnmp_address_format(&address, text, sizeof(text)), strlen(good[i].means));
        assert_string_equal(text, good[i].means);
        /* what we print can be read back */
        assert_int_equal(uvsnmp_address_parse(text, 7, &again, &err), 0);
        assert_true(uvsnmp_address_equal(&address, &again));
        assert_int_equal(io_address_hash(&address), io_address_hash(&again));
    }
}

#define BAD UVSNMP_EBAD_ADDRESS
#define NAME UVSNMP_EUNKNOWN_HOST
#define UNSUPPORTED UVSNMP_EUNSUPPORTED
static const struct {
    const char *text;
    int code;
    const char *detail;
} refused[] = {
    {"70000", BAD, "bad transport address '70000': the port must be a number from 0 to 65535"},
    {"127.0.0.1:70000", BAD,
     "bad transport address '127.0.0.1:70000': the port must be a number from 0 to 65535"},
    {"127.0.0.1:", BAD, "bad transport address '127.0.0.1:': the port must be a number from 0 to 65535"},
    {"127.0.0.1:snmp", BAD,
     "bad transport address '127.0.0.1:snmp': the port must be a number from 0 to 65535"},
    {"127.0.0.1:0x10", BAD,
     "bad transport address '127.0.0.1:0x10': the port must be a number from 0 to 65535"},
    {"127.0.0.1:-1", BAD, "bad transport address '127.0.0.1:-1': the port must be a number from 0 to 65535"},
    {"127.0.0.1:+5", BAD, "bad transport address '127.0.0.1:+5': the port must be a number from 0 to 65535"},
    {"foo:bar", BAD, "bad transport address 'foo:bar': the port must be a number from 0 to 65535"},
    {"[::1", BAD, "bad transport address '[::1': ']' is missing"},
    {"[::1]x", BAD, "bad transport address '[::1]x': only ':' and a port may follow ']'"},
    {"[::1]:", BAD, "bad transport address '[::1]:': the port must be a number from 0 to 65535"},
    {"[]:9", BAD, "bad transport address '[]:9': nothing between '[' and ']'"},
    {"udp:[::1]:9", BAD,
     "bad transport address 'udp:[::1]:9': an IPv6 address needs the scheme udp6 or tcp6"},
    {"udp:::1", BAD, "bad transport address 'udp:::1': an IPv6 address needs the scheme udp6 or tcp6"},
    {"udp6:127.0.0.1", BAD,
     "bad transport address 'udp6:127.0.0.1': an IPv4 address does not go with this scheme"},
    {"udp:127.0.0.1:9:9", BAD, "bad transport address 'udp:127.0.0.1:9:9': not an IPv6 address"},
    {"udp:udp:127.0.0.1", BAD,
     "bad transport address 'udp:udp:127.0.0.1': the port must be a number from 0 to 65535"},
    {"foo:127.0.0.1:1", BAD, "bad transport address 'foo:127.0.0.1:1': there is no transport 'foo'"},
    {"udp:udp:127.0.0.1:1", BAD, "bad transport address 'udp:udp:127.0.0.1:1': not an IPv6 address"},
    {"bad:cafe:x", BAD, "bad transport address 'bad:cafe:x': not an IPv6 address"},
    {":foo:1", BAD, "bad transport address ':foo:1': not an IPv6 address"},
    {"1:2:3", BAD, "bad transport address '1:2:3': not an IPv6 address"},
    {"fe80::1%nosuchif", BAD,
     "bad transport address 'fe80::1%nosuchif': the zone names no interface of this machine"},
    {" 127.0.0.1", BAD, "bad transport address ' 127.0.0.1': neither an address nor a host name"},
    {"127.0.0.1 ", BAD, "bad transport address '127.0.0.1 ': neither an address nor a host name"},
    {"udp:/tmp/x", BAD, "bad transport address 'udp:/tmp/x': neither an address nor a host name"},
    {"unix:", BAD, "bad transport address 'unix:': no path"},
    {"localhost", NAME, "'localhost' is a name, not an address"},
    {"udp6:localhost:9", NAME, "'localhost' is a name, not an address"},
    {"300.1.2.3", NAME, "'300.1.2.3' is a name, not an address"},
    {"udp", NAME, "'udp' is a name, not an address"},
    {"foo:9", NAME, "'foo' is a name, not an address"},
    {"dtlsudp:127.0.0.1", UNSUPPORTED,
     "transport address 'dtlsudp:127.0.0.1': the transport 'dtlsudp' is not supported"},
    {"TLSTCP:127.0.0.1:9", UNSUPPORTED,
     "transport address 'TLSTCP:127.0.0.1:9': the transport 'tlstcp' is not supported"},
    {"ssh:127.0.0.1", UNSUPPORTED, "transport address 'ssh:127.0.0.1': the transport 'ssh' is not supported"},
    {"ipx:1", UNSUPPORTED, "transport address 'ipx:1': the transport 'ipx' is not supported"},
    {"aal5pvc:1", UNSUPPORTED, "transport address 'aal5pvc:1': the transport 'aal5pvc' is not supported"},
    {"alias:x", UNSUPPORTED, "transport address 'alias:x': the transport 'alias' is not supported"},
    {"127.0.0.1@lo", UNSUPPORTED, "transport address '127.0.0.1@lo': '@interface' is not supported"},
};

static void what_is_no_address_is_refused_with_a_reason(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        struct uvsnmp_address address;
        struct uvsnmp_error err = {0};
        assert_int_equal(uvsnmp_address_parse(refused[i].text, 161, &address, &err), refused[i].code);
        assert_int_equal(err.code, refused[i].code);
        assert_string_equal(err.detail, refused[i].detail);
        assert_int_equal(uvsnmp_address_parse(refused[i].text, 161, &address, NULL), refused[i].code);
    }
}

static void overlong_parts_are_refused(void **state)
{
    char text[600];
    struct uvsnmp_address address;
    struct uvsnmp_error err;
    (void)state;
    memset(text, 'a', sizeof(text));
    text[sizeof(text) - 1] = '\0';
    assert_int_equal(uvsnmp_address_parse(text, 161, &address, &err), BAD);
    memcpy(text, "unix:/", 6);
    assert_int_equal(uvsnmp_address_parse(text, 161, &address, &err), BAD);
    assert_non_null(strstr(err.detail, "too long"));
    text[5 + 107] = '\0';
    assert_int_equal(uvsnmp_address_parse(text, 161, &address, &err), 0);
    assert_int_equal(uvsnmp_address_format(&address, text, UVSNMP_ADDRESS_TEXT_MAX), 5 + 107);
    memset(text, '1', 300);
    memcpy(text, "fe80::", 6);
    text[300] = '\0';
    assert_int_equal(uvsnmp_address_parse(text, 161, &address, &err), BAD);
}

static void names_keep_their_family_and_port(void **state)
{
    struct io_address_parts parts;
    (void)state;
    assert_int_equal(io_address_split("localhost", 161, &parts, NULL), 0);
    assert_true(parts.is_name);
    assert_int_equal(parts.family, AF_UNSPEC);
    assert_int_equal(parts.port, 161);
    assert_int_equal(io_address_split("udp:a.example:9", 161, &parts, NULL), 0);
    assert_int_equal(parts.family, AF_INET);
    assert_int_equal(parts.port, 9);
    assert_string_equal(parts.host, "a.example");
    assert_int_equal(io_address_split("tcpv6:a-b_c", 161, &parts, NULL), 0);
    assert_int_equal(parts.family, AF_INET6);
    assert_int_equal(parts.transport, UVSNMP_TCP);
}

static void text_that_does_not_fit_is_left_empty(void **state)
{
    struct uvsnmp_address address;
    char text[10] = "unchanged";
    (void)state;
    assert_int_equal(uvsnmp_address_parse("127.0.0.1", 161, &address, NULL), 0);
    assert_int_equal(uvsnmp_address_format(&address, text, sizeof(text)), UVSNMP_ETOO_LONG);
    assert_string_equal(text, "");
    assert_int_equal(uvsnmp_address_format(&address, text, 0), UVSNMP_ETOO_LONG);
}

static bool are_equal(const char *a, const char *b)
{
    struct uvsnmp_address one, other;
    assert_int_equal(uvsnmp_address_parse(a, 161, &one, NULL), 0);
    assert_int_equal(uvsnmp_address_parse(b, 161, &other, NULL), 0);
    return uvsnmp_address_equal(&one, &other);
}

static void addresses_differ_in_transport_host_port_and_zone(void **state)
{
    (void)state;
    assert_true(are_equal("127.0.0.1", "udp:127.0.0.1:161"));
    assert_false(are_equal("127.0.0.1", "127.0.0.1:162"));
    assert_false(are_equal("127.0.0.1", "127.0.0.2"));
    assert_false(are_equal("127.0.0.1", "tcp:127.0.0.1"));
    assert_false(are_equal("127.0.0.1", "::ffff:127.0.0.1"));
    assert_false(are_equal("fe80::1%1", "fe80::1%2"));
    assert_true(are_equal("2001:db8::1%1", "2001:db8::1%2"));
    assert_true(are_equal("unix:/a", "/a"));
    assert_false(are_equal("/a", "/b"));
    assert_false(are_equal("/a", "/ab"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_mean_what_they_mean_to_net_snmp),
        cmocka_unit_test(what_is_no_address_is_refused_with_a_reason),
        cmocka_unit_test(overlong_parts_are_refused),
        cmocka_unit_test(names_keep_their_family_and_port),
        cmocka_unit_test(text_that_does_not_fit_is_left_empty),
        cmocka_unit_test(addresses_differ_in_transport_host_port_and_zone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
