// SPDX-License-Identifier: MIT
/* The models of the fuzz target "words". */
#include "words_model.h"

#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/string.h>

char *read_text(struct fuzz_input *in, char *text, size_t room,
		const char *letters)
{
	size_t len = fuzz_below(in, room), i, n = strlen(letters);

	for (i = 0; i < len; i++) {
		u8 c = fuzz_u8(in);

		text[i] = c >= 0x80 ? letters[c % n] : c;
	}
	text[len] = 0;
	return text;
}

/* --- numbers: the C library's, but for signs and blanks --- */

static u64 strtoull_checked(const char *s, char **end, unsigned int base,
			    bool *overflow)
{
	*end = (char *)s;
	*overflow = false;
	return isalnum(*s) ? fuzz_libc_strtoull(s, end, base, overflow) : 0;
}

static unsigned int digit_of(char c)
{
	return isdigit(c) ? c - '0' : tolower(c) - 'a' + 10;
}

static u64 modulo(const char *s, const char *end, unsigned int base)
{
	bool hex = s[0] == '0' && tolower(s[1]) == 'x' && end > s + 2;
	u64 value = 0;

	if (!base)
		base = hex ? 16 : *s == '0' ? 8 : 10;
	for (s += base == 16 && hex ? 2 : 0; s < end; s++)
		value = value * base + digit_of(*s);
	return value;
}

u64 model_strtoull(const char *s, char **end, unsigned int base)
{
	bool overflow;
	u64 value = strtoull_checked(s, end, base, &overflow);

	return overflow ? modulo(s, *end, base) : value;
}

u64 model_unit(u64 value, char **end)
{
	switch (tolower(**end)) {
	case 'e':
		value *= 1024;
		fallthrough;
	case 'p':
		value *= 1024;
		fallthrough;
	case 't':
		value *= 1024;
		fallthrough;
	case 'g':
		value *= 1024;
		fallthrough;
	case 'm':
		value *= 1024;
		fallthrough;
	case 'k':
		++*end;
		return value * 1024;
	default:
		return value;
	}
}

static int whole(const char *s, unsigned int base, u64 *value)
{
	bool overflow;
	char *end;

	*value = strtoull_checked(s, &end, base, &overflow);
	if (end == s)
		return -EINVAL;
	if (overflow)
		return -ERANGE;
	return !*end || !strcmp(end, "\n") ? 0 : -EINVAL;
}

int model_kstrtoull(const char *s, unsigned int base, u64 *value)
{
	return whole(*s == '+' ? s + 1 : s, base, value);
}

int model_kstrtoll(const char *s, unsigned int base, s64 *value)
{
	bool negative = *s == '-';
	u64 size;
	int err;

	err = negative ? whole(s + 1, base, &size) :
			 model_kstrtoull(s, base, &size);
	*value = negative ? -size : size;
	if (!err && size > (u64)S64_MAX + negative)
		return -ERANGE;
	return err;
}

/* --- lists of ints --- */

static int an_int(const char **s)
{
	bool negative = **s == '-';
	char *end;
	int value = model_strtoull(*s + negative, &end, 0);

	*s = end;
	return negative ? -value : value;
}

/* first + 1, first + 2, ... into what there is of the array. */
static void fill(int *ints, int room, int first, u32 further)
{
	u32 i;

	for (i = 1; i <= further && (int)i < room; i++)
		ints[i] = first + i;
}

char *model_options(const char *s, int nints, int *ints)
{
	bool count_only = !nints;
	unsigned int n = 1;
	int value, last;

	while (*s && (count_only || (int)n < nints)) {
		const char *start = s + (*s == '-');

		value = an_int(&s);
		if (!count_only)
			ints[n] = value;
		if (s == start)
			break;
		if (*s == '-') {
			const char *at = ++s;

			last = an_int(&at);
			if (last < value || (u32)last - value > S32_MAX ||
			    n + (u32)last - value > S32_MAX)
				break;
			if (!count_only)
				fill(ints + n, nints - n, value,
				     (u32)last - value);
			n += (u32)last - value;
			continue;
		}
		n++;
		if (*s != ',')
			break;
		s++;
	}
	if (!count_only && n > (u32)nints)
		n = nints;
	ints[0] = n - 1;
	return (char *)s;
}

/* --- patterns --- */

/* Behind the set that starts at p, behind '['; NULL if it has no end. */
static const char *set_end(const char *p)
{
	p += *p == '!' || *p == '^';
	if (!*p)
		return NULL;
	for (;;) {
		if (!*p)
			return NULL;
		if (p[1] == '-' && p[2] && p[2] != ']')
			p += 2;
		p++;
		if (*p == ']')
			return p + 1;
	}
}

static bool set_has(const char *p, const char *end, u8 c)
{
	bool invert = *p == '!' || *p == '^', found = false;

	for (p += invert; p < end - 1; p++) {
		u8 low = *p, high = low;

		if (p[1] == '-' && p + 2 < end - 1) {
			high = p[2];
			p += 2;
		}
		found |= low <= c && c <= high;
	}
	return found != invert;
}

bool model_glob(const char *p, const char *text)
{
	const char *end = *p == '[' ? set_end(p + 1) : NULL;

	if (!*p)
		return !*text;
	if (*p == '*')
		return model_glob(p + 1, text) ||
		       (*text && model_glob(p, text + 1));
	if (!*text)
		return false;
	if (*p == '?')
		return model_glob(p + 1, text + 1);
	if (end)
		return set_has(p + 1, end, *text) && model_glob(end, text + 1);
	p += *p == '\\' && p[1];
	return *p == *text && model_glob(p + 1, text + 1);
}

bool model_option_str(const char *list, const char *option)
{
	while (*list) {
		size_t len = strcspn(list, ",");

		if (len == strlen(option) && !memcmp(list, option, len))
			return true;
		list += len + (list[len] == ',');
	}
	return false;
}
