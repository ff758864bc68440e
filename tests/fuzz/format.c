// SPDX-License-Identifier: MIT
/*
 * Fuzz target "format": vsnprintf().
 *
 * Bytes: steps. Each is one of
 *
 *	0  a conversion that C has too: flags, width, precision, length, letter,
 *	   a value, and how much room there is for the text
 *	1  one of the kernel's own forms of %p, and bytes to point to
 *	2  any text as a format; all arguments are pointers to a string
 *
 * The model: the C library's snprintf() for 0. For a few forms of 1 the text is
 * made otherwise, or read back.
 *
 * After every step, whatever the room:
 *  - the result is the length of the whole text (V3);
 *  - the buffer has as much of it as fits, and ends with a NUL (V2);
 *  - no byte behind the room has changed (V1).
 */
#include "fuzz.h"

#include <linux/bitmap.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#define TEXT	4096	/* room for whole texts, the longest of 1 included */
#define ROOM	200	/* for those that may be cut */
#define CANARY	0xa5
#define POINTEE	9000	/* %*pb of the largest width looks so far */

static char whole[TEXT], wanted[TEXT], cut[ROOM + 8];
static u8 pointee[POINTEE];

/* --- every text --- */

static void check_cut(int len, int again, size_t room, const char *fmt)
{
	size_t kept = min_t(size_t, len, min_t(size_t, room, TEXT) - 1);

	fuzz_check(len == again, "%s: %d, then %d in %zu", fmt, len, again,
		   room);
	fuzz_check(!memchr_inv(cut + room, CANARY, sizeof(cut) - room),
		   "V1: %s in %zu", fmt, room);
	if (!room)
		return;
	fuzz_check(!cut[kept], "V2: %s in %zu", fmt, room);
	fuzz_check(!memcmp(cut, whole, kept), "%s in %zu: '%s', not '%s'", fmt,
		   room, cut, whole);
}

/*
 * The same conversion into much room and into little. With two stars in the
 * format there are two numbers before the value; value is passed as it is.
 */
#define twice(fmt, stars, width, precision, room, value) ({		\
	int __len, __again;						\
									\
	memset(cut, CANARY, sizeof(cut));				\
	if (stars) {							\
		__len = snprintf(whole, TEXT, fmt, width, precision,	\
				 value);				\
		__again = snprintf(cut, room, fmt, width, precision,	\
				   value);				\
	} else {							\
		__len = snprintf(whole, TEXT, fmt, value);		\
		__again = snprintf(cut, room, fmt, value);		\
	}								\
	check_cut(__len, __again, room, fmt);				\
	__len;								\
})

/* --- 0: as C has it --- */

struct conversion {
	char fmt[24];
	bool stars;
	int width, precision;
	char length;		/* 'H' for hh, 'L' for ll */
	char letter;
};

/* Flags that mean something with the letter, in C and here. */
static char *put_flags(char *at, u8 bits, char letter)
{
	if (bits & 1)
		*at++ = '-';
	if (bits & 2 && strchr("dixXouc", letter) && letter != 'c')
		*at++ = '0';
	if (bits & 4 && strchr("di", letter))
		*at++ = '+';
	if (bits & 8 && strchr("di", letter))
		*at++ = ' ';
	/* "%#o" is other than in C where the precision gives the zero */
	if (bits & 16 && strchr("xX", letter))
		*at++ = '#';
	return at;
}

static char *put_length(char *at, char length)
{
	if (length == 'H' || length == 'L') {
		*at++ = length == 'H' ? 'h' : 'l';
		*at++ = length == 'H' ? 'h' : 'l';
	} else if (length) {
		*at++ = length;
	}
	return at;
}

static void read_conversion(struct fuzz_input *in, struct conversion *c)
{
	static const char letters[] = "dixXoucs";
	static const char lengths[] = { 0, 'h', 'H', 'l', 'L', 'z', 't', 'j' };
	char *at = c->fmt;
	u8 how;

	c->letter = letters[fuzz_u8(in) % 8];
	how = fuzz_u8(in);
	c->length = c->letter == 'c' || c->letter == 's' ? 0 :
							   lengths[how >> 5];
	*at++ = '%';
	at = put_flags(at, how, c->letter);
	how = fuzz_u8(in);
	c->stars = how & 1;
	c->width = fuzz_u8(in) - 128;
	c->precision = fuzz_u8(in) % 60 + 1;
	if (c->stars && c->letter != 'c')
		at = stpcpy(at, "*.*");
	else if (how & 2)
		at += snprintf(at, 8, "%d", c->width < 0 ? 0 : c->width);
	if (c->letter == 'c')
		c->stars = false;
	if (!c->stars && how & 4 && c->letter != 'c')
		at += snprintf(at, 8, ".%d", c->precision);
	at = put_length(at, c->length);
	*at++ = c->letter;
	*at = 0;
}

