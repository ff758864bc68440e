// SPDX-License-Identifier: MIT
/*
 * The model of the fuzz target "vmalloc": which ranges of the window are
 * taken, which wait for a flush, and what each page of them shows.
 */
#include "vmalloc_model.h"

#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#define OTHERS	64
#define LAZY	4096

struct area areas[AREAS];
unsigned int nr_areas;
struct page *pool[POOL_PAGES];
u32 pool_word[POOL_PAGES];

static struct range others[OTHERS];	/* taken before we came */
static unsigned int nr_others;
static struct range lazy[LAZY];
static unsigned int nr_lazy;
static unsigned long had_pages;

/* --- places --- */

static bool overlaps(const struct range *r, unsigned long start,
		     unsigned long end)
{
	return r->start < end && start < r->end;
}

/* The end of a taken range that overlaps, or 0. */
static unsigned long in_the_way(unsigned long start, unsigned long end)
{
	unsigned int i;

	for (i = 0; i < nr_areas; i++)
		if (overlaps(&areas[i].range, start, end))
			return areas[i].range.end;
	for (i = 0; i < nr_others; i++)
		if (overlaps(&others[i], start, end))
			return others[i].end;
	for (i = 0; i < nr_lazy; i++)
		if (overlaps(&lazy[i], start, end))
			return lazy[i].end;
	return 0;
}

static unsigned long lowest_place(unsigned long size, struct range bounds)
{
	unsigned long at = bounds.start, next;

	while (at + size <= bounds.end && at + size > at) {
		next = in_the_way(at, at + size);
		if (!next)
			return at;
		at = next;
	}
	return 0;
}

unsigned long model_place(unsigned long size, struct range bounds)
{
	unsigned long at;

	bounds.start = max(PAGE_ALIGN(bounds.start), VMALLOC_START);
	bounds.end = min(bounds.end & PAGE_MASK, VMALLOC_END);
	at = lowest_place(size, bounds);
	if (!at && nr_lazy) {
		nr_lazy = 0;		/* they are flushed for it */
		at = lowest_place(size, bounds);
	}
	return at;
}

static void note_other(const struct vmap_area *va, void *unused)
{
	fuzz_check(nr_others < OTHERS, "%u areas", nr_others);
	others[nr_others++] = (struct range){ va->va_start, va->va_end };
}

/* --- contents --- */

static u32 word_of(const struct area *a, unsigned int page)
{
	if (a->kind == AREA_ALLOC)
		return a->tag ^ page * 0x9e3779b9;
	return pool_word[a->pool[page % ARRAY_SIZE(a->pool)]];
}

/* Through the area a few pages are touched: each fills the TLB. */
static bool touched(const struct area *a, unsigned int page)
{
	return page < 2 || page == a->nr_pages / 2 || page == a->nr_pages - 1;
}

/* The word that a page shows in its area, and that is in its frame. */
static void check_page(const struct area *a, unsigned int page)
{
	const u32 *p = area_addr(a) + page * PAGE_SIZE;
	struct page *frame = vmalloc_to_page(p);
	u32 word = word_of(a, page), *behind;

	fuzz_check(frame, "%p", p);
	fuzz_check(!touched(a, page) || (p[0] == word && p[1023] == ~word),
		   "page %u of %p: %#x and %#x, not %#x", page, area_addr(a),
		   p[0], p[1023], word);
	behind = fuzz_frame(frame);
	fuzz_check(behind[0] == word && behind[1023] == ~word,
		   "page %u of %p: %#x behind it", page, area_addr(a),
		   behind[0]);
}

static bool guard_is_empty(const struct area *a)
{
	return !a->guard ||
	       vmap_range_empty(a->range.end - PAGE_SIZE, a->range.end);
}

static void check_guard(const struct area *a)
{
	char c;

	if (a->guard)
		fuzz_check(copy_from_kernel_nofault(
				   &c, (void *)a->range.end - PAGE_SIZE, 1),
			   "the guard of %p can be read", area_addr(a));
}

void area_check(const struct area *a)
{
	unsigned int i;

	check_guard(a);
	for (i = 0; i < a->nr_pages; i++) {
		void *p = area_addr(a) + i * PAGE_SIZE;

		if (a->kind == AREA_EMPTY)
			fuzz_check(!vmalloc_to_page(p), "%p", p);
		else if (a->kind == AREA_IO)
			fuzz_check(vmalloc_to_pfn(p) == a->pfn + i,
				   "%#lx, not %#lx", vmalloc_to_pfn(p),
				   a->pfn + i);
		else
			check_page(a, i);
	}
}

