// SPDX-License-Identifier: MIT
/*
 * Free lists that were written over, the words that choose checks, and wild
 * frees, which release builds report as well.
 */
#include <kunit/test.h>
#include <linux/compiler.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "../../mm/slab_debug.h"
#include "kasan_skip.h"

#define SIZE	72

#define EXPECT_SAYS(test, text, part)					\
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(text, part), "%s", text)

/* --- slab_freelist --- */

static void *objects[64];

/* A cache with one slab: object 0 with a user, the others on the freelist. */
static int one_slab(struct kunit *test)
{
	struct kmem_cache *cachep;
	unsigned int i;

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "release builds do not check");
	skip_with_kasan(test, "each access is checked before");
	cachep = kmem_cache_create("slab_test", SIZE, 0, 0, NULL);
	test->priv = cachep;
	if (!cachep || cachep->num > ARRAY_SIZE(objects))
		return -EINVAL;
	for (i = 0; i < cachep->num; i++)
		objects[i] = kmem_cache_alloc(cachep, GFP_KERNEL);
	for (i = 1; i < cachep->num; i++)
		kmem_cache_free(cachep, objects[i]);
	kmem_cache_shrink(cachep);
	return cachep->nr_slabs == 1 ? 0 : -EINVAL;
}

static struct slab *the_slab(struct kunit *test)
{
	return virt_to_slab(test->priv, objects[0]);
}

/* Allocates, which must report the fault; then all must be as it was. */
static const char *allocate_captured(struct kunit *test)
{
	struct kmem_cache *cachep = test->priv;
	const char *text;

	capture_begin();
	objects[1] = kmem_cache_alloc(cachep, GFP_KERNEL);
	text = capture_end();
	KUNIT_EXPECT_NOT_NULL(test, objects[1]);
	EXPECT_SAYS(test, text, "BUG slab_test");
	EXPECT_SAYS(test, text, "the freelist of slab");
	return text;
}

/* Does the slab have all its objects, each once, and no further report? */
static void all_objects_are_there(struct kunit *test)
{
	struct kmem_cache *cachep = test->priv;
	unsigned int i, j, twice = 0;

	if (!cachep)
		return;
	for (i = 2; i < cachep->num; i++)
		objects[i] = kmem_cache_alloc(cachep, GFP_KERNEL);
	for (i = 0; i < cachep->num; i++) {
		for (j = 0; j < i; j++)
			twice += objects[i] == objects[j];
	}
	KUNIT_EXPECT_EQ(test, twice, 0);
	KUNIT_EXPECT_EQ(test, cachep->nr_slabs, 1);
	for (i = 0; i < cachep->num; i++)
		kmem_cache_free(cachep, objects[i]);
	kmem_cache_destroy(cachep);
}

/* Is a link that leads out of the slab found before it is followed? */
static void link_out_of_the_slab(struct kunit *test)
{
	void *first = the_slab(test)->freelist;

	set_freepointer(test->priv, first, (void *)0xdeadbeef);
	EXPECT_SAYS(test, allocate_captured(test), "leads out of the slab");
}

/* Is one that leads between two objects? */
static void link_to_no_object(struct kunit *test)
{
	void *first = the_slab(test)->freelist;

	set_freepointer(test->priv, first, objects[5] + 4);
	EXPECT_SAYS(test, allocate_captured(test), "leads out of the slab");
}

/* Is one that leads to an object that is in use? */
static void link_to_a_used_object(struct kunit *test)
{
	void *first = the_slab(test)->freelist;

	set_freepointer(test->priv, first, objects[0]);
	EXPECT_SAYS(test, allocate_captured(test), "is not free");
}

/* Is a list that never ends? */
static void circular_list(struct kunit *test)
{
	void *first = the_slab(test)->freelist;

	set_freepointer(test->priv, first, first);
	EXPECT_SAYS(test, allocate_captured(test), "circle");
}

/* Is one that ends too early? */
static void list_cut_short(struct kunit *test)
{
	void *first = the_slab(test)->freelist;

	set_freepointer(test->priv, first, NULL);
	EXPECT_SAYS(test, allocate_captured(test), "missing");
}

/* Does validate_slab_cache() count it, and repair it? */
static void validation_of_lists(struct kunit *test)
{
	long wrong;

	set_freepointer(test->priv, the_slab(test)->freelist, NULL);
	capture_begin();
	wrong = validate_slab_cache(test->priv);
	capture_end();
	KUNIT_EXPECT_EQ(test, wrong, 1);
	KUNIT_EXPECT_EQ(test, validate_slab_cache(test->priv), 0);
	objects[1] = kmem_cache_alloc(test->priv, GFP_KERNEL);
}

static struct kunit_case freelist_cases[] = {
	KUNIT_CASE(link_out_of_the_slab),
	KUNIT_CASE(link_to_no_object),
	KUNIT_CASE(link_to_a_used_object),
	KUNIT_CASE(circular_list),
	KUNIT_CASE(list_cut_short),
	KUNIT_CASE(validation_of_lists),
	{}
};

static struct kunit_suite slab_freelist = {
	.name = "slab_freelist",
	.init = one_slab,
	.exit = all_objects_are_there,
	.test_cases = freelist_cases,
};

/* --- slab_debug_flags --- */

static void restore_default(struct kunit *test)
{
	slab_debug_configure("FZPU");
}

