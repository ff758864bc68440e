// SPDX-License-Identifier: MIT
/*
 * The three kinds of attempts that can be failed on purpose, and what their
 * callers get: objects, pages, ranges of the vmalloc window.
 */
#include <kunit/test.h>

#include <linux/fault-inject.h>
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

/* The attribute that a case turns, as found. */
static struct fault_attr *attr;

/*
 * Every attempt of this thread at the attribute fails from now on, and none of
 * another's.
 */
static void fail_all(struct kunit *test, const char *name)
{
	attr = fault_attr_find(name);
	KUNIT_ASSERT_NOT_NULL(test, attr);
	fault_attr_reset(attr);
	attr->probability = 100;
	atomic_set(&attr->times, -1);
	attr->verbose = 0;
	attr->task_filter = 1;
	fault_mark_task(current, true);
}

static void set(struct kunit *test, const char *word)
{
	char why[96] = "";

	KUNIT_ASSERT_EQ_MSG(test, fault_attr_set(attr, word, why, sizeof(why)),
			    0, "%s", why);
}

static int kinds_init(struct kunit *test)
{
	attr = NULL;
	return 0;
}

/* The defaults of what was turned, nothing more than that is set by cases. */
static void kinds_exit(struct kunit *test)
{
	char why[96];

	fault_mark_task(current, false);
	fault_nth_set(0);
	if (!attr)
		return;
	fault_attr_reset(attr);
	fault_attr_set(attr, "ignore-gfp-wait=1", why, sizeof(why));
	fault_attr_set(attr, "ignore-gfp-highmem=1", why, sizeof(why));
	fault_attr_set(attr, "cache-filter=0", why, sizeof(why));
	fault_attr_set(attr, "min-order=1", why, sizeof(why));
}

/* Whether an object, or a block, of these flags is had. */
static bool have_object(gfp_t gfp)
{
	void *p = kmalloc(40, gfp);

	kfree(p);
	return p;
}

static bool have_pages(gfp_t gfp, unsigned int order)
{
	struct page *page = alloc_pages(gfp, order);

	if (page)
		__free_pages(page, order);
	return page;
}

/* ---------------------------------------------------------------- failslab */

/* Is kmalloc() refused, for who may wait only when told so? */
static void slab_wait(struct kunit *test)
{
	fail_all(test, "failslab");
	KUNIT_EXPECT_FALSE(test, have_object(GFP_ATOMIC));
	KUNIT_EXPECT_FALSE(test, have_object(GFP_NOWAIT | __GFP_ZERO));
	KUNIT_EXPECT_TRUE(test, have_object(GFP_KERNEL));
	set(test, "ignore-gfp-wait=0");
	KUNIT_EXPECT_FALSE(test, have_object(GFP_KERNEL));
	fault_mark_task(current, false);
	KUNIT_EXPECT_TRUE(test, have_object(GFP_ATOMIC));
}

/* Is a request that must not fail never failed, of any kind? */
static void nofail(struct kunit *test)
{
	fail_all(test, "failslab");
	set(test, "ignore-gfp-wait=0");
	KUNIT_EXPECT_TRUE(test, have_object(GFP_KERNEL | __GFP_NOFAIL));
	fault_attr_reset(attr);
	fail_all(test, "fail_page_alloc");
	set(test, "ignore-gfp-wait=0");
	set(test, "min-order=0");
	KUNIT_EXPECT_TRUE(test, have_pages(GFP_KERNEL | __GFP_NOFAIL, 0));
	fault_nth_set(1);
	KUNIT_EXPECT_TRUE(test, have_pages(GFP_KERNEL | __GFP_NOFAIL, 0));
	KUNIT_EXPECT_EQ(test, fault_nth_left(), 1U);
}

/* With cache-filter, is only the cache failed that was made, or marked, so? */
static void slab_cache_filter(struct kunit *test)
{
	struct kmem_cache *marked, *plain;
	void *p;

	marked = kmem_cache_create("fault_marked", 40, 0, SLAB_FAILSLAB, NULL);
	plain = kmem_cache_create("fault_plain", 40, 0, 0, NULL);
	fail_all(test, "failslab");
	set(test, "cache-filter=1");
	KUNIT_EXPECT_NULL(test, kmem_cache_alloc(marked, GFP_ATOMIC));
	p = kmem_cache_alloc(plain, GFP_ATOMIC);
	KUNIT_EXPECT_NOT_NULL(test, p);
	if (p)
		kmem_cache_free(plain, p);
	KUNIT_EXPECT_EQ(test, failslab_mark("fault_plain", true), 0);
	KUNIT_EXPECT_NULL(test, kmem_cache_alloc(plain, GFP_ATOMIC));
	KUNIT_EXPECT_EQ(test, failslab_mark("fault_marked", false), 0);
	p = kmem_cache_alloc(marked, GFP_ATOMIC);
	KUNIT_EXPECT_NOT_NULL(test, p);
	if (p)
		kmem_cache_free(marked, p);
	KUNIT_EXPECT_EQ(test, failslab_mark("fault_none", true), -ENOENT);
	fault_attr_reset(attr);
	kmem_cache_destroy(plain);
	kmem_cache_destroy(marked);
}

/* ---------------------------------------------------------- fail_page_alloc */

