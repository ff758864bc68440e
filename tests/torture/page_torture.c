// SPDX-License-Identifier: MIT
/*
 * Pages of all orders and zones, with all flags, from threads and interrupts
 * of all CPUs: whose frames are they, and are all back at the end?
 */
#include <quire/torture.h>

#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/slab.h>
#include <linux/smp.h>

#include "../../mm/internal.h"

#define HELD 24
#define BURST 100

/* What a thread knows of a block; the frames know nothing of it. */
struct block {
	struct page *page;
	unsigned int order;
	u32 tag;	/* its words follow from this */
};

struct holder {
	struct block *block[HELD];
};

/* Blocks pass through here from one CPU to another. */
static struct block *shared[32];
static atomic_t tags;

static const gfp_t kinds[] = {
	GFP_KERNEL,
	GFP_KERNEL | __GFP_ZERO,
	GFP_KERNEL | __GFP_COMP,
	GFP_KERNEL | GFP_DMA,
	GFP_KERNEL | __GFP_RECLAIMABLE,
	GFP_HIGHUSER,
	GFP_HIGHUSER_MOVABLE,
	GFP_HIGHUSER | __GFP_ZERO | __GFP_COLD,
	GFP_NOIO,
	GFP_NOWAIT,
	GFP_ATOMIC,
	GFP_ATOMIC | __GFP_COMP,
};

/* Writes what the frames of a block must hold while it is held. */
static void sign(struct block *block)
{
	unsigned int i;

	for (i = 0; i < 1U << block->order; i++) {
		u32 *word = kmap_local_page(block->page + i);

		word[0] = block->tag + i;
		word[1023] = ~(block->tag + i);
		kunmap_local(word);
	}
}

static bool signature_is_right(const struct block *block)
{
	unsigned int i;
	u32 wrong = 0;

	for (i = 0; i < 1U << block->order; i++) {
		u32 *word = kmap_local_page(block->page + i);

		wrong |= word[0] ^ (block->tag + i);
		wrong |= word[1023] ^ ~(block->tag + i);
		kunmap_local(word);
	}
	return !wrong;
}

static bool block_is_zero(struct page *page, unsigned int order)
{
	u32 *word = kmap_local_page(page + (1U << order) - 1);
	bool zero = !word[0] && !word[512] && !word[1023];

	kunmap_local(word);
	return zero;
}

static void check_kind(struct torture_thread *self, struct page *page,
		       gfp_t gfp, unsigned int order)
{
	TORTURE_CHECK(self, page_count(page) == 1);
	TORTURE_CHECK(self, !(gfp & __GFP_ZERO) || block_is_zero(page, order));
	TORTURE_CHECK(self, (gfp & __GFP_HIGHMEM) || !PageHighMem(page));
	TORTURE_CHECK(self, !(gfp & GFP_DMA) || page_zonenum(page) == ZONE_DMA);
}

static struct block *take(struct torture_thread *self, gfp_t gfp,
			  unsigned int order)
{
	struct block *block = kmalloc(sizeof(*block), GFP_ATOMIC);

	if (!block)
		return NULL;
	block->page = alloc_pages(gfp | __GFP_NOWARN | __GFP_NORETRY, order);
	if (!block->page) {
		kfree(block);
		return NULL;
	}
	check_kind(self, block->page, gfp, order);
	block->order = order;
	block->tag = atomic_inc_return(&tags);
	sign(block);
	return block;
}

static void give(struct torture_thread *self, struct block *block)
{
	if (!block)
		return;
	TORTURE_CHECK(self, signature_is_right(block));
	TORTURE_CHECK(self, page_count(block->page) == 1);
	__free_pages(block->page, block->order);
	kfree(block);
}

/* Mostly one page, seldom the largest blocks. */
static unsigned int random_order(struct torture_thread *self)
{
	u32 dice = torture_below(self, 100);

	if (dice < 70)
		return 0;
	if (dice < 96)
		return 1 + dice % 3;
	return torture_below(self, MAX_ORDER);
}

static struct block **random_shared(struct torture_thread *self)
{
	return &shared[torture_below(self, ARRAY_SIZE(shared))];
}

/* An interrupt frees what a thread of any CPU has left, and leaves another. */
static void in_interrupt_of_cpu(void *data)
{
	struct torture_thread *self = data;
	struct block **slot = random_shared(self);
	struct block *block;

	block = take(self, torture_below(self, 2) ? GFP_ATOMIC : GFP_NOWAIT,
		     torture_below(self, 2));
	give(self, xchg(slot, block));
}

static void interrupt_a_cpu(struct torture_thread *self)
{
	unsigned int cpu = torture_below(self, nr_cpu_ids);

	if (cpu_online(cpu))
		smp_call_function_single(cpu, in_interrupt_of_cpu, self, 1);
}

/* More at once than the lists of a CPU hold: the zone itself is at work. */
static void burst(struct torture_thread *self)
{
	struct page *pages[BURST];
	unsigned int i, nr = 1 + torture_below(self, BURST), wrong = 0;

	for (i = 0; i < nr; i++) {
		pages[i] = alloc_page(GFP_KERNEL | __GFP_NOWARN);
		if (pages[i])
			*(u32 *)page_address(pages[i]) = self->index << 16 | i;
	}
	for (i = 0; i < nr; i++) {
		if (!pages[i])
			continue;
		wrong += *(u32 *)page_address(pages[i]) !=
			 (self->index << 16 | i);
		__free_page(pages[i]);
	}
	TORTURE_CHECK(self, !wrong);
}

static void page_step(struct torture_thread *self)
{
	struct holder *holder = self->data;
	struct block **slot = &holder->block[torture_below(self, HELD)];
	gfp_t gfp = kinds[torture_below(self, ARRAY_SIZE(kinds))];

	switch (torture_below(self, 64)) {
	case 0:
		drain_all_pages(NULL);
		break;
	case 1 ... 4:
		interrupt_a_cpu(self);
		break;
	case 5 ... 10:
		burst(self);
		break;
	case 11 ... 20:
		*slot = xchg(random_shared(self), *slot);
		break;
	default:
		if (*slot) {
			give(self, *slot);
			*slot = NULL;
		} else {
			*slot = take(self, gfp, random_order(self));
		}
	}
}

static void page_end(struct torture_thread *self)
{
	struct holder *holder = self->data;
	unsigned int i;

	for (i = 0; i < HELD; i++)
		give(self, holder->block[i]);
	for (i = 0; i < ARRAY_SIZE(shared); i++)
		give(self, xchg(&shared[i], NULL));
}

/* Does each zone keep B1 .. B6 after it? */
static void check_zones(struct kunit *test)
{
	unsigned long flags;
	struct zone *zone;

	drain_all_pages(NULL);
	for_each_populated_zone(zone) {
		spin_lock_irqsave(&zone->lock, flags);
		KUNIT_EXPECT_TRUE(test, buddy_verify(zone));
		spin_unlock_irqrestore(&zone->lock, flags);
	}
}

/* Does every block keep its bytes while it is held, and do all come back? */
static void pages_under_load(struct kunit *test)
{
	struct torture torture = {
		.step = page_step,
		.end = page_end,
		.steps = 6000,
		.per_cpu = 2,
		.size = sizeof(struct holder),
	};

	torture_run(test, &torture);
	check_zones(test);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_SLOW(pages_under_load),
	{}
};

static struct kunit_suite torture_page = {
	.name = "torture_page",
	.test_cases = cases,
};
kunit_test_suite(torture_page);
