// SPDX-License-Identifier: MIT
/*
 * vmalloc: memory whose addresses are in a row though its frames are not.
 *
 * After some uptime free frames are scattered, and a large block of frames in
 * a row is hard to get, while addresses are easy to lay in a row: any frames
 * will do, those of highmem first, which nothing else in the kernel wants.
 *
 *	window    | A0 | A1 | A2 | A3 |guard| B0 | B1 |guard| ...
 *	             |    |    |    |            |    |
 *	frames    ..A2..A0......B1....A3.A1.........B0...........
 *
 * An area is made in this order, and each step undone in reverse when a later
 * one fails, so that a failure leaves nothing behind (page tables stay):
 *
 *	1 a range of addresses, one page longer than asked   mm/vmap_area.c
 *	2 page tables for it                                 mm/vmap_pages.c
 *	3 an array for the pages: in the descriptor when it
 *	  is short, else kmalloc, else vmalloc
 *	4 the frames, one by one                             the buddy
 *	5 the entries: this cannot fail any more
 *
 * Freeing clears the entries and gives the frames back at once, but leaves
 * the range lazy until a TLB flush that serves many (mm/vmap_area.c).
 *
 * The page behind each area, its guard, is never mapped: running over the end
 * of an area faults instead of reaching the next.
 *
 * M1  vm.addr is the start of the range; vm.size is its size, guard included.
 * M2  Frames of a VM_ALLOC area are in vm.pages and have one reference each.
 * M3  The last page of the range is never mapped (unless VM_NO_GUARD).
 *
 * Lock: none of its own; an area belongs to who allocated it. All of it is for
 * process context but vfree(), see mm/vfree_deferred.c.
 *
 * Cost: three allocations from lists, and about ten instructions per page
 * besides those of the frame.
 *
 * Differs from Linux: frames are not asked for in bulk, since one from the
 * per-CPU list costs no more; __GFP_NOFAIL does not loop; remove_vm_area()
 * keeps the range reserved until free_vm_area(), which takes the place of
 * kfree().
 * Linux: mm/vmalloc.c.
 */
#include <linux/vmalloc.h>

#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/gfp.h>
#include <linux/instruction_pointer.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <quire/leak_scan.h>

#include "kmap.h"
#include "vmap.h"

static atomic_long_t nr_vmalloc_pages;

static struct vmap_area *to_vmap_area(struct vm_struct *vm)
{
	return container_of(vm, struct vmap_area, vm);
}

unsigned long vmalloc_nr_pages(void)
{
	return atomic_long_read(&nr_vmalloc_pages);
}

static void vmalloc_failed(gfp_t gfp, unsigned long size, const char *why,
			   const void *caller)
{
	if (!(gfp & __GFP_NOWARN))
		pr_warn("vmalloc: allocation of %lu bytes failed: %s (%pS)\n",
			size, why, caller);
}

/* ---- areas with nothing mapped ----------------------------------------- */

/* Bytes of address space for an area of size bytes; 0 where that wraps. */
static unsigned long vm_whole_size(unsigned long size, unsigned long flags)
{
	unsigned long whole = PAGE_ALIGN(size);

	if (!(flags & VM_NO_GUARD))
		whole += PAGE_SIZE;
	return whole < size ? 0 : whole;
}

static void vm_setup(struct vmap_area *va, unsigned long flags,
		     const void *caller)
{
	struct vm_struct *vm = &va->vm;

	vm->next = NULL;
	vm->size = vmap_size(va);				/* M1 */
	vm->flags = flags;
	vm->pages = NULL;
	vm->nr_pages = 0;
	vm->phys_addr = 0;
	vm->caller = caller;
	/* what becomes of it is the caller's; VM_ALLOC has no pages yet */
	if (IS_ENABLED(CONFIG_KASAN) && !(flags & VM_ALLOC))
		kasan_unpoison_vmalloc((void *)va->va_start,
				       get_vm_area_size(vm));
	if (IS_ENABLED(CONFIG_DEBUG))
		va->leak_mark = leak_new_mark();
	/* last: with an address it is seen in vmallocinfo */
	smp_store_release(&vm->addr, (void *)va->va_start);
}

/* A range for size bytes and its guard, anywhere in the window. */
static struct vmap_area *vm_create(unsigned long size, unsigned long flags,
				   gfp_t gfp, const void *caller)
{
	unsigned long whole = vm_whole_size(size, flags);
	struct vmap_area *va = NULL;

	if (whole)
		va = vmap_area_alloc(whole, VMALLOC_START, VMALLOC_END, gfp);
	if (va)
		vm_setup(va, flags, caller);
	return va;
}

struct vm_struct *get_vm_area_caller(unsigned long size, unsigned long flags,
				     const void *caller)
{
	struct vmap_area *va;

	might_sleep();
	if (!size)
		return NULL;
	va = vm_create(size, flags, GFP_KERNEL, caller);
	return va ? &va->vm : NULL;
}

