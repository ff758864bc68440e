// SPDX-License-Identifier: MIT
/*
 * hexdump.c - bytes as text, and back
 *
 * A line of a dump, here with rowsize 16 and groupsize 4:
 *
 *	03020100 07060504 0b0a0908 0f0e0d0c  ................
 */
#include <linux/hex.h>
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/sprintf.h>
#include <linux/string.h>

int hex_to_bin(unsigned char ch)
{
	if (isdigit(ch))
		return ch - '0';
	return isxdigit(ch) ? tolower(ch) - 'a' + 10 : -1;
}

int hex2bin(u8 *dst, const char *src, size_t count)
{
	int high, low;

	for (; count; count--) {
		high = hex_to_bin(*src++);
		if (high < 0)
			return -EINVAL;
		low = hex_to_bin(*src++);
		if (low < 0)
			return -EINVAL;
		*dst++ = high << 4 | low;
	}
	return 0;
}

char *bin2hex(char *dst, const void *src, size_t count)
{
	for (const u8 *p = src; count; count--)
		dst = hex_byte_pack(dst, *p++);
	return dst;
}

/* One group as a number of this machine: the last byte first. */
static int group_to_text(const u8 *group, int size, char *line, size_t room)
{
	int len = 0;

	for (int i = size - 1; i >= 0; i--)
		len += scnprintf(line + len, room - len, "%02x", group[i]);
	return len;
}

/* Groups of other sizes, or lines that do not end with a group: bytes. */
static int fit_groupsize(size_t len, int groupsize)
{
	bool known = groupsize == 2 || groupsize == 4 || groupsize == 8;

	return known && len % groupsize == 0 ? groupsize : 1;
}

static int text_column(int rowsize, int groupsize)
{
	return rowsize * 2 + rowsize / groupsize + 1;
}

int hex_dump_to_buffer(const void *buf, size_t len, int rowsize, int groupsize,
		       char *linebuf, size_t linebuflen, bool ascii)
{
	const u8 *bytes = buf;
	int used = 0, groups, column, total;

	if (rowsize != 32)
		rowsize = 16;
	len = min(len, (size_t)rowsize);
	groupsize = fit_groupsize(len, groupsize);
	groups = len / groupsize;
	column = text_column(rowsize, groupsize);
	total = ascii ? column + (int)len :
			max(groups * (2 * groupsize + 1) - 1, 0);
	if (!len)
		total = 0;
	if (!linebuflen)
		return total;

	linebuf[0] = '\0';
	for (int i = 0; i < groups; i++) {
		used += scnprintf(linebuf + used, linebuflen - used,
				  i ? " " : "");
		used += group_to_text(bytes + i * groupsize, groupsize,
				      linebuf + used, linebuflen - used);
	}
	if (!ascii || !len)
		return total;
	used += scnprintf(linebuf + used, linebuflen - used, "%*s",
			  column - used, "");
	for (size_t i = 0; i < len; i++)
		used += scnprintf(linebuf + used, linebuflen - used, "%c",
				  isprint(bytes[i]) ? bytes[i] : '.');
	return total;
}
