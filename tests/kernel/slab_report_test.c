// SPDX-License-Identifier: MIT
/*
 * What is told of objects and of caches that are not made: is it true, and
 * enough to find the object?
 */
#include "fail_nth.h"
#include "kasan_skip.h"

#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/panic.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <quire/capture.h>

#include "../../mm/slab_debug.h"
#include "kasan_skip.h"

#define SIZE	300
#define MANY	64

static void *objects[MANY];

/* What stays here after a free would hide leaks of what comes there next. */
static void forget_objects(struct kunit *test)
{
	memset(objects, 0, sizeof(objects));
}

static struct kmem_cache *make_cache(struct kunit *test, unsigned int size,
				     slab_flags_t flags)
{
	struct kmem_cache *cachep;

	cachep = kmem_cache_create("slab_told", size, 0, flags, NULL);
	KUNIT_ASSERT_NOT_NULL(test, cachep);
	KUNIT_ASSERT_LE(test, cachep->num, (unsigned int)MANY);
	return cachep;
}

static void fill_slab(struct kunit *test, struct kmem_cache *cachep)
{
	unsigned int i;

	for (i = 0; i < cachep->num; i++) {
		objects[i] = kmem_cache_alloc(cachep, GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, objects[i]);
	}
}

static void empty_slab(struct kmem_cache *cachep)
{
	unsigned int i;

	for (i = 0; i < cachep->num; i++)
		kmem_cache_free(cachep, objects[i]);
}

static const char *told(void *p)
{
	capture_begin();
	kmem_dump_obj(p);
	return capture_end();
}

#define EXPECT_SAYS(test, text, part) do {				\
	const char *__text = (text);					\
									\
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(__text, part), "%s", __text); \
} while (0)

/* Are the objects of a slab without a free one named when the cache ends? */
static void full_slab_is_left(struct kunit *test)
{
	struct kmem_cache *cachep = make_cache(test, SIZE, 0);
	unsigned int i, named = 0;
	char line[32];
	const char *text;

	fill_slab(test, cachep);
	capture_begin();
	kmem_cache_destroy(cachep);
	text = capture_end();
	EXPECT_SAYS(test, text, "the cache stays until they are freed");
	for (i = 0; i < cachep->num; i++) {
		snprintf(line, sizeof(line), "Object %p @", objects[i]);
		named += strstr(text, line) != NULL;
	}
	KUNIT_EXPECT_EQ(test, named, cachep->num);
	empty_slab(cachep);
	kmem_cache_destroy(cachep);
}

/*
 * Is an object known to be free wherever it waits?
 *
 *	in use -> at hand, in the CPU's array -> on its slab's list
 */
static void free_wherever_it_waits(struct kunit *test)
{
	struct kmem_cache *cachep = make_cache(test, SIZE, 0);
	u8 *kept, *a, *b;

	kept = kmem_cache_alloc(cachep, GFP_KERNEL);
	a = kmem_cache_alloc(cachep, GFP_KERNEL);
	b = kmem_cache_alloc(cachep, GFP_KERNEL);
	EXPECT_SAYS(test, told(a + 5), "pointer offset 5, size 300, in use");
	kmem_cache_free(cachep, a);
	kmem_cache_free(cachep, b);
	EXPECT_SAYS(test, told(a), "size 300, free");
	kmem_cache_shrink(cachep);
	EXPECT_SAYS(test, told(a), "size 300, free");
	EXPECT_SAYS(test, told(b), "size 300, free");
	EXPECT_SAYS(test, told(kept), "size 300, in use");
	kmem_cache_free(cachep, kept);
	/* at the top of the array it was, and it may still be written there */
	a = kmem_cache_alloc(cachep, GFP_KERNEL);
	EXPECT_SAYS(test, told(a), "size 300, in use");
	kmem_cache_free(cachep, a);
	kmem_cache_destroy(cachep);
}

/*
 * Is the list of a slab followed as far as it stays there, and no further than
 * the slab has objects?
 *
 *	free objects of the slab -> damaged link -> a page that leads to "kept"
 */