struct vm_struct *get_vm_area(unsigned long size, unsigned long flags)
{
	return get_vm_area_caller(size, flags, __builtin_return_address(0));
}

struct vm_struct *__get_vm_area(unsigned long size, unsigned long flags,
				unsigned long start, unsigned long end)
{
	unsigned long whole = vm_whole_size(size, flags);
	struct vmap_area *va;

	might_sleep();
	if (!size || !whole)
		return NULL;
	va = vmap_area_alloc(whole, PAGE_ALIGN(start), end & PAGE_MASK,
			     GFP_KERNEL);
	if (!va)
		return NULL;
	vm_setup(va, flags, __builtin_return_address(0));
	return &va->vm;
}

struct vm_struct *find_vm_area(const void *addr)
{
	struct vmap_area *va = vmap_area_find_start((unsigned long)addr);

	return va ? &va->vm : NULL;
}

/* Nothing is behind the range any more, whoever knows it yet. */
static void vm_unmap(struct vmap_area *va)
{
	kasan_poison_vmalloc((void *)va->va_start, vmap_size(va));
	vunmap_range_noflush(va->va_start, va->va_end);
}

struct vm_struct *remove_vm_area(const void *addr)
{
	struct vmap_area *va = vmap_area_unlink((unsigned long)addr);

	might_sleep();
	if (!va)
		return NULL;
	vm_unmap(va);
	RB_CLEAR_NODE(&va->rb_node);
	return &va->vm;
}

void free_vm_area(struct vm_struct *area)
{
	struct vmap_area *va = to_vmap_area(area);

	if (!RB_EMPTY_NODE(&va->rb_node) && !remove_vm_area(area->addr))
		BUG();
	vmap_area_defer(va);
}

/* ---- the frames behind an area ----------------------------------------- */

/* What of the flags goes to the descriptor and the array of pages. */
static gfp_t inner_gfp(gfp_t gfp)
{
	return (gfp & ~(GFP_ZONEMASK | __GFP_ZERO | __GFP_COMP)) | __GFP_NOWARN;
}

static struct page **page_array_alloc(struct vmap_area *va,
				      unsigned long nr_pages, gfp_t gfp)
{
	unsigned long bytes = nr_pages * sizeof(struct page *);

	if (nr_pages <= VMAP_FEW_PAGES)
		return va->few_pages;
	if (bytes <= PAGE_SIZE)
		return kmalloc(bytes, inner_gfp(gfp));
	return __vmalloc_caller(bytes, inner_gfp(gfp), 0, va->vm.caller);
}

static void page_array_free(struct vmap_area *va, struct page **pages)
{
	if (pages == va->few_pages)
		return;
	if (is_vmalloc_addr(pages))
		vfree(pages);
	else
		kfree(pages);
}

/* Fill the array with single frames; how many there were. */
static unsigned long vmalloc_get_pages(struct page **pages,
				       unsigned long nr_pages, gfp_t gfp)
{
	unsigned long got;

	gfp = (gfp & ~__GFP_ZERO) | __GFP_NOWARN;
	if (!(gfp & (__GFP_DMA | __GFP_DMA32)))
		gfp |= __GFP_HIGHMEM;
	for (got = 0; got < nr_pages; got++) {
		pages[got] = alloc_page(gfp);
		if (unlikely(!pages[got]))
			break;
	}
	return got;
}

/* Drop one reference of each; who holds another keeps the page. */
static void vmalloc_put_pages(struct page **pages, unsigned long nr_pages)
{
	unsigned long i;

	for (i = 0; i < nr_pages; i++)
		__free_page(pages[i]);
}

/* Give a range its frames and map them. False with everything undone. */
static bool vmalloc_populate(struct vmap_area *va, unsigned long nr_pages,
			     gfp_t gfp)
{
	unsigned long end = va->va_start + (nr_pages << PAGE_SHIFT);
	struct page **pages;
	unsigned long got;

	if (vmap_tables_alloc(va->va_start, end))
		return false;
	pages = page_array_alloc(va, nr_pages, gfp);
	if (!pages)
		return false;
	got = vmalloc_get_pages(pages, nr_pages, gfp);
	if (unlikely(got < nr_pages)) {
		vmalloc_put_pages(pages, got);
		page_array_free(va, pages);
		return false;
	}
	vmap_fill_pages(va->va_start, nr_pages, PAGE_KERNEL, pages);
	va->vm.pages = pages;
	va->vm.nr_pages = nr_pages;
	atomic_long_add(nr_pages, &nr_vmalloc_pages);
	return true;
}

/* An area that never got anything mapped: its range is free at once. */
static void vm_cancel(struct vmap_area *va)
{
	vmap_area_unlink(va->va_start);
	vmap_area_release(va);
}

