// SPDX-License-Identifier: MIT
/*
 * The console's commands: each is run as typed, its text is caught.
 */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <quire/capture.h>
#include "../../kernel/console.h"

/* Runs one line; the text it printed. */
static const char *run(const char *line, int *err)
{
	char copy[128];

	strscpy(copy, line, sizeof(copy));
	capture_begin();
	*err = command_run(copy);
	return capture_end();
}

#define EXPECT_RUN(test, line, status, wanted)                              \
	do {                                                                \
		int __err;                                                  \
		const char *__text = run(line, &__err);                     \
                                                                            \
		KUNIT_EXPECT_EQ_MSG(test, __err, status, "%s", line);       \
		KUNIT_EXPECT_TRUE_MSG(test, strstr(__text, wanted),         \
				      "%s: no \"%s\" in: %s", line, wanted, \
				      __text);                              \
	} while (0)

/* Does every command in the table have a name, a help and a function? */
static void table_is_complete(struct kunit *test)
{
	const struct console_command *c, *last = NULL;
	unsigned int i;

	for (i = 0; (c = command_with_prefix("", 0, i)); i++) {
		KUNIT_EXPECT_TRUE(test, c->help && c->usage && c->run);
		KUNIT_EXPECT_PTR_EQ(test, command_find(c->name), c);
		if (last)
			KUNIT_EXPECT_LT(test, strcmp(last->name, c->name), 0);
		last = c;
	}
	KUNIT_EXPECT_EQ(test, i,
			(unsigned int)(__stop_console_commands -
				       __start_console_commands));
}

/* Is a word that is no command answered, and an empty line passed over? */
static void unknown_commands_are_told(struct kunit *test)
{
	EXPECT_RUN(test, "frobnicate 1", -ENOENT, "frobnicate: no such");
	EXPECT_RUN(test, "", 0, "");
	EXPECT_RUN(test, "# a comment", 0, "");
}

/* Does help list a command, and tell the arguments of one? */
static void help_lists_and_explains(struct kunit *test)
{
	EXPECT_RUN(test, "help", 0, "kmalloc");
	EXPECT_RUN(test, "help alloc", 0, "alloc [ORDER");
	EXPECT_RUN(test, "help nothing", -ENOENT, "nothing: no such");
}

/* Is the usage shown when arguments are missing, too many, or wrong? */
static void wrong_arguments_show_the_usage(struct kunit *test)
{
	EXPECT_RUN(test, "page", -EINVAL, "usage: page");
	EXPECT_RUN(test, "page 1 2", -EINVAL, "usage: page");
	EXPECT_RUN(test, "alloc 11", -EINVAL, "from 0 (4 KiB) to 10");
	EXPECT_RUN(test, "alloc 0 GFP_WRONG", -EINVAL, "GFP_WRONG");
	EXPECT_RUN(test, "meminfo now", -EINVAL, "usage: meminfo");
	EXPECT_RUN(test, "free", -EINVAL, "usage: free");
	EXPECT_RUN(test, "cache create x 0", -EINVAL, "not 0");
}

/* Are handles that hold nothing, or another kind, refused? */
static void wrong_handles_are_refused(struct kunit *test)
{
	EXPECT_RUN(test, "free 64", -ENOENT, "nothing is held");
	EXPECT_RUN(test, "kfree 0xc0001000", -ENOENT, "nothing is held");
	EXPECT_RUN(test, "vfree 0", -ENOENT, "nothing is held");
}

/* Reads the number behind "handle " in the text of a command. */
static unsigned long handle_in(const char *text)
{
	const char *at = strstr(text, "handle ");

	return at ? simple_strtoul(at + 7, NULL, 10) : 0;
}

/*
 * Does a block come from a split that is shown, and return by merging?
 *	order 10 -1, order 9 +1, ... order 5 +1, and the same back
 */
static void alloc_and_free_show_the_split(struct kunit *test)
{
	unsigned long handle;
	char line[32];
	const char *text;
	int err;

	text = run("alloc 4 GFP_KERNEL", &err);
	KUNIT_ASSERT_EQ(test, err, 0);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "(-16)"));
	handle = handle_in(text);
	snprintf(line, sizeof(line), "kfree %lu", handle);
	EXPECT_RUN(test, line, -ENOENT, "give it back with free");
	snprintf(line, sizeof(line), "free %lu", handle);
	EXPECT_RUN(test, line, 0, "(+16)");
	EXPECT_RUN(test, line, -ENOENT, "nothing is held");
}

