// SPDX-License-Identifier: MIT
/*
 * Memory from two contexts at once: a real timer interrupts code that
 * allocates, maps and frees, and its handler does the same.
 *
 *	main line   --alloc--fill--map--check--free--alloc--...
 *	                       ^ at any instruction
 *	interrupt       alloc--map--check--free, return
 *
 * Each side owns its things, knows their bytes, and now and then hands one
 * to the other. A list that an interrupt caught half changed shows as a page
 * or object given out twice (wrong bytes), as a report, or as a leak.
 */
#include "test_workers.h"

#include <kunit/test.h>
#include <asm/apic.h>
#include <linux/atomic.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/interrupt.h>
#include <linux/mm.h>
#include <linux/prandom.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <quire/pit.h>

#define THINGS 48
#define INTERRUPTS 1500
#define STEPS_MAX 400000 /* an end, should the timer fail */
#define OBJECT_SIZE 120
#define THREAD_STEPS 12000 /* of all threads together */

/* A page block or an object, and the value of its bytes. */
struct thing {
	struct page *page;
	unsigned int order;
	u8 *object;
	bool from_cache;
	u8 value;
};

/* One of the two contexts. */
struct side {
	struct thing things[THINGS];
	struct rnd_state state;
	enum km_type type;
	gfp_t gfp;
	unsigned long steps;
	unsigned long failed; /* allocations */
	unsigned long wrong;  /* bytes that are not as they were left */
};

static struct side main_side, irq_side;
static struct kmem_cache *cache;
static void *handed_over; /* an object on its way to the other side */
static volatile unsigned int interrupts;

static u32 below(struct side *side, u32 limit)
{
	return prandom_u32_state(&side->state) % limit;
}

/* ------------------------------------------------------ pages, by mapping */

/* By the slot with the side's name, or by the one on top of the stack. */
static void map_and_fill(struct side *side, struct thing *thing)
{
	bool typed = below(side, 2);
	u8 *p = typed ? kmap_atomic(thing->page, side->type) :
			kmap_atomic(thing->page);

	memset(p, thing->value, 256);
	p[PAGE_SIZE - 1] = thing->value;
	side->wrong += memchr_inv(p, thing->value, 256) != NULL;
	if (typed)
		kunmap_atomic(p, side->type);
	else
		kunmap_atomic(p);
}

static bool page_is_intact(struct side *side, struct thing *thing)
{
	u8 *p = kmap_atomic(thing->page, side->type);
	bool intact = !memchr_inv(p, thing->value, 256) &&
		      p[PAGE_SIZE - 1] == thing->value;

	kunmap_atomic(p, side->type);
	return intact;
}

static void take_page(struct side *side, struct thing *thing)
{
	gfp_t gfp = side->gfp;

	thing->order = below(side, 4) ? 0 : below(side, 4);
	if (below(side, 2))
		gfp |= __GFP_HIGHMEM;
	thing->page = alloc_pages(gfp, thing->order);
	if (!thing->page) {
		side->failed++;
		return;
	}
	map_and_fill(side, thing);
}

static void give_page(struct side *side, struct thing *thing)
{
	side->wrong += !page_is_intact(side, thing);
	__free_pages(thing->page, thing->order);
	thing->page = NULL;
}

/* --------------------------------------------------------------- objects */

static void take_object(struct side *side, struct thing *thing)
{
	thing->from_cache = below(side, 2);
	thing->object = thing->from_cache ? kmem_cache_alloc(cache, side->gfp) :
					    kmalloc(OBJECT_SIZE, side->gfp);
	if (thing->object)
		memset(thing->object, thing->value, OBJECT_SIZE);
	else
		side->failed++;
}

static void give_object(struct side *side, struct thing *thing)
{
	side->wrong += memchr_inv(thing->object, thing->value, OBJECT_SIZE) !=
		       NULL;
	/* what was handed over is freed by the side that finds it */
	if (below(side, 4) == 0)
		kfree(xchg(&handed_over, thing->object));
	else if (thing->from_cache)
		kmem_cache_free(cache, thing->object);
	else
		kfree(thing->object);
	thing->object = NULL;
}

/* ---------------------------------------------------------------- the load */

static void step(struct side *side)
{
	struct thing *thing = &side->things[below(side, THINGS)];

	side->steps++;
	if (thing->page) {
		give_page(side, thing);
	} else if (thing->object) {
		give_object(side, thing);
	} else {
		thing->value = below(side, 256);
		if (below(side, 2))
			take_page(side, thing);
		else
			take_object(side, thing);
	}
}

static void give_all(struct side *side)
{
	unsigned int i;

	for (i = 0; i < THINGS; i++) {
		if (side->things[i].page)
			give_page(side, &side->things[i]);
		if (side->things[i].object)
			give_object(side, &side->things[i]);
	}
	kfree(xchg(&handed_over, NULL));
}

static irqreturn_t timer_came(int irq, void *dev)
{
	unsigned int steps = 1 + below(&irq_side, 8);

	while (steps--)
		step(&irq_side);
	interrupts++;
	pit_start_oneshot(20 + below(&irq_side, 300));
	return IRQ_HANDLED;
}

static void side_init(struct side *side, enum km_type type, gfp_t gfp, u32 seed)
{
	memset(side, 0, sizeof(*side));
	prandom_seed_state(&side->state, seed);
	side->type = type;
	side->gfp = gfp;
}

