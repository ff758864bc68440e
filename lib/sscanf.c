// SPDX-License-Identifier: MIT
/*
 * sscanf.c - reading text by a format
 *
 * White space in the format skips any white space; other characters must
 * match. Conversions, with the lengths of printf and an optional width:
 *
 *	d i u x X o   numbers; i finds the base from the text
 *	s             a word: up to white space
 *	c             width characters (1), white space included, no NUL; as
 *	              many as there are
 *	[abc] [^abc]  characters of, or not of, the set; needs a width
 *	n             how many characters were read so far
 *	%             a '%', before which no white space is skipped, as in Linux
 *
 * and "%*d" reads without storing. Reading stops at the first mismatch.
 *
 * In sets "a-z" is three characters, as in Linux (lib/vsprintf.c), not a range.
 */
#include <linux/sprintf.h>
#include <linux/bitops.h>
#include <linux/ctype.h>
#include <linux/kstrtox.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/string.h>

#define NUMBER_MAX 72		/* sign, prefix and 64 digits */
#define SET_BITS 256

struct scan {
	const char *start;
	const char *in;
	const char *fmt;
	va_list args;
	int stored;
};

struct conversion {
	bool skip;		/* '*': store nothing */
	int width;		/* -1: none given */
	char length;		/* 'H' hh, 'h', 'l', 'L' ll, 'z', or 0 */
};

static void store_number(struct scan *scan, char length, u64 value)
{
	switch (length) {
	case 'H':
		*va_arg(scan->args, u8 *) = value;
		return;
	case 'h':
		*va_arg(scan->args, u16 *) = value;
		return;
	case 'l':
		*va_arg(scan->args, unsigned long *) = value;
		return;
	case 'L':
		*va_arg(scan->args, u64 *) = value;
		return;
	case 'z':
		*va_arg(scan->args, size_t *) = value;
		return;
	default:
		*va_arg(scan->args, unsigned int *) = value;
		return;
	}
}

static bool scan_number(struct scan *scan, const struct conversion *conv,
			unsigned int base, bool is_signed)
{
	char text[NUMBER_MAX + 1], *digits = text, *end;
	bool negative;
	size_t limit = NUMBER_MAX;
	u64 value;

	scan->in = skip_spaces(scan->in);
	if (conv->width > 0)
		limit = min(conv->width, NUMBER_MAX);
	strscpy(text, scan->in, limit + 1);
	negative = is_signed && *digits == '-';
	if (negative)
		digits++;
	value = simple_strtoull(digits, &end, base);
	if (end == digits)
		return false;
	scan->in += end - text;
	if (conv->skip)
		return true;
	store_number(scan, conv->length, negative ? -value : value);
	scan->stored++;
	return true;
}

/* Copies while the character is in the set; NULL: while it is not blank. */
static bool scan_text(struct scan *scan, const struct conversion *conv,
		      const unsigned long *set)
{
	int width = conv->width > 0 ? conv->width : INT_MAX;
	char *to = conv->skip ? NULL : va_arg(scan->args, char *);
	int n;
	u8 c;

	for (n = 0; n < width && scan->in[n]; n++) {
		c = scan->in[n];
		if (set ? !test_bit(c, set) : isspace(c))
			break;
		if (to)
			to[n] = c;
	}
	if (!n)
		return false;
	scan->in += n;
	if (to) {
		to[n] = '\0';
		scan->stored++;
	}
	return true;
}

static bool scan_chars(struct scan *scan, const struct conversion *conv)
{
	size_t n = strnlen(scan->in, conv->width > 0 ? conv->width : 1);

	if (!n)
		return false;
	if (!conv->skip) {
		memcpy(va_arg(scan->args, char *), scan->in, n);
		scan->stored++;
	}
	scan->in += n;
	return true;
}

/* fmt stands behind the '['. */
static bool scan_set(struct scan *scan, const struct conversion *conv)
{
	DECLARE_BITMAP(set, SET_BITS);
	bool invert = *scan->fmt == '^';

	if (invert)
		scan->fmt++;
	memset(set, invert ? 0xff : 0, sizeof(set));
	do {
		if (!*scan->fmt)
			return false;
		__assign_bit((u8)*scan->fmt++, set, !invert);
	} while (*scan->fmt != ']');
	scan->fmt++;
	return conv->width > 0 && scan_text(scan, conv, set);
}

static void parse_conversion(struct scan *scan, struct conversion *conv)
{
	const char **fmt = &scan->fmt;
	char *end;

	conv->skip = **fmt == '*';
	if (conv->skip)
		(*fmt)++;
	conv->width = -1;
	if (isdigit(**fmt)) {
		conv->width = simple_strtoul(*fmt, &end, 10);
		*fmt = end;
	}
	conv->length = 0;
	while (**fmt && strchr("hlLqzZtj", **fmt)) {
		if (**fmt == 'h')
			conv->length = conv->length == 'h' ? 'H' : 'h';
		else if (**fmt == 'l')
			conv->length = conv->length == 'l' ? 'L' : 'l';
		else
			conv->length = strchr("zZt", **fmt) ? 'z' : 'L';
		(*fmt)++;
	}
}

static bool scan_one(struct scan *scan)
{
	struct conversion conv;

	parse_conversion(scan, &conv);
	switch (*scan->fmt ? *scan->fmt++ : 0) {
	case 'd':
		return scan_number(scan, &conv, 10, true);
	case 'i':
		return scan_number(scan, &conv, 0, true);
	case 'u':
		return scan_number(scan, &conv, 10, false);
	case 'x':
	case 'X':
		return scan_number(scan, &conv, 16, false);
	case 'o':
		return scan_number(scan, &conv, 8, false);
	case 's':
		scan->in = skip_spaces(scan->in);
		return scan_text(scan, &conv, NULL);
	case 'c':
		return scan_chars(scan, &conv);
	case '[':
		return scan_set(scan, &conv);
	case 'n':
		store_number(scan, conv.length, scan->in - scan->start);
		return true;
	case '%':
		return *scan->in++ == '%';
	default:
		return false;
	}
}

int vsscanf(const char *buf, const char *fmt, va_list args)
{
	struct scan scan = { .start = buf, .in = buf, .fmt = fmt };
	bool good = true;

	va_copy(scan.args, args);
	while (good && *scan.fmt) {
		if (isspace(*scan.fmt)) {
			scan.fmt = skip_spaces(scan.fmt);
			scan.in = skip_spaces(scan.in);
		} else if (*scan.fmt == '%') {
			scan.fmt++;
			good = scan_one(&scan);
		} else {
			good = *scan.fmt++ == *scan.in++;
		}
	}
	va_end(scan.args);
	return scan.stored;
}

int sscanf(const char *buf, const char *fmt, ...)
{
	va_list args;
	int stored;

	va_start(args, fmt);
	stored = vsscanf(buf, fmt, args);
	va_end(args);
	return stored;
}
