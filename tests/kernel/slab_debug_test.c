// SPDX-License-Identifier: MIT
/*
 * Is each misuse of an object reported, with what one needs to find it, and
 * does the allocator go on unharmed? Only debug builds check these.
 */
#include <kunit/test.h>
#include <linux/compiler.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/poison.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../../mm/slab_debug.h"
#include "kasan_skip.h"

#define SIZE	72	/* of the objects below, in bytes */

static int needs_checks(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "release builds do not check");
	skip_with_kasan(test, "each access is checked before");
	test->priv = kmem_cache_create("slab_test", SIZE, 0, 0, NULL);
	return test->priv ? 0 : -ENOMEM;
}

/* Whatever happened, the cache must end without a further report. */
static void no_harm_was_done(struct kunit *test)
{
	struct kmem_cache *cachep = test->priv;

	if (!cachep)
		return;
	KUNIT_EXPECT_EQ(test, validate_slab_cache(cachep), 0);
	kmem_cache_destroy(cachep);
}

static u8 *get_object(struct kunit *test)
{
	u8 *p = kmem_cache_alloc(test->priv, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	OPTIMIZER_HIDE_VAR(p);
	return p;
}

static const char *captured_free(struct kunit *test, void *p)
{
	capture_begin();
	kmem_cache_free(test->priv, p);
	return capture_end();
}

#define EXPECT_SAYS(test, text, part)					\
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(text, part), "%s", text)
#define EXPECT_SILENT(test, text)	KUNIT_EXPECT_STREQ(test, text, "")

/* Whether the trace under a heading of a report has a function. */
static bool trace_names(const char *text, const char *heading,
			const char *function)
{
	const char *start = strstr(text, heading);
	const char *end = start ? strstr(start, "Slab ") : NULL;
	const char *found = start ? strstr(start, function) : NULL;
	const char *freed = strstr(text, "Freed by task ");

	/* The other trace follows that of the allocation. */
	if (start && freed > start)
		end = freed;
	return found && found < end;
}

/* --- slab_poison --- */

/* Is a fresh object full of poison, so that nobody relies on zeros? */
static void fresh_object_is_poisoned(struct kunit *test)
{
	u8 *p = get_object(test);

	KUNIT_EXPECT_NULL(test, memchr_inv(p, POISON_FREE, SIZE - 1));
	KUNIT_EXPECT_EQ(test, p[SIZE - 1], POISON_END);
	memset(p, 0, SIZE);
	kmem_cache_free(test->priv, p);
	KUNIT_EXPECT_NULL(test, memchr_inv(p, POISON_FREE, SIZE - 1));
	KUNIT_EXPECT_EQ(test, p[SIZE - 1], POISON_END);
}

/* Is a write after free found at the next allocation, with who freed it? */
static void write_after_free(struct kunit *test)
{
	u8 *p = get_object(test), *q;
	const char *text;

	kmem_cache_free(test->priv, p);
	p[10] = 0x42;
	p[12] = 0x43;
	capture_begin();
	q = kmem_cache_alloc(test->priv, GFP_KERNEL);
	text = capture_end();
	EXPECT_SAYS(test, text, "BUG slab_test: written to after free");
	EXPECT_SAYS(test, text, "first is 0x42 instead of 0x6b");
	KUNIT_EXPECT_TRUE(test, trace_names(text, "Freed by task ",
					    "write_after_free+"));
	EXPECT_SAYS(test, text, "FIX slab_test");
	/* Repaired before it was handed out. */
	KUNIT_EXPECT_PTR_EQ(test, q, p);
	KUNIT_EXPECT_NULL(test, memchr_inv(q, POISON_FREE, SIZE - 1));
	EXPECT_SILENT(test, captured_free(test, q));
}

/* Is the last byte looked at, too, which has another value? */
static void write_to_last_byte_after_free(struct kunit *test)
{
	u8 *p = get_object(test);
	const char *text;

	kmem_cache_free(test->priv, p);
	p[SIZE - 1] = POISON_FREE;
	capture_begin();
	p = kmem_cache_alloc(test->priv, GFP_KERNEL);
	text = capture_end();
	EXPECT_SAYS(test, text, "first is 0x6b instead of 0xa5");
	kmem_cache_free(test->priv, p);
}

