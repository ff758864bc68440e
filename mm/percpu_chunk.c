// SPDX-License-Identifier: MIT
/*
 * Chunks of per-CPU memory: their addresses, and the frames behind them.
 *
 * A chunk is one area of the vmalloc window, as long as a unit for each CPU
 * together. At first nothing is behind it. A page of the unit is populated in
 * all units at once, as what is allocated there is for all CPUs:
 *
 *	                page 0     page 1     page 2     ...
 *	unit of CPU 0   [frame]    [frame]     ....
 *	unit of CPU 1   [frame]    [frame]     ....
 *	unit of CPU 2    ....       ....       ....      is no possible CPU
 *	                ---- populated ----
 *
 * Frames come from highmem first: 4 pages of 2 CPUs are 8 frames, wherever they
 * are. They are not kept track of: the page tables know them.
 *
 *	to populate:   frames, mapped one by one; then, under the lock, the bit
 *	to give back:  under the lock, the bit; unmap, flush all TLBs, free
 *
 * So while the bit is set the memory is there, whoever looks; and who may not
 * sleep, and so may not wait for either, looks at it under the lock. A page
 * that is on its way can be handed out to nobody else, as both are done under
 * the mutex.
 *
 * P7  While a bit of populated is clear, nothing is mapped there, but by who
 *     holds the mutex.
 *
 * Lock: the caller holds pcpu_alloc_mutex; pcpu_lock for the bit and the lists.
 *
 * Cost: of a page, a frame and its mapping for each CPU; of giving back, one
 * flush of all TLBs for a chunk.
 *
 * Differs from Linux: (mm/percpu-vm.c) no array of all frames; the flush is not
 * put off.
 */
#include "percpu.h"

#include <asm/tlbflush.h>
#include <linux/bitops.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#include "vmap.h"

/* -------------------------------------------------------------------- pages */

static unsigned long unit_page(const struct pcpu_chunk *chunk, unsigned int cpu,
			       unsigned int page)
{
	return (unsigned long)chunk->base + per_cpu_offset(cpu) +
	       page * PAGE_SIZE;
}

/* Takes the frames away from a page of all units; TLBs may know them yet. */
static void page_unmap(const struct pcpu_chunk *chunk, unsigned int page,
		       struct list_head *frames)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		unsigned long addr = unit_page(chunk, cpu, page);
		struct page *frame = vmalloc_to_page((void *)addr);

		if (!frame)
			continue; /* memory was short in between */
		list_add(&frame->lru, frames);
		vunmap_range_noflush(addr, addr + PAGE_SIZE);
	}
}

/* How many it were. */
static unsigned long frames_free(const struct pcpu_chunk *chunk,
				 struct list_head *frames)
{
	unsigned long base = (unsigned long)chunk->base, nr = 0;
	struct page *frame, *next;

	if (list_empty(frames))
		return 0;
	flush_tlb_kernel_range(base, base + nr_cpu_ids * PCPU_UNIT_SIZE);
	list_for_each_entry_safe(frame, next, frames, lru) {
		list_del(&frame->lru);
		__free_page(frame);
		nr++;
	}
	return nr;
}

/* One frame for one CPU. */
static bool frame_map(unsigned long addr, gfp_t gfp)
{
	struct page *frame = alloc_page(gfp);

	if (!frame)
		return false;
	if (!map_kernel_range(addr, PAGE_SIZE, PAGE_KERNEL, &frame))
		return true;
	__free_page(frame);
	return false;
}

static bool page_map(const struct pcpu_chunk *chunk, unsigned int page,
		     gfp_t gfp)
{
	unsigned int cpu;
	LIST_HEAD(frames);

	gfp = (gfp & ~__GFP_ZERO) | __GFP_HIGHMEM | __GFP_NOWARN;
	for_each_possible_cpu(cpu) {
		if (!frame_map(unit_page(chunk, cpu, page), gfp)) {
			page_unmap(chunk, page, &frames);
			frames_free(chunk, &frames);
			return false;
		}
	}
	return true;
}

static void page_is_there(struct pcpu_chunk *chunk, unsigned int page)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&pcpu_lock, flags);
	chunk->populated |= BIT(page);
	pcpu_stats.nr_populated++;
	pcpu_chunk_changed(chunk);
	raw_spin_unlock_irqrestore(&pcpu_lock, flags);
}

bool pcpu_populate(struct pcpu_chunk *chunk, unsigned int first,
		   unsigned int last, gfp_t gfp)
{
	unsigned int page;

	for (page = first; page <= last; page++) {
		if (pcpu_is_populated(chunk, page))
			continue;
		if (!page_map(chunk, page, gfp))
			return false;
		pcpu_poison(chunk->base + page * PAGE_SIZE, PAGE_SIZE);
		page_is_there(chunk, page);
	}
	return true;
}

