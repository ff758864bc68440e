// SPDX-License-Identifier: MIT
/*
 * bitmap_parse.c - lists of numbers, as people write them, to bitmaps
 *
 *	list   = region { "," region }
 *	region = "all" | first [ "-" last [ ":" used "/" group ] ]
 *
 * "N" as a number is the last bit of the map. Blanks and empty regions are
 * passed over.
 */
#include <linux/bitmap.h>
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/kstrtox.h>
#include <linux/minmax.h>
#include <linux/overflow.h>

struct region {
	unsigned int first, last;
	unsigned int used, group;	/* of each group bits, the first used */
};

static const char *parse_number(const char *s, unsigned int *n, int nbits)
{
	unsigned int value = 0;
	const char *start = s;

	if (*s == 'N') {
		*n = nbits - 1;
		return s + 1;
	}
	for (; isdigit(*s); s++) {
		if (check_mul_overflow(value, 10u, &value) ||
		    check_add_overflow(value, (unsigned int)(*s - '0'), &value))
			return NULL;
	}
	*n = value;
	return s == start ? NULL : s;
}

static bool ends_region(char c)
{
	return c == '\0' || c == ',' || c == '\n' || isspace(c);
}

static const char *parse_group(const char *s, struct region *r, int nbits)
{
	s = parse_number(s, &r->used, nbits);
	if (!s || *s != '/')
		return NULL;
	return parse_number(s + 1, &r->group, nbits);
}

static const char *parse_region(const char *s, struct region *r, int nbits)
{
	*r = (struct region){ .last = nbits - 1, .used = 1, .group = 1 };
	if (strstarts(s, "all")) {
		s += 3;
	} else {
		s = parse_number(s, &r->first, nbits);
		if (!s)
			return NULL;
		r->last = r->first;
		if (*s == '-')
			s = parse_number(s + 1, &r->last, nbits);
		else if (ends_region(*s))
			return s;
	}
	if (s && *s == ':')
		s = parse_group(s + 1, r, nbits);
	return s && ends_region(*s) ? s : NULL;
}

static int set_region(unsigned long *map, const struct region *r, int nbits)
{
	unsigned int start = r->first, left;

	if (r->first > r->last || !r->group || r->used > r->group)
		return -EINVAL;
	if (r->last >= (unsigned int)nbits)
		return -ERANGE;
	for (;;) {
		left = r->last - start;
		bitmap_set(map, start, min(r->used, left + 1));
		if (r->group > left)
			return 0;
		start += r->group;
	}
}

static bool separates(char c)
{
	return c == ',' || isspace(c);
}

int bitmap_parselist(const char *buf, unsigned long *map, int nbits)
{
	struct region region;
	int err;

	bitmap_zero(map, nbits);
	while (separates(*buf))
		buf++;
	while (*buf) {
		buf = parse_region(buf, &region, nbits);
		if (!buf)
			return -EINVAL;
		err = set_region(map, &region, nbits);
		if (err)
			return err;
		while (separates(*buf))
			buf++;
	}
	return 0;
}
