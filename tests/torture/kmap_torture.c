// SPDX-License-Identifier: MIT
/*
 * More pages than kmap() has entries, mapped by threads of all CPUs: does each
 * address show its page, on each CPU, and does whoever waits get an entry?
 */
#include <quire/torture.h>

#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/smp.h>

#define NR_PAGES 1500	/* the window has 1024 entries */
#define HELD 8

struct holder {
	unsigned int nr[HELD];	/* 1 + number of the page; 0: none */
	u32 *addr[HELD];
};

static struct page **pages;

static void free_all(void)
{
	unsigned int i;

	for (i = 0; i < NR_PAGES; i++)
		if (pages[i])
			__free_page(pages[i]);
	kvfree(pages);
}

/* Each page holds its number. False: not enough highmem for all. */
static bool make_all(void)
{
	unsigned int i;
	u32 *word;

	pages = kvcalloc(NR_PAGES, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return false;
	for (i = 0; i < NR_PAGES; i++) {
		pages[i] = alloc_page(GFP_HIGHUSER | __GFP_NOWARN);
		if (!pages[i] || !PageHighMem(pages[i])) {
			free_all();
			return false;
		}
		word = kmap_local_page(pages[i]);
		word[7] = i;
		kunmap_local(word);
	}
	return true;
}

static void look_atomically(struct torture_thread *self)
{
	unsigned int a = torture_below(self, NR_PAGES);
	unsigned int b = torture_below(self, NR_PAGES);
	u32 *first = kmap_atomic(pages[a]), *second = kmap_atomic(pages[b]);

	TORTURE_CHECK(self, READ_ONCE(first[7]) == a);
	TORTURE_CHECK(self, READ_ONCE(second[7]) == b);
	kunmap_atomic(second);
	kunmap_atomic(first);
}

static void look_in_interrupt(void *data)
{
	look_atomically(data);
}

static void hold_or_drop(struct torture_thread *self, unsigned int i)
{
	struct holder *holder = self->data;
	unsigned int nr = torture_below(self, NR_PAGES);

	if (holder->nr[i]) {
		nr = holder->nr[i] - 1;
		TORTURE_CHECK(self, READ_ONCE(holder->addr[i][7]) == nr);
		kunmap(pages[nr]);
		holder->nr[i] = 0;
	} else {
		holder->addr[i] = kmap(pages[nr]);
		holder->nr[i] = nr + 1;
		TORTURE_CHECK(self, READ_ONCE(holder->addr[i][7]) == nr);
		TORTURE_CHECK(self, page_address(pages[nr]) == holder->addr[i]);
	}
}

static void kmap_step(struct torture_thread *self)
{
	struct holder *holder = self->data;
	unsigned int i = torture_below(self, HELD), cpu;

	switch (torture_below(self, 32)) {
	case 0 ... 3:
		look_atomically(self);
		break;
	case 4:
		cpu = torture_below(self, nr_cpu_ids);
		if (cpu_online(cpu))
			smp_call_function_single(cpu, look_in_interrupt, self,
						 1);
		break;
	case 5 ... 10:
		if (holder->nr[i])
			TORTURE_CHECK(self, READ_ONCE(holder->addr[i][7]) ==
						    holder->nr[i] - 1);
		break;
	default:
		hold_or_drop(self, i);
	}
}

static void kmap_end(struct torture_thread *self)
{
	struct holder *holder = self->data;
	unsigned int i;

	for (i = 0; i < HELD; i++)
		if (holder->nr[i])
			hold_or_drop(self, i);
}

/* Does an address always show the page that it was given for? */
static void entries_are_reused(struct kunit *test)
{
	struct torture torture = {
		.step = kmap_step,
		.end = kmap_end,
		.steps = 12000,
		.per_cpu = 2,
		.size = sizeof(struct holder),
	};

	if (!make_all())
		kunit_skip(test, "not enough highmem");
	torture_run(test, &torture);
	free_all();
}

static struct kunit_case cases[] = {
	KUNIT_CASE_SLOW(entries_are_reused),
	{}
};

static struct kunit_suite torture_kmap = {
	.name = "torture_kmap",
	.test_cases = cases,
};
kunit_test_suite(torture_kmap);
