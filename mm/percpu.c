// SPDX-License-Identifier: MIT
/*
 * alloc_percpu(): memory of which each CPU has its own.
 *
 * A counter that all CPUs add to goes from one CPU's cache to the next at each
 * addition. One for each CPU does not, but an array of them, by CPU, needs the
 * number of the CPU first, and a caller who stays on it. Static per-CPU
 * variables need neither: one instruction finds its own by the base of %fs.
 * What is allocated later is to be found in the same way.
 *
 * %fs has one base. So CPU n's copy must be as far from CPU 0's as the static
 * ones are, wherever it is: then a pointer, plus the one base, is right for
 * both. A *unit* is what one CPU has, a *chunk* one unit for each CPU, in a
 * row, and all chunks are alike but for where they begin:
 *
 *	first chunk, in the image          another, in the vmalloc window
 *	|--------- unit ---------|
 *	+----------+-------------+         +---+---+---+-- ... --+
 *	| static   | dynamic  A  | CPU 0   | B |   |   |         | CPU 0  base
 *	+----------+-------------+         +---+---+---+-- ... --+
 *	| static   | dynamic  A  | CPU 1   | B |   |   |         | CPU 1  + unit
 *	+----------+-------------+         +---+---+---+-- ... --+
 *	| ...                    |         | ...                 |
 *	      ^ offset of A: the same        ^ page 0 has frames, others not yet
 *
 * The pointer that the caller gets is the address in CPU 0's unit. As units
 * stand in a row, a chunk is one area of the window, and finding the chunk of
 * a pointer is a search by address.
 *
 * Which part of a unit is taken is the same in all: one map (percpu_map.c).
 * Frames are put behind a unit page by page, for all CPUs at once, when the
 * first allocation needs the page (percpu_chunk.c): *populated* is what has
 * them. That may sleep. Who may not sleep gets only what is populated, so some
 * empty pages are kept in store by a work item.
 *
 *	alloc_percpu()
 *	   |  pcpu_lock: a place in what is populated?  --- yes ---> zero it
 *	   |  no: may the caller sleep?                 --- no ----> NULL
 *	   v
 *	pcpu_alloc_mutex
 *	   a place anywhere, else a new chunk; then its pages  ----> zero it
 *
 * Chunks stand in *slots* by the longest run of free memory, shortest first.
 * So the fullest that will do is used first, others become empty, and what is
 * empty is given back (percpu_balance.c).
 *
 * P1  CPU n's unit is n * PCPU_UNIT_SIZE above CPU 0's: per_cpu_offset(n).
 * P2, P3  of the map of a chunk: percpu_map.c.
 * P4  A chunk stands in the slot of its longest free run.
 * P5  The pages of what is handed out are populated: mapped for each possible
 *     CPU, each to a frame of its own.
 * P6  nr_empty counts the pages that are populated and hold nothing.
 *
 * Lock: pcpu_lock, with interrupts off, for maps, slots and the tree of chunks.
 * pcpu_alloc_mutex, taken before it, is held while chunks come and go, or pages
 * do; so who has it may let pcpu_lock go and still finds them all.
 *
 * Cost: of an allocation the search of a map, as a rule of one; zeroing for
 * each CPU; and freeing, which also searches the tree of chunks.
 *
 * Differs from Linux: (mm/percpu.c) the first chunk is made by the linker, and
 * CPU 0's unit is the section itself; units are not grouped, one area is enough
 * for each chunk; no reserved part, for there are no modules; pointers are
 * addresses; requests of a size are not told apart by cgroup; wrong pointers
 * are reported, and what is free is poisoned in checked kernels.
 */
#include "percpu.h"

#include <linux/bitops.h>
#include <linux/fault-inject.h>
#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>

DEFINE_RAW_SPINLOCK(pcpu_lock);
DEFINE_MUTEX(pcpu_alloc_mutex);
struct rb_root pcpu_chunks = RB_ROOT;
struct list_head pcpu_slot[PCPU_SLOT_EMPTY + 1];
struct pcpu_stats pcpu_stats;
size_t pcpu_static_size;

struct pcpu_chunk pcpu_first_chunk;

/* Where something was allocated. */
struct place {
	struct pcpu_chunk *chunk;
	unsigned int at, nr;	/* grains */
};

/* ------------------------------------------------------------------- chunks */

