// SPDX-License-Identifier: MIT
/*
 * kstrtox.c - text to numbers
 *
 * Two families: kstrto*() for text from outside takes all of a string or
 * refuses it; simple_strto*() reads what digits there are and goes on.
 */
#include <linux/kstrtox.h>
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/hex.h>
#include <linux/limits.h>
#include <linux/overflow.h>
#include <linux/string.h>

/* Skips the prefix that belongs to *base; finds *base if it is 0. */
static const char *parse_base(const char *s, unsigned int *base)
{
	bool hex = s[0] == '0' && tolower(s[1]) == 'x' && isxdigit(s[2]);

	if (*base == 0)
		*base = hex ? 16 : s[0] == '0' ? 8 : 10;
	return *base == 16 && hex ? s + 2 : s;
}

static unsigned int digit_value(char c)
{
	if (isdigit(c))
		return c - '0';
	return isalpha(c) ? tolower(c) - 'a' + 10 : 36;
}

/* Behind the digits; *overflow tells that they were too many. */
static const char *parse_digits(const char *s, unsigned int base, u64 *res,
				bool *overflow)
{
	unsigned int digit;
	u64 value = 0;

	*overflow = false;
	for (; (digit = digit_value(*s)) < base; s++) {
		*overflow |= check_mul_overflow(value, (u64)base, &value);
		*overflow |= check_add_overflow(value, (u64)digit, &value);
	}
	*res = value;
	return s;
}

static int parse_whole(const char *s, unsigned int base, u64 *res)
{
	const char *end;
	bool overflow;
	u64 value;

	s = parse_base(s, &base);
	end = parse_digits(s, base, &value, &overflow);
	if (end == s)
		return -EINVAL;
	if (overflow)
		return -ERANGE;
	if (*end == '\n')
		end++;
	if (*end)
		return -EINVAL;
	*res = value;
	return 0;
}

int kstrtoull(const char *s, unsigned int base, unsigned long long *res)
{
	if (*s == '+')
		s++;
	return parse_whole(s, base, res);
}

int kstrtoll(const char *s, unsigned int base, long long *res)
{
	bool negative = *s == '-';
	u64 value;
	int err;

	if (!negative) {
		err = kstrtoull(s, base, &value);
		if (err)
			return err;
		if (value > S64_MAX)
			return -ERANGE;
		*res = value;
		return 0;
	}
	err = parse_whole(s + 1, base, &value);
	if (err)
		return err;
	if (value > (u64)S64_MAX + 1)
		return -ERANGE;
	*res = -value;
	return 0;
}

/* The narrower types: the same, and the value must come back unchanged. */
#define KSTRTO(name, type, wide, wide_fn)				\
int name(const char *s, unsigned int base, type *res)			\
{									\
	wide value;							\
	int err = wide_fn(s, base, &value);				\
									\
	if (err)							\
		return err;						\
	if (value != (type)value)					\
		return -ERANGE;						\
	*res = value;							\
	return 0;							\
}

KSTRTO(kstrtoul, unsigned long, unsigned long long, kstrtoull)
KSTRTO(kstrtol, long, long long, kstrtoll)
KSTRTO(kstrtouint, unsigned int, unsigned long long, kstrtoull)
KSTRTO(kstrtoint, int, long long, kstrtoll)
KSTRTO(kstrtou16, u16, unsigned long long, kstrtoull)
KSTRTO(kstrtos16, s16, long long, kstrtoll)
KSTRTO(kstrtou8, u8, unsigned long long, kstrtoull)
KSTRTO(kstrtos8, s8, long long, kstrtoll)

int kstrtobool(const char *s, bool *res)
{
	char first = s ? tolower(s[0]) : 0;
	char second = first ? tolower(s[1]) : 0;

	if (strchr("yt1", first) && first)
		*res = true;
	else if (strchr("nf0", first) && first)
		*res = false;
	else if (first == 'o' && second == 'n')
		*res = true;
	else if (first == 'o' && second == 'f')
		*res = false;
	else
		return -EINVAL;
	return 0;
}

unsigned long long simple_strtoull(const char *cp, char **endp,
				   unsigned int base)
{
	bool overflow;
	u64 value;

	cp = parse_base(cp, &base);
	cp = parse_digits(cp, base, &value, &overflow);
	if (endp)
		*endp = (char *)cp;
	return value;
}

unsigned long simple_strtoul(const char *cp, char **endp, unsigned int base)
{
	return simple_strtoull(cp, endp, base);
}

long long simple_strtoll(const char *cp, char **endp, unsigned int base)
{
	if (*cp == '-')
		return -simple_strtoull(cp + 1, endp, base);
	return simple_strtoull(cp, endp, base);
}

long simple_strtol(const char *cp, char **endp, unsigned int base)
{
	return simple_strtoll(cp, endp, base);
}
