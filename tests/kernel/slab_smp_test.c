// SPDX-License-Identifier: MIT
/*
 * Slab caches of several CPUs: objects that are freed elsewhere than they were
 * allocated, arrays of other CPUs that have to be emptied, two CPUs that free
 * one object.
 */
#include "test_workers.h"

#include <linux/atomic.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/smp.h>

#include "../../mm/slab.h"
#include "../../mm/slab_debug.h"
#include "kasan_skip.h"

#define SIZE 96
#define RING 32
#define OBJECTS 4000		/* of all workers together */

static struct kmem_cache *cache;
static void *ring[MAX_WORKERS][RING];

static int cache_init(struct kunit *test)
{
	cache = kmem_cache_create("slab-smp", SIZE, 0, 0, NULL);
	memset(ring, 0, sizeof(ring));
	return cache ? 0 : -ENOMEM;
}

static void cache_exit(struct kunit *test)
{
	kmem_cache_destroy(cache);
}

static void check_and_free(struct worker *worker, u8 *p)
{
	if (!p)
		return;
	worker->wrong += memchr_inv(p, p[0], SIZE) != NULL;
	worker->steps++;
	kmem_cache_free(cache, p);
}

/* Fills objects and leaves them to the next worker, frees those left to it. */
static void pass_on(struct worker *worker)
{
	unsigned int i, next = (worker->nr + 1) % num_online_cpus();
	unsigned int objects = OBJECTS / num_online_cpus();

	for (i = 0; i < objects; i++) {
		u8 *p = kmem_cache_alloc(cache, GFP_KERNEL);

		if (!p) {
			worker->failed++;
			continue;
		}
		memset(p, worker_below(worker, 256), SIZE);
		check_and_free(worker, xchg(&ring[next][i % RING], p));
		p = xchg(&ring[worker->nr][worker_below(worker, RING)], NULL);
		check_and_free(worker, p);
	}
}

/* Who is left in the rings is freed here. */
static void free_rings(void)
{
	unsigned int nr, i;

	for (nr = 0; nr < MAX_WORKERS; nr++)
		for (i = 0; i < RING; i++)
			if (ring[nr][i])
				kmem_cache_free(cache,
						xchg(&ring[nr][i], NULL));
}

static unsigned long active_objects(void)
{
	struct slabinfo info;

	get_slabinfo(cache, &info);
	return info.active_objs;
}

/* Is each object one user's, and back on its slab, wherever it was freed? */
static void objects_freed_elsewhere(struct kunit *test)
{
	workers_stop(test, workers_start(test, pass_on, NULL));
	free_rings();
	KUNIT_EXPECT_EQ(test, active_objects(), 0UL);
	KUNIT_EXPECT_EQ(test, validate_slab_cache(cache), 0L);
	kmem_cache_shrink(cache);
	KUNIT_EXPECT_EQ(test, cache->nr_slabs, 0UL);
}

/* Leaves objects in the array of its CPU. */
static void leave_at_hand(struct worker *worker)
{
	void *p[4];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(p); i++)
		p[i] = kmem_cache_alloc(cache, GFP_KERNEL);
	for (i = 0; i < ARRAY_SIZE(p); i++)
		if (p[i])
			kmem_cache_free(cache, p[i]);
}

/* Does shrinking empty the arrays of all CPUs? */
static void shrink_reaches_all_cpus(struct kunit *test)
{
	unsigned int cpu;

	workers_stop(test, workers_start(test, leave_at_hand, NULL));
	for_each_online_cpu(cpu)
		KUNIT_EXPECT_GT(test, cpu_cache_avail(cache, cpu), 0U);
	kmem_cache_shrink(cache);
	for_each_online_cpu(cpu)
		KUNIT_EXPECT_EQ(test, cpu_cache_avail(cache, cpu), 0U);
	KUNIT_EXPECT_EQ(test, cache->nr_slabs, 0UL);
}

