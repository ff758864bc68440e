// SPDX-License-Identifier: MIT
/*
 * Fuzz target "vmalloc": areas of the vmalloc window.
 *
 * Bytes: a list of steps, each a byte of what to do and its operands.
 *
 *	0-3	vmalloc() and its forms: pages, a tag
 *	4-5	vmap() or vm_map_ram() of some of 12 pages, repeats included
 *	6	ioremap() of any range: of RAM, wrapping, above 4 GiB
 *	7	a range with nothing in it, anywhere or within bounds
 *	8-11	free one, as its kind is freed
 *	12	write through an area, or behind it; look from the other side
 *	13	vm_unmap_aliases()
 *	14	look at all of an area
 *	15	misuse: free again, free inside, free what was no area
 *	16	the next of 0-7 is to fail at its nth attempt to allocate
 *	17	kvmalloc(), kvrealloc(): the window for what is large
 *	18	what the console shows of all this
 *
 * The model (vmalloc_model.c): intervals, guards included: taken, or waiting
 * for a flush; and what each page shows.
 *
 * After every step:
 *  - a new area lies at the lowest place that is large enough, and where there
 *    is none, or as it was to fail, the call fails and leaves nothing;
 *  - no two areas overlap; behind each is a page that faults;
 *  - each page shows what was written to it, in the area, in other areas of the
 *    same page, and through kmap_atomic(vmalloc_to_page());
 *  - what is unmapped has no entry left in the page tables;
 *  - V1 .. V4 hold (vmap_area_check), and areas, pages and lazy bytes are as
 *    many as the model's.
 */
#include "vmalloc_model.h"

#include "../../mm/internal.h"

#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/pfn.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmstat.h>

static struct range window(void)
{
	return (struct range){ VMALLOC_START, VMALLOC_END };
}

static unsigned int fail_next;

/* The model's place, and the kernel's, of a new area. */
static struct area *arrive(enum area_kind kind, void *addr,
			   unsigned int nr_pages, bool guard,
			   struct range bounds)
{
	bool failed = fuzz_failed();
	unsigned long want;

	fail_next = 0;
	if (!addr && failed)
		return NULL;
	want = model_place((nr_pages + guard) * PAGE_SIZE, bounds);
	fuzz_check((unsigned long)addr == want, "%p, not %#lx", addr, want);
	return addr ? model_add(kind, addr, nr_pages, guard) : NULL;
}

static unsigned int some_pages(struct fuzz_input *in)
{
	u8 n = fuzz_u8(in);

	return n < 240 ? 1 + n % 24 : 1 + (n - 239) * 19;
}

enum form { PLAIN, ZEROED, LOW, USER, LOW_USER, ARRAY, ZEROED_ARRAY, WITH_GFP };

static void *alloc_form(enum form form, unsigned long size)
{
	switch (form) {
	case ZEROED:
		return vzalloc(size);
	case LOW:
		return vmalloc_32(size);
	case USER:
		return vmalloc_user(size);
	case LOW_USER:
		return vmalloc_32_user(size);
	case ARRAY:
		return vmalloc_array(size, 1);
	case ZEROED_ARRAY:
		return vcalloc(1, size);
	case WITH_GFP:
		return __vmalloc(size, GFP_KERNEL | __GFP_HIGHMEM);
	default:
		return vmalloc(size);
	}
}

static void step_alloc(struct fuzz_input *in)
{
	unsigned int nr = some_pages(in);
	unsigned long size = nr * PAGE_SIZE - fuzz_u8(in) * 16UL;
	enum form form = fuzz_u8(in) % 8;
	bool zero = form == ZEROED || form == USER || form == LOW_USER ||
		    form == ZEROED_ARRAY;
	struct area *a;
	void *p;

	if (nr_areas == AREAS)
		return;
	fuzz_fail_nth(fail_next);
	p = alloc_form(form, size);
	a = arrive(AREA_ALLOC, p, nr, true, window());
	if (!a)
		return;
	if (zero)
		fuzz_check(!memchr_inv(p, 0, min(size, 2 * PAGE_SIZE)), "%p",
			   p);
	if (form == LOW || form == LOW_USER)
		fuzz_check(!PageHighMem(vmalloc_to_page(p)), "%p", p);
	area_fill(a, fuzz_u8(in) * 0x01030507);
	area_check(a);
}