static void damaged_list_is_read(struct kunit *test)
{
	struct kmem_cache *cachep;
	unsigned long page;
	void *first, *kept, *link;
	unsigned int i;

	skip_with_kasan(test, "asks each object for its state instead");
	cachep = make_cache(test, SIZE, 0);
	page = __get_free_page(GFP_KERNEL);
	KUNIT_ASSERT_NE(test, page, 0ul);
	fill_slab(test, cachep);
	kept = objects[0];
	for (i = 1; i < cachep->num; i++)
		kmem_cache_free(cachep, objects[i]);
	kmem_cache_shrink(cachep);
	first = virt_to_slab(cachep, kept)->freelist;
	KUNIT_ASSERT_NOT_NULL(test, first);
	link = get_freepointer(cachep, first);
	KUNIT_ASSERT_NOT_NULL(test, link);
	set_freepointer(cachep, (void *)page, kept);

	void *const wrong[] = { (void *)0xfffff000, (void *)17, (void *)page,
				first };

	for (i = 0; i < ARRAY_SIZE(wrong); i++) {
		set_freepointer(cachep, first, wrong[i]);
		EXPECT_SAYS(test, told(first), "size 300, free");
		EXPECT_SAYS(test, told(link), "size 300, in use");
		EXPECT_SAYS(test, told(kept), "size 300, in use");
	}
	set_freepointer(cachep, first, link);
	EXPECT_SAYS(test, told(link), "size 300, free");
	/* as many links as the slab has objects */
	while (get_freepointer(cachep, link))
		link = get_freepointer(cachep, link);
	set_freepointer(cachep, link, kept);
	EXPECT_SAYS(test, told(kept), "size 300, free");
	set_freepointer(cachep, link, NULL);
	free_page(page);
	kmem_cache_free(cachep, kept);
	kmem_cache_destroy(cachep);
}

/* Is a pointer before the first or behind the last object told as such? */
static void beside_the_objects(struct kunit *test)
{
	struct kmem_cache *cachep = make_cache(test, 2 * SIZE, 0);
	u8 *p = kmem_cache_alloc(cachep, GFP_KERNEL);
	struct slab *slab = virt_to_slab(cachep, p);
	size_t bytes = PAGE_SIZE << cachep->order;
	u8 *start = slab_address(slab);

	if (slab->colour + cachep->num * cachep->size < bytes)
		EXPECT_SAYS(test, told(start + bytes - 1),
			    "is beside the objects");
	if (slab->colour)
		EXPECT_SAYS(test, told(start), "is beside the objects");
	KUNIT_EXPECT_STREQ(test, told(&p), "");
	kmem_cache_free(cachep, p);
	kmem_cache_destroy(cachep);
}

/* Is the state of a free object, written over, told and put right? */
static void state_of_free_object(struct kunit *test)
{
	skip_with_kasan(test, "each access is checked before");

	struct kmem_cache *cachep;
	const char *text;
	void *p;

	skip_with_kasan(test, "writes to an object after its free");
	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "release builds do not check");
	cachep = make_cache(test, SIZE, 0);
	p = kmem_cache_alloc(cachep, GFP_KERNEL);
	kmem_cache_free(cachep, p);
	slab_meta(cachep, p)->state = 0x1234;
	capture_begin();
	KUNIT_EXPECT_EQ(test, validate_slab_cache(cachep), 1);
	KUNIT_EXPECT_PTR_EQ(test, kmem_cache_alloc(cachep, GFP_KERNEL), p);
	text = capture_end();
	EXPECT_SAYS(test, text, "state overwritten");
	EXPECT_SAYS(test, text, "the state of a free object was overwritten");
	KUNIT_EXPECT_EQ(test, validate_slab_cache(cachep), 0);
	kmem_cache_free(cachep, p);
	kmem_cache_destroy(cachep);
}

static unsigned int lines_with(const char *text, const char *word)
{
	unsigned int n = 0;

	while ((text = strstr(text, word))) {
		text += strlen(word);
		n++;
	}
	return n;
}

/*
 * Does each report taint the kernel: of an object, of a pointer, of a cache
 * whose objects are left?
 */
static void reports_taint(struct kunit *test)
{
	skip_with_kasan(test, "each access is checked before");

	struct kmem_cache *cachep = make_cache(test, SIZE, 0);
	void *p = kmem_cache_alloc(cachep, GFP_KERNEL);
	unsigned long before = report_count();
	static int variable;
	void *wild = &variable;

	KUNIT_ASSERT_NOT_NULL(test, p);
	OPTIMIZER_HIDE_VAR(wild);
	capture_begin();
	kfree(wild);
	KUNIT_EXPECT_EQ(test, report_count(), before + 1);
	kmem_cache_destroy(cachep);
	KUNIT_EXPECT_EQ(test, report_count(), before + 2);
	kmem_cache_free(cachep, p);
	if (IS_ENABLED(CONFIG_DEBUG)) {
		slab_meta(cachep, p)->state = 0x1234;
		KUNIT_EXPECT_EQ(test, validate_slab_cache(cachep), 1);
		KUNIT_EXPECT_EQ(test, report_count(), before + 3);
	}
	capture_end();
	KUNIT_EXPECT_TRUE(test, test_taint(TAINT_BAD_PAGE));
	kmem_cache_destroy(cachep);
}

