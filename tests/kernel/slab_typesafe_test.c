// SPDX-License-Identifier: MIT
/*
 * SLAB_TYPESAFE_BY_RCU: does a reader who still looks at a freed object find
 * an object of the cache, and do the pages go back when no reader is left?
 */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/mm.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../../mm/slab.h"

#define MANY 400
#define SIZE 500

static void *objects[MANY];

/* What stays here after a free would hide leaks of what comes there next. */
static void forget_objects(struct kunit *test)
{
	memset(objects, 0, sizeof(objects));
}
static struct kmem_cache *cachep;

static void stamp(void *obj)
{
	memset(obj, 0xc0, SIZE);
}

static void free_first(unsigned int nr)
{
	while (nr--)
		kmem_cache_free(cachep, objects[nr]);
}

static void make(struct kunit *test, void (*ctor)(void *))
{
	unsigned int i;

	cachep = kmem_cache_create("typesafe", SIZE, 0, SLAB_TYPESAFE_BY_RCU,
				   ctor);
	KUNIT_ASSERT_NOT_NULL(test, cachep);
	for (i = 0; i < MANY; i++) {
		objects[i] = kmem_cache_alloc(cachep, GFP_KERNEL);
		if (!objects[i]) {
			free_first(i);
			kmem_cache_destroy(cachep);
		}
		KUNIT_ASSERT_NOT_NULL(test, objects[i]);
	}
}

static void free_all(void)
{
	free_first(MANY);
}

/* Pages of the objects that are slabs of the cache still. */
static unsigned int slabs_left(void)
{
	unsigned int i, left = 0;

	for (i = 0; i < MANY; i++) {
		struct page *page = virt_to_page(objects[i]);

		left += PageSlab(page) && page->slab_cache == cachep;
	}
	return left;
}

/*
 * With all objects freed while a reader reads, are they all still objects,
 * with the bytes that their last users left?
 */
static void slabs_outlive_readers(struct kunit *test)
{
	unsigned int i, wrong = 0;

	make(test, NULL);
	for (i = 0; i < MANY; i++)
		memset(objects[i], i & 0xff, SIZE);
	rcu_read_lock();
	free_all();
	mdelay(30); /* for callbacks that come too early */
	KUNIT_EXPECT_EQ(test, slabs_left(), MANY);
	for (i = 0; i < MANY; i++)
		wrong += memchr_inv(objects[i], i & 0xff, SIZE) != NULL;
	KUNIT_EXPECT_EQ(test, wrong, 0);
	rcu_read_unlock();
	kmem_cache_destroy(cachep);
}

/* After a grace period, have the pages gone back to the buddy? */
static void pages_go_back(struct kunit *test)
{
	make(test, NULL);
	free_all();
	KUNIT_EXPECT_EQ(test, kmem_cache_shrink(cachep), 0);
	rcu_barrier();
	KUNIT_EXPECT_EQ(test, slabs_left(), 0);
	kmem_cache_destroy(cachep);
}

/* Does destroying the cache wait for its last slabs? */
static void destroying_waits(struct kunit *test)
{
	make(test, NULL);
	free_all();
	kmem_cache_destroy(cachep);
	KUNIT_EXPECT_EQ(test, slabs_left(), 0);
	KUNIT_EXPECT_EQ(test, rcu_callbacks_pending(), 0);
}

/* Does a constructed object stay as it is through being freed and reused? */
static void constructed_once(struct kunit *test)
{
	unsigned int i, wrong = 0;

	make(test, stamp);
	rcu_read_lock();
	free_all();
	for (i = 0; i < MANY; i++)
		wrong += memchr_inv(objects[i], 0xc0, SIZE) != NULL;
	rcu_read_unlock();
	for (i = 0; i < MANY; i++) {
		objects[i] = kmem_cache_alloc(cachep, GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, objects[i]);
		wrong += memchr_inv(objects[i], 0xc0, SIZE) != NULL;
	}
	KUNIT_EXPECT_EQ(test, wrong, 0);
	free_all();
	kmem_cache_destroy(cachep);
}

static struct kunit_case typesafe_cases[] = {
	KUNIT_CASE(slabs_outlive_readers),
	KUNIT_CASE(pages_go_back),
	KUNIT_CASE(destroying_waits),
	KUNIT_CASE(constructed_once),
	{}
};

static struct kunit_suite slab_typesafe = {
	.name = "slab_typesafe",
	.exit = forget_objects,
	.test_cases = typesafe_cases,
};
kunit_test_suite(slab_typesafe);