/* Are only blocks of min-order and above failed, by default those above 0? */
static void page_min_order(struct kunit *test)
{
	fail_all(test, "fail_page_alloc");
	KUNIT_EXPECT_TRUE(test, have_pages(GFP_ATOMIC, 0));
	KUNIT_EXPECT_FALSE(test, have_pages(GFP_ATOMIC, 1));
	KUNIT_EXPECT_FALSE(test, have_pages(GFP_ATOMIC, MAX_ORDER - 1));
	set(test, "min-order=3");
	KUNIT_EXPECT_TRUE(test, have_pages(GFP_ATOMIC, 2));
	KUNIT_EXPECT_FALSE(test, have_pages(GFP_ATOMIC, 3));
	set(test, "min-order=0");
	KUNIT_EXPECT_FALSE(test, have_pages(GFP_ATOMIC, 0));
}

/* Are who may wait, and who may have highmem, failed only when told so? */
static void page_ignored(struct kunit *test)
{
	fail_all(test, "fail_page_alloc");
	KUNIT_EXPECT_TRUE(test, have_pages(GFP_KERNEL, 1));
	KUNIT_EXPECT_TRUE(test, have_pages(GFP_ATOMIC | __GFP_HIGHMEM, 1));
	set(test, "ignore-gfp-wait=0");
	KUNIT_EXPECT_FALSE(test, have_pages(GFP_KERNEL, 1));
	KUNIT_EXPECT_TRUE(test, have_pages(GFP_HIGHUSER, 1));
	set(test, "ignore-gfp-highmem=0");
	KUNIT_EXPECT_FALSE(test, have_pages(GFP_HIGHUSER, 1));
}

/* Is nothing warned of, and nothing reclaimed, for a block refused here? */
static void page_is_silent(struct kunit *test)
{
	const char *text;
	bool had;

	fail_all(test, "fail_page_alloc");
	capture_begin();
	had = have_pages(GFP_ATOMIC, 1);
	text = capture_end();
	KUNIT_EXPECT_FALSE(test, had);
	KUNIT_EXPECT_STREQ(test, text, "");
}

/* Does kmalloc() above the classes get its block, or not, from here? */
static void page_of_kmalloc(struct kunit *test)
{
	void *p;

	fail_all(test, "fail_page_alloc");
	p = kmalloc(3 * KMALLOC_MAX_CACHE_SIZE, GFP_ATOMIC);
	KUNIT_EXPECT_NULL(test, p);
	kfree(p);
}

/* ---------------------------------------------------------------- failvmap */

/* Does each form of a mapping give NULL, and leave nothing behind? */
static void vmap_refused(struct kunit *test)
{
	unsigned long areas = vm_area_count();
	struct page *page = alloc_page(GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, page);
	fail_all(test, "failvmap");
	KUNIT_EXPECT_NULL(test, __vmalloc(100, GFP_KERNEL | __GFP_NOWARN));
	KUNIT_EXPECT_NULL(test, vmap(&page, 1, 0, PAGE_KERNEL));
	KUNIT_EXPECT_NULL(test, vm_map_ram(&page, 1, 0));
	KUNIT_EXPECT_NULL(test, get_vm_area(PAGE_SIZE, VM_IOREMAP));
	KUNIT_EXPECT_FALSE(test, ioremap(0xfeb00000, PAGE_SIZE) != NULL);
	KUNIT_EXPECT_EQ(test, atomic_read(&attr->injected), 5);
	KUNIT_EXPECT_EQ(test, vm_area_count(), areas);
	__free_page(page);
}

/* Does space let the first areas through, their guard pages counted? */
static void vmap_space(struct kunit *test)
{
	void *first, *second;

	fail_all(test, "failvmap");
	set(test, "space=8193");
	first = vmalloc(PAGE_SIZE);
	second = __vmalloc(PAGE_SIZE, GFP_KERNEL | __GFP_NOWARN);
	KUNIT_EXPECT_NOT_NULL(test, first);
	KUNIT_EXPECT_NULL(test, second);
	vfree(first);
	vfree(second);
}

/* --------------------------------------------------------------- together */

/*
 * Does the count of a thread go over all kinds, past all filters? A first
 * area needs its range, its descriptor and a frame.
 */
static void nth_over_kinds(struct kunit *test)
{
	unsigned int nth, failed = 0;
	void *p = NULL;

	for (nth = 1; nth < 20 && !p; nth++) {
		fault_nth_set(nth);
		p = __vmalloc(PAGE_SIZE, GFP_KERNEL | __GFP_NOWARN);
		failed += !p;
	}
	KUNIT_EXPECT_GT(test, fault_nth_left(), 0U);
	KUNIT_EXPECT_GE(test, failed, 3U);
	vfree(p);
}

static struct kunit_case kinds_cases[] = {
	KUNIT_CASE(slab_wait),
	KUNIT_CASE(nofail),
	KUNIT_CASE(slab_cache_filter),
	KUNIT_CASE(page_min_order),
	KUNIT_CASE(page_ignored),
	KUNIT_CASE(page_is_silent),
	KUNIT_CASE(page_of_kmalloc),
	KUNIT_CASE(vmap_refused),
	KUNIT_CASE(vmap_space),
	KUNIT_CASE(nth_over_kinds),
	{}
};

static struct kunit_suite kinds_suite = {
	.name = "fault_inject",
	.init = kinds_init,
	.exit = kinds_exit,
	.test_cases = kinds_cases,
};

kunit_test_suite(kinds_suite);
