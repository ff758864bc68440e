/*
 * vsprintf_text.c - numbers and strings of formatted text
 *
 * A number is written from its parts, of which each may be empty:
 *
 *	 blanks   sign   prefix   zeroes   digits   blanks
 *	|......| |-| |0x| |000| |4d2| |......|
 *	 '0' and '-' missing  '#'   precision, or      '-'
 *	                            '0' and width
 */
#include "vsprintf.h"
#include <linux/bits.h>
#include <linux/err.h>
#include <linux/hex.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/string.h>

/* The most digits: 64 bits in octal. */
#define DIGITS_MAX 22

#define TEN_TO_9 1000000000u

const char hex_asc[] = "0123456789abcdef";
const char hex_asc_upper[] = "0123456789ABCDEF";

void put_padding(struct text_out *out, int count, char c)
{
	for (; count > 0; count--)
		put_char(out, c);
}

void put_text(struct text_out *out, const char *s, size_t len)
{
	for (; len > 0; len--)
		put_char(out, *s++);
}

/* Digits are made from the last to the first; the result is the first. */
static char *dec_digits_u32(char *end, u32 v)
{
	do {
		*--end = '0' + v % 10;
		v /= 10;
	} while (v);
	return end;
}

/* Nine digits at a time, so that most divisions are by 32 bits. */
static char *dec_digits(char *end, u64 v)
{
	u32 low;
	char *stop;

	while (v >> 32) {
		v = div_u64_rem(v, TEN_TO_9, &low);
		stop = end - 9;
		end = dec_digits_u32(end, low);
		while (end > stop)
			*--end = '0';
	}
	return dec_digits_u32(end, v);
}

static char *bin_digits(char *end, u64 v, const struct fmt_spec *spec)
{
	const char *digits = spec->flags & FMT_UPPER ? hex_asc_upper : hex_asc;
	int shift = spec->base == 16 ? 4 : 3;

	do {
		*--end = digits[v & (spec->base - 1)];
		v >>= shift;
	} while (v);
	return end;
}

/* Takes the sign off *num; 0 if none is to be printed. */
static char sign_of(u64 *num, u8 flags)
{
	if (!(flags & FMT_SIGNED))
		return 0;
	if ((s64)*num < 0) {
		*num = -*num;
		return '-';
	}
	if (flags & FMT_PLUS)
		return '+';
	return flags & FMT_SPACE ? ' ' : 0;
}

static const char *prefix_of(u64 num, const struct fmt_spec *spec)
{
	if (!(spec->flags & FMT_ALT) || spec->base == 10)
		return "";
	if (spec->base == 8)
		return num ? "0" : "";
	return spec->flags & FMT_UPPER ? "0X" : "0x";
}

void put_number(struct text_out *out, u64 num, const struct fmt_spec *spec)
{
	char buf[DIGITS_MAX + 1], *digits;
	char *end = &buf[DIGITS_MAX];
	char sign = sign_of(&num, spec->flags);
	const char *prefix = prefix_of(num, spec);
	int used, zeroes, blanks;

	*end = '\0';
	digits = spec->base == 10 ? dec_digits(end, num) :
				    bin_digits(end, num, spec);

	used = !!sign + strlen(prefix);
	zeroes = max(spec->precision - (int)(end - digits), 0);
	blanks = spec->width - used - zeroes - (int)(end - digits);
	if ((spec->flags & (FMT_ZERO | FMT_LEFT)) == FMT_ZERO &&
	    spec->precision < 0 && blanks > 0) {
		zeroes = blanks;
		blanks = 0;
	}

	if (!(spec->flags & FMT_LEFT))
		put_padding(out, blanks, ' ');
	if (sign)
		put_char(out, sign);
	put_text(out, prefix, strlen(prefix));
	put_padding(out, zeroes, '0');
	put_text(out, digits, end - digits);
	if (spec->flags & FMT_LEFT)
		put_padding(out, blanks, ' ');
}

void put_decimal(struct text_out *out, unsigned long value)
{
	const struct fmt_spec spec = { .base = 10, .precision = -1 };

	put_number(out, value, &spec);
}

void put_address(struct text_out *out, u64 value, int size)
{
	const struct fmt_spec spec = {
		.flags = FMT_ALT | FMT_ZERO,
		.base = 16,
		.width = 2 + 2 * size,
		.precision = -1,
	};

	put_number(out, value, &spec);
}

/* The first page is never mapped, and the last holds errors, not objects. */
const char *bad_pointer_text(const void *ptr)
{
	if (!ptr)
		return "(null)";
	if ((unsigned long)ptr < 4096 || IS_ERR(ptr))
		return "(efault)";
	return NULL;
}

void put_string(struct text_out *out, const char *s,
		const struct fmt_spec *spec)
{
	const char *bad = bad_pointer_text(s);
	size_t len;

	if (bad)
		s = bad;
	len = spec->precision < 0 || bad ? strlen(s) :
					   strnlen(s, spec->precision);
	if (!(spec->flags & FMT_LEFT))
		put_padding(out, spec->width - (int)len, ' ');
	put_text(out, s, len);
	if (spec->flags & FMT_LEFT)
		put_padding(out, spec->width - (int)len, ' ');
}