/* And the hook that the page allocator calls, for all caches? */
static void pressure_reaches_all_cpus(struct kunit *test)
{
	unsigned int cpu;

	workers_stop(test, workers_start(test, leave_at_hand, NULL));
	slab_shrink_all();
	for_each_online_cpu(cpu)
		KUNIT_EXPECT_EQ(test, cpu_cache_avail(cache, cpu), 0U);
	KUNIT_EXPECT_EQ(test, cache->nr_slabs, 0UL);
}

/* Allocates and frees while others shrink the same cache. */
static void churn_or_shrink(struct worker *worker)
{
	unsigned int i;

	for (i = 0; i < 400 / num_online_cpus(); i++) {
		void *p = kmem_cache_alloc(cache, GFP_KERNEL);

		if (p)
			memset(p, 0x5a, SIZE);
		if (worker_below(worker, 40) == 0)
			kmem_cache_shrink(cache);
		if (p) {
			worker->wrong += memchr_inv(p, 0x5a, SIZE) != NULL;
			kmem_cache_free(cache, p);
		}
		worker->steps++;
	}
}

/* Does nobody who uses a cache notice that others shrink it? */
static void shrunk_while_used(struct kunit *test)
{
	workers_stop(test, workers_start(test, churn_or_shrink, NULL));
	KUNIT_EXPECT_EQ(test, active_objects(), 0UL);
	KUNIT_EXPECT_EQ(test, validate_slab_cache(cache), 0L);
}

static atomic_t at_the_gate;

/* Frees what another worker frees at the same moment. */
static void free_the_same(struct worker *worker)
{
	atomic_dec(&at_the_gate);
	while (atomic_read(&at_the_gate) > 0)
		cond_resched();
	kmem_cache_free(cache, worker->arg);
}

/* Of two CPUs that free one object, is one told, and just one? */
static void double_free_by_two_cpus(struct kunit *test)
{
	skip_with_kasan(test, "keeps freed objects for a while");

	const char *text, *first;
	void *p;

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "checked in debug builds only");
	p = kmem_cache_alloc(cache, GFP_KERNEL);
	atomic_set(&at_the_gate, 2);
	capture_begin();
	worker_start(test, 0, 0, free_the_same, p);
	worker_start(test, 1, num_online_cpus() - 1, free_the_same, p);
	workers_stop(test, 2);
	text = capture_end();
	first = strstr(text, "double free");
	KUNIT_ASSERT_NOT_NULL(test, first);
	KUNIT_EXPECT_NULL(test, strstr(first + 1, "double free"));
	KUNIT_EXPECT_EQ(test, validate_slab_cache(cache), 0L);
}

static void make_and_end(struct worker *worker)
{
	unsigned int i, n;

	for (i = 0; i < 20 / num_online_cpus() + 1; i++) {
		struct kmem_cache *own =
			kmem_cache_create("slab-smp-own", 40, 0, 0, NULL);
		void *p[8];

		if (!own) {
			worker->failed++;
			continue;
		}
		for (n = 0; n < ARRAY_SIZE(p); n++)
			p[n] = kmem_cache_alloc(own, GFP_KERNEL);
		cond_resched();
		for (n = 0; n < ARRAY_SIZE(p); n++)
			if (p[n])
				kmem_cache_free(own, p[n]);
		kmem_cache_destroy(own);
		worker->steps++;
	}
}

/* Can caches be made and ended on all CPUs at once? */
static void caches_come_and_go(struct kunit *test)
{
	workers_stop(test, workers_start(test, make_and_end, NULL));
}

static struct kunit_case slab_smp_cases[] = {
	KUNIT_CASE(objects_freed_elsewhere),
	KUNIT_CASE(shrink_reaches_all_cpus),
	KUNIT_CASE(pressure_reaches_all_cpus),
	KUNIT_CASE(shrunk_while_used),
	KUNIT_CASE(double_free_by_two_cpus),
	KUNIT_CASE(caches_come_and_go),
	{}
};

static struct kunit_suite slab_smp = {
	.name = "slab_smp",
	.init = cache_init,
	.exit = cache_exit,
	.test_cases = slab_smp_cases,
};
kunit_test_suite(slab_smp);
