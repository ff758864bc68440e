// SPDX-License-Identifier: MIT
/*
 * What lies at an address, in words: the part of a report that finds the bug.
 *
 *	address in     is described by
 *	a slab         its object: cache, size, distance; both traces
 *	the image      its static variable, and the file that it is in
 *	a stack        the function whose frame it is, and its variables
 *	vmalloc        the area, who made it, and the page behind it
 *	other lowmem   its page
 *
 * A stack frame tells of itself: the compiler writes a magic number, a text
 * and the function's address into the left red zone:
 *
 *	shadow  f1          f1     f1   f1   00   05    f3 ...
 *	stack   magic,text  fn,--  --   --   buf  buf..
 *	                "1 32 13 5 buf:4": one variable, at offset 32, of 13
 *	                 bytes, with a name of 5 characters, from line 4
 *
 * That is why the frame is found by its shadow: from the address downwards to
 * the first f1, and on to the last.
 *
 * Any context, within a report: no lock is waited for.
 *
 * Differs from Linux: a variable is named by what its file registered.
 * (mm/kasan/report.c, report_generic.c)
 */
#include "kasan.h"

#include <asm/kasan.h>
#include <asm/stacktrace.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/stackdepot.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

#include "../vmap.h"

#define FRAME_MAGIC 0x41b58ab3UL

/* What begins each stack frame with red zones. */
struct frame {
	unsigned long magic;
	const char *text;
	unsigned long function;
};

/* Says where addr is as seen from [start, start + size). */
static void print_distance(unsigned long addr, unsigned long start,
			   unsigned long size, const char *what)
{
	unsigned long bytes = addr - start;
	const char *side = "inside of";

	if (addr < start) {
		bytes = start - addr;
		side = "to the left of";
	} else if (bytes >= size) {
		bytes -= size;
		side = "to the right of";
	}
	pr_err("The buggy address is located %lu bytes %s\n", bytes, side);
	pr_err(" %s%lu-byte region [%08lx, %08lx)\n", what, size, start,
	       start + size);
}

/* --- a slab --- */

static void print_who(const char *what, const struct slab_track *track)
{
	if (track->trace)
		slab_print_track(what, track);
}

static void print_handed_on(const char *which, u32 trace)
{
	if (!trace)
		return;
	pr_err("%s potentially related work creation:\n", which);
	stack_depot_print(trace);
}

static void describe_object(struct kmem_cache *cachep, unsigned long addr)
{
	void *object = slab_slot_object(cachep, (void *)addr);
	unsigned long size = cachep->object_size;
	const char *state = "";

	if (cache_debug(cachep)) {
		const struct slab_meta *meta = slab_meta(cachep, object);

		print_who("Allocated", &meta->alloc);
		print_who("Freed", &meta->freed);
		print_handed_on("Last", meta->aux[0]);
		print_handed_on("Second to last", meta->aux[1]);
		state = meta->state == OBJECT_ACTIVE ? "allocated " : "freed ";
		if (meta->state == OBJECT_ACTIVE)
			size = min_t(unsigned long, size, meta->requested);
	}
	pr_err("The buggy address belongs to the object at %p\n", object);
	pr_err(" which belongs to the cache %s of size %u\n", cachep->name,
	       cachep->object_size);
	print_distance(addr, (unsigned long)object, size, state);
}

/* --- the image --- */

static bool describe_global(unsigned long addr)
{
	const struct kasan_global *global = kasan_find_global(addr);

	if (!global)
		return false;
	pr_err("The buggy address belongs to the variable %s of %s\n",
	       global->name, global->module_name);
	print_distance(addr, (unsigned long)global->beg, global->size, "");
	return true;
}

/* --- a stack --- */

static u8 shadow_byte(unsigned long addr)
{
	return *(u8 *)((addr >> KASAN_SHADOW_SCALE_SHIFT) +
		       KASAN_SHADOW_OFFSET);
}