/* ------------------------------------------------------------------- chunks */

static void chunk_insert(struct pcpu_chunk *chunk)
{
	struct rb_node **link = &pcpu_chunks.rb_node, *parent = NULL;
	unsigned long flags;

	raw_spin_lock_irqsave(&pcpu_lock, flags);
	while (*link) {
		parent = *link;
		link = chunk->base < pcpu_chunk_entry(parent)->base ?
			       &parent->rb_left :
			       &parent->rb_right;
	}
	rb_link_node(&chunk->node, parent, link);
	rb_insert_color(&chunk->node, &pcpu_chunks);
	pcpu_chunk_changed(chunk);
	pcpu_stats.nr_chunks++;
	pcpu_stats.nr_max_chunks =
		max(pcpu_stats.nr_max_chunks, pcpu_stats.nr_chunks);
	raw_spin_unlock_irqrestore(&pcpu_lock, flags);
}

struct pcpu_chunk *pcpu_chunk_create(gfp_t gfp)
{
	struct pcpu_chunk *chunk = kzalloc(sizeof(*chunk), gfp | __GFP_NOWARN);

	if (!chunk)
		return NULL;
	chunk->area = get_vm_area(nr_cpu_ids * PCPU_UNIT_SIZE, VM_MAP);
	if (!chunk->area) {
		kfree(chunk);
		return NULL;
	}
	chunk->base = chunk->area->addr;
	INIT_LIST_HEAD(&chunk->list);
	pcpu_map_init(chunk, 0);
	chunk_insert(chunk);
	return chunk;
}

/* It stands nowhere any more. */
static unsigned long chunk_destroy(struct pcpu_chunk *chunk)
{
	unsigned int page;
	unsigned long nr;
	LIST_HEAD(frames);

	for (page = 0; page < PCPU_PAGES; page++)
		if (pcpu_is_populated(chunk, page))
			page_unmap(chunk, page, &frames);
	nr = frames_free(chunk, &frames);
	free_vm_area(chunk->area);
	kfree(chunk);
	return nr;
}

/* Takes an empty chunk from where chunks stand, if there are more than keep. */
static struct pcpu_chunk *chunk_remove_empty(unsigned int keep)
{
	struct list_head *empty = &pcpu_slot[PCPU_SLOT_EMPTY];
	struct pcpu_chunk *chunk = NULL;
	unsigned long flags;

	raw_spin_lock_irqsave(&pcpu_lock, flags);
	if (list_count_nodes(empty) > keep) {
		chunk = list_last_entry(empty, struct pcpu_chunk, list);
		list_del(&chunk->list);
		rb_erase(&chunk->node, &pcpu_chunks);
		pcpu_stats.nr_chunks--;
		pcpu_stats.nr_empty -= chunk->nr_empty;
		pcpu_stats.nr_populated -= chunk->nr_empty;
		pcpu_store_changed();
	}
	raw_spin_unlock_irqrestore(&pcpu_lock, flags);
	return chunk;
}

unsigned long pcpu_chunks_give_back(unsigned int keep)
{
	struct pcpu_chunk *chunk;
	unsigned long nr = 0;

	while ((chunk = chunk_remove_empty(keep)))
		nr += chunk_destroy(chunk);
	return nr;
}

/* Nobody gets the page from here on, if nobody has it. */
static bool page_withdraw(struct pcpu_chunk *chunk, unsigned int page)
{
	unsigned long flags;
	bool empty;

	raw_spin_lock_irqsave(&pcpu_lock, flags);
	empty = pcpu_is_populated(chunk, page) &&
		pcpu_page_is_empty(chunk, page);
	if (empty) {
		chunk->populated &= ~BIT(page);
		pcpu_stats.nr_populated--;
		pcpu_chunk_changed(chunk);
	}
	raw_spin_unlock_irqrestore(&pcpu_lock, flags);
	return empty;
}

unsigned long pcpu_pages_give_back(void)
{
	struct pcpu_chunk *chunk;
	unsigned long nr = 0;
	unsigned int page;

	for_each_pcpu_chunk(chunk)
	{
		LIST_HEAD(frames);

		if (!chunk->area)
			continue;
		for (page = 0; page < PCPU_PAGES; page++)
			if (page_withdraw(chunk, page))
				page_unmap(chunk, page, &frames);
		nr += frames_free(chunk, &frames);
	}
	return nr;
}