void pcpu_chunk_changed(struct pcpu_chunk *chunk)
{
	unsigned int page, nr_empty = 0;

	for (page = 0; page < PCPU_PAGES; page++)
		nr_empty += pcpu_page_is_empty(chunk, page) &&
			    pcpu_is_populated(chunk, page);
	pcpu_stats.nr_empty += nr_empty - chunk->nr_empty;	/* P6 */
	chunk->nr_empty = nr_empty;
	list_move(&chunk->list, &pcpu_slot[fls(chunk->max_free)]); /* P4 */
	pcpu_store_changed();
}

struct pcpu_chunk *pcpu_chunk_find(unsigned long addr)
{
	struct rb_node *node = pcpu_chunks.rb_node;

	while (node) {
		struct pcpu_chunk *chunk = pcpu_chunk_entry(node);
		unsigned long base = (unsigned long)chunk->base;

		if (addr < base)
			node = node->rb_left;
		else if (addr - base >= nr_cpu_ids * PCPU_UNIT_SIZE)
			node = node->rb_right;
		else
			return chunk;
	}
	return NULL;
}

/* --------------------------------------------------------------- allocation */

/* [p] */
static void count_alloc(void)
{
	pcpu_stats.nr_alloc++;
	pcpu_stats.nr_cur++;
	pcpu_stats.nr_max = max(pcpu_stats.nr_max, pcpu_stats.nr_cur);
}

/* [p] Takes place->nr grains from the fullest chunk that has them. */
static bool take(struct place *place, unsigned int align, bool populated)
{
	struct pcpu_chunk *chunk;
	unsigned int slot;
	int at;

	for (slot = fls(place->nr); slot <= PCPU_SLOT_EMPTY; slot++) {
		list_for_each_entry(chunk, &pcpu_slot[slot], list) {
			if (chunk->max_free < place->nr)
				continue;
			at = pcpu_map_find(chunk, place->nr, align, populated);
			if (at < 0)
				continue;
			pcpu_map_take(chunk, at, place->nr);
			pcpu_chunk_changed(chunk);
			count_alloc();
			place->chunk = chunk;
			place->at = at;
			return true;
		}
	}
	return false;
}

static bool take_locked(struct place *place, unsigned int align, bool populated)
{
	unsigned long flags;
	bool done;

	raw_spin_lock_irqsave(&pcpu_lock, flags);
	done = take(place, align, populated);
	raw_spin_unlock_irqrestore(&pcpu_lock, flags);
	return done;
}

static void take_back(struct place *place)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&pcpu_lock, flags);
	pcpu_map_give(place->chunk, place->at);
	pcpu_chunk_changed(place->chunk);
	pcpu_stats.nr_alloc--;
	pcpu_stats.nr_cur--;
	raw_spin_unlock_irqrestore(&pcpu_lock, flags);
}

/* [m] A place anywhere: in a new chunk if need be, which always has one. */
static bool take_anywhere(struct place *place, unsigned int align, gfp_t gfp)
{
	while (!take_locked(place, align, false)) {
		if (!pcpu_chunk_create(gfp))
			return false;
	}
	return true;
}

/* For who may sleep: with memory made for it. */
static bool take_and_populate(struct place *place, unsigned int align,
			      gfp_t gfp)
{
	bool done = false;

	mutex_lock(&pcpu_alloc_mutex);
	if (take_anywhere(place, align, gfp)) {
		unsigned int last = place->at + place->nr - 1;

		done = pcpu_populate(place->chunk, place->at / PCPU_PAGE_GRAINS,
				     last / PCPU_PAGE_GRAINS, gfp);
		if (!done)
			take_back(place);
	}
	if (!done)
		pcpu_chunks_give_back(0);
	mutex_unlock(&pcpu_alloc_mutex);
	return done;
}

/* Each CPU's part becomes the caller's. */
static void __percpu *hand_out(const struct place *place, size_t size)
{
	void *first = place->chunk->base + (place->at << PCPU_MIN_ALLOC_SHIFT);
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		void *p = first + per_cpu_offset(cpu);

		pcpu_check_poison(p, place->nr << PCPU_MIN_ALLOC_SHIFT);
		kasan_unpoison(p, size);
		memset(p, 0, size);
	}
	return (void __percpu __force *)first;
}

static bool request_is_fine(size_t size, size_t align, gfp_t gfp)
{
	if (likely(size && size <= PCPU_UNIT_SIZE && align <= PAGE_SIZE &&
		   is_power_of_2(align)))
		return true;
	WARN(!(gfp & __GFP_NOWARN),
	     "percpu: illegal size (%zu) or align (%zu)\n", size, align);
	return false;
}

