// SPDX-License-Identifier: MIT
/*
 * Fuzz target "smp": three CPUs that use the allocators at the same time.
 *
 * Bytes: a number that decides where each CPU's turn ends, in any basic block
 * of mm/ and lib/ (arch/host/kernel/cpu.c); then steps of three bytes: which
 * CPU does it, what, and with what. Each CPU does its own in their order.
 *
 *	0-4	fill a slot: kmalloc(), a cache's object, pages, vmalloc(),
 *		or a page that kmap() shows
 *	5-7	take what is in a slot, look at it, and free it
 *	8-9	take what is in a slot, look at it, and put it back
 *	10	look at a slot's page through kmap_atomic()
 *	11	drain lists, flush windows, give slabs back
 *	12-13	an area comes and goes, and the window may be flushed
 *	14-15	so many objects, or pages, come and go
 *
 * There are so few slots that most things are freed on another CPU than they
 * came from. Who takes a slot has it alone; the allocators are on their own.
 *
 * The model: each thing is full of its slot's value.
 *
 * At the end: all values are right, all is given back, B1 .. B6, V1 .. V5 and
 * the caches are sound, and no TLB shows what the tables do not (fuzz.c).
 *
 * The timer goes on from run to run, so what a single run does may differ in
 * where a tick comes: an input that was found may want to be run some times.
 */
#include "fuzz.h"

#include "../../mm/internal.h"
#include "../../mm/slab_debug.h"
#include "../../mm/vmap.h"

#include <asm/host.h>
#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#define CPUS	3
#define SLOTS	12
#define STEPS	200	/* of one CPU */
#define BURST	64

enum kind { KMALLOC, OBJECT, PAGES, VMALLOC, KMAPPED, NR_KINDS };
enum state { EMPTY, BUSY, FULL };

static struct slot {
	atomic_t state;
	enum kind kind;
	unsigned int order;
	struct page *page;	/* PAGES, KMAPPED */
	u32 *p;
	unsigned int words;
	u32 value;
} slots[SLOTS];

static struct worker {
	struct completion go, done;
	u8 step[STEPS][2];
	unsigned int nr;
} workers[CPUS];

static struct kmem_cache *cachep;

/* --- what is in a slot --- */

static void fill(struct slot *s)
{
	unsigned int i;

	for (i = 0; i < s->words; i += 1 + i / 8)
		s->p[i] = s->value + i;
}

static void look(const struct slot *s)
{
	unsigned int i;

	for (i = 0; i < s->words; i += 1 + i / 8)
		fuzz_check(s->p[i] == s->value + i,
			   "kind %u at %p: word %u is %#x, not %#x", s->kind,
			   s->p, i, s->p[i], s->value + i);
}

static void get_pages(struct slot *s, u8 how)
{
	s->order = how % 4 == 3 ? how / 4 % 4 : 0;
	s->page = alloc_pages(how & 64 ? GFP_HIGHUSER : GFP_KERNEL, s->order);
	if (s->kind == KMAPPED && s->page) {
		s->p = kmap(s->page);
		s->words = 1024;
	} else if (s->page) {
		s->p = fuzz_frame(s->page);
		s->words = 1024 << s->order;
	}
}

static void get(struct slot *s, u8 how)
{
	s->p = NULL;
	s->value = how * 0x01010101;
	if (s->kind == KMALLOC) {
		s->words = 1 + how * 3;
		s->p = kmalloc(s->words * 4, GFP_KERNEL);
	} else if (s->kind == OBJECT) {
		s->words = 10;
		s->p = kmem_cache_alloc(cachep, GFP_KERNEL);
	} else if (s->kind == VMALLOC) {
		s->words = 1024 * (1 + how % 5);
		s->p = vmalloc(s->words * 4);
	} else {
		get_pages(s, how);
	}
	fuzz_check(s->p, "no memory for kind %u", s->kind);
	fill(s);
}

static void put(struct slot *s)
{
	look(s);
	switch (s->kind) {
	case KMALLOC:
		kfree(s->p);
		break;
	case OBJECT:
		kmem_cache_free(cachep, s->p);
		break;
	case VMALLOC:
		vfree(s->p);
		break;
	case KMAPPED:
		kunmap(s->page);
		fallthrough;
	default:
		__free_pages(s->page, s->order);
	}
}

static bool take(struct slot *s, enum state state)
{
	return atomic_cmpxchg(&s->state, state, BUSY) == state;
}

static void give(struct slot *s, enum state state)
{
	smp_mb();
	atomic_set(&s->state, state);
}

/* --- steps --- */

static void look_through_window(struct slot *s)
{
	u32 *p;

	if (!take(s, FULL))
		return;
	if (s->kind == PAGES) {
		p = kmap_atomic(s->page);
		fuzz_check(p[0] == s->value, "%#x, not %#x", p[0], s->value);
		kunmap_atomic(p);
	}
	give(s, FULL);
}