/* Is it found when nobody allocates, but the slab goes back? */
static void write_after_free_of_a_slab(struct kunit *test)
{
	u8 *p = get_object(test);
	const char *text;

	kmem_cache_free(test->priv, p);
	p[0] = 0;
	capture_begin();
	kmem_cache_shrink(test->priv);
	text = capture_end();
	EXPECT_SAYS(test, text, "written to after free");
}

/* Are objects with a constructor left alone, but for their red zones? */
static void constructed_objects_are_not_poisoned(struct kunit *test)
{
	struct kmem_cache *cachep;
	u8 *p;

	cachep = kmem_cache_create("slab_test", SIZE, 0,
				   SLAB_TYPESAFE_BY_RCU | SLAB_POISON, NULL);
	KUNIT_ASSERT_NOT_NULL(test, cachep);
	p = kmem_cache_alloc(cachep, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	memset(p, 0x21, SIZE);
	kmem_cache_free(cachep, p);
	KUNIT_EXPECT_NULL(test, memchr_inv(p, 0x21, SIZE));
	kmem_cache_destroy(cachep);
}

static struct kunit_case poison_cases[] = {
	KUNIT_CASE(fresh_object_is_poisoned),
	KUNIT_CASE(write_after_free),
	KUNIT_CASE(write_to_last_byte_after_free),
	KUNIT_CASE(write_after_free_of_a_slab),
	KUNIT_CASE(constructed_objects_are_not_poisoned),
	{}
};

static struct kunit_suite slab_poison = {
	.name = "slab_poison",
	.init = needs_checks,
	.exit = no_harm_was_done,
	.test_cases = poison_cases,
};

/* --- slab_red_zone --- */

/* Is one byte behind the object found, with who allocated it? */
static void overrun_to_the_right(struct kunit *test)
{
	u8 *p = get_object(test);
	char offset[40];
	const char *text;

	p[SIZE] = 0x5c;
	text = captured_free(test, p);
	EXPECT_SAYS(test, text, "BUG slab_test: right red zone overwritten");
	EXPECT_SAYS(test, text, "first is 0x5c instead of 0xcc");
	snprintf(offset, sizeof(offset), "%p-%p @offset=%lu", p + SIZE,
		 p + SIZE, offset_in_page(p + SIZE));
	EXPECT_SAYS(test, text, offset);
	KUNIT_EXPECT_TRUE(test, trace_names(text, "Allocated by task ",
					    "overrun_to_the_right+"));
	EXPECT_SAYS(test, text, "Object ");
	EXPECT_SAYS(test, text, "FIX slab_test");
	EXPECT_SILENT(test, captured_free(test, get_object(test)));
}

/* Is one byte in front of it? */
static void overrun_to_the_left(struct kunit *test)
{
	u8 *p = get_object(test);
	const char *text;

	p[-1] = 0;
	text = captured_free(test, p);
	EXPECT_SAYS(test, text, "left red zone overwritten");
	EXPECT_SAYS(test, text, "first is 0x00 instead of 0xcc");
	EXPECT_SILENT(test, captured_free(test, get_object(test)));
}

/* Is a write beside a free object found, as one after free? */
static void overrun_of_a_free_object(struct kunit *test)
{
	u8 *p = get_object(test);
	const char *text;

	kmem_cache_free(test->priv, p);
	p[SIZE + 1] = 0;
	capture_begin();
	p = kmem_cache_alloc(test->priv, GFP_KERNEL);
	text = capture_end();
	EXPECT_SAYS(test, text, "first is 0x00 instead of 0xbb");
	kmem_cache_free(test->priv, p);
}

/* Does the zone begin behind what was asked for, not behind the class? */
static void overrun_within_the_class(struct kunit *test)
{
	size_t size = 60;
	const char *text;
	u8 *p;

	OPTIMIZER_HIDE_VAR(size);
	p = kmalloc(size, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	p[60] = 0;
	capture_begin();
	kfree(p);
	text = capture_end();
	EXPECT_SAYS(test, text, "BUG kmalloc-64: right red zone overwritten");
	EXPECT_SAYS(test, text, "60 asked for");

	/* After krealloc() it begins behind the new size. */
	p = kmalloc(size, GFP_KERNEL);
	p = krealloc(p, size - 20, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	OPTIMIZER_HIDE_VAR(p);
	p[40] = 0;
	capture_begin();
	kfree(p);
	text = capture_end();
	EXPECT_SAYS(test, text, "right red zone overwritten");
}

/* Does a long overrun that reaches the object's state do no more harm? */
static void overrun_over_the_state(struct kunit *test)
{
	u8 *p = get_object(test);
	const char *text;

	memset(p + SIZE, 0x41, 4 + sizeof(struct slab_meta));
	/* The rest of a trace handle would be looked up: leave it empty. */
	slab_meta(test->priv, p)->alloc.trace = 0;
	slab_meta(test->priv, p)->freed.trace = 0;
	text = captured_free(test, p);
	EXPECT_SAYS(test, text, "state of an object was overwritten");
	EXPECT_SAYS(test, text, "right red zone overwritten");
	EXPECT_SILENT(test, captured_free(test, get_object(test)));
}

/* Is the padding between slots guarded, too? */
static void padding_is_guarded(struct kunit *test)
{
	struct kmem_cache *cachep;
	const char *text;
	u8 *p;

	cachep = kmem_cache_create("slab_test", 48, 64, 0, NULL);
	KUNIT_ASSERT_NOT_NULL(test, cachep);
	p = kmem_cache_alloc(cachep, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	OPTIMIZER_HIDE_VAR(p);
	p[cachep->offset + sizeof(struct slab_meta)] = 1;
	capture_begin();
	kmem_cache_free(cachep, p);
	text = capture_end();
	EXPECT_SAYS(test, text, "padding overwritten");
	EXPECT_SAYS(test, text, "0x01 instead of 0x5a");
	kmem_cache_destroy(cachep);
}

/*
 * Does validate_slab_cache() find what was done, object by object, and
 * nothing after the repair?
 */
static void validation_counts_objects(struct kunit *test)
{
	struct kmem_cache *cachep = test->priv;
	u8 *a = get_object(test), *b = get_object(test);
	u8 *c = get_object(test);
	long wrong;

	kmem_cache_free(cachep, c);
	KUNIT_EXPECT_EQ(test, validate_slab_cache(cachep), 0);
	a[SIZE] = 0x12;
	c[3] = 0x12;
	capture_begin();
	wrong = validate_slab_cache(cachep);
	capture_end();
	KUNIT_EXPECT_EQ(test, wrong, 2);
	KUNIT_EXPECT_EQ(test, validate_slab_cache(cachep), 0);
	kmem_cache_free(cachep, a);
	kmem_cache_free(cachep, b);
}

static struct kunit_case red_zone_cases[] = {
	KUNIT_CASE(overrun_to_the_right),
	KUNIT_CASE(overrun_to_the_left),
	KUNIT_CASE(overrun_of_a_free_object),
	KUNIT_CASE(overrun_within_the_class),
	KUNIT_CASE(overrun_over_the_state),
	KUNIT_CASE(padding_is_guarded),
	KUNIT_CASE(validation_counts_objects),
	{}
};

static struct kunit_suite slab_red_zone = {
	.name = "slab_red_zone",
	.init = needs_checks,
	.exit = no_harm_was_done,
	.test_cases = red_zone_cases,
};

/* --- slab_double_free --- */

/* Is a second free refused, with traces, and the object not given twice? */
static void double_free_at_once(struct kunit *test)
{
	u8 *p = get_object(test), *q, *r;
	const char *text;

	kmem_cache_free(test->priv, p);
	text = captured_free(test, p);
	EXPECT_SAYS(test, text, "BUG slab_test: object is already free");
	KUNIT_EXPECT_TRUE(test, trace_names(text, "Allocated by task ",
					    "get_object+"));
	KUNIT_EXPECT_TRUE(test, trace_names(text, "Freed by task ",
					    "double_free_at_once+"));
	q = get_object(test);
	r = get_object(test);
	KUNIT_EXPECT_PTR_NE(test, q, r);
	kmem_cache_free(test->priv, q);
	kmem_cache_free(test->priv, r);
}

/* Also when the object is back on its slab? */
static void double_free_on_its_slab(struct kunit *test)
{
	u8 *p = get_object(test), *other = get_object(test);
	const char *text;

	kmem_cache_free(test->priv, p);
	kmem_cache_shrink(test->priv);
	text = captured_free(test, p);
	EXPECT_SAYS(test, text, "already free");
	EXPECT_SAYS(test, text, "on its slab");
	kmem_cache_free(test->priv, other);
}

/* Is an object that was freed twice by kfree() named by its class? */
static void double_kfree(struct kunit *test)
{
	void *p = kmalloc(100, GFP_KERNEL);
	const char *text;

	kfree(p);
	capture_begin();
	kfree(p);
	text = capture_end();
	EXPECT_SAYS(test, text, "BUG kmalloc-128: object is already free");
}

static struct kunit_case double_free_cases[] = {
	KUNIT_CASE(double_free_at_once),
	KUNIT_CASE(double_free_on_its_slab),
	KUNIT_CASE(double_kfree),
	{}
};

static struct kunit_suite slab_double_free = {
	.name = "slab_double_free",
	.init = needs_checks,
	.exit = no_harm_was_done,
	.test_cases = double_free_cases,
};

/* --- slab_wrong_free --- */

/* Does an object freed to another cache go to its own, with a report? */
static void free_to_the_wrong_cache(struct kunit *test)
{
	struct kmem_cache *other;
	u8 *p = get_object(test);
	const char *text;

	other = kmem_cache_create("other_cache", SIZE, 0, 0, NULL);
	KUNIT_ASSERT_NOT_NULL(test, other);
	capture_begin();
	kmem_cache_free(other, p);
	text = capture_end();
	EXPECT_SAYS(test, text,
		    "free to other_cache of an object of slab_test");
	EXPECT_SAYS(test, text, "FIX slab_test");
	EXPECT_SAYS(test, text, "goes back to its own cache");
	KUNIT_EXPECT_PTR_EQ(test, get_object(test), p);
	kmem_cache_free(test->priv, p);
	kmem_cache_destroy(other);
}

/* Is a pointer into an object refused, and the object named? */
static void free_of_a_middle_pointer(struct kunit *test)
{
	u8 *p = get_object(test);
	char address[24];
	const char *text;

	text = captured_free(test, p + 4);
	EXPECT_SAYS(test, text, "not the start of an object of slab_test");
	snprintf(address, sizeof(address), "Object %p ", p);
	EXPECT_SAYS(test, text, address);
	/* The object itself is still its user's. */
	memset(p, 1, SIZE);
	EXPECT_SILENT(test, captured_free(test, p));
}

/*
 * Is a pointer into a red zone, or behind the last object, refused, and the
 * nearest object named?
 */
static void free_between_objects(struct kunit *test)
{
	struct kmem_cache *cachep = test->priv;
	u8 *p = get_object(test);
	struct slab *slab = virt_to_slab(cachep, p);
	u8 *start = slab_address(slab);
	char last[24];
	const char *text;

	EXPECT_SAYS(test, captured_free(test, p - 4), "not the start");
	EXPECT_SAYS(test, captured_free(test, start), "not the start");
	text = captured_free(test, start + (PAGE_SIZE << cachep->order) - 4);
	EXPECT_SAYS(test, text, "not the start");
	snprintf(last, sizeof(last), "Object %p ",
		 slab_object(cachep, slab, cachep->num - 1));
	EXPECT_SAYS(test, text, last);
	kmem_cache_free(cachep, p);
}

/* Is an address that is in no slab refused by kmem_cache_free()? */
static void free_of_no_object(struct kunit *test)
{
	unsigned long page = __get_free_page(GFP_KERNEL);
	const char *text;

	KUNIT_ASSERT_NE(test, page, 0);
	text = captured_free(test, (void *)page);
	EXPECT_SAYS(test, text,
		    "free to slab_test of an address that is in "
		    "no slab");
	text = captured_free(test, (void *)0x1000);
	EXPECT_SAYS(test, text, "no slab");
	free_page(page);
}

static struct kunit_case wrong_free_cases[] = {
	KUNIT_CASE(free_to_the_wrong_cache),
	KUNIT_CASE(free_of_a_middle_pointer),
	KUNIT_CASE(free_between_objects),
	KUNIT_CASE(free_of_no_object),
	{}
};

static struct kunit_suite slab_wrong_free = {
	.name = "slab_wrong_free",
	.init = needs_checks,
	.exit = no_harm_was_done,
	.test_cases = wrong_free_cases,
};

kunit_test_suites(&slab_poison, &slab_red_zone, &slab_double_free,
		  &slab_wrong_free);
