// SPDX-License-Identifier: MIT
/*
 * cmdline.c - numbers and lists of the command line
 */
#include <linux/kernel.h>
#include <linux/ctype.h>
#include <linux/kstrtox.h>
#include <linux/minmax.h>
#include <linux/overflow.h>
#include <linux/string.h>

int get_option(char **str, int *pint)
{
	char *cur = *str;
	int value;

	if (!cur || !*cur)
		return 0;
	if (*cur == '-')
		value = -simple_strtoull(++cur, str, 0);
	else
		value = simple_strtoull(cur, str, 0);
	if (pint)
		*pint = value;
	if (cur == *str)
		return 0;
	if (**str == ',') {
		(*str)++;
		return 2;
	}
	return **str == '-' ? 3 : 1;
}

/*
 * *str stands at the '-' behind first; count of further ints, -1: no range,
 * or one with more of them than an int can count.
 */
static int get_range(char **str, int *ints, int room)
{
	int first = *ints, last, further, n;

	(*str)++;
	last = simple_strtol(*str, NULL, 0);
	if (last < first || check_sub_overflow(last, first, &further))
		return -1;
	for (n = 1; n <= further && n < room; n++)
		ints[n] = first + n;
	return further;
}

char *get_options(const char *str, int nints, int *ints)
{
	bool validate = nints == 0;
	int i = 1, kind, further, next, value;
	int *place;

	while (i < nints || validate) {
		place = validate ? &value : ints + i;
		kind = get_option((char **)&str, place);
		if (!kind)
			break;
		if (kind == 3) {
			further = get_range((char **)&str, place,
					    validate ? 0 : nints - i);
			if (further < 0)
				break;
			/* The last of the range is read as an int, too. */
			if (check_add_overflow(i, further, &next))
				break;
			i = next;
			continue;
		}
		i++;
		if (kind == 1)
			break;
	}
	ints[0] = (validate ? i : min(i, nints)) - 1;
	return (char *)str;
}

unsigned long long memparse(const char *ptr, char **retptr)
{
	static const char suffixes[] = "kmgtpe";
	char *end;
	unsigned long long value = simple_strtoull(ptr, &end, 0);
	const char *suffix = *end ? strchr(suffixes, tolower(*end)) : NULL;

	if (suffix) {
		value <<= 10 * (suffix - suffixes + 1);
		end++;
	}
	if (retptr)
		*retptr = end;
	return value;
}

bool parse_option_str(const char *str, const char *option)
{
	size_t len = strlen(option);

	while (*str) {
		if (!strncmp(str, option, len) &&
		    (!str[len] || str[len] == ','))
			return true;
		str = strchrnul(str, ',');
		if (*str == ',')
			str++;
	}
	return false;
}
