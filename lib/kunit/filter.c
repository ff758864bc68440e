// SPDX-License-Identifier: MIT
/*
 * filter.c - which suites and cases run
 *
 *	kunit.filter_glob=buddy_*.merge*	by name
 *	kunit.filter=speed>slow			by attribute
 */
#include "internal.h"
#include <linux/glob.h>
#include <linux/string.h>

static const char *const speed_names[] = {
	[KUNIT_SPEED_UNSET] = "unset",
	[KUNIT_SPEED_VERY_SLOW] = "very_slow",
	[KUNIT_SPEED_SLOW] = "slow",
	[KUNIT_SPEED_NORMAL] = "normal",
};

int filter_parse_glob(struct kunit_filter *filter, const char *text)
{
	const char *dot;
	size_t len;

	filter->suite[0] = '\0';
	filter->cases[0] = '\0';
	if (!text)
		return 0;

	dot = strchr(text, '.');
	len = dot ? dot - text : strlen(text);
	if (len >= sizeof(filter->suite))
		return -EINVAL;
	memcpy(filter->suite, text, len);
	filter->suite[len] = '\0';
	if (dot && strscpy(filter->cases, dot + 1, sizeof(filter->cases)) < 0)
		return -EINVAL;
	return 0;
}

int filter_parse_attr(struct kunit_filter *filter, const char *text)
{
	const char *value;
	unsigned int i;

	if (strncmp(text, "speed", 5) || !strchr("<>=!", text[5]) || !text[5])
		return -EINVAL;
	value = text + 6;
	if (text[5] == '!' && *value != '=')
		return -EINVAL;
	if (*value == '=')
		value++;

	for (i = KUNIT_SPEED_VERY_SLOW; i < ARRAY_SIZE(speed_names); i++) {
		if (strcmp(value, speed_names[i]))
			continue;
		filter->speed_op = text[5];
		filter->or_equal = text[6] == '=';
		filter->speed = i;
		return 0;
	}
	return -EINVAL;
}

/* A case's own speed, else its suite's, else normal. */
static enum kunit_speed speed_of(const struct kunit_suite *suite,
				 const struct kunit_case *test_case)
{
	if (test_case->attr.speed != KUNIT_SPEED_UNSET)
		return test_case->attr.speed;
	if (suite->attr.speed != KUNIT_SPEED_UNSET)
		return suite->attr.speed;
	return KUNIT_SPEED_NORMAL;
}

static bool speed_matches(const struct kunit_filter *filter,
			  enum kunit_speed speed)
{
	switch (filter->speed_op) {
	case '<':
		return speed < filter->speed + filter->or_equal;
	case '>':
		return speed + filter->or_equal > filter->speed;
	case '=':
		return speed == filter->speed;
	case '!':
		return speed != filter->speed;
	}
	return true;
}

bool filter_matches(const struct kunit_filter *filter,
		    const struct kunit_suite *suite,
		    const struct kunit_case *test_case)
{
	if (filter->suite[0] && !glob_match(filter->suite, suite->name))
		return false;
	if (filter->cases[0] && !glob_match(filter->cases, test_case->name))
		return false;
	return speed_matches(filter, speed_of(suite, test_case));
}

unsigned int filter_count(const struct kunit_filter *filter,
			  const struct kunit_suite *suite)
{
	const struct kunit_case *test_case;
	unsigned int count = 0;

	kunit_suite_for_each_test_case(suite, test_case)
		count += filter_matches(filter, suite, test_case);
	return count;
}
