// SPDX-License-Identifier: MIT
/*
 * alloc_percpu() in a kernel for one CPU: an object like others.
 *
 *	several CPUs    mm/percpu.c and its chunks
 *	one             kzalloc(); the pointer is the address of the memory
 *
 * All that the chunks are for is that CPUs do not share. With one, a pointer
 * to per-CPU memory is a pointer (<linux/percpu-defs.h>), and slabs know how
 * to find, free, check and count it. The limits are those of the other kind,
 * so that what is written here runs there.
 *
 * An object of kmalloc() is aligned to its size if that is a power of two (K2
 * in mm/kmalloc.c). So alignment to more than the least is had by rounding the
 * size up to one.
 *
 * What a checked kernel finds in objects it finds here: a second free, a write
 * behind the end. Leaks are found as well, which in chunks they are not.
 *
 * Lock: none of its own. Context: as kmalloc(); freeing, any but NMI.
 *
 * Cost: an object of a slab.
 *
 * Differs from Linux: there the chunks are used with one CPU, too, with one
 * unit each, of pages in a row. (mm/percpu-km.c)
 */
#include "percpu.h"

#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

void __percpu *__alloc_percpu_gfp(size_t size, size_t align, gfp_t gfp)
{
	if (!size || size > PCPU_UNIT_SIZE || align > PAGE_SIZE ||
	    !is_power_of_2(align)) {
		WARN(!(gfp & __GFP_NOWARN),
		     "percpu: illegal size (%zu) or align (%zu)\n", size,
		     align);
		return NULL;
	}
	if (align > ARCH_KMALLOC_MINALIGN)
		size = roundup_pow_of_two(max(size, align));
	return (void __percpu __force *)kzalloc(size, gfp);
}

void free_percpu(void __percpu *ptr)
{
	kfree((void __force *)ptr);
}

bool is_kernel_percpu_address(unsigned long addr)
{
	return false;
}

phys_addr_t per_cpu_ptr_to_phys(void *addr)
{
	return virt_to_phys(addr);
}

unsigned long pcpu_nr_pages(void)
{
	return 0;
}

unsigned long percpu_shrink(void)
{
	return 0;
}

int percpu_stats_show(struct seq_file *m, void *unused)
{
	seq_puts(m, "A kernel for one CPU: kmalloc() has them.\n");
	return 0;
}

void pcpu_for_each_used(void (*fn)(unsigned long begin, unsigned long end))
{
}

const char *pcpu_check(void)
{
	return NULL;
}
