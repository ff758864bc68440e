// SPDX-License-Identifier: MIT
/*
 * slabinfo: is it the text that tools for Linux's file expect, and true?
 */
#include <kunit/test.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <quire/capture.h>

#include "../../mm/slab.h"
#include "kasan_skip.h"

static char text[16384];

static const char *slabinfo_text(struct kunit *test)
{
	struct seq_file m;

	seq_init_buffer(&m, text, sizeof(text));
	KUNIT_EXPECT_EQ(test, slabinfo_show(&m, NULL), 0);
	KUNIT_EXPECT_FALSE(test, seq_has_overflowed(&m));
	return text;
}

/* Are the two heading lines those of version 2.1? */
static void headings(struct kunit *test)
{
	static const char expect[] =
		"slabinfo - version: 2.1\n"
		"# name            <active_objs> <num_objs> <objsize> "
		"<objperslab> <pagesperslab> : tunables <limit> <batchcount> "
		"<sharedfactor> : slabdata <active_slabs> <num_slabs> "
		"<sharedavail>\n";

	slabinfo_text(test);
	KUNIT_EXPECT_EQ(test, strncmp(text, expect, strlen(expect)), 0);
}

/* Does every line have its 16 fields, with the marks in their places? */
static void every_line_parses(struct kunit *test)
{
	unsigned int lines = 0, wrong = 0;
	const char *line;

	slabinfo_text(test);
	line = strchr(strchr(text, '\n') + 1, '\n') + 1;
	for (; *line; line = strchr(line, '\n') + 1) {
		unsigned int v[11];
		char name[40];
		int got;

		got = sscanf(line,
			     "%39s %u %u %u %u %u : tunables %u %u %u "
			     ": slabdata %u %u %u",
			     name, &v[0], &v[1], &v[2], &v[3], &v[4], &v[5],
			     &v[6], &v[7], &v[8], &v[9], &v[10]);
		wrong += got != 12 || v[0] > v[1] || v[8] > v[9] ||
			 v[1] != v[9] * v[3];
		lines++;
	}
	KUNIT_EXPECT_EQ(test, wrong, 0);
	KUNIT_EXPECT_GE(test, lines, 3 * 13 + 1);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "\nkmalloc-96 "));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "\nkmalloc-8k "));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "\ndma-kmalloc-192 "));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "\nkmalloc-rcl-1k "));
}

/* Does a line say what is true, exactly, object by object? */
static void figures_are_exact(struct kunit *test)
{
	skip_with_kasan(test, "has red zones in slabs");

	struct kmem_cache *cachep;
	static void *objects[100];
	char expect[160];
	unsigned int i;

	cachep = kmem_cache_create("slabinfo-test", 400, 0, SLAB_NO_USER_FLAGS,
				   NULL);
	KUNIT_ASSERT_NOT_NULL(test, cachep);
	for (i = 0; i < 100; i++)
		objects[i] = kmem_cache_alloc(cachep, GFP_KERNEL);
	for (i = 0; i < 100; i++)
		KUNIT_ASSERT_NOT_NULL(test, objects[i]);
	for (i = 90; i < 100; i++)
		kmem_cache_free(cachep, objects[i]);

	/* 10 to a page; the next slab is made when no object is left. */
	slabinfo_text(test);
	snprintf(expect, sizeof(expect),
		 "\nslabinfo-test         90    100"
		 "    400   10    1 : tunables   32   16    0 : slabdata"
		 "     10     10      0\n");
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(text, expect), "%s", text);

	for (i = 0; i < 90; i++)
		kmem_cache_free(cachep, objects[i]);
	kmem_cache_shrink(cachep);
	slabinfo_text(test);
	KUNIT_EXPECT_NOT_NULL(
		test,
		strstr(text, "\nslabinfo-test          0      0    400 "));
	kmem_cache_destroy(cachep);
	KUNIT_EXPECT_NULL(test, strstr(slabinfo_text(test), "slabinfo-test"));
}

static const char *dump_of(void *p)
{
	capture_begin();
	kmem_dump_obj(p);
	return capture_end();
}

/* Is the object at an address named, with its state and where p points? */
static void objects_are_named(struct kunit *test)
{
	struct kmem_cache *cachep =
		kmem_cache_create("dumped", 400, 0, 0, NULL);
	char expect[80];
	const char *dump;
	char *p;

	KUNIT_ASSERT_NOT_NULL(test, cachep);
	p = kmem_cache_alloc(cachep, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	snprintf(expect, sizeof(expect),
		 "start %p, pointer offset 7, size 400, in use\n", p);
	dump = dump_of(p + 7);
	KUNIT_EXPECT_NOT_NULL(test, strstr(dump, "slab dumped: object "));
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(dump, expect), "%s", dump);
	if (IS_ENABLED(CONFIG_DEBUG))
		KUNIT_EXPECT_NOT_NULL(test, strstr(dump, __func__));
	kmem_cache_free(cachep, p);
	KUNIT_EXPECT_NOT_NULL(test, strstr(dump_of(p), "size 400, free\n"));
	kmem_cache_destroy(cachep);

	KUNIT_EXPECT_FALSE(test, kmem_valid_obj(NULL));
	KUNIT_EXPECT_FALSE(test, kmem_valid_obj(text));
	KUNIT_EXPECT_FALSE(test, kmem_valid_obj((void *)VMALLOC_START));
}

static struct kunit_case slabinfo_cases[] = {
	KUNIT_CASE(objects_are_named),
	KUNIT_CASE(headings),
	KUNIT_CASE(every_line_parses),
	KUNIT_CASE(figures_are_exact),
	{}
};

static struct kunit_suite slabinfo_suite = {
	.name = "slabinfo",
	.test_cases = slabinfo_cases,
};

kunit_test_suite(slabinfo_suite);
