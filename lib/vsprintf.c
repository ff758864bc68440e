/*
 * vsprintf.c - formatted text
 *
 * Problem: turn a format and its arguments into text, in a buffer that may
 * be too short, anywhere in the kernel: no memory, no locks, little stack.
 *
 * A conversion is "% flags width .precision length letter":
 *
 *	flags      - left, + sign, space for a missing sign, # base prefix,
 *	           0 pad with zeroes
 *	width      least number of characters; * takes it from an argument
 *	precision  least digits of a number, most characters of a string;
 *	           .* takes it from an argument
 *	length     hh h l ll L q z Z t j
 *	letter     d i u x X o c s p %, and n, which is skipped
 *
 * and a "p" may be followed by letters that say what it points to:
 *
 *	%p %px %pK     the address, all digits (%p of NULL: zeroes)
 *	%ps %pS %pB    symbol; with offset and size; of a return address
 *	%pa[p] %pad    phys_addr_t, dma_addr_t, given by address
 *	%pe            an ERR_PTR by name: "-ENOMEM"
 *	%pV            struct va_format: a format within the format
 *	%*ph[CDN]      bytes in hex, with ' ', ':', '-' or nothing between
 *	%*pb %*pbl     bitmap of width bits: hex words, or "0,3-5"
 *	%pGp %pGg %pGv flags of a page, gfp flags, flags of an area, by
 *	               address, as names
 *
 * The text flows one way, and each step is a file:
 *
 *	format --parse_spec()--> struct fmt_spec --+--> number, string
 *	                                           |    (vsprintf_text.c)
 *	args   --fetch_number()-------------------+--> pointer forms
 *	                                                (vsprintf_pointer.c)
 *	                             all through put_char() to the buffer
 *
 * Invariants:
 *  V1  No byte is written at or behind buf + size.
 *  V2  With size > 0 the result ends with a NUL inside the buffer.
 *  V3  The result is the length of the whole text, whatever the size.
 *  V4  A pointer that cannot be one is not followed: "(null)", "(efault)".
 *
 * Lock: none. Cost: linear in the text; no 64-bit division for numbers that
 * fit in 32 bits.
 *
 * As in Linux, and not as in C: "%.0d" of 0 is "0", a negative precision is
 * 0, "%.s" is the whole string, "%#x" of 0 is "0x0".
 *
 * Differs from Linux: (lib/vsprintf.c)
 *  - %p is the plain address, not a hash of it: here addresses are the
 *    subject, not a secret;
 *  - the forms for network addresses, UUIDs, devices and times are left out;
 *  - after an unknown letter the rest of the format comes out unchanged.
 */
#include "vsprintf.h"
#include <linux/bits.h>
#include <linux/ctype.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#define WIDTH_MAX 0xffff

/* A va_list that functions can take from: by pointer on every machine. */
struct fmt_args {
	va_list ap;
};

static int parse_decimal(const char **fmt)
{
	int n = 0;

	for (; isdigit(**fmt); (*fmt)++)
		n = min(n * 10 + (**fmt - '0'), WIDTH_MAX);
	return n;
}

static u8 parse_flags(const char **fmt)
{
	static const char letters[] = "-+ #0";	/* in the order of FMT_ */
	const char *found;
	u8 flags = 0;

	while (**fmt && (found = strchr(letters, **fmt)) != NULL) {
		flags |= 1 << (found - letters);
		(*fmt)++;
	}
	return flags;
}

static void parse_width(const char **fmt, struct fmt_spec *spec,
			struct fmt_args *args)
{
	if (**fmt != '*') {
		spec->width = parse_decimal(fmt);
		return;
	}
	(*fmt)++;
	spec->width = va_arg(args->ap, int);
	if (spec->width < 0) {
		spec->flags |= FMT_LEFT;
		spec->width = -max(spec->width, -WIDTH_MAX);
	}
	spec->width = min(spec->width, WIDTH_MAX);
}

static void parse_precision(const char **fmt, struct fmt_spec *spec,
			    struct fmt_args *args)
{
	spec->precision = -1;
	if (**fmt != '.')
		return;
	(*fmt)++;
	if (**fmt == '*') {
		(*fmt)++;
		spec->precision = clamp(va_arg(args->ap, int), 0, WIDTH_MAX);
	} else if (**fmt == '-') {
		(*fmt)++;
		parse_decimal(fmt);
		spec->precision = 0;
	} else if (isdigit(**fmt)) {
		spec->precision = parse_decimal(fmt);
	}
}

static u8 parse_length(const char **fmt)
{
	char c = **fmt;
	bool twice;

	if (!c || !strchr("hlLqzZtj", c))
		return LENGTH_INT;
	(*fmt)++;
	twice = (c == 'h' || c == 'l') && **fmt == c;
	if (twice)
		(*fmt)++;
	switch (c) {
	case 'h':
		return twice ? LENGTH_CHAR : LENGTH_SHORT;
	case 'l':
		return twice ? LENGTH_LONG_LONG : LENGTH_LONG;
	case 'z':
	case 'Z':
		return LENGTH_SIZE;
	case 't':
		return LENGTH_PTRDIFF;
	default:
		return LENGTH_LONG_LONG;
	}
}