/* Do the letters of slab_debug= choose the checks? */
static void letters_choose_checks(struct kunit *test)
{
	slab_debug_configure("ZU");
	KUNIT_EXPECT_EQ(test, slab_debug_flags("any", 0),
			SLAB_RED_ZONE | SLAB_STORE_USER);
	slab_debug_configure("FP");
	KUNIT_EXPECT_EQ(test, slab_debug_flags("any", 0),
			SLAB_CONSISTENCY_CHECKS | SLAB_POISON);
	slab_debug_configure("-");
	KUNIT_EXPECT_EQ(test, slab_debug_flags("any", SLAB_PANIC), SLAB_PANIC);
}

/* Does a name keep them to the caches that begin with it? */
static void names_choose_caches(struct kunit *test)
{
	slab_debug_configure("P,kmalloc");
	KUNIT_EXPECT_EQ(test, slab_debug_flags("kmalloc-64", 0), SLAB_POISON);
	KUNIT_EXPECT_EQ(test, slab_debug_flags("dentry", 0), 0);
	/* What the creator asks for stays; what he refuses does not come. */
	KUNIT_EXPECT_EQ(test, slab_debug_flags("dentry", SLAB_RED_ZONE),
			SLAB_RED_ZONE);
	KUNIT_EXPECT_EQ(test,
			slab_debug_flags("kmalloc-64", SLAB_NO_USER_FLAGS),
			SLAB_NO_USER_FLAGS);
}

/* Does a cache with some checks only work, and do just these? */
static void some_checks_only(struct kunit *test)
{
	skip_with_kasan(test, "reports it first");

	struct kmem_cache *cachep;
	const char *text;
	u8 *p;

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "release builds do not check");
	cachep = kmem_cache_create("slab_test", SIZE, 0,
				   SLAB_RED_ZONE | SLAB_NO_USER_FLAGS, NULL);
	KUNIT_ASSERT_NOT_NULL(test, cachep);
	p = kmem_cache_alloc(cachep, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	OPTIMIZER_HIDE_VAR(p);
	memset(p, 7, SIZE + 1);
	capture_begin();
	kmem_cache_free(cachep, p);
	text = capture_end();
	EXPECT_SAYS(test, text, "right red zone overwritten");
	EXPECT_SAYS(test, text, "Allocated by: (not known)");
	KUNIT_EXPECT_EQ(test, p[0], 7);
	kmem_cache_destroy(cachep);
}

static struct kunit_case flag_cases[] = {
	KUNIT_CASE(letters_choose_checks),
	KUNIT_CASE(names_choose_caches),
	KUNIT_CASE(some_checks_only),
	{}
};

static struct kunit_suite slab_debug_flags_suite = {
	.name = "slab_debug_flags",
	.exit = restore_default,
	.test_cases = flag_cases,
};

/* --- slab_wild_free: in both builds --- */

static const char *captured_kfree(const void *p)
{
	OPTIMIZER_HIDE_VAR(p);
	capture_begin();
	kfree(p);
	return capture_end();
}

/* Is kfree() of a page from the page allocator reported, the page unharmed? */
static void kfree_of_a_page(struct kunit *test)
{
	unsigned long page = __get_free_page(GFP_KERNEL);

	KUNIT_ASSERT_NE(test, page, 0);
	EXPECT_SAYS(test, captured_kfree((void *)page), "no slab is here");
	KUNIT_EXPECT_EQ(test, page_count(virt_to_page((void *)page)), 1);
	free_page(page);
}

/* Is kfree() of a variable, or of one on the stack? */
static void kfree_of_a_variable(struct kunit *test)
{
	static int variable;
	int local = 1;

	EXPECT_SAYS(test, captured_kfree(&variable), "no slab is here");
	EXPECT_SAYS(test, captured_kfree(&local), "BUG");
}

/* Is kfree() of an address outside lowmem? */
static void kfree_outside_lowmem(struct kunit *test)
{
	void *area = vmalloc(PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, area);
	EXPECT_SAYS(test, captured_kfree(area), "not lowmem");
	vfree(area);
	EXPECT_SAYS(test, captured_kfree((void *)0x8048000), "not lowmem");
	EXPECT_SAYS(test, captured_kfree((void *)0xfffff000), "not lowmem");
	EXPECT_SAYS(test, captured_kfree((void *)17), "not lowmem");
}

/* Is a large block freed by its start only, and once only? */
static void kfree_of_large_blocks(struct kunit *test)
{
	skip_with_kasan(test, "keeps freed objects for a while");

	void *p = kmalloc(50000, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	EXPECT_SAYS(test, captured_kfree(p + PAGE_SIZE), "no slab is here");
	EXPECT_SAYS(test, captured_kfree(p + 8), "middle of a block of 65536");
	memset(p, 1, 50000);
	KUNIT_EXPECT_STREQ(test, captured_kfree(p), "");
	EXPECT_SAYS(test, captured_kfree(p), "no slab is here");
}

/* Is the size of something that is no object reported as 0? */
static void ksize_of_no_object(struct kunit *test)
{
	static int variable;
	const void *p = &variable;
	const char *text;
	size_t size;

	OPTIMIZER_HIDE_VAR(p);
	capture_begin();
	size = ksize(p);
	text = capture_end();
	KUNIT_EXPECT_EQ(test, size, 0);
	EXPECT_SAYS(test, text, "ksize");
}

static struct kunit_case wild_cases[] = {
	KUNIT_CASE(kfree_of_a_page),
	KUNIT_CASE(kfree_of_a_variable),
	KUNIT_CASE(kfree_outside_lowmem),
	KUNIT_CASE(kfree_of_large_blocks),
	KUNIT_CASE(ksize_of_no_object),
	{}
};

static struct kunit_suite slab_wild_free = {
	.name = "slab_wild_free",
	.test_cases = wild_cases,
};

kunit_test_suites(&slab_freelist, &slab_debug_flags_suite, &slab_wild_free);