static void give_back(u8 how)
{
	switch (how % 6) {
	case 0:
		drain_all_pages(NULL);
		break;
	case 1:
		vm_unmap_aliases();
		break;
	case 2:
		kmem_cache_shrink(cachep);
		break;
	case 3:
		slab_shrink_all();
		break;
	case 4:
		kmap_flush_unused();
		break;
	default:
		drain_local_zones(NULL);
	}
}

static void churn_area(u8 how)
{
	u32 *p = vmalloc((1 + how % 4) * PAGE_SIZE);

	fuzz_check(p, "no memory");
	*p = how;
	vfree(p);
	if (how & 16)
		vm_unmap_aliases();
}

static void churn_objects(u8 how)
{
	void *p[BURST];
	unsigned int nr = how % BURST, i;

	for (i = 0; i < nr; i++)
		p[i] = kmem_cache_alloc(cachep, GFP_KERNEL);
	while (nr--)
		kmem_cache_free(cachep, p[nr]);
}

static void churn_pages(u8 how)
{
	struct page *p[BURST];
	unsigned int nr = how % BURST, i;

	for (i = 0; i < nr; i++)
		p[i] = alloc_page(GFP_KERNEL);
	while (nr--)
		__free_page(p[nr]);
}

static void step(u8 what, u8 how)
{
	struct slot *s = &slots[what / 16 % SLOTS];

	what %= 16;
	if (what < NR_KINDS && take(s, EMPTY)) {
		s->kind = what;
		get(s, how);
		give(s, FULL);
	} else if (what <= 7 && take(s, FULL)) {
		put(s);
		give(s, EMPTY);
	} else if ((what == 8 || what == 9) && take(s, FULL)) {
		look(s);
		s->value = ~s->value;
		fill(s);
		give(s, FULL);
	} else if (what == 10) {
		look_through_window(s);
	} else if (what == 11) {
		give_back(how);
	} else if (what == 12 || what == 13) {
		churn_area(how);
	} else if (what == 14) {
		churn_objects(how);
	} else if (what == 15) {
		churn_pages(how);
	}
}

static int work(void *data)
{
	struct worker *w = data;
	unsigned int i;

	while (!kthread_should_stop()) {
		wait_for_completion(&w->go);
		for (i = 0; i < w->nr; i++)
			step(w->step[i][0], w->step[i][1]);
		complete(&w->done);
	}
	return 0;
}

/* --- the whole --- */

static void start(void)
{
	unsigned int i;

	cachep = kmem_cache_create("fuzz", 40, 0, 0, NULL);
	fuzz_check(cachep && num_online_cpus() == CPUS, "%u CPUs",
		   num_online_cpus());
	for (i = 0; i < CPUS; i++) {
		init_completion(&workers[i].go);
		init_completion(&workers[i].done);
		fuzz_check(!IS_ERR(kthread_run_on_cpu(work, &workers[i], i,
						      "fuzz/%u")),
			   "no thread");
	}
}

static void read_steps(struct fuzz_input *in)
{
	struct worker *w;
	unsigned int i;

	for (i = 0; i < CPUS; i++)
		workers[i].nr = 0;
	while (fuzz_left(in)) {
		w = &workers[fuzz_u8(in) % CPUS];
		if (w->nr == STEPS)
			break;
		w->step[w->nr][0] = fuzz_u8(in);
		w->step[w->nr++][1] = fuzz_u8(in);
	}
}

static void check_all(void)
{
	struct zone *zone;
	unsigned long flags;
	const char *wrong;
	bool good;

	for_each_populated_zone(zone) {
		spin_lock_irqsave(&zone->lock, flags);
		good = buddy_verify(zone);
		spin_unlock_irqrestore(&zone->lock, flags);
		fuzz_check(good, "%s", zone->name);
	}
	wrong = vmap_area_check();
	fuzz_check(!wrong, "%s", wrong);
	fuzz_check(!validate_slab_cache(cachep), "%s", cachep->name);
}

static void run(struct fuzz_input *in)
{
	u32 turns = fuzz_u32(in);
	unsigned int i;

	read_steps(in);
	host_seed_turns(turns | 1);
	for (i = 0; i < CPUS; i++)
		complete(&workers[i].go);
	for (i = 0; i < CPUS; i++)
		wait_for_completion(&workers[i].done);
	host_seed_turns(0);
	check_all();
	for (i = 0; i < SLOTS; i++)
		if (take(&slots[i], FULL)) {
			put(&slots[i]);
			give(&slots[i], EMPTY);
		}
	vm_unmap_aliases();
	kmap_flush_unused();
	check_all();
}

const struct fuzz_target fuzz_smp = {
	.name = "smp",
	.run = run,
	.start = start,
};
