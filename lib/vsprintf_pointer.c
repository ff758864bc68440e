/*
 * vsprintf_pointer.c - what "%p" and the letters behind it print
 *
 * The first letter chooses the form, from pointer_forms[]; some look at one
 * or two letters more. Forms that follow the pointer check it first (V4).
 * "%*ph" and "%*pb" take the width as the size of what is pointed to.
 *
 * Names of symbols come from <linux/kallsyms.h>, names of flags from tables
 * that the owner of the flags defines; a kernel without such a table prints
 * the number.
 */
#include "vsprintf.h"
#include <linux/array_size.h>
#include <linux/bits.h>
#include <linux/err.h>
#include <linux/errname.h>
#include <linux/find.h>
#include <linux/hex.h>
#include <linux/kallsyms.h>
#include <linux/minmax.h>
#include <linux/math.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/tracepoint-defs.h>

#define HEX_STRING_MAX 64

static void put_plain(struct text_out *out, const void *ptr,
		      const struct fmt_spec *spec)
{
	struct fmt_spec number = *spec;

	number.base = 16;
	number.flags &= ~(FMT_PLUS | FMT_SPACE);
	if (number.width <= 0) {
		number.width = 2 * sizeof(ptr);
		if (number.flags & FMT_ALT)
			number.width += 2;
		number.flags |= FMT_ZERO;
	}
	number.precision = -1;
	put_number(out, (unsigned long)ptr, &number);
}

static int pointer_plain(struct text_out *out, const char *fmt, const void *ptr,
			 const struct fmt_spec *spec)
{
	put_plain(out, ptr, spec);
	return 1;
}

static int pointer_symbol(struct text_out *out, const char *fmt,
			  const void *ptr, const struct fmt_spec *spec)
{
	char name[KSYM_SYMBOL_LEN];

	if (*fmt == 's')
		sprint_symbol_no_offset(name, (unsigned long)ptr);
	else if (*fmt == 'B')
		sprint_backtrace(name, (unsigned long)ptr);
	else
		sprint_symbol(name, (unsigned long)ptr);
	put_string(out, name, spec);
	/* "%pSR" asks for relocation, of which there is none. */
	return 1 + (fmt[1] == 'R');
}

static int pointer_bus_address(struct text_out *out, const char *fmt,
			       const void *ptr, const struct fmt_spec *spec)
{
	const char *bad = bad_pointer_text(ptr);
	int used = 1 + (fmt[1] == 'p' || fmt[1] == 'd');

	if (bad)
		put_string(out, bad, spec);
	else if (fmt[1] == 'd')
		put_address(out, *(const dma_addr_t *)ptr, sizeof(dma_addr_t));
	else
		put_address(out, *(const phys_addr_t *)ptr,
			    sizeof(phys_addr_t));
	return used;
}

static int pointer_error(struct text_out *out, const char *fmt, const void *ptr,
			 const struct fmt_spec *spec)
{
	struct fmt_spec number = *spec;
	const char *name;

	if (!IS_ERR(ptr)) {
		put_plain(out, ptr, spec);
		return 1;
	}
	name = errname(PTR_ERR(ptr));
	if (name) {
		put_string(out, name, spec);
		return 1;
	}
	number.flags |= FMT_SIGNED;
	put_number(out, (s64)PTR_ERR(ptr), &number);
	return 1;
}

/* The inner text goes to the same place: no second buffer. */
static int pointer_va_format(struct text_out *out, const char *fmt,
			     const void *ptr, const struct fmt_spec *spec)
{
	const struct va_format *inner = ptr;
	const char *bad = bad_pointer_text(ptr);
	char *start = out->pos;
	size_t room;
	int len;

	if (bad) {
		put_string(out, bad, spec);
		return 1;
	}
	room = out->pos < out->end ? out->end - out->pos : 0;
	len = vsnprintf(room ? start : NULL, room, inner->fmt, *inner->va);
	out->pos = start + len;
	return 1;
}

void put_hex_string(struct text_out *out, const u8 *bytes, int len, char sep)
{
	for (int i = 0; i < len; i++) {
		if (i && sep)
			put_char(out, sep);
		put_char(out, hex_asc_hi(bytes[i]));
		put_char(out, hex_asc_lo(bytes[i]));
	}
}

static int pointer_hex(struct text_out *out, const char *fmt, const void *ptr,
		       const struct fmt_spec *spec)
{
	const char *bad = bad_pointer_text(ptr);
	int len = min(spec->width, HEX_STRING_MAX);
	char sep = ' ';
	int used = 2;

	if (fmt[1] == 'C')
		sep = ':';
	else if (fmt[1] == 'D')
		sep = '-';
	else if (fmt[1] == 'N')
		sep = 0;
	else
		used = 1;
	if (bad)
		put_text(out, bad, strlen(bad));
	else
		put_hex_string(out, ptr, len, sep);
	return used;
}