void *__vmalloc_caller(unsigned long size, gfp_t gfp_mask, unsigned long flags,
		       const void *caller)
{
	unsigned long nr_pages = PAGE_ALIGN(size) >> PAGE_SHIFT;
	struct vmap_area *va;
	void *addr;

	might_sleep();
	if (WARN(!size, "vmalloc: asked for 0 bytes (%pS)\n", caller))
		return NULL;
	if (!nr_pages || nr_pages > totalram_pages()) {
		vmalloc_failed(gfp_mask, size, "more than all RAM", caller);
		return NULL;
	}
	va = vm_create(size, VM_ALLOC | flags, gfp_mask, caller);
	if (unlikely(!va)) {
		vmalloc_failed(gfp_mask, size, "no room, try vmalloc=<size>",
			       caller);
		return NULL;
	}
	/* from when it has frames, kmemleak wants a word that leads to it */
	addr = va->vm.addr;
	if (unlikely(!vmalloc_populate(va, nr_pages, gfp_mask))) {
		vm_cancel(va);
		vmalloc_failed(gfp_mask, size, "no memory", caller);
		return NULL;
	}
	kasan_unpoison_vmalloc(addr, nr_pages << PAGE_SHIFT);
	if (gfp_mask & __GFP_ZERO)
		memset(addr, 0, nr_pages << PAGE_SHIFT);
	kasan_unpoison_vmalloc(addr, size);
	return addr;
}

/* Whether an address that is to be unmapped begins an area; else report. */
static struct vmap_area *vm_take(const void *addr, const char *what)
{
	struct vmap_area *va = vmap_area_unlink((unsigned long)addr);

	if (likely(va))
		return va;
	if (vmap_addr_is_lazy((unsigned long)addr))
		WARN(1, "%s: %p was freed already\n", what, addr);
	else if (!PAGE_ALIGNED(addr) || !is_vmalloc_addr(addr))
		WARN(1, "%s: %p is a bad address\n", what, addr);
	else
		WARN(1, "%s: no area begins at %p\n", what, addr);
	return NULL;
}

void vfree_now(const void *addr)
{
	struct vmap_area *va = vm_take(addr, "vfree");

	if (!va)
		return;
	vm_unmap(va);
	if (va->vm.flags & (VM_ALLOC | VM_MAP_PUT_PAGES)) {
		vmalloc_put_pages(va->vm.pages, va->vm.nr_pages);
		page_array_free(va, va->vm.pages);
	}
	if (va->vm.flags & VM_ALLOC)
		atomic_long_sub(va->vm.nr_pages, &nr_vmalloc_pages);
	vmap_area_defer(va);
}

void vfree(const void *addr)
{
	if (unlikely(in_interrupt())) {
		vfree_atomic(addr);
		return;
	}
	might_sleep();
	if (likely(addr))
		vfree_now(addr);
}

/* ---- pages of the caller's --------------------------------------------- */

/* Map count pages; the array stays the caller's. */
static struct vmap_area *vmap_pages(struct page **pages, unsigned int count,
				    unsigned long flags, pgprot_t prot)
{
	unsigned long size = (unsigned long)count << PAGE_SHIFT;
	struct vmap_area *va;
	unsigned int i;

	might_sleep();
	if (!count || count > totalram_pages())
		return NULL;
	for (i = 0; i < count; i++) {
		if (WARN(!pages[i], "vmap: page %u of %u is NULL\n", i, count))
			return NULL;
	}
	va = vm_create(size, flags, GFP_KERNEL, NULL);
	if (!va)
		return NULL;
	if (map_kernel_range(va->va_start, size, prot, pages)) {
		vm_cancel(va);
		return NULL;
	}
	return va;
}

void *vmap(struct page **pages, unsigned int count, unsigned long flags,
	   pgprot_t prot)
{
	struct vmap_area *va = vmap_pages(pages, count, flags, prot);

	if (!va)
		return NULL;
	va->vm.caller = __builtin_return_address(0);
	if (flags & VM_MAP_PUT_PAGES) {
		va->vm.pages = pages;
		va->vm.nr_pages = count;
	}
	return va->vm.addr;
}

void vunmap(const void *addr)
{
	struct vmap_area *va;

	might_sleep();
	if (!addr)
		return;
	va = vm_take(addr, "vunmap");
	if (!va)
		return;
	vm_unmap(va);
	vmap_area_defer(va);
}

void *vm_map_ram(struct page **pages, unsigned int count, int node)
{
	struct vmap_area *va = vmap_pages(pages, count, 0, PAGE_KERNEL);

	return va ? va->vm.addr : NULL;
}

void vm_unmap_ram(const void *mem, unsigned int count)
{
	struct vm_struct *vm = find_vm_area(mem);

	if (WARN(vm && get_vm_area_size(vm) >> PAGE_SHIFT != count,
		 "vm_unmap_ram: %p has %lu pages, not %u\n", mem,
		 get_vm_area_size(vm) >> PAGE_SHIFT, count))
		return;
	vunmap(mem);
}

void vm_unmap_aliases(void)
{
	might_sleep();
	vmap_area_purge();
}

void __init vmalloc_init(void)
{
	kmap_slots_init();
	vmap_area_init();
	kmap_init();
}
