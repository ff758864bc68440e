// SPDX-License-Identifier: MIT
/*
 * Fuzz target "words": what reads the command line and other text of users.
 *
 * Bytes: steps. Each is one of
 *
 *	0  a text as a number: kstrtoull() and kin, memparse()
 *	1  a text as a list of ints: get_options()
 *	2  regions of bits, written as text: bitmap_parselist()
 *	3  any text for bitmap_parselist()
 *	4  a pattern and a text: glob_match()
 *	5  words, with quotes and blanks, written as a line: parse_words()
 *	6  any line for parse_words()
 *	7  a list of options and one of them: parse_option_str()
 *	8  a text and a format: sscanf()
 *
 * The models: the C library's strtoull() and sscanf(); for lists, bits and
 * patterns the plainest code that can be right; for 2 and 5 what the text was
 * made from.
 *
 * After every step the result is the model's, the end is where the model's is,
 * errors are errors, and nothing outside of the arrays was written.
 */
#include "words_model.h"

#include <linux/bitmap.h>
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/glob.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#define BITS	200
#define INTS	12

/* --- 0: numbers --- */

#define check_narrow(fn, type, sign, s, base, err, value) do {		\
	type __v = 0;							\
	int __want = err ? err : (type)(value) == (sign)(value) ? 0 :	\
								-ERANGE; \
	int __err = fn(s, base, &__v);					\
									\
	fuzz_check(__err == __want && (__err || __v == (type)(value)),	\
		   #fn " '%s' %u: %d, not %d", s, base, __err, __want);	\
} while (0)

static void check_simple(const char *s, unsigned int base)
{
	char *end, *want_end;
	u64 want = model_strtoull(s, &want_end, base);

	fuzz_check(simple_strtoull(s, &end, base) == want && end == want_end,
		   "'%s' %u", s, base);
	if (base)
		return;
	want = model_unit(want, &want_end);
	fuzz_check(memparse(s, &end) == want && end == want_end, "'%s'", s);
}

static void step_number(struct fuzz_input *in)
{
	static const unsigned int bases[] = { 0, 10, 16, 8, 2, 36 };
	unsigned int base = bases[fuzz_below(in, ARRAY_SIZE(bases))];
	u64 value, got = 0;
	char text[32];
	s64 whole;
	int err;

	read_text(in, text, sizeof(text), "0123456789abcfxkMG+-\n");
	check_simple(text, base);
	err = model_kstrtoull(text, base, &value);
	fuzz_check(kstrtoull(text, base, &got) == err && (err || got == value),
		   "'%s' %u: %llu, not %llu, %d", text, base, got, value, err);
	check_narrow(kstrtouint, u32, u64, text, base, err, value);
	check_narrow(kstrtou16, u16, u64, text, base, err, value);
	check_narrow(kstrtou8, u8, u64, text, base, err, value);
	err = model_kstrtoll(text, base, &whole);
	check_narrow(kstrtoll, long long, s64, text, base, err, whole);
	check_narrow(kstrtoint, int, s64, text, base, err, whole);
	check_narrow(kstrtos16, s16, s64, text, base, err, whole);
	check_narrow(kstrtos8, s8, s64, text, base, err, whole);
}

/* --- 1: lists of ints --- */

static void step_options(struct fuzz_input *in)
{
	int ints[INTS + 1], want[INTS + 1], nints = fuzz_below(in, INTS + 1);
	char text[40], *end, *want_end;
	int i;

	read_text(in, text, sizeof(text), "0123456789,,--");
	memset(ints, 0x77, sizeof(ints));
	memset(want, 0x77, sizeof(want));
	end = get_options(text, nints, ints);
	want_end = model_options(text, nints, want);
	fuzz_check(end == want_end, "'%s' %d: '%s', not '%s'", text, nints, end,
		   want_end);
	for (i = 0; i <= INTS; i++)
		fuzz_check(ints[i] == want[i], "'%s' %d: [%d] is %d, not %d",
			   text, nints, i, ints[i], want[i]);
}

/* --- 2, 3: bits --- */