/* From the window only where kmalloc() has nothing so large. */
static void step_kvmalloc(struct fuzz_input *in)
{
	unsigned long size = fuzz_u16(in) * 16UL + 1, more = fuzz_u8(in) * 256;
	u8 tag = fuzz_u8(in), *p, *q;

	if (nr_areas == AREAS)
		return;
	fuzz_fail_nth(fail_next);
	p = tag & 1 ? kvzalloc(size, GFP_KERNEL) : kvmalloc(size, GFP_KERNEL);
	fuzz_check(fuzz_failed() || p, "no memory: %lu bytes", size);
	fail_next = 0;
	if (!p)
		return;
	fuzz_check(!(tag & 1) || !memchr_inv(p, 0, size), "%p, %lu bytes", p,
		   size);
	memset(p, tag, size);
	q = kvrealloc(p, size, size + more, GFP_KERNEL);
	fuzz_check(q && !memchr_inv(q, tag, size), "%lu to %lu bytes", size,
		   size + more);
	kvfree(q);
	vm_unmap_aliases();
}

static void step_map(struct fuzz_input *in)
{
	struct page *pages[ARRAY_SIZE(areas[0].pool)];
	unsigned int nr = 1 + fuzz_below(in, ARRAY_SIZE(pages)), i;
	u8 how = fuzz_u8(in), which[ARRAY_SIZE(pages)];
	unsigned long flags = how & 4 ? VM_MAP | VM_NO_GUARD : VM_MAP;
	bool guard = how & 1 || !(how & 4);
	struct area *a;
	void *p;

	if (nr_areas == AREAS)
		return;
	for (i = 0; i < nr; i++) {
		which[i] = fuzz_below(in, POOL_PAGES);
		pages[i] = pool[which[i]];
	}
	fuzz_fail_nth(fail_next);
	if (how & 1)
		p = vm_map_ram(pages, nr, -1);
	else
		p = vmap(pages, nr, flags,
			 how & 2 ? PAGE_KERNEL_RO : PAGE_KERNEL);
	a = arrive(how & 1 ? AREA_RAM : AREA_MAP, p, nr, guard, window());
	if (!a)
		return;
	a->writable = how & 1 || !(how & 2);
	memcpy(a->pool, which, nr);
	area_check(a);
}

/* Whether a range of physical memory may be mapped as a device's. */
static bool device_range(phys_addr_t phys, unsigned long size)
{
	phys_addr_t last = phys + size - 1, at;

	if (last < phys || last >> 32)
		return false;
	for (at = phys & PAGE_MASK; at <= last; at += PAGE_SIZE)
		if (at >> PAGE_SHIFT < max_pfn && pfn_valid(at >> PAGE_SHIFT))
			return false;
	return true;
}

/* Whether all of it is in the direct map. */
static bool lowmem_range(phys_addr_t phys, unsigned long size)
{
	unsigned long pfn;

	for (pfn = PHYS_PFN(phys); pfn < PFN_UP(phys + size); pfn++)
		if (pfn >= max_low_pfn || !pfn_valid(pfn))
			return false;
	return true;
}

static void __iomem *remap_wb(phys_addr_t phys, unsigned long size)
{
	return (void __iomem *)memremap(phys, size, MEMREMAP_WB);
}

static void __iomem *remap_wc(phys_addr_t phys, unsigned long size)
{
	return (void __iomem *)memremap(phys, size, MEMREMAP_WC);
}

static void step_ioremap(struct fuzz_input *in)
{
	static void __iomem *(*const maps[])(phys_addr_t, unsigned long) = {
		ioremap,    ioremap_wc, ioremap_cache, remap_wc,
		ioremap_uc, ioremap_wt, remap_wb,      ioremap,
	};
	u8 how = fuzz_u8(in);
	phys_addr_t phys = (phys_addr_t)fuzz_u16(in) << (how & 0x80 ? 8 : 16);
	unsigned long size = fuzz_u16(in) * 8UL;
	unsigned int offset, nr;
	void __iomem *p;
	struct area *a;

	if (nr_areas == AREAS)
		return;
	phys |= fuzz_u8(in) << 5;
	phys += how & 8 ? (phys_addr_t)(how >> 4 & 7) << 32 : 0;
	fuzz_fail_nth(fail_next);
	p = maps[how % ARRAY_SIZE(maps)](phys, size);
	if (p && !is_vmalloc_addr((__force void *)p)) {
		fuzz_check(maps[how % ARRAY_SIZE(maps)] == remap_wb &&
				   lowmem_range(phys, size) &&
				   virt_to_phys((__force void *)p) == phys,
			   "%pa, %lu bytes", &phys, size);
		fuzz_failed();
		return;
	}
	if (!device_range(phys, size)) {
		fuzz_check(!p, "%pa, %lu bytes: mapped", &phys, size);
		fuzz_failed();
		return;
	}
	offset = offset_in_page(phys);
	nr = PAGE_ALIGN(offset + size) >> PAGE_SHIFT;
	fuzz_check(!p || offset_in_page(p) == offset, "%p", (__force void *)p);
	a = arrive(AREA_IO, (__force void *)p - (p ? offset : 0), nr, true,
		   window());
	if (!a)
		return;
	a->pfn = phys >> PAGE_SHIFT;
	area_check(a);
}