void area_fill(struct area *a, u32 tag)
{
	unsigned int i;

	a->tag = tag;
	for (i = 0; i < a->nr_pages; i++) {
		u32 *p = area_addr(a) + i * PAGE_SIZE;

		if (!touched(a, i))
			p = fuzz_frame(vmalloc_to_page(p));
		p[0] = word_of(a, i);
		p[1023] = ~word_of(a, i);
	}
}

void pool_write(unsigned int nr, u32 word)
{
	u32 *p = fuzz_frame(pool[nr]);

	p[0] = word;
	p[1023] = ~word;
	pool_word[nr] = word;
}

/* --- areas --- */

struct area *model_add(enum area_kind kind, void *addr, unsigned int nr_pages,
		       bool guard)
{
	struct area *a = &areas[nr_areas];
	unsigned long start = (unsigned long)addr;

	memset(a, 0, sizeof(*a));
	a->range.start = start;
	a->range.end = start + (nr_pages + guard) * PAGE_SIZE;
	a->kind = kind;
	a->nr_pages = nr_pages;
	a->guard = guard;
	a->writable = kind == AREA_ALLOC;
	fuzz_check(!in_the_way(start, a->range.end), "%p, %u pages", addr,
		   nr_pages);
	nr_areas++;
	return a;
}

static void model_free_now(struct area *a)
{
	fuzz_check(vmap_range_empty(a->range.start, a->range.end), "%p",
		   area_addr(a));
	fuzz_check(!find_vm_area(area_addr(a)), "%p", area_addr(a));
	*a = areas[--nr_areas];
}

static void model_del(struct area *a)
{
	fuzz_check(nr_lazy < LAZY, "%u lazy ranges", nr_lazy);
	lazy[nr_lazy++] = a->range;
	model_free_now(a);
}

void area_free(struct area *a)
{
	struct vm_struct *vm = find_vm_area(area_addr(a));
	void *addr = area_addr(a);

	fuzz_check(vm && vm->addr == addr, "%p", addr);
	area_check(a);
	switch (a->kind) {
	case AREA_ALLOC:
		vfree(addr);
		break;
	case AREA_MAP:
		vunmap(addr);
		break;
	case AREA_RAM:
		vm_unmap_ram(addr, a->nr_pages);
		break;
	case AREA_IO:
		iounmap((void __iomem *)addr);
		break;
	case AREA_EMPTY:
		free_vm_area(vm);
		break;
	}
	model_del(a);
}

static unsigned long lazy_bytes(void)
{
	unsigned long bytes = 0;
	unsigned int i;

	for (i = 0; i < nr_lazy; i++)
		bytes += lazy[i].end - lazy[i].start;
	return bytes;
}

void model_check(void)
{
	unsigned long pages = had_pages;
	const char *wrong = vmap_area_check();
	unsigned int i;

	fuzz_check(!wrong, "%s", wrong);
	if (!vmap_lazy_bytes())
		nr_lazy = 0;
	fuzz_check(vmap_lazy_bytes() == lazy_bytes(), "%lu, not %lu",
		   vmap_lazy_bytes(), lazy_bytes());
	fuzz_check(vm_area_count() == nr_areas + nr_others, "%lu, not %u",
		   vm_area_count(), nr_areas + nr_others);
	for (i = 0; i < nr_areas; i++) {
		pages += areas[i].kind == AREA_ALLOC ? areas[i].nr_pages : 0;
		fuzz_check(guard_is_empty(&areas[i]), "the guard of %p",
			   area_addr(&areas[i]));
	}
	fuzz_check(vmalloc_nr_pages() == pages, "%lu, not %lu",
		   vmalloc_nr_pages(), pages);
}

void vmalloc_model_boot(void)
{
	unsigned int i;

	for (i = 0; i < POOL_PAGES; i++) {
		pool[i] = alloc_page(i % 3 ? GFP_HIGHUSER : GFP_KERNEL);
		fuzz_check(pool[i], "page %u", i);
	}
	vm_unmap_aliases();
}

void vmalloc_model_start(void)
{
	unsigned int i;

	nr_lazy = nr_others = 0;
	vmap_area_for_each(note_other, NULL);
	had_pages = vmalloc_nr_pages();
	for (i = 0; i < POOL_PAGES; i++)
		pool_write(i, i);
}

void vmalloc_model_end(void)
{
	vm_unmap_aliases();
}