/* One region as text, and its bits; false if it is not one. */
static bool region(struct fuzz_input *in, char **at, unsigned long *map)
{
	u32 first = fuzz_u8(in), last = fuzz_u8(in), used = 1, group = 1, bit;
	u8 how = fuzz_u8(in);

	if (!(how & 1))
		last = first;
	*at += sprintf(*at, how & 1 ? "%u-%u" : "%u", first, last);
	if (how & 2 && how & 1) {
		used = fuzz_u8(in) % 20;
		group = how & 4 ? fuzz_u32(in) : fuzz_u8(in);
		*at += sprintf(*at, ":%u/%u", used, group);
	}
	if (first > last || !group || used > group || last >= BITS)
		return false;
	for (bit = first; bit <= last; bit++)
		if ((bit - first) % group < used)
			__set_bit(bit, map);
	return true;
}

static void step_regions(struct fuzz_input *in)
{
	DECLARE_BITMAP(map, BITS);
	DECLARE_BITMAP(want, BITS) = { 0 };
	unsigned int nr = 1 + fuzz_below(in, 4);
	char text[200], *at = text;
	bool good = true;
	int err;

	while (nr-- && good) {
		good = region(in, &at, want);
		at = stpcpy(at, nr ? "," : "");
	}
	*at = 0;
	err = bitmap_parselist(text, map, BITS);
	fuzz_check(good == !err, "'%s': %d", text, err);
	fuzz_check(err || bitmap_equal(map, want, BITS), "'%s': %*pbl", text,
		   BITS, map);
}

static void step_any_bits(struct fuzz_input *in)
{
	unsigned long map[BITS_TO_LONGS(BITS) + 1];
	char text[48];

	read_text(in, text, sizeof(text), "0123456789,-:/Nal ");
	map[BITS_TO_LONGS(BITS)] = 0x12345678;
	if (bitmap_parselist(text, map, BITS) == 0)
		fuzz_check(find_next_bit(map, BITS, 0) <= BITS, "'%s'", text);
	fuzz_check(map[BITS_TO_LONGS(BITS)] == 0x12345678, "'%s'", text);
}

/* --- 4: patterns --- */

static void step_glob(struct fuzz_input *in)
{
	char pattern[14], text[12];

	read_text(in, pattern, sizeof(pattern), "ab*?[]-!\\");
	read_text(in, text, sizeof(text), "ab]-");
	fuzz_check(glob_match(pattern, text) == model_glob(pattern, text),
		   "'%s' '%s': %d", pattern, text, glob_match(pattern, text));
}

/* --- 7, 8 --- */

static void step_option_str(struct fuzz_input *in)
{
	char list[24], option[6];

	read_text(in, list, sizeof(list), "ab,");
	read_text(in, option, sizeof(option), "ab");
	if (!*option || strchr(option, ','))
		return;
	fuzz_check(parse_option_str(list, option) ==
			   model_option_str(list, option),
		   "'%s' in '%s'", option, list);
}

static void step_scan(struct fuzz_input *in)
{
	static const char *const formats[] = {
		"%5d%n",     "%3x %4d",	    "%6u,%6u",	"%4u",
		"%3s%4d",    "a%4dz%3x",    "%3[ab]%3d", "%2hhx:%2hhx",
		"%*3d %5d",  "%3c%4d",	    "%4o%%%2d",
	};
	const char *fmt = formats[fuzz_below(in, ARRAY_SIZE(formats))];
	char text[20];
	u64 a[2] = { 0 }, b[2] = { 0 }, wa[2] = { 0 }, wb[2] = { 0 };
	int got = 0, want;

	read_text(in, text, sizeof(text), "0123456789abz,:%- ");
	/* signs, prefixes and "%%" are other than in C: see lib/sscanf.c */
	if (strpbrk(text, fmt == formats[0] ? "+xX" : "+-xX") ||
	    (strstr(fmt, "%%") && strpbrk(text, " \t\n\v\f\r")))
		return;
	got = sscanf(text, fmt, a, b);
	want = fuzz_libc_scan(text, fmt, wa, wb);
	fuzz_check(max(got, 0) == max(want, 0), "'%s' '%s': %d, not %d", text,
		   fmt, got, want);
	fuzz_check(a[0] == wa[0] && a[1] == wa[1] && b[0] == wb[0],
		   "'%s' '%s': %llx %llx, not %llx %llx", text, fmt, a[0], b[0],
		   wa[0], wb[0]);
}

static void run(struct fuzz_input *in)
{
	static void (*const steps[])(struct fuzz_input *) = {
		step_number,   step_options, step_regions,
		step_any_bits, step_glob,    step_line,
		step_any_line, step_option_str, step_scan,
	};

	while (fuzz_left(in))
		steps[fuzz_below(in, ARRAY_SIZE(steps))](in);
}

const struct fuzz_target fuzz_words = { .name = "words", .run = run };