void __percpu *__alloc_percpu_gfp(size_t size, size_t align, gfp_t gfp)
{
	struct place place = {
		.nr = DIV_ROUND_UP(size, PCPU_MIN_ALLOC_SIZE),
	};
	bool may_sleep = gfpflags_allow_blocking(gfp);

	might_sleep_if(may_sleep);
	if (!request_is_fine(size, align, gfp))
		return NULL;
	if (should_fail_percpu(size, gfp))
		return NULL;
	align = max(align >> PCPU_MIN_ALLOC_SHIFT, (size_t)1);
	if (!take_locked(&place, align, true) &&
	    !(may_sleep && slab_is_available() &&
	      take_and_populate(&place, align, gfp))) {
		if (!(gfp & __GFP_NOWARN))
			pr_warn("percpu: allocation of %zu bytes failed%s\n",
				size, may_sleep ? "" : " (may not sleep)");
		pcpu_kick_balance();
		return NULL;
	}
	pcpu_kick_balance();
	return hand_out(&place, size);
}

/* --------------------------------------------------------------------- free */

static enum pcpu_misuse judge(const struct pcpu_chunk *chunk,
			      unsigned long offset)
{
	unsigned int at = offset >> PCPU_MIN_ALLOC_SHIFT;

	if (offset >= PCPU_UNIT_SIZE)
		return PCPU_OF_A_CPU;
	if (!chunk->area && offset < pcpu_static_size)
		return PCPU_STATIC;
	if (!test_bit(at, chunk->used))
		return PCPU_FREE;
	if (!test_bit(at, chunk->begins) || offset % PCPU_MIN_ALLOC_SIZE)
		return PCPU_INSIDE;
	return PCPU_FINE;
}

static enum pcpu_misuse give(unsigned long addr)
{
	struct pcpu_chunk *chunk = pcpu_chunk_find(addr);
	enum pcpu_misuse wrong;
	unsigned long offset;
	unsigned int at;

	if (!chunk)
		return PCPU_NOT_OURS;
	offset = addr - (unsigned long)chunk->base;
	wrong = judge(chunk, offset);
	if (wrong)
		return wrong;
	at = offset >> PCPU_MIN_ALLOC_SHIFT;
	pcpu_poison((void *)addr, pcpu_map_size(chunk, at)
					  << PCPU_MIN_ALLOC_SHIFT);
	pcpu_map_give(chunk, at);
	pcpu_chunk_changed(chunk);
	pcpu_stats.nr_dealloc++;
	pcpu_stats.nr_cur--;
	return PCPU_FINE;
}

void free_percpu(void __percpu *ptr)
{
	enum pcpu_misuse wrong;
	unsigned long flags;

	if (!ptr)
		return;
	raw_spin_lock_irqsave(&pcpu_lock, flags);
	wrong = give((unsigned long __force)ptr);
	raw_spin_unlock_irqrestore(&pcpu_lock, flags);
	if (unlikely(wrong))
		pcpu_report(wrong, (const void __force *)ptr);
	pcpu_kick_balance();
}

/* ---------------------------------------------------------------- the start */

void __init pcpu_setup_first_chunk(void *base, size_t static_size)
{
	struct pcpu_chunk *chunk = &pcpu_first_chunk;
	unsigned int slot;

	BUG_ON(static_size + PERCPU_DYNAMIC_RESERVE > PCPU_UNIT_SIZE);
	for (slot = 0; slot <= PCPU_SLOT_EMPTY; slot++)
		INIT_LIST_HEAD(&pcpu_slot[slot]);
	pcpu_static_size = static_size;
	chunk->base = base;
	chunk->populated = BIT(PCPU_PAGES) - 1;
	pcpu_map_init(chunk, DIV_ROUND_UP(static_size, PCPU_MIN_ALLOC_SIZE));
	rb_link_node(&chunk->node, NULL, &pcpu_chunks.rb_node);
	rb_insert_color(&chunk->node, &pcpu_chunks);
	INIT_LIST_HEAD(&chunk->list);
	pcpu_chunk_changed(chunk);
	pcpu_poison(base + round_up(static_size, PCPU_MIN_ALLOC_SIZE),
		    round_down(PCPU_UNIT_SIZE - static_size,
			       PCPU_MIN_ALLOC_SIZE));
	pcpu_stats.nr_populated = PCPU_PAGES;
	pcpu_stats.nr_chunks = pcpu_stats.nr_max_chunks = 1;
}
