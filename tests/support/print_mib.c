/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/print_mib.h"

#include <stdlib.h>
#include <string.h>

#include "mib/facts.h"

static const char facts[] = "module PRINT-MIB : SNMPv2-SMI SNMPv2-TC INET-ADDRESS-MIB RFC1155-SMI\n"
                            "convention Tenths Integer32 \"d-1\"\n"
                            "convention Hundredths Unsigned32 \"d-2\"\n"
                            "convention Steps INTEGER{off 0} \"d-1\"\n"
                            "convention NoHint OCTET-STRING \"1b\"\n"
                            "enterprises.99996 print\n"
                            " 1 scalars\n"
                            "  1 number r Integer32\n"
                            "  2 state r INTEGER{up 1 down 2 odd -3}\n"
                            "  3 tenths r Tenths /degrees\n"
                            "  4 level r Hundredths\n"
                            "  5 flags r BITS{first 0 second 1 eighth 7 ninth 8} /unused\n"
                            "  6 text r DisplayString /characters\n"
                            "  7 octets r OCTET-STRING /octets\n"
                            "  8 counter r Counter32 /packets\n"
                            "  9 big r Counter64\n"
                            "  10 uptime r TimeTicks /ticks\n"
                            "  11 address r IpAddress /hops\n"
                            "  12 blob r Opaque /blobs\n"
                            "  13 pointer r OBJECT-IDENTIFIER\n"
                            "  14 badHint r NoHint\n"
                            "  15 network r NetworkAddress\n"
                            "  16 date r DateAndTime\n"
                            "  17 mac r MacAddress\n"
                            "  18 steps r Steps\n"
                            " 2 tables\n"
                            "  1 aTable table\n"
                            "   1 aEntry - row [aState aName aKey]\n"
                            "    1 aState - INTEGER{up 1 down 2 odd -3}\n"
                            "    2 aName - OCTET-STRING\n"
                            "    3 aKey - OCTET-STRING(4)\n"
                            "    4 aValue r Integer32\n"
                            "  2 bTable table\n"
                            "   1 bEntry - row [bType bAddress]\n"
                            "    1 bType - InetAddressType\n"
                            "    2 bAddress - InetAddress\n"
                            "    3 bValue r Integer32\n"
                            "  3 cTable table\n"
                            "   1 cEntry - row [!cName]\n"
                            "    1 cName - DisplayString\n"
                            "    2 cValue r Integer32\n"
                            "  4 dTable table\n"
                            "   1 dEntry - row [dOid dIp dTicks]\n"
                            "    1 dOid - OBJECT-IDENTIFIER\n"
                            "    2 dIp - IpAddress\n"
                            "    3 dTicks - TimeTicks\n"
                            "    4 dValue r Integer32\n"
                            "  5 eTable table\n"
                            "   1 eEntry - row [eMac !eOid]\n"
                            "    1 eMac - MacAddress\n"
                            "    2 eOid - OBJECT-IDENTIFIER\n"
                            "    3 eValue r Integer32\n"
                            "  6 fTable table\n"
                            "   1 fEntry - row [fNumber fBits]\n"
                            "    1 fNumber - Unsigned32\n"
                            "    2 fBits - BITS{first 0}\n"
                            "    3 fValue r Integer32\n"
                            "  7 gTable table\n"
                            "   1 gEntry [+aEntry]\n"
                            "    1 gValue r Integer32\n"
                            "  8 hTable table\n"
                            "   1 hEntry - row [hNetwork hNothing]\n"
                            "    1 hNetwork - NetworkAddress\n"
                            "    2 hNothing - OCTET-STRING(0)\n"
                            "    3 hValue r Integer32\n"
                            "  9 iTable table\n"
                            "   1 iEntry - row [iType iNumber iAddress]\n"
                            "    1 iType - InetAddressType\n"
                            "    2 iNumber - Integer32\n"
                            "    3 iAddress - InetAddress\n"
                            "    4 iValue r Integer32\n";

struct mib *print_mib_new(void)
{
    struct mib *mib = mib_new();
    struct mib_draft *drafts = NULL;
    if (!mib || mib_facts_read("print_mib", facts, strlen(facts), mib_arena(mib), &drafts, NULL) < 0 ||
        mib_add(mib, drafts, NULL) < 0 || mib_show(mib, "PRINT-MIB") < 0) {
        mib_free(mib);
        return NULL;
    }
    return mib;
}
