// SPDX-License-Identifier: MIT
/*
 * Looking at per-CPU memory from outside: what addresses belong to it, how much
 * there is, who uses it wrongly.
 *
 * A pointer from alloc_percpu() is CPU 0's address, and the map of the chunk
 * says what is there. So free_percpu() sees each of these:
 *
 *	               chunk
 *	  CPU 0        |static|  A  |....|     B     |......|
 *	                  ^   ^  ^    ^
 *	                  |   ok |    freed, or never allocated
 *	                  |      inside of an allocation
 *	                  a static variable
 *	  CPU 1        |static|  A  |....|     B     |......|
 *	                      ^ what per_cpu_ptr() returned
 *	  elsewhere    nobody's
 *
 * It is reported, nothing is freed, and all goes on.
 *
 * What is free is POISON_FREE in a checked kernel, from the moment that its
 * page is there: so who wrote there is seen, when it is handed out again. KASAN
 * sees it at once, so it is told instead.
 *
 * Lock: pcpu_lock for what may change meanwhile. The text is made of a copy of
 * the numbers, and chunk by chunk, with the mutex.
 *
 * Cost: nothing in a release build but the judgement of pointers.
 *
 * Differs from Linux: (mm/percpu-stats.c) no numbers of sizes, which the map
 * does not keep; Linux reports none of the wrong pointers.
 */
#include "percpu.h"

#include <asm/sections.h>
#include <linux/bug.h>
#include <linux/find.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/poison.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

/* What KASAN's shadow says of it: as of an object of a slab. */
#define KASAN_PERCPU_FREE	0xFB

/* ---------------------------------------------------------------- addresses */

bool is_kernel_percpu_address(unsigned long addr)
{
	struct section_range range = kernel_percpu_range();
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		unsigned long original = addr - per_cpu_offset(cpu);

		if (original >= range.begin && original < range.end)
			return true;
	}
	return false;
}

phys_addr_t per_cpu_ptr_to_phys(void *addr)
{
	if (!is_vmalloc_addr(addr))
		return virt_to_phys(addr);
	return page_to_phys(vmalloc_to_page(addr)) + offset_in_page(addr);
}

unsigned long pcpu_nr_pages(void)
{
	return READ_ONCE(pcpu_stats.nr_populated) * num_possible_cpus();
}

static void
page_for_each_used(const struct pcpu_chunk *chunk, unsigned int page,
		   void (*fn)(unsigned long begin, unsigned long end))
{
	unsigned int at = page * PCPU_PAGE_GRAINS, to, cpu;
	unsigned int end = at + PCPU_PAGE_GRAINS;

	for (at = find_next_bit(chunk->used, end, at); at < end;
	     at = find_next_bit(chunk->used, end, to)) {
		unsigned long base = (unsigned long)chunk->base;

		to = find_next_zero_bit(chunk->used, end, at);
		for_each_possible_cpu(cpu) {
			unsigned long unit = base + per_cpu_offset(cpu);

			fn(unit + (at << PCPU_MIN_ALLOC_SHIFT),
			   unit + (to << PCPU_MIN_ALLOC_SHIFT));
		}
	}
}

void pcpu_for_each_used(void (*fn)(unsigned long begin, unsigned long end))
{
	struct pcpu_chunk *chunk;
	unsigned int page;

	for_each_pcpu_chunk(chunk)
	{
		for (page = 0; page < PCPU_PAGES; page++)
			if (pcpu_is_populated(chunk, page))
				page_for_each_used(chunk, page, fn);
	}
}

/* ------------------------------------------------------------------- misuse */

void pcpu_report(enum pcpu_misuse what, const void *ptr)
{
	static const char *const words[] = {
		[PCPU_NOT_OURS] = "is not per-CPU memory",
		[PCPU_OF_A_CPU] =
			"is one CPU's copy, not what alloc_percpu() returned",
		[PCPU_STATIC] = "is a static variable",
		[PCPU_FREE] = "is free already, or was never allocated",
		[PCPU_INSIDE] = "is inside of an allocation, not its start",
	};

	WARN(1, "free_percpu: %p %s\n", ptr, words[what]);
}

void pcpu_poison(void *first, size_t size)
{
	unsigned int cpu;

	if (!IS_ENABLED(CONFIG_DEBUG))
		return;
	for_each_possible_cpu(cpu) {
		void *p = first + per_cpu_offset(cpu);

		if (IS_ENABLED(CONFIG_KASAN))
			kasan_poison(p, size, KASAN_PERCPU_FREE);
		else
			memset(p, POISON_FREE, size);
	}
}

void pcpu_check_poison(void *p, size_t size)
{
	const void *wrong;

	if (!IS_ENABLED(CONFIG_DEBUG) || IS_ENABLED(CONFIG_KASAN))
		return;
	wrong = memchr_inv(p, POISON_FREE, size);
	if (wrong)
		WARN(1, "percpu: %p was written to while it was free: %#x\n",
		     wrong, *(const u8 *)wrong);
}

/* --------------------------------------------------------------------- text */

static void show_number(struct seq_file *m, const char *name,
			unsigned long number)
{
	seq_printf(m, "  %-20s: %12lu\n", name, number);
}

