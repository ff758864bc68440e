// SPDX-License-Identifier: MIT
/* Symbols and traces: do addresses get their names, and callers found? */
#include <kunit/test.h>
#include <asm/sections.h>
#include <linux/kallsyms.h>
#include <linux/stacktrace.h>
#include <linux/string.h>

#define DEPTH 16

/* Does an address inside a function lead to its name, offset and size? */
static void address_to_name(struct kunit *test)
{
	unsigned long begin = (unsigned long)kallsyms_lookup_name;
	unsigned long size = 0, offset = 0;
	const char *name;

	name = kallsyms_lookup(begin + 3, &size, &offset, NULL, NULL);
	KUNIT_ASSERT_NOT_NULL(test, name);
	KUNIT_EXPECT_STREQ(test, name, "kallsyms_lookup_name");
	KUNIT_EXPECT_EQ(test, offset, 3);
	KUNIT_EXPECT_GT(test, size, 3);
	KUNIT_EXPECT_EQ(test, kallsyms_lookup_name("kallsyms_lookup_name"),
			begin);
	KUNIT_EXPECT_EQ(test, kallsyms_lookup_name("no_such_function"), 0);
}

static const struct nowhere {
	const char *name;
	const void *addr;
} nowheres[] = {
	{ "NULL", NULL },
	{ "rodata", __start_rodata },
	{ "data", _sdata },
	{ "before text", _text - 1 },
	{ "the last byte", (void *)~0UL },
};
KUNIT_ARRAY_PARAM(nowhere, nowheres, NULL);

/* Is an address in no function printed as a number? */
static void nowhere_is_a_number(struct kunit *test)
{
	const struct nowhere *c = test->param_value;
	static char text[KSYM_SYMBOL_LEN], expected[KSYM_SYMBOL_LEN];

	snprintf(expected, sizeof(expected), "0x%lx", (unsigned long)c->addr);
	KUNIT_EXPECT_NULL(test, kallsyms_lookup((unsigned long)c->addr, NULL,
						NULL, NULL, NULL));
	sprint_symbol(text, (unsigned long)c->addr);
	KUNIT_EXPECT_STREQ(test, text, expected);
}

/* Do the printed forms have the right offsets? */
static void printed_forms(struct kunit *test)
{
	unsigned long begin = (unsigned long)sprint_symbol;
	char text[KSYM_SYMBOL_LEN];

	sprint_symbol(text, begin + 1);
	KUNIT_EXPECT_TRUE(test, strstarts(text, "sprint_symbol+0x1/0x"));
	sprint_symbol_no_offset(text, begin + 1);
	KUNIT_EXPECT_STREQ(test, text, "sprint_symbol");
	/* a call may be the last instruction of its function */
	sprint_backtrace(text, begin);
	KUNIT_EXPECT_FALSE(test, strstarts(text, "sprint_symbol+"));
}

static noinline unsigned int trace_here(unsigned long *store, unsigned int skip)
{
	unsigned int nr = stack_trace_save(store, DEPTH, skip);

	barrier();
	return nr;
}

static bool trace_has(const unsigned long *store, unsigned int nr,
		      const char *name)
{
	unsigned int i;

	for (i = 0; i < nr; i++) {
		const char *found =
			kallsyms_lookup(store[i], NULL, NULL, NULL, NULL);

		if (found && !strcmp(found, name))
			return true;
	}
	return false;
}

/* Are the callers in the trace, and the skipped ones not? */
static void trace_names_callers(struct kunit *test)
{
	unsigned long store[DEPTH];
	unsigned int nr = trace_here(store, 0);

	KUNIT_EXPECT_GT(test, nr, 2);
	KUNIT_EXPECT_LE(test, nr, DEPTH);
	KUNIT_EXPECT_TRUE(test, trace_has(store, nr, "trace_names_callers"));
	if (!IS_ENABLED(CONFIG_DEBUG))
		return;
	KUNIT_EXPECT_TRUE(test, trace_has(store, 1, "trace_here"));
	KUNIT_EXPECT_TRUE(test,
			  trace_has(store, nr, "kernel_init") || nr == DEPTH);
	nr = trace_here(store, 1);
	KUNIT_EXPECT_FALSE(test, trace_has(store, nr, "trace_here"));
	KUNIT_EXPECT_TRUE(test, trace_has(store, 1, "trace_names_callers"));
}

/* Does a small store end the trace instead of overflowing? */
static void trace_keeps_to_its_room(struct kunit *test)
{
	unsigned long store[2] = { 1, 2 };

	KUNIT_EXPECT_EQ(test, stack_trace_save(store, 1, 0), 1);
	KUNIT_EXPECT_EQ(test, store[1], 2);
	KUNIT_EXPECT_EQ(test, stack_trace_save(store, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, stack_trace_save(store, 2, 500), 0);
}

static struct kunit_case kallsyms_cases[] = {
	KUNIT_CASE(address_to_name),
	KUNIT_CASE_PARAM(nowhere_is_a_number, nowhere_gen_params),
	KUNIT_CASE(printed_forms),
	KUNIT_CASE(trace_names_callers),
	KUNIT_CASE(trace_keeps_to_its_room),
	{}
};

static struct kunit_suite kallsyms_suite = {
	.name = "kallsyms",
	.test_cases = kallsyms_cases,
};
kunit_test_suite(kallsyms_suite);
