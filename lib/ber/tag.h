/* SPDX-License-Identifier: BSD-3-Clause */
/* The tags of X.690 that messages are framed with; those of values are enum uvsnmp_type. */
#ifndef BER_TAG_H
#define BER_TAG_H

#define BER_INTEGER 0x02
#define BER_OCTET_STRING 0x04
#define BER_NULL 0x05
#define BER_OBJECT_IDENTIFIER 0x06
#define BER_SEQUENCE 0x30

#define BER_TAG_NUMBER 0x1f  /* the bits of the tag's number; all set: it goes on in the next octet */
#define BER_LONG_LENGTH 0x80 /* lengths from here on have octets of their own */

#endif