static void show_chunk(struct seq_file *m, const struct pcpu_chunk *chunk)
{
	seq_printf(m, "Chunk: 0x%08lx%s\n", (unsigned long)chunk->base,
		   chunk->area ? "" : " <- First Chunk");
	show_number(m, "nr_alloc", chunk->nr_alloc);
	show_number(m, "populated_pages", hweight_long(chunk->populated));
	show_number(m, "empty_pop_pages", chunk->nr_empty);
	show_number(m, "free_bytes", chunk->free << PCPU_MIN_ALLOC_SHIFT);
	show_number(m, "contig_bytes", chunk->max_free << PCPU_MIN_ALLOC_SHIFT);
	seq_putc(m, '\n');
}

static struct pcpu_stats copy_stats(void)
{
	struct pcpu_stats stats;
	unsigned long flags;

	raw_spin_lock_irqsave(&pcpu_lock, flags);
	stats = pcpu_stats;
	raw_spin_unlock_irqrestore(&pcpu_lock, flags);
	return stats;
}

static void show_all(struct seq_file *m, const struct pcpu_stats *stats)
{
	seq_puts(m, "Percpu Memory Statistics\nAllocation Info:\n");
	show_number(m, "units", num_possible_cpus());
	show_number(m, "unit_size", PCPU_UNIT_SIZE);
	show_number(m, "static_size", pcpu_static_size);
	show_number(m, "dyn_size", PCPU_UNIT_SIZE - pcpu_static_size);
	seq_puts(m, "\nGlobal Stats:\n");
	show_number(m, "nr_alloc", stats->nr_alloc);
	show_number(m, "nr_dealloc", stats->nr_dealloc);
	show_number(m, "nr_cur_alloc", stats->nr_cur);
	show_number(m, "nr_max_alloc", stats->nr_max);
	show_number(m, "nr_chunks", stats->nr_chunks);
	show_number(m, "nr_max_chunks", stats->nr_max_chunks);
	show_number(m, "populated_pages", stats->nr_populated);
	show_number(m, "empty_pop_pages", stats->nr_empty);
	seq_puts(m, "\nPer Chunk Stats:\n");
}

int percpu_stats_show(struct seq_file *m, void *unused)
{
	struct pcpu_stats stats = copy_stats();
	struct pcpu_chunk *chunk;

	show_all(m, &stats);
	mutex_lock(&pcpu_alloc_mutex);
	for_each_pcpu_chunk(chunk) show_chunk(m, chunk);
	mutex_unlock(&pcpu_alloc_mutex);
	return 0;
}

/* -------------------------------------------------------------------- check */

static const char *check_frames(const struct pcpu_chunk *chunk)
{
	unsigned int page, cpu;

	if (!chunk->area)
		return NULL;
	for (page = 0; page < PCPU_PAGES; page++) {
		for_each_possible_cpu(cpu) {
			void *addr = chunk->base + per_cpu_offset(cpu) +
				     page * PAGE_SIZE;

			if (!!vmalloc_to_page(addr) !=
			    pcpu_is_populated(chunk, page))
				return "P5, P7: a frame more, or one less";
		}
	}
	return NULL;
}

static const char *check_pages(const struct pcpu_chunk *chunk)
{
	unsigned int page, nr_empty = 0;

	for (page = 0; page < PCPU_PAGES; page++) {
		bool empty = pcpu_page_is_empty(chunk, page);
		bool populated = pcpu_is_populated(chunk, page);

		if (!empty && !populated)
			return "P5: handed out, but not populated";
		nr_empty += empty && populated;
	}
	return nr_empty == chunk->nr_empty ? NULL :
					     "P6: the empty pages of a chunk";
}

static bool stands_in_slot(const struct pcpu_chunk *chunk)
{
	const struct list_head *slot = &pcpu_slot[fls(chunk->max_free)];
	const struct pcpu_chunk *other;

	list_for_each_entry(other, slot, list)
		if (other == chunk)
			return true;
	return false;
}

static const char *check_chunk(const struct pcpu_chunk *chunk)
{
	const char *wrong = pcpu_map_check(chunk);

	if (!wrong)
		wrong = check_pages(chunk);
	if (!wrong)
		wrong = check_frames(chunk);
	if (!wrong && !stands_in_slot(chunk))
		wrong = "P4: a chunk in the wrong slot";
	return wrong;
}

static const char *check_sums(void)
{
	unsigned int nr = 0, nr_alloc = 0, populated = 0, nr_empty = 0;
	const struct pcpu_chunk *chunk;

	for_each_pcpu_chunk(chunk)
	{
		nr++;
		nr_alloc += chunk->nr_alloc;
		populated += hweight_long(chunk->populated);
		nr_empty += chunk->nr_empty;
	}
	if (nr != pcpu_stats.nr_chunks || nr_alloc != pcpu_stats.nr_cur ||
	    populated != pcpu_stats.nr_populated)
		return "the sums over all chunks are wrong";
	return nr_empty == pcpu_stats.nr_empty ? NULL : "P6: the empty pages";
}

const char *pcpu_check(void)
{
	const struct pcpu_chunk *chunk;
	const char *wrong = NULL;
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		if (per_cpu_offset(cpu) != cpu * PCPU_UNIT_SIZE)
			return "P1: a CPU's units are elsewhere";
	mutex_lock(&pcpu_alloc_mutex);
	raw_spin_lock_irq(&pcpu_lock);
	for_each_pcpu_chunk(chunk)
	{
		wrong = check_chunk(chunk);
		if (wrong)
			break;
	}
	if (!wrong)
		wrong = check_sums();
	raw_spin_unlock_irq(&pcpu_lock);
	mutex_unlock(&pcpu_alloc_mutex);
	return wrong;
}
