// SPDX-License-Identifier: MIT
/*
 * Areas that one CPU maps and another looks at and unmaps: does an address
 * ever lead to the frame that it led to before?
 */
#include <quire/torture.h>

#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#include "../../mm/vmap.h"

#define HELD 6
#define WORDS (PAGE_SIZE / sizeof(u32))

/* What an area is; kept apart from it. */
struct area {
	u32 *addr;
	struct page **pages;	/* of vmap(), else NULL */
	unsigned int nr_pages;
	u32 tag;
};

struct holder {
	struct area *area[HELD];
};

static struct area *shared[16];

static void fill(struct area *area)
{
	unsigned int i;

	for (i = 0; i < area->nr_pages; i++) {
		area->addr[i * WORDS] = area->tag + i;
		area->addr[i * WORDS + WORDS - 1] = ~(area->tag + i);
	}
}

static bool area_is_right(const struct area *area)
{
	u32 wrong = 0;
	unsigned int i;

	for (i = 0; i < area->nr_pages; i++) {
		wrong |= area->addr[i * WORDS] ^ (area->tag + i);
		wrong |= area->addr[i * WORDS + WORDS - 1] ^ ~(area->tag + i);
	}
	return !wrong;
}

/* Does each frame of vmap() hold what was written through the area? */
static bool frames_are_right(const struct area *area)
{
	u32 wrong = 0;
	unsigned int i;

	for (i = 0; i < area->nr_pages; i++) {
		u32 *word = kmap_local_page(area->pages[i]);

		wrong |= word[0] ^ (area->tag + i);
		kunmap_local(word);
	}
	return !wrong;
}

static void free_pages_of(struct area *area)
{
	unsigned int i;

	for (i = 0; area->pages && i < area->nr_pages; i++)
		if (area->pages[i])
			__free_page(area->pages[i]);
	kfree(area->pages);
}

/* Frames anywhere, mapped in a random order. */
static void make_vmap(struct area *area)
{
	unsigned int i;

	area->pages =
		kcalloc(area->nr_pages, sizeof(struct page *), GFP_KERNEL);
	for (i = 0; area->pages && i < area->nr_pages; i++) {
		area->pages[i] = alloc_page(GFP_HIGHUSER | __GFP_NOWARN);
		if (!area->pages[i])
			return;
	}
	if (area->pages)
		area->addr =
			vmap(area->pages, area->nr_pages, VM_MAP, PAGE_KERNEL);
}

static struct area *take(struct torture_thread *self)
{
	struct area *area = kzalloc(sizeof(*area), GFP_KERNEL);

	if (!area)
		return NULL;
	area->nr_pages = 1 + torture_below(self, 10);
	if (torture_below(self, 40) == 0)
		area->nr_pages += 100;
	area->tag = torture_random(self);
	if (torture_below(self, 3) == 0)
		make_vmap(area);
	else
		area->addr = __vmalloc(area->nr_pages * PAGE_SIZE,
				       GFP_KERNEL | __GFP_NOWARN);
	if (!area->addr) {
		free_pages_of(area);
		kfree(area);
		return NULL;
	}
	fill(area);
	return area;
}

static void give(struct torture_thread *self, struct area *area)
{
	if (!area)
		return;
	TORTURE_CHECK(self, area_is_right(area));
	if (area->pages) {
		TORTURE_CHECK(self, frames_are_right(area));
		vunmap(area->addr);
		free_pages_of(area);
	} else {
		vfree(area->addr);
	}
	kfree(area);
}

static struct area **random_shared(struct torture_thread *self)
{
	return &shared[torture_below(self, ARRAY_SIZE(shared))];
}

static void vmalloc_step(struct torture_thread *self)
{
	struct holder *holder = self->data;
	struct area **slot = &holder->area[torture_below(self, HELD)];

	switch (torture_below(self, 64)) {
	case 0:
		vm_unmap_aliases();
		break;
	case 1 ... 24:
		*slot = xchg(random_shared(self), *slot);
		if (*slot)
			TORTURE_CHECK(self, area_is_right(*slot));
		break;
	case 25 ... 32:
		if (!*slot)
			break;
		TORTURE_CHECK(self, area_is_right(*slot));
		(*slot)->tag = torture_random(self);
		fill(*slot);
		break;
	default:
		if (*slot)
			give(self, *slot);
		*slot = *slot ? NULL : take(self);
	}
}

static void vmalloc_end(struct torture_thread *self)
{
	struct holder *holder = self->data;
	unsigned int i;

	for (i = 0; i < HELD; i++)
		give(self, holder->area[i]);
	for (i = 0; i < ARRAY_SIZE(shared); i++)
		give(self, xchg(&shared[i], NULL));
}

/* Does every area keep its bytes, on whatever CPU, and are ranges sound? */
static void areas_across_cpus(struct kunit *test)
{
	struct torture torture = {
		.step = vmalloc_step,
		.end = vmalloc_end,
		.steps = 1400,
		.per_cpu = 2,
		.size = sizeof(struct holder),
	};

	torture_run(test, &torture);
	vm_unmap_aliases();
	KUNIT_EXPECT_NULL(test, vmap_area_check());
}

static struct kunit_case cases[] = {
	KUNIT_CASE_SLOW(areas_across_cpus),
	{}
};

static struct kunit_suite torture_vmalloc = {
	.name = "torture_vmalloc",
	.test_cases = cases,
};
kunit_test_suite(torture_vmalloc);