/* Does each kind of allocation work, hold a handle, and end? */
static void each_kind_is_taken_and_given_back(struct kunit *test)
{
	static const char *const pairs[][2] = {
		{ "alloc 0", "free" },
		{ "kmalloc 100", "kfree" },
		{ "vmalloc 10000", "vfree" },
		{ "kmap 0x100", "kunmap" },
	};
	char line[32];
	const char *text;
	unsigned int i;
	int err;

	for (i = 0; i < ARRAY_SIZE(pairs); i++) {
		text = run(pairs[i][0], &err);
		KUNIT_ASSERT_EQ_MSG(test, err, 0, "%s", pairs[i][0]);
		snprintf(line, sizeof(line), "%s %lu", pairs[i][1],
			 handle_in(text));
		run(line, &err);
		KUNIT_EXPECT_EQ_MSG(test, err, 0, "%s", line);
	}
}

/* Can a cache be made, used and destroyed, in that order only? */
static void cache_lives_and_dies(struct kunit *test)
{
	unsigned long cache, object;
	char line[32];
	int err;

	cache = handle_in(run("cache create by_hand 40", &err));
	KUNIT_ASSERT_EQ(test, err, 0);
	snprintf(line, sizeof(line), "cache alloc %lu", cache);
	object = handle_in(run(line, &err));
	KUNIT_EXPECT_EQ(test, err, 0);
	snprintf(line, sizeof(line), "cache destroy %lu", cache);
	EXPECT_RUN(test, line, -EBUSY, "objects back first");
	snprintf(line, sizeof(line), "cache free %lu", object);
	run(line, &err);
	KUNIT_EXPECT_EQ(test, err, 0);
	snprintf(line, sizeof(line), "cache destroy %lu", cache);
	run(line, &err);
	KUNIT_EXPECT_EQ(test, err, 0);
}

/* Does looking at memory that is not mapped end in words, not in a fault? */
static void unmapped_memory_is_told(struct kunit *test)
{
	EXPECT_RUN(test, "x 0xfffff000", -EFAULT, "fffff000: not mapped");
	EXPECT_RUN(test, "x 0", -EFAULT, "not mapped");
	EXPECT_RUN(test, "x 0xfffffff8 16", -EFAULT, "not mapped");
	EXPECT_RUN(test, "pt 0xfffff000", 0, "not present");
	EXPECT_RUN(test, "x parse_page 8K", -EINVAL, "at most 4096");
}

/* Do the looking commands tell of the kernel's own first page? */
static void looking_commands_answer(struct kunit *test)
{
	EXPECT_RUN(test, "page parse_page", 0, "reserved");
	EXPECT_RUN(test, "pt parse_page", 0, "direct map");
	EXPECT_RUN(test, "sym parse_page+2", 0, "parse_page+0x2");
	EXPECT_RUN(test, "layout", 0, "PKMAP_BASE");
	EXPECT_RUN(test, "handles", 0, " held, ");
	EXPECT_RUN(test, "cat /proc/meminfo", 0, "MemTotal:");
	EXPECT_RUN(test, "buddyinfo", 0, "zone");
	EXPECT_RUN(test, "cat nothing", -ENOENT, "there are: buddyinfo");
}

static struct kunit_case console_cases[] = {
	KUNIT_CASE(table_is_complete),
	KUNIT_CASE(unknown_commands_are_told),
	KUNIT_CASE(help_lists_and_explains),
	KUNIT_CASE(wrong_arguments_show_the_usage),
	KUNIT_CASE(wrong_handles_are_refused),
	KUNIT_CASE(alloc_and_free_show_the_split),
	KUNIT_CASE(each_kind_is_taken_and_given_back),
	KUNIT_CASE(cache_lives_and_dies),
	KUNIT_CASE(unmapped_memory_is_told),
	KUNIT_CASE(looking_commands_answer),
	{}
};

static struct kunit_suite console_suite = {
	.name = "console",
	.test_cases = console_cases,
};
kunit_test_suite(console_suite);
