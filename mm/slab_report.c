// SPDX-License-Identifier: MIT
/*
 * What is printed when a slab, an object or a pointer is not as it should be.
 *
 *	=====================================================
 *	BUG kmalloc-64: right red zone overwritten
 *	-----------------------------------------------------
 *	bytes c1a3f07c-c1a3f07c @offset=124: 0x00 instead of 0xcc
 *	Allocated by task 12 on cpu 1:
 *	 some_function+0x1c/0x60
 *	Freed by: (not known)
 *	Slab c1a3f000 objects=21 used=4 freelist=c1a3f140
 *	Object c1a3f040 @offset=64 size=64 in use, 60 asked for
 *	left  c1a3f030: cc cc cc cc ...
 *	...
 *	FIX kmalloc-64: bytes c1a3f07c-c1a3f07c are 0xcc again
 *
 * Offsets count from the start of the slab, in bytes. Of a large object 128
 * bytes are shown: those where the fault is, else the first. Every report but
 * a FIX line counts as one (add_taint).
 *
 * Differs from Linux: own wording, and the traces before the bytes.
 * Linux: mm/slub.c (print_trailer, slab_bug, slab_fix).
 */
#include "slab_debug.h"

#include <linux/bitops.h>
#include <linux/hex.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sprintf.h>
#include <linux/stackdepot.h>
#include <linux/string.h>

#define DUMP_ROW	16
#define DUMP_MAX	128
#define TEXT_MAX	160

static void dump_bytes(const char *name, const u8 *start, const u8 *end)
{
	u8 row[DUMP_ROW];
	char line[80];

	if (end - start > DUMP_MAX)
		end = start + DUMP_MAX;
	for (; start < end; start += DUMP_ROW) {
		size_t len = min_t(size_t, end - start, DUMP_ROW);

		/* this file may read what nobody else may just now */
		memcpy(row, start, len);
		hex_dump_to_buffer(row, len, DUMP_ROW, 1, line, sizeof(line),
				   true);
		pr_err("%-7s %p: %s\n", name, start, line);
	}
}

void slab_print_track(const char *what, const struct slab_track *track)
{
	if (!track->trace) {
		pr_err("%s by: (not known)\n", what);
		return;
	}
	pr_err("%s by task %u on cpu %u:\n", what, track->pid, track->cpu);
	stack_depot_print(track->trace);
}

static void print_object_state(struct kmem_cache *cachep, struct slab *slab,
			       void *obj)
{
	const struct slab_meta *meta = slab_meta(cachep, obj);
	const char *state = "state overwritten";

	if (meta->state == OBJECT_ACTIVE)
		state = "in use";
	else if (meta->state == OBJECT_CACHED)
		state = "free, at hand";
	else if (meta->state == OBJECT_ON_SLAB)
		state = "free, on its slab";
	pr_err("Object %p @offset=%zu size=%u fp=%p %s, %u asked for\n", obj,
	       (size_t)(obj - slab_address(slab)), cachep->object_size,
	       meta->free, state, meta->requested);
}

static void print_object_bytes(struct kmem_cache *cachep, u8 *obj,
			       const struct slab_fault *fault)
{
	u8 *end = obj + cachep->object_size, *from = obj;
	u8 *right = obj + cachep->offset;

	if (fault->start > obj && fault->start < end)
		from += (fault->start - obj) / DUMP_ROW * DUMP_ROW;
	dump_bytes("left", obj - min(cachep->red_left_pad, DUMP_ROW + 0U), obj);
	dump_bytes("object", from, end);
	dump_bytes("right", end, right);
	dump_bytes("padding", right + sizeof(struct slab_meta),
		   obj - cachep->red_left_pad + cachep->size);
}

static void print_rule(const char *rule)
{
	pr_err("%s%s%s\n", rule, rule, rule);
}

void slab_report(struct kmem_cache *cachep, struct slab *slab, void *obj,
		 const struct slab_fault *fault)
{
	const struct slab_meta *meta = slab_meta(cachep, obj);

	print_rule("=======================");
	pr_err("BUG %s: %s\n", cachep->name, fault->what);
	print_rule("-----------------------");
	if (fault->start)
		pr_err("bytes %p-%p @offset=%zu: first is 0x%02x instead of "
		       "0x%02x\n",
		       fault->start, fault->end - 1,
		       (size_t)((void *)fault->start - slab_address(slab)),
		       *fault->start, fault->expected);
	slab_print_track("Allocated", &meta->alloc);
	slab_print_track("Freed", &meta->freed);
	pr_err("Slab %p objects=%u used=%u freelist=%p\n", slab_address(slab),
	       cachep->num, slab->inuse, slab->freelist);
	print_object_state(cachep, slab, obj);
	print_object_bytes(cachep, obj, fault);
	dump_stack();
	add_taint(TAINT_BAD_PAGE, LOCKDEP_STILL_OK);
}