/* The frame that an address is in; NULL if it is in none with red zones. */
static const struct frame *find_frame(unsigned long addr, unsigned long low)
{
	const struct frame *frame;
	unsigned long magic;

	addr &= ~KASAN_GRANULE_MASK;
	while (addr > low && shadow_byte(addr) != KASAN_STACK_LEFT)
		addr -= KASAN_GRANULE_SIZE;
	while (addr > low &&
	       shadow_byte(addr - KASAN_GRANULE_SIZE) == KASAN_STACK_LEFT)
		addr -= KASAN_GRANULE_SIZE;
	frame = (const struct frame *)addr;
	/* the lowest page of a stack is perhaps its guard */
	if (get_kernel_nofault(magic, &frame->magic) || magic != FRAME_MAGIC)
		return NULL;
	return frame;
}

static unsigned long next_number(const char **text)
{
	char *end;
	unsigned long number = simple_strtoul(*text, &end, 10);

	*text = end + (*end == ' ');
	return number;
}

static void print_variables(const char *text)
{
	unsigned long nr = next_number(&text);

	pr_err("This frame has %lu object%s:\n", nr, nr == 1 ? "" : "s");
	while (nr--) {
		unsigned long offset = next_number(&text);
		unsigned long size = next_number(&text);
		unsigned long len = next_number(&text);
		size_t name = strcspn(text, ": ");

		pr_err(" [%lu, %lu) '%.*s'\n", offset, offset + size, (int)name,
		       text);
		text += len;
		text += *text == ' ';
	}
}

static bool describe_stack(unsigned long addr)
{
	const struct frame *frame;
	struct stack_info info;

	if (!get_stack_info(addr, current, &info))
		return false;
	if (info.type == STACK_TYPE_TASK)
		pr_err("The buggy address belongs to the stack of task %s/%d\n",
		       current->comm, current->pid);
	else
		pr_err("The buggy address belongs to the %s stack of cpu %d\n",
		       stack_type_name(info.type), raw_smp_processor_id());
	frame = find_frame(addr, info.begin);
	if (!frame)
		return true;
	pr_err(" and is located at offset %lu in frame:\n",
	       addr - (unsigned long)frame);
	pr_err(" %pS\n", (void *)frame->function);
	print_variables(frame->text);
	return true;
}

/* --- all --- */

static void describe_page(struct page *page)
{
	if (!page)
		return;
	pr_err("The buggy address belongs to the physical page:\n");
	dump_page(page, "kasan: bad access detected");
}

static void print_area(const struct vmap_area *va, unsigned long addr)
{
	const struct vm_struct *vm = &va->vm;

	pr_err("The buggy address belongs to the virtual mapping at\n");
	pr_err(" [%p, %p) created by:\n", vm->addr, vm->addr + vm->size);
	pr_err(" %pS\n", vm->caller);
	if (!(vm->flags & VM_IOREMAP))
		describe_page(vmalloc_to_page((void *)addr));
}

/* Whom this interrupts may hold the lock, or another CPU that waits for us. */
static void describe_area(unsigned long addr)
{
	const struct vmap_area *va;

	if (!vmap_areas_trylock()) {
		pr_err("The areas of the vmalloc window are being changed\n");
		return;
	}
	va = vmap_area_find_locked(addr);
	if (va && READ_ONCE(va->vm.addr))
		print_area(va, addr);
	else
		pr_err("No area of the vmalloc window is there\n");
	vmap_areas_unlock();
}

static void describe_lowmem(unsigned long addr)
{
	struct page *page;

	if (!virt_addr_valid(addr))
		return;
	page = lowmem_page((void *)addr);
	if (PageSlab(page))
		describe_object(page->slab_cache, addr);
	describe_page(page);
}

void kasan_describe(unsigned long addr)
{
	if (describe_stack(addr))
		return;
	if (addr < (unsigned long)high_memory) {
		if (!describe_global(addr))
			describe_lowmem(addr);
	} else if (is_vmalloc_addr((void *)addr)) {
		describe_area(addr);
	}
}
