// SPDX-License-Identifier: MIT
/*
 * Random use of several caches at once, against a model: who has which bytes.
 */
#include <kunit/test.h>
#include <linux/kernel.h>
#include <linux/prandom.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../../mm/slab_debug.h"

#define SLOTS	700
#define STEPS	30000
#define BULK	40

/* The model: an object, how many bytes of it are in use, and their value. */
static struct slot {
	u8 *p;
	size_t size;
	u8 value;
	struct kmem_cache *cachep;	/* NULL: kmalloc */
} slots[SLOTS];

static struct rnd_state state;

static u32 below(u32 limit)
{
	return prandom_u32_state(&state) % limit;
}

/* Caches that differ in everything that matters for the layout. */
static void stamp_ctor(void *obj)
{
	memset(obj, 0xc0, 50);
}

static struct kmem_cache *caches[6];

static void make_caches(struct kunit *test)
{
	unsigned int i;

	caches[0] = kmem_cache_create("random-12", 12, 0, 0, NULL);
	caches[1] = kmem_cache_create("random-50", 50, 0, 0, stamp_ctor);
	caches[2] = kmem_cache_create("random-64", 64, 0,
				      SLAB_HWCACHE_ALIGN | SLAB_RECLAIM_ACCOUNT,
				      NULL);
	caches[3] = kmem_cache_create("random-333", 333, 32, 0, NULL);
	caches[4] = kmem_cache_create("random-1800", 1800, 0,
				      SLAB_TYPESAFE_BY_RCU, NULL);
	caches[5] = kmem_cache_create("random-6000", 6000, 0, 0, NULL);
	for (i = 0; i < ARRAY_SIZE(caches); i++)
		KUNIT_ASSERT_NOT_NULL(test, caches[i]);
}

/* Sizes as real users have them: mostly small, some large. */
static size_t random_size(void)
{
	u32 shift = below(13);

	return 1 + below(8u << shift);
}

static bool slot_is_intact(const struct slot *slot)
{
	return !memchr_inv(slot->p, slot->value, slot->size);
}

static void slot_fill(struct slot *slot, u8 *p, size_t size,
		      struct kmem_cache *cachep)
{
	slot->p = p;
	slot->size = size;
	slot->cachep = cachep;
	slot->value = below(256);
	memset(p, slot->value, size);
}

static unsigned int step_alloc(struct slot *slot)
{
	struct kmem_cache *cachep = NULL;
	size_t size = random_size();
	u8 *p;

	if (below(2)) {
		cachep = caches[below(ARRAY_SIZE(caches))];
		size = kmem_cache_size(cachep);
		p = kmem_cache_alloc(cachep, GFP_KERNEL);
	} else {
		p = kmalloc(size, below(8) ? GFP_KERNEL : GFP_ATOMIC);
	}
	if (!p)
		return 1;
	slot_fill(slot, p, size, cachep);
	return 0;
}

static unsigned int step_free(struct slot *slot)
{
	unsigned int wrong = !slot_is_intact(slot);

	if (slot->cachep && below(4))
		kmem_cache_free(slot->cachep, slot->p);
	else
		kfree(slot->p);
	slot->p = NULL;
	return wrong;
}

static unsigned int step_resize(struct slot *slot)
{
	size_t size = random_size(), kept = min(size, slot->size);
	u8 *p;

	if (slot->cachep)
		return step_free(slot);
	p = krealloc(slot->p, size, GFP_KERNEL);
	if (!p || memchr_inv(p, slot->value, kept))
		return 1;
	slot_fill(slot, p, size, NULL);
	return 0;
}

static unsigned int step_bulk(void)
{
	struct kmem_cache *cachep = caches[below(ARRAY_SIZE(caches))];
	unsigned int nr = 1 + below(BULK), i, j, wrong = 0;
	void *p[BULK];

	if (kmem_cache_alloc_bulk(cachep, GFP_KERNEL, nr, p) != nr)
		return 1;
	for (i = 0; i < nr; i++) {
		for (j = 0; j < i; j++)
			wrong += p[i] == p[j];
	}
	kmem_cache_free_bulk(below(2) ? cachep : NULL, nr, p);
	return wrong;
}

static unsigned int one_step(void)
{
	struct slot *slot = &slots[below(SLOTS)];

	switch (below(64)) {
	case 0:
		return step_bulk();
	case 1:
		kmem_cache_shrink(caches[below(ARRAY_SIZE(caches))]);
		return 0;
	case 2 ... 8:
		return slot->p ? step_resize(slot) : step_alloc(slot);
	default:
		return slot->p ? step_free(slot) : step_alloc(slot);
	}
}

static unsigned int end_all(struct kunit *test)
{
	unsigned int i, wrong = 0;

	for (i = 0; i < SLOTS; i++) {
		if (slots[i].p)
			wrong += step_free(&slots[i]);
	}
	for (i = 0; i < ARRAY_SIZE(caches); i++) {
		wrong += validate_slab_cache(caches[i]);
		kmem_cache_destroy(caches[i]);
	}
	return wrong;
}

/* Does every user find his bytes, whatever the others do in between? */
static void random_use(struct kunit *test)
{
	u32 seed = get_random_u32();
	unsigned int step, wrong = 0;

	prandom_seed_state(&state, seed);
	memset(slots, 0, sizeof(slots));
	make_caches(test);
	for (step = 0; step < STEPS && !wrong; step++)
		wrong = one_step();
	wrong += end_all(test);
	KUNIT_EXPECT_EQ_MSG(test, wrong, 0, "seed %#x, step %u", seed, step);
}

static struct kunit_case random_cases[] = {
	KUNIT_CASE_SLOW(random_use),
	{}
};

static struct kunit_suite slab_random = {
	.name = "slab_random",
	.test_cases = random_cases,
};

kunit_test_suite(slab_random);
