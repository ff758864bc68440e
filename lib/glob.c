// SPDX-License-Identifier: MIT
/*
 * glob.c - shell patterns
 *
 * One pass with one place to come back to: when a match fails after a '*',
 * the newest '*' swallows one character more and the rest is tried again.
 * An older '*' never needs a second try, since what stands between the two
 * has matched at its earliest place already.
 */
#include <linux/glob.h>

/*
 * Is c in the set whose text starts behind '['? Sets *end behind the ']', or
 * to NULL if there is none.
 */
static bool in_set(const char *set, char c, const char **end)
{
	bool invert = *set == '!' || *set == '^', found = false;
	const char *p = set + invert;

	do {
		unsigned char low = *p++, high = low;

		if (!low) {
			*end = NULL;
			return false;
		}
		if (p[0] == '-' && p[1] && p[1] != ']') {
			high = p[1];
			p += 2;
		}
		found |= low <= (unsigned char)c && (unsigned char)c <= high;
	} while (*p != ']');
	*end = p + 1;
	return found != invert;
}

/* Matches one character. Returns the pattern behind it, or NULL. */
static const char *match_one(const char *pat, char c)
{
	const char *end;
	bool found;

	switch (*pat) {
	case '?':
		return pat + 1;
	case '[':
		found = in_set(pat + 1, c, &end);
		if (end)
			return found ? end : NULL;
		break; /* no ']': an ordinary character */
	case '\\':
		if (pat[1])
			pat++;
		break;
	}
	return *pat == c ? pat + 1 : NULL;
}

bool glob_match(const char *pat, const char *str)
{
	const char *retry_pat = NULL, *retry_str = NULL;

	while (*str) {
		const char *next;

		if (*pat == '*') {
			retry_pat = ++pat;
			retry_str = str;
			continue;
		}
		next = match_one(pat, *str);
		if (next) {
			pat = next;
			str++;
			continue;
		}
		if (!retry_pat)
			return false;
		pat = retry_pat;
		str = ++retry_str;
	}
	while (*pat == '*')
		pat++;
	return !*pat;
}
