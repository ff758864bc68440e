#ifndef _LIB_VSPRINTF_H
#define _LIB_VSPRINTF_H

#include <linux/compiler.h>
#include <linux/stdarg.h>
#include <linux/types.h>

/*
 * Private to lib/vsprintf*.c.
 *
 * Where text goes: pos counts every character, also those behind end, for
 * which there is no room; so pos - start is the length of the whole text.
 */
struct text_out {
	char *pos;
	char *end;
};

static __always_inline void put_char(struct text_out *out, char c)
{
	if (out->pos < out->end)
		*out->pos = c;
	out->pos++;
}

enum fmt_length {
	LENGTH_INT,
	LENGTH_CHAR,		/* hh */
	LENGTH_SHORT,		/* h */
	LENGTH_LONG,		/* l */
	LENGTH_LONG_LONG,	/* ll, L, q, j */
	LENGTH_SIZE,		/* z, Z */
	LENGTH_PTRDIFF,		/* t */
};

#define FMT_LEFT (1 << 0)	/* '-' */
#define FMT_PLUS (1 << 1)	/* '+' */
#define FMT_SPACE (1 << 2)	/* ' ' */
#define FMT_ALT (1 << 3)	/* '#' */
#define FMT_ZERO (1 << 4)	/* '0' */
#define FMT_SIGNED (1 << 5)
#define FMT_UPPER (1 << 6)

/* One conversion of a format, such as "%-8.3lx". */
struct fmt_spec {
	u8 flags;
	u8 base;		/* of a number: 8, 10 or 16 */
	u8 length;		/* enum fmt_length */
	char conv;		/* the letter; 0 at the end of the format */
	int width;
	int precision;		/* -1: none given */
};

/* A number; negative ones come sign-extended, with FMT_SIGNED. */
void put_number(struct text_out *out, u64 num, const struct fmt_spec *spec);
/* At most precision characters of s, padded to width. */
void put_string(struct text_out *out, const char *s,
		const struct fmt_spec *spec);
/* len characters of s, without padding. */
void put_text(struct text_out *out, const char *s, size_t len);
void put_padding(struct text_out *out, int count, char c);
/* "0x" and all digits of a value of size bytes. */
void put_address(struct text_out *out, u64 value, int size);
void put_decimal(struct text_out *out, unsigned long value);

/* "%p" and what follows it at fmt; how many letters of that it took. */
int put_pointer(struct text_out *out, const char *fmt, const void *ptr,
		const struct fmt_spec *spec);

/* "%*pb" and "%*pbl": nr_bits bits as hex words or as ranges. */
void put_bitmap(struct text_out *out, const unsigned long *map, int nr_bits);
void put_bitmap_list(struct text_out *out, const unsigned long *map,
		     int nr_bits);
/* "%*ph": len bytes, with sep between them unless it is 0. */
void put_hex_string(struct text_out *out, const u8 *bytes, int len, char sep);

/* Why ptr must not be followed, as text; NULL if it may be. */
const char *bad_pointer_text(const void *ptr);

#endif
