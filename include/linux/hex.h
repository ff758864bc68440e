#ifndef _LINUX_HEX_H
#define _LINUX_HEX_H

#include <linux/types.h>

extern const char hex_asc[];
extern const char hex_asc_upper[];

#define hex_asc_lo(x) hex_asc[((x) & 0x0f)]
#define hex_asc_hi(x) hex_asc[((x) & 0xf0) >> 4]

/* Write two digits; return behind them. No NUL. */
static inline char *hex_byte_pack(char *buf, u8 byte)
{
	*buf++ = hex_asc_hi(byte);
	*buf++ = hex_asc_lo(byte);
	return buf;
}

/* The value of a digit, or -1. */
int hex_to_bin(unsigned char ch);
/* 2 * count digits to count bytes; 0, or -EINVAL at a wrong digit. */
int __must_check hex2bin(u8 *dst, const char *src, size_t count);
/* count bytes to 2 * count digits; return behind them. No NUL. */
char *bin2hex(char *dst, const void *src, size_t count);

/*
 * One line of a dump: up to rowsize (16 or 32) bytes of buf in groups of 1,
 * 2, 4 or 8, and as text behind it if ascii. Return the length of the whole
 * line, even where linebuflen was too short for it.
 */
int hex_dump_to_buffer(const void *buf, size_t len, int rowsize, int groupsize,
		       char *linebuf, size_t linebuflen, bool ascii);

#endif