static int load_init(struct kunit *test)
{
	cache = kmem_cache_create("irq-memory", OBJECT_SIZE, 0, 0, NULL);
	if (!cache)
		return -ENOMEM;
	side_init(&main_side, KM_USER0, GFP_KERNEL, 11);
	side_init(&irq_side, KM_IRQ0, GFP_ATOMIC, 12);
	interrupts = 0;
	return 0;
}

static void load_exit(struct kunit *test)
{
	kmem_cache_destroy(cache);
}

static void expect_intact(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, main_side.wrong, 0);
	KUNIT_EXPECT_EQ(test, irq_side.wrong, 0);
	KUNIT_EXPECT_EQ(test, main_side.failed, 0);
	/* one that may not wait may be refused, but not often */
	KUNIT_EXPECT_LE(test, irq_side.failed, irq_side.steps / 10);
	KUNIT_EXPECT_EQ(test, kmap_atomic_depth(), 0);
}

/* Do pages, objects and mappings survive a timer that uses them too? */
static void timer_shares_memory(struct kunit *test)
{
	if (pit_borrow(timer_came, "irq-memory", &irq_side))
		kunit_skip(test, "the timer has its owner");
	pit_start_oneshot(100);
	while (interrupts < INTERRUPTS && main_side.steps < STEPS_MAX)
		step(&main_side);
	pit_return(&irq_side);
	give_all(&main_side);
	give_all(&irq_side);
	KUNIT_EXPECT_GE(test, interrupts, INTERRUPTS / 100);
	expect_intact(test);
}

/* Does the interrupted code's slot still show its page afterwards? */
static void slots_of_two_contexts(struct kunit *test)
{
	struct page *page = alloc_page(GFP_HIGHUSER);
	u8 *typed, *top;

	KUNIT_ASSERT_NOT_NULL(test, page);
	if (pit_borrow(timer_came, "irq-memory", &irq_side)) {
		__free_page(page);
		kunit_skip(test, "the timer has its owner");
	}
	typed = kmap_atomic(page, KM_USER0);
	top = kmap_atomic(page);
	memset(typed, 0x5a, PAGE_SIZE);
	pit_start_oneshot(100);
	while (interrupts < 20)
		main_side.wrong += memchr_inv(top, 0x5a, PAGE_SIZE) != NULL;
	kunmap_atomic(top);
	kunmap_atomic(typed, KM_USER0);
	pit_return(&irq_side);
	give_all(&irq_side);
	__free_page(page);
	expect_intact(test);
}

/* -------------------------- threads on all CPUs, interrupts on all of them */

static struct side thread_side[MAX_WORKERS], call_side[MAX_WORKERS];

static void threads_load(struct worker *worker)
{
	struct side *side = &thread_side[worker->nr];

	side_init(side, KM_USER1, GFP_KERNEL, 100 + worker->nr);
	while (side->steps < THREAD_STEPS / num_online_cpus()) {
		step(side);
	}
	give_all(side);
	worker->wrong += side->wrong;
	worker->failed += side->failed;
}

/* On each CPU, in an interrupt. */
static void call_load(void *unused)
{
	unsigned int steps = 4, cpu = smp_processor_id();

	if (cpu >= MAX_WORKERS)
		return;
	while (steps--)
		step(&call_side[cpu]);
}

static void give_call_sides(struct kunit *test)
{
	unsigned int cpu;

	for (cpu = 0; cpu < MAX_WORKERS; cpu++) {
		give_all(&call_side[cpu]);
		KUNIT_EXPECT_EQ(test, call_side[cpu].wrong, 0UL);
	}
}

/* And threads on every CPU, whose interrupts allocate, map and free, too? */
static void interrupts_and_threads(struct kunit *test)
{
	unsigned int count, nr, cpu;
	/* threads that share a CPU need a timer of their own */
	bool timer = lapic_timer_hz() &&
		     !pit_borrow(timer_came, "irq-memory", &irq_side);

	for (cpu = 0; cpu < MAX_WORKERS; cpu++)
		side_init(&call_side[cpu], KM_IRQ1, GFP_ATOMIC, 200 + cpu);
	if (timer)
		pit_start_oneshot(100);
	count = workers_start(test, threads_load, NULL);
	for (nr = 0; nr < count; nr++)
		while (!completion_done(&workers[nr].ended)) {
			on_each_cpu(call_load, NULL, 1);
			cond_resched();
		}
	if (timer)
		pit_return(&irq_side);
	for (nr = 0; nr < count; nr++)
		KUNIT_EXPECT_EQ(test, workers[nr].failed, 0UL);
	workers_stop(test, count);
	give_call_sides(test);
	give_all(&irq_side);
	expect_intact(test);
}

static struct kunit_case irq_memory_cases[] = {
	KUNIT_CASE_SLOW(timer_shares_memory),
	KUNIT_CASE(slots_of_two_contexts),
	KUNIT_CASE_SLOW(interrupts_and_threads),
	{}
};

static struct kunit_suite irq_memory_suite = {
	.name = "irq_memory",
	.init = load_init,
	.exit = load_exit,
	.test_cases = irq_memory_cases,
};
kunit_test_suite(irq_memory_suite);