#define compare(c, room, value) do {					\
	int __len = twice((c)->fmt, (c)->stars, (c)->width,		\
			  (c)->precision, room, value);			\
	int __want = (c)->stars ?					\
		fuzz_libc_format(wanted, TEXT, (c)->fmt, (c)->width,	\
				 (c)->precision, value) :		\
		fuzz_libc_format(wanted, TEXT, (c)->fmt, value);	\
									\
	fuzz_check(__len == __want && !memcmp(whole, wanted, __len),	\
		   "%s (%d, %d): '%s', not '%s'", (c)->fmt, (c)->width,	\
		   (c)->precision, whole, wanted);			\
} while (0)

static void step_common(struct fuzz_input *in)
{
	char text[20] = "";
	struct conversion c = { .stars = false };
	size_t room, i;
	u64 value;

	read_conversion(in, &c);
	room = fuzz_below(in, ROOM + 1);
	if (c.letter == 's') {
		for (i = 0; i + 1 < sizeof(text) && fuzz_left(in); i++)
			text[i] = fuzz_u8(in);
		compare(&c, room, (char *)text);
		return;
	}
	value = fuzz_u64(in) >> (fuzz_u8(in) & 63);
	/* 0 with '#' or no digits is other than in C: see lib/vsprintf.c */
	if (!(u8)value)
		value |= 1;
	if (c.length == 'L' || c.length == 'j')
		compare(&c, room, value);
	else
		compare(&c, room, (u32)value);
}

/* --- 1: what %p may be followed by --- */

static void step_pointer(struct fuzz_input *in)
{
	static const char *const forms[] = {
		"%p",	 "%px",	  "%ps",   "%pS",    "%pB",   "%pa",
		"%pad",	 "%pe",	  "%pGp",  "%pGg",   "%pGv",  "%16p",
		"%-20pS", "%pK",  "%#p",   "%-30pe", "%pap",  "%pSR",
	};
	const char *fmt = forms[fuzz_below(in, ARRAY_SIZE(forms))];
	size_t room = fuzz_below(in, ROOM + 1);
	u64 value = fuzz_u64(in);
	const void *p = pointee;

	memcpy(pointee, &value, sizeof(value));
	if (strchr("pxKesSB", fmt[strlen(fmt) - 1]) && !strchr(fmt, 'a') &&
	    !strchr(fmt, 'G'))
		p = (void *)(unsigned long)value;
	twice(fmt, false, 0, 0, room, p);
	if (!strcmp(fmt, "%pa"))
		fuzz_libc_format(wanted, TEXT, "0x%016llx", value);
	else if (!strcmp(fmt, "%p") || !strcmp(fmt, "%px"))
		fuzz_libc_format(wanted, TEXT, "%08lx", (unsigned long)p);
	else
		return;
	fuzz_check(!strcmp(whole, wanted), "%s: '%s', not '%s'", fmt, whole,
		   wanted);
}

/* Bytes and bits: the width says how many. */
static void step_bytes(struct fuzz_input *in)
{
	static const char *const forms[] = {
		"%*ph", "%*phC", "%*phD", "%*phN", "%*pb", "%*pbl",
	};
	unsigned int which = fuzz_below(in, ARRAY_SIZE(forms)), i;
	size_t room = fuzz_below(in, ROOM + 1);
	int width = fuzz_u8(in), len, again;
	DECLARE_BITMAP(back, 256);

	for (i = 0; i < 32; i++)
		pointee[i] = fuzz_u8(in);
	memset(cut, CANARY, sizeof(cut));
	len = snprintf(whole, TEXT, forms[which], width, pointee);
	again = snprintf(cut, room, forms[which], width, pointee);
	check_cut(len, again, room, forms[which]);
	if (which < 4 && width)
		fuzz_check(len == min(width, 64) * (which == 3 ? 2 : 3) -
					   (which != 3),
			   "%d of %d bytes", len, width);
	if (which != 5)
		return;
	fuzz_check(!bitmap_parselist(whole, back, 256) &&
			   bitmap_equal(back, (unsigned long *)pointee, width),
		   "'%s' of %d bits", whole, width);
}

/* --- 2: anything --- */

static void step_any(struct fuzz_input *in)
{
	size_t room = fuzz_below(in, ROOM + 1), i;
	const char *s = (char *)pointee;
	int len, again;
	char fmt[48];

	for (i = 0; i + 1 < sizeof(fmt) && fuzz_left(in); i++)
		fmt[i] = fuzz_u8(in);
	fmt[i] = 0;
	if (strstr(fmt, "pV"))
		return;		/* a structure, not a string */
	strscpy((char *)pointee, "some text, and more of it", 32);
	memset(cut, CANARY, sizeof(cut));
	len = snprintf(whole, TEXT, fmt, s, s, s, s, s, s, s, s, s, s, s, s, s,
		       s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s,
		       s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s);
	again = snprintf(cut, room, fmt, s, s, s, s, s, s, s, s, s, s, s, s, s,
			 s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s,
			 s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s);
	check_cut(len, again, room, fmt);
}

static void run(struct fuzz_input *in)
{
	static void (*const steps[])(struct fuzz_input *) = {
		step_common, step_common, step_pointer, step_bytes, step_any,
	};

	while (fuzz_left(in))
		steps[fuzz_below(in, ARRAY_SIZE(steps))](in);
}

const struct fuzz_target fuzz_format = { .name = "format", .run = run };
