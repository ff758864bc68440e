/* SPDX-License-Identifier: MIT */
/*
 * Memory of which each CPU has its own: the static variables' start, and
 * alloc_percpu(). per_cpu(), this_cpu_add() and the rest, which are the same
 * for both, stand in percpu-defs.h.
 *
 *	struct hits __percpu *hits = alloc_percpu(struct hits);
 *
 *	this_cpu_inc(hits->reads);			on any CPU
 *	for_each_possible_cpu(cpu)
 *		sum += per_cpu_ptr(hits, cpu)->reads;
 *	free_percpu(hits);
 *
 * The pointer that was returned is no address to read from: it is where CPU
 * 0's would be. In a kernel for one CPU it is an object of kmalloc().
 */
#ifndef _LINUX_PERCPU_H
#define _LINUX_PERCPU_H

#include <linux/compiler.h>
#include <linux/cpumask.h>
#include <linux/gfp_types.h>
#include <linux/kconfig.h>
#include <linux/percpu-defs.h>
#include <linux/smp.h>
#include <linux/threads.h>
#include <linux/types.h>

struct seq_file;

/* From one CPU's copy to the next; the largest request. In bytes. */
#define PCPU_MIN_UNIT_SIZE	(32UL << 10)
#define PCPU_UNIT_SIZE		PCPU_MIN_UNIT_SIZE

/* Of each unit in the image at least this is for alloc_percpu(). */
#define PERCPU_DYNAMIC_RESERVE	(12UL << 10)

/* Each request is rounded up to this; KASAN cannot tell less apart. */
#define PCPU_MIN_ALLOC_SHIFT	(IS_ENABLED(CONFIG_KASAN) ? 3 : 2)
#define PCPU_MIN_ALLOC_SIZE	(1UL << PCPU_MIN_ALLOC_SHIFT)

/*
 * Zeroed memory for every possible CPU: size bytes each, 1 to
 * PCPU_MIN_UNIT_SIZE, at a multiple of align, a power of two up to PAGE_SIZE.
 * NULL without memory, with one warning unless __GFP_NOWARN, or with a report
 * for a size or align that cannot be. With flags that may sleep the caller
 * must be allowed to; with others, any context but NMI, only memory that is
 * there already is given.
 */
void __percpu *__alloc_percpu_gfp(size_t size, size_t align, gfp_t gfp);

static inline void __percpu *__alloc_percpu(size_t size, size_t align)
{
	return __alloc_percpu_gfp(size, align, GFP_KERNEL);
}

#define alloc_percpu_gfp(type, gfp)					\
	((typeof(type) __percpu *)__alloc_percpu_gfp(sizeof(type),	\
						     __alignof__(type), gfp))
#define alloc_percpu(type)						\
	((typeof(type) __percpu *)__alloc_percpu(sizeof(type),		\
						 __alignof__(type)))

/*
 * Give back what one of the calls above returned, for all CPUs at once. NULL
 * is fine. A pointer that is none of theirs is reported, and nothing is done.
 * Any context but NMI.
 */
void free_percpu(void __percpu *ptr);

/*
 * Is that the address of a CPU's copy of a static variable? Never in a kernel
 * for one CPU, where these are variables like others. Any context.
 */
bool is_kernel_percpu_address(unsigned long addr);

/*
 * Where in physical memory a CPU's copy is, static or not: of what
 * per_cpu_ptr() returned, not of the pointer itself. Any context.
 */
phys_addr_t per_cpu_ptr_to_phys(void *addr);

/* Pages that hold it, for meminfo: of all CPUs, static ones included. */
unsigned long pcpu_nr_pages(void);

/*
 * Give back what holds nothing; pages. May sleep. What is allocated next with
 * flags that may not sleep could fail for it.
 */
unsigned long percpu_shrink(void);

/* The text of debugfs's percpu_stats: how much, in which chunks. May sleep. */
int percpu_stats_show(struct seq_file *m, void *unused);

/*
 * Boot. setup_per_cpu_areas() gives every possible CPU its copy of the section,
 * once it is known which those are, and before anything looks at the instances
 * of all CPUs. It hands the rest of the units to the other one: base is that
 * of CPU 0, of which static_size bytes are taken.
 */
#ifdef CONFIG_SMP
void setup_per_cpu_areas(void);
void pcpu_setup_first_chunk(void *base, size_t static_size);
#else
static inline void setup_per_cpu_areas(void)
{
}
#endif

#endif