/* Groups of 32 bits, the highest first and cut to what there is of it. */
void put_bitmap(struct text_out *out, const unsigned long *map, int nr_bits)
{
	int chunk = round_up(max(nr_bits, 1), 32) - 32;
	struct fmt_spec spec = { .flags = FMT_ZERO, .base = 16,
				 .precision = -1 };
	int bits;
	u32 word;

	for (; chunk >= 0; chunk -= 32) {
		bits = min(nr_bits - chunk, 32);
		if (bits <= 0)
			return;
		word = map[chunk / BITS_PER_LONG] >> (chunk % BITS_PER_LONG);
		if (bits < 32)
			word &= (1u << bits) - 1;
		spec.width = DIV_ROUND_UP(bits, 4);
		put_number(out, word, &spec);
		if (chunk)
			put_char(out, ',');
	}
}

void put_bitmap_list(struct text_out *out, const unsigned long *map,
		     int nr_bits)
{
	unsigned long begin, end;
	bool first = true;

	for_each_set_bitrange(begin, end, map, (unsigned long)nr_bits) {
		if (!first)
			put_char(out, ',');
		first = false;
		put_decimal(out, begin);
		if (end - begin < 2)
			continue;
		put_char(out, '-');
		put_decimal(out, end - 1);
	}
}

static int pointer_bitmap(struct text_out *out, const char *fmt,
			  const void *ptr, const struct fmt_spec *spec)
{
	const char *bad = bad_pointer_text(ptr);

	if (bad)
		put_text(out, bad, strlen(bad));
	else if (fmt[1] == 'l')
		put_bitmap_list(out, ptr, spec->width);
	else
		put_bitmap(out, ptr, spec->width);
	return 1 + (fmt[1] == 'l');
}

static const struct fmt_spec plain_hex = {
	.flags = FMT_ALT, .base = 16, .precision = -1,
};

static void put_bar(struct text_out *out, bool *first)
{
	if (!*first)
		put_char(out, '|');
	*first = false;
}

/* "name|name|0x40": what has no name comes last, as a number. */
static void put_flag_names(struct text_out *out, unsigned long flags,
			   const struct trace_print_flags *names, bool *first)
{
	for (; names && names->name && flags; names++) {
		if ((flags & names->mask) != names->mask)
			continue;
		put_bar(out, first);
		put_text(out, names->name, strlen(names->name));
		flags &= ~names->mask;
	}
	if (!flags)
		return;
	put_bar(out, first);
	put_number(out, flags, &plain_hex);
}

/* "0x40000200(reserved|zone=1)" */
static void put_page_flags(struct text_out *out, unsigned long flags)
{
	const struct trace_print_field *field;
	unsigned long names = flags;
	bool first = true;

	for (field = pageflag_fields; field && field->name; field++)
		names &= ~(field->mask << field->shift);
	put_number(out, flags, &plain_hex);
	put_char(out, '(');
	put_flag_names(out, names, pageflag_names, &first);
	for (field = pageflag_fields; field && field->name; field++) {
		put_bar(out, &first);
		put_text(out, field->name, strlen(field->name));
		put_char(out, '=');
		put_decimal(out, flags >> field->shift & field->mask);
	}
	put_char(out, ')');
}

static int pointer_flags(struct text_out *out, const char *fmt, const void *ptr,
			 const struct fmt_spec *spec)
{
	const char *bad = bad_pointer_text(ptr);
	bool first = true;

	if (bad) {
		put_string(out, bad, spec);
		return 2;
	}
	switch (fmt[1]) {
	case 'p':
		put_page_flags(out, *(const unsigned long *)ptr);
		return 2;
	case 'g':
		put_flag_names(out, *(const unsigned int *)ptr, gfpflag_names,
			       &first);
		return 2;
	case 'v':
		put_flag_names(out, *(const unsigned long *)ptr, vmaflag_names,
			       &first);
		return 2;
	default:
		put_plain(out, ptr, spec);
		return 1;
	}
}

typedef int (*pointer_form_fn)(struct text_out *out, const char *fmt,
			       const void *ptr, const struct fmt_spec *spec);

static const struct pointer_form {
	char letter;
	pointer_form_fn put;
} pointer_forms[] = {
	{ 'x', pointer_plain },
	{ 'K', pointer_plain },
	{ 's', pointer_symbol },
	{ 'S', pointer_symbol },
	{ 'B', pointer_symbol },
	{ 'a', pointer_bus_address },
	{ 'e', pointer_error },
	{ 'V', pointer_va_format },
	{ 'h', pointer_hex },
	{ 'b', pointer_bitmap },
	{ 'G', pointer_flags },
};

int put_pointer(struct text_out *out, const char *fmt, const void *ptr,
		const struct fmt_spec *spec)
{
	for (size_t i = 0; i < ARRAY_SIZE(pointer_forms); i++)
		if (pointer_forms[i].letter == *fmt)
			return pointer_forms[i].put(out, fmt, ptr, spec);
	put_plain(out, ptr, spec);
	return 0;
}
