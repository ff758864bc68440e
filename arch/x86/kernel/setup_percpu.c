/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/setup_percpu.c - each CPU's copy of the per-CPU section
 *
 *	image      .data..percpu       <- the boot CPU goes on using it
 *	memblock   copy for CPU 1      <- %fs of CPU 1: base = copy - original
 *	           copy for CPU 2
 *	.init      pristine            <- what the copies are copied from
 *
 * The boot CPU has used its variables since the first lines of C, so a copy
 * of them would start with its counts. The pristine values are set aside
 * before that, and given back with the other memory of boot.
 *
 * Differs from Linux: the boot CPU has no copy of its own, and its %fs base
 * stays 0. (arch/x86/kernel/setup_percpu.c)
 */
#include <linux/percpu.h>

#include <asm/desc.h>
#include <asm/page_types.h>
#include <asm/sections.h>
#include <linux/init.h>
#include <linux/memblock.h>
#include <linux/panic.h>
#include <linux/smp.h>
#include <linux/string.h>

unsigned long __per_cpu_offset[NR_CPUS];
DEFINE_PER_CPU(unsigned long, this_cpu_off);
DEFINE_PER_CPU_READ_MOSTLY(int, cpu_number);

static inline size_t section_size(void)
{
	return __per_cpu_end - __per_cpu_start;
}

void __init keep_pristine_per_cpu(void)
{
	memcpy(__per_cpu_load, __per_cpu_start, section_size());
}

static void __init setup_area(unsigned int cpu)
{
	char *area = memblock_alloc(section_size(), PAGE_SIZE);
	unsigned long offset;

	if (!area)
		panic("no memory for the data of CPU %u", cpu);
	memcpy(area, __per_cpu_load, section_size());
	offset = area - __per_cpu_start;
	__per_cpu_offset[cpu] = offset;
	per_cpu(this_cpu_off, cpu) = offset;
	per_cpu(cpu_number, cpu) = cpu;
}

void __init setup_per_cpu_areas(void)
{
	unsigned int cpu;

	prefill_possible_map();
	for_each_possible_cpu(cpu) {
		if (cpu)
			setup_area(cpu);
	}
}