/* Is a large object shown from the damage on, and no more than 128 bytes? */
static void large_objects_are_cut(struct kunit *test)
{
	skip_with_kasan(test, "each access is checked before");

	struct kmem_cache *cachep;
	const char *text;
	char line[40];
	u8 *p;

	skip_with_kasan(test, "writes to an object after its free");
	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "release builds do not check");
	cachep = make_cache(test, SIZE, 0);
	p = kmem_cache_alloc(cachep, GFP_KERNEL);
	OPTIMIZER_HIDE_VAR(p);
	kmem_cache_free(cachep, p);
	p[100] = 0x77;
	capture_begin();
	KUNIT_EXPECT_PTR_EQ(test, kmem_cache_alloc(cachep, GFP_KERNEL),
			    (void *)p);
	text = capture_end();
	snprintf(line, sizeof(line), "object  %p: 6b", p + 96);
	EXPECT_SAYS(test, text, line);
	KUNIT_EXPECT_EQ(test, lines_with(text, "\nobject  "), 8U);
	kmem_cache_free(cachep, p);
	kmem_cache_destroy(cachep);
}

/* --- caches that are not made --- */

static struct kmem_cache *create_failing(unsigned int nth, const char **text)
{
	char name[] = "named at run time";
	struct kmem_cache *cachep;

	capture_begin();
	fault_nth_set(nth);
	cachep = kmem_cache_create(name, SIZE, 0, 0, NULL);
	fault_nth_set(0);
	*text = capture_end();
	return cachep;
}

/* Without memory for a cache, or for its name, is there none, and why? */
static void no_memory_for_a_cache(struct kunit *test)
{
	struct kmem_cache *cachep = NULL;
	unsigned int nth;
	const char *text;

	fail_nth_begin(test);
	for (nth = 1; nth < 9; nth++) {
		cachep = create_failing(nth, &text);
		if (cachep)
			break;
		EXPECT_SAYS(test, text,
			    "no cache \"named at run time\": out of"
			    " memory");
	}
	fail_nth_end(test);
	/* the cache, its name, and a page where one of their slabs is full */
	KUNIT_EXPECT_GE(test, nth, 3U);
	KUNIT_ASSERT_NOT_NULL(test, cachep);
	KUNIT_EXPECT_STREQ(test, cachep->name, "named at run time");
	kmem_cache_destroy(cachep);
}

/* With its red zones, can an object be too large for the largest slab? */
static void no_slab_is_so_large(struct kunit *test)
{
	struct kmem_cache *cachep;
	const char *text;

	capture_begin();
	cachep = kmem_cache_create("large", KMALLOC_MAX_SIZE, 0, 0, NULL);
	text = capture_end();
	if (IS_ENABLED(CONFIG_DEBUG)) {
		KUNIT_EXPECT_NULL(test, cachep);
		EXPECT_SAYS(test, text, "\"large\": no slab is so large");
	} else {
		KUNIT_EXPECT_NOT_NULL(test, cachep);
		KUNIT_EXPECT_STREQ(test, text, "");
	}
	kmem_cache_destroy(cachep);
}

static unsigned int nr_constructed;

static void construct(void *obj)
{
	memset(obj, 0x51, SIZE);
	nr_constructed++;
}

/*
 * Without checks, does what the constructor wrote outlast a free? The link of
 * the free list stands behind the object then.
 */
static void constructed_once(struct kunit *test)
{
	skip_with_kasan(test, "keeps freed objects for a while");

	struct kmem_cache *cachep;
	unsigned int made;

	skip_with_kasan(test, "keeps freed objects for a while");
	nr_constructed = 0;
	cachep = kmem_cache_create("built", SIZE, 0, SLAB_NO_USER_FLAGS,
				   construct);
	KUNIT_ASSERT_NOT_NULL(test, cachep);
	KUNIT_EXPECT_GE(test, cachep->size, SIZE + sizeof(void *));
	fill_slab(test, cachep);
	made = nr_constructed;
	KUNIT_EXPECT_GE(test, made, cachep->num);
	empty_slab(cachep);
	fill_slab(test, cachep);
	KUNIT_EXPECT_EQ(test, nr_constructed, made);
	KUNIT_EXPECT_NULL(test, memchr_inv(objects[0], 0x51, SIZE));
	KUNIT_EXPECT_NULL(test,
			  memchr_inv(objects[cachep->num - 1], 0x51, SIZE));
	empty_slab(cachep);
	kmem_cache_destroy(cachep);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(full_slab_is_left),
	KUNIT_CASE(free_wherever_it_waits),
	KUNIT_CASE(damaged_list_is_read),
	KUNIT_CASE(beside_the_objects),
	KUNIT_CASE(state_of_free_object),
	KUNIT_CASE(reports_taint),
	KUNIT_CASE(large_objects_are_cut),
	KUNIT_CASE(no_memory_for_a_cache),
	KUNIT_CASE(no_slab_is_so_large),
	KUNIT_CASE(constructed_once),
	{}
};

static struct kunit_suite suite = {
	.name = "slab_report",
	.exit = forget_objects,
	.test_cases = cases,
};
kunit_test_suite(suite);
