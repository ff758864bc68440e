/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/setup_percpu.c - each CPU's copy of the per-CPU section
 *
 *	image   .percpu | dynamic     unit of CPU 0: the boot CPU goes on using
 *	                |             the section; %fs base 0
 *	        copy    | dynamic     unit of CPU 1; %fs base PCPU_UNIT_SIZE
 *	        copy    | dynamic     unit of CPU 2; twice that
 *	        ...                   of CPUs that cannot be: given back
 *	.init   pristine              what the copies are copied from
 *
 * The units stand in a row, so that another row of the same step, anywhere,
 * holds what the same %fs bases find: mm/percpu.c makes more of them for
 * alloc_percpu(), and takes the dynamic part of these for the first. The room
 * is part of the image, as its first unit is the section itself, and nothing
 * else is known to be free behind it.
 *
 * The boot CPU has used its variables since the first lines of C, so a copy
 * of them would start with its counts. The pristine values are set aside
 * before that, and given back with the other memory of boot.
 *
 * Differs from Linux: the boot CPU has no copy of its own, and its %fs base
 * stays 0; the distances are known when the kernel is built.
 * (arch/x86/kernel/setup_percpu.c)
 */
#include <linux/percpu.h>

#include <asm/desc.h>
#include <asm/page.h>
#include <asm/sections.h>
#include <linux/bug.h>
#include <linux/init.h>
#include <linux/memblock.h>
#include <linux/smp.h>
#include <linux/string.h>

unsigned long __per_cpu_offset[NR_CPUS];
DEFINE_PER_CPU(unsigned long, this_cpu_off);
DEFINE_PER_CPU_READ_MOSTLY(int, cpu_number);

/* linker.ld puts it behind the section, which so has this room, and more. */
static char room[NR_CPUS * PCPU_UNIT_SIZE] __used __section(".bss..percpu");

static inline size_t section_size(void)
{
	return __per_cpu_end - __per_cpu_start;
}

void __init keep_pristine_per_cpu(void)
{
	memcpy(__per_cpu_load, __per_cpu_start, section_size());
}

static void __init setup_unit(unsigned int cpu)
{
	unsigned long offset = cpu * PCPU_UNIT_SIZE;

	memcpy(__per_cpu_start + offset, __per_cpu_load, section_size());
	__per_cpu_offset[cpu] = offset;
	per_cpu(this_cpu_off, cpu) = offset;
	per_cpu(cpu_number, cpu) = cpu;
}

static void __init free_unused_room(void)
{
	char *unused = __per_cpu_start + nr_cpu_ids * PCPU_UNIT_SIZE;

	BUG_ON(unused > __per_cpu_room_end);
	memblock_phys_free(__pa(unused), __per_cpu_room_end - unused);
}

void __init setup_per_cpu_areas(void)
{
	unsigned int cpu;

	prefill_possible_map();
	for_each_possible_cpu(cpu) {
		if (cpu)
			setup_unit(cpu);
	}
	free_unused_room();
	pcpu_setup_first_chunk(__per_cpu_start, section_size());
}