/* Reads a conversion; fmt stands behind the '%' and is left behind it all. */
static void parse_spec(const char **fmt, struct fmt_spec *spec,
		       struct fmt_args *args)
{
	spec->flags = parse_flags(fmt);
	parse_width(fmt, spec, args);
	parse_precision(fmt, spec, args);
	spec->length = parse_length(fmt);
	spec->base = 10;
	spec->conv = **fmt;
	if (spec->conv)
		(*fmt)++;
}

static u64 fetch_unsigned(struct fmt_args *args, u8 length)
{
	switch (length) {
	case LENGTH_LONG_LONG:
		return va_arg(args->ap, unsigned long long);
	case LENGTH_LONG:
		return va_arg(args->ap, unsigned long);
	case LENGTH_SIZE:
		return va_arg(args->ap, size_t);
	case LENGTH_PTRDIFF:
		return (unsigned long)va_arg(args->ap, ptrdiff_t);
	case LENGTH_CHAR:
		return (unsigned char)va_arg(args->ap, int);
	case LENGTH_SHORT:
		return (unsigned short)va_arg(args->ap, int);
	default:
		return va_arg(args->ap, unsigned int);
	}
}

static s64 fetch_signed(struct fmt_args *args, u8 length)
{
	switch (length) {
	case LENGTH_LONG_LONG:
		return va_arg(args->ap, long long);
	case LENGTH_LONG:
		return va_arg(args->ap, long);
	case LENGTH_SIZE:
		return va_arg(args->ap, ssize_t);
	case LENGTH_PTRDIFF:
		return va_arg(args->ap, ptrdiff_t);
	case LENGTH_CHAR:
		return (signed char)va_arg(args->ap, int);
	case LENGTH_SHORT:
		return (short)va_arg(args->ap, int);
	default:
		return va_arg(args->ap, int);
	}
}

static void format_signed(struct text_out *out, struct fmt_spec *spec,
			  struct fmt_args *args)
{
	spec->flags |= FMT_SIGNED;
	put_number(out, fetch_signed(args, spec->length), spec);
}

static void format_unsigned(struct text_out *out, struct fmt_spec *spec,
			    struct fmt_args *args, u8 base)
{
	spec->base = base;
	if (spec->conv == 'X')
		spec->flags |= FMT_UPPER;
	put_number(out, fetch_unsigned(args, spec->length), spec);
}

static void format_char(struct text_out *out, const struct fmt_spec *spec,
			struct fmt_args *args)
{
	char c = (char)va_arg(args->ap, int);

	if (!(spec->flags & FMT_LEFT))
		put_padding(out, spec->width - 1, ' ');
	put_char(out, c);
	if (spec->flags & FMT_LEFT)
		put_padding(out, spec->width - 1, ' ');
}

/*
 * Writes one conversion. False if its letter is unknown: which arguments
 * belong to what follows is then unknown too.
 */
static bool format_one(struct text_out *out, const char **fmt,
		       struct fmt_spec *spec, struct fmt_args *args)
{
	switch (spec->conv) {
	case 'd':
	case 'i':
		format_signed(out, spec, args);
		return true;
	case 'u':
		format_unsigned(out, spec, args, 10);
		return true;
	case 'x':
	case 'X':
		format_unsigned(out, spec, args, 16);
		return true;
	case 'o':
		format_unsigned(out, spec, args, 8);
		return true;
	case 'c':
		format_char(out, spec, args);
		return true;
	case 's':
		put_string(out, va_arg(args->ap, const char *), spec);
		return true;
	case 'p':
		*fmt += put_pointer(out, *fmt, va_arg(args->ap, void *), spec);
		return true;
	case 'n':
		(void)va_arg(args->ap, void *);
		return true;
	case '%':
		put_char(out, '%');
		return true;
	default:
		return false;
	}
}

static void format_all(struct text_out *out, const char *fmt,
		       struct fmt_args *args)
{
	struct fmt_spec spec;
	const char *start;

	while (*fmt) {
		if (*fmt != '%') {
			put_char(out, *fmt++);
			continue;
		}
		start = fmt++;
		parse_spec(&fmt, &spec, args);
		if (!format_one(out, &fmt, &spec, args)) {
			put_text(out, start, strlen(start));
			return;
		}
	}
}

int vsnprintf(char *buf, size_t size, const char *fmt, va_list ap)
{
	struct text_out out;
	struct fmt_args args;

	/* A size above INT_MAX is a negative number gone wrong. */
	if ((ssize_t)size < 0 || size > INT_MAX)
		size = 0;
	/*
	 * Near the top of memory: do not let the end wrap. Not found out by
	 * trying, as the compiler takes it that no pointer does.
	 */
	size = min_t(size_t, size, ULONG_MAX - (unsigned long)buf);
	out.pos = buf;
	out.end = buf + size;

	va_copy(args.ap, ap);
	format_all(&out, fmt, &args);
	va_end(args.ap);

	if (size)
		*(out.pos < out.end ? out.pos : out.end - 1) = '\0';
	return out.pos - buf;
}

int vscnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	int len;

	if (!size)
		return 0;
	len = vsnprintf(buf, size, fmt, args);
	return len < (int)size ? len : (int)size - 1;
}

int snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(buf, size, fmt, args);
	va_end(args);
	return len;
}

int scnprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vscnprintf(buf, size, fmt, args);
	va_end(args);
	return len;
}

int vsprintf(char *buf, const char *fmt, va_list args)
{
	return vsnprintf(buf, INT_MAX, fmt, args);
}

int sprintf(char *buf, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(buf, INT_MAX, fmt, args);
	va_end(args);
	return len;
}