static void step_reserve(struct fuzz_input *in)
{
	unsigned int nr = some_pages(in) << fuzz_below(in, 8);
	bool guard = fuzz_u8(in) % 4;
	unsigned long flags = guard ? VM_MAP : VM_MAP | VM_NO_GUARD;
	struct range bounds = window();
	struct vm_struct *vm;
	u8 how = fuzz_u8(in);

	if (nr_areas == AREAS)
		return;
	fuzz_fail_nth(fail_next);
	if (how % 2) {
		bounds.start += fuzz_u16(in) * 1000UL;
		bounds.end = bounds.start + fuzz_u16(in) * 1000UL;
		vm = __get_vm_area(nr * PAGE_SIZE, flags, bounds.start,
				   bounds.end);
	} else {
		vm = get_vm_area(nr * PAGE_SIZE, flags);
	}
	arrive(AREA_EMPTY, vm ? vm->addr : NULL, nr, guard, bounds);
}

static struct area *some_area(struct fuzz_input *in)
{
	return nr_areas ? &areas[fuzz_below(in, nr_areas)] : NULL;
}

static void step_free(struct fuzz_input *in)
{
	struct area *a = some_area(in);

	if (a)
		area_free(a);
}

/* Written here, seen there. */
static void step_write(struct fuzz_input *in)
{
	struct area *a = some_area(in);
	u8 value = fuzz_u8(in);
	u32 word = value * 0x10101;

	if (!a)
		return;
	if (a->kind == AREA_ALLOC) {
		area_fill(a, word);
	} else if (a->kind == AREA_MAP || a->kind == AREA_RAM) {
		u32 *p = area_addr(a);

		if (!a->writable) {
			fuzz_check(copy_to_kernel_nofault(p, &word, 4),
				   "%p is read-only", p);
		} else {
			p[0] = word;
			p[1023] = ~word;
			pool_word[a->pool[0]] = word;
		}
	}
	area_check(a);
	pool_write(value % POOL_PAGES, ~word);
}

static void step_purge(struct fuzz_input *in)
{
	vm_unmap_aliases();
	fuzz_check(!vmap_lazy_bytes(), "%lu", vmap_lazy_bytes());
}

static void step_look(struct fuzz_input *in)
{
	struct area *a = some_area(in);

	if (a)
		area_check(a);
}

static void step_misuse(struct fuzz_input *in)
{
	struct area *a = some_area(in);
	u8 how = fuzz_u8(in);
	void *addr;

	if (!a)
		return;
	addr = area_addr(a);
	if (how % 3 == 0) {
		area_free(a);
		fuzz_misuse_begin();
		vfree(addr);
		fuzz_misuse_end("vfree again");
		return;
	}
	fuzz_misuse_begin();
	if (how % 3 == 1)
		vfree(addr +
		      (how & 4 ? 1 :
				 (a->nr_pages + a->guard - 1) * PAGE_SIZE | 8));
	else
		vunmap((void *)(fuzz_u16(in) * PAGE_SIZE) + 4);
	fuzz_misuse_end("vfree of a wrong address");
	area_check(a);
}

static void step_fail(struct fuzz_input *in)
{
	fail_next = 1 + fuzz_below(in, 12);
}

static void step_show(struct fuzz_input *in)
{
	fuzz_show(fuzz_u8(in) % 2 ? meminfo_show : vmallocinfo_show);
}

static void step(struct fuzz_input *in)
{
	static void (*const steps[])(struct fuzz_input *) = {
		[0 ... 3] = step_alloc, [4 ... 5] = step_map,
		[6] = step_ioremap, [7] = step_reserve,
		[8 ... 11] = step_free, [12] = step_write,
		[13] = step_purge, [14] = step_look, [15] = step_misuse,
		[16] = step_fail, [17] = step_kvmalloc, [18] = step_show,
	};

	steps[fuzz_below(in, ARRAY_SIZE(steps))](in);
	model_check();
}

static void run(struct fuzz_input *in)
{
	page_poisoning = fuzz_left(in) % 8 == 0;	/* it takes its time */
	fail_next = 0;
	vmalloc_model_start();
	while (fuzz_left(in))
		step(in);
	while (nr_areas) {
		area_free(&areas[nr_areas - 1]);
		model_check();
	}
	vmalloc_model_end();
	page_poisoning = true;
}

const struct fuzz_target fuzz_vmalloc = {
	.name = "vmalloc",
	.run = run,
	.start = vmalloc_model_boot,
};