void slab_fixed(struct kmem_cache *cachep, const char *fmt, ...)
{
	char text[TEXT_MAX];
	va_list args;

	va_start(args, fmt);
	vscnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	pr_err("FIX %s: %s\n", cachep->name, text);
}

void slab_report_pointer(const void *p, const char *fmt, ...)
{
	char text[TEXT_MAX];
	va_list args;

	va_start(args, fmt);
	vscnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	pr_err("BUG: slab: %p: %s\n", p, text);
	dump_stack();
	add_taint(TAINT_BAD_PAGE, LOCKDEP_STILL_OK);
}

/* --- what an address points at --- */

static bool object_at_hand(const struct array_cache *ac, const void *obj)
{
	int i;

	for (i = 0; i < READ_ONCE(ac->avail); i++)
		if (ac->entry[i] == obj)
			return true;
	return false;
}

/* True if the object is on its slab or in a CPU's array. [s] */
static bool object_is_free(struct kmem_cache *cachep, struct slab *slab,
			   void *obj)
{
	void *entry = slab->freelist;
	unsigned int i, cpu;

	if (IS_ENABLED(CONFIG_KASAN))
		return slab_meta(cachep, obj)->state != OBJECT_ACTIVE;
	for_each_possible_cpu(cpu)
		if (object_at_hand(&cachep->cpu_cache[cpu], obj))
			return true;
	/* A damaged link is not followed out of the slab. */
	for (i = 0; i < cachep->num && entry; i++) {
		if (entry == obj)
			return true;
		if (!lowmem_pointer(entry) ||
		    virt_to_slab(cachep, entry) != slab)
			break;
		entry = get_freepointer(cachep, entry);
	}
	return false;
}

bool kmem_valid_obj(void *p)
{
	return lowmem_pointer(p) && PageSlab(lowmem_page(p));
}

void kmem_dump_obj(void *p)
{
	struct kmem_cache *cachep;
	unsigned long irqflags, at;
	struct slab *slab;
	bool is_free;
	void *obj;

	if (!kmem_valid_obj(p))
		return;
	cachep = lowmem_page(p)->slab_cache;
	slab = virt_to_slab(cachep, p);
	at = p - slab_address(slab);
	if (at < slab->colour ||
	    (at - slab->colour) / cachep->size >= cachep->num) {
		pr_info("slab %s: %p is beside the objects\n", cachep->name, p);
		return;
	}
	obj = slab_object(cachep, slab, (at - slab->colour) / cachep->size);
	spin_lock_irqsave(&cachep->list_lock, irqflags);
	is_free = object_is_free(cachep, slab, obj);
	spin_unlock_irqrestore(&cachep->list_lock, irqflags);
	pr_info("slab %s: object %lu of %u, start %p, pointer offset %td, size %u, %s\n",
		cachep->name, (at - slab->colour) / cachep->size, cachep->num,
		obj, p - obj, cachep->object_size, is_free ? "free" : "in use");
	if (cache_debug(cachep)) {
		slab_print_track("Allocated", &slab_meta(cachep, obj)->alloc);
		slab_print_track("Freed", &slab_meta(cachep, obj)->freed);
	}
}

/* --- objects that are left when their cache should end --- */

static void leaks_of_slab(struct kmem_cache *cachep, struct slab *slab)
{
	DECLARE_BITMAP(is_free, SLAB_MAX_OBJECTS) = { 0 };
	void *first = slab_object(cachep, slab, 0);
	unsigned int idx;
	void *obj;

	for (obj = slab->freelist; obj; obj = get_freepointer(cachep, obj))
		__set_bit((obj - first) / cachep->size, is_free);
	pr_err("Slab %p objects=%u used=%u\n", slab_address(slab), cachep->num,
	       slab->inuse);
	for (idx = 0; idx < cachep->num; idx++) {
		if (test_bit(idx, is_free))
			continue;
		obj = slab_object(cachep, slab, idx);
		pr_err("Object %p @offset=%zu is still in use\n", obj,
		       (size_t)(obj - slab_address(slab)));
		if (cache_debug(cachep))
			slab_print_track("Allocated",
					 &slab_meta(cachep, obj)->alloc);
	}
}

void slab_report_leaks(struct kmem_cache *cachep)
{
	struct slab *slab;
	unsigned long irqflags;

	print_rule("=======================");
	pr_err("BUG %s: objects remain when the cache is destroyed\n",
	       cachep->name);
	print_rule("-----------------------");
	spin_lock_irqsave(&cachep->list_lock, irqflags);
	list_for_each_entry(slab, &cachep->partial, slab_list)
		leaks_of_slab(cachep, slab);
	list_for_each_entry(slab, &cachep->full, slab_list)
		leaks_of_slab(cachep, slab);
	spin_unlock_irqrestore(&cachep->list_lock, irqflags);
	pr_err("FIX %s: the cache stays until they are freed\n", cachep->name);
	dump_stack();
	add_taint(TAINT_BAD_PAGE, LOCKDEP_STILL_OK);
}
