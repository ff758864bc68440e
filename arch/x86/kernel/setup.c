/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/setup.c - from what the loader said to mapped memory
 *
 * What is taken is reserved before anything is given out: frame 0 (the BIOS
 * keeps its tables there), the image, the modules. The loader's own tables
 * were copied (boot/multiboot.c) and are free.
 *
 * (arch/x86/kernel/setup.c)
 */
#include <asm/setup.h>

#include <asm/kasan.h>
#include <asm/mpspec.h>
#include <asm/page.h>
#include <asm/pgtable_areas.h>
#include <asm/sections.h>
#include <asm/tsc.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/pfn.h>
#include <linux/string.h>
#include <quire/boot_info.h>
#include <quire/firmware_map.h>

/* The smallest and largest windows that vmalloc= may ask for. */
#define VMALLOC_RESERVE_MIN (16UL << 20)
#define VMALLOC_RESERVE_MAX (768UL << 20)

unsigned long max_low_pfn;
unsigned long vmalloc_reserve = VMALLOC_RESERVE_DEFAULT;

/* Whole directory entries, so that the border of lowmem is one too. */
static int __init parse_vmalloc(char *arg)
{
	unsigned long long size;

	if (!arg)
		return -EINVAL;
	size = memparse(arg, &arg);
	if (size < VMALLOC_RESERVE_MIN || size > VMALLOC_RESERVE_MAX) {
		pr_warn("vmalloc=: %llu KiB, but %lu to %lu KiB will do; the window keeps %lu KiB\n",
			size >> 10, VMALLOC_RESERVE_MIN >> 10,
			VMALLOC_RESERVE_MAX >> 10, vmalloc_reserve >> 10);
		return -ERANGE;
	}
	vmalloc_reserve = round_up((unsigned long)size, PMD_SIZE);
	return 0;
}
early_param("vmalloc", parse_vmalloc);

static void __init reserve_modules(void)
{
	unsigned int i;

	for (i = 0; i < boot_info.nr_modules; i++) {
		const struct boot_module *module = &boot_info.modules[i];

		memblock_reserve(module->start, module->end - module->start);
		pr_info("Module at %#x - %#x: %s\n", module->start,
			module->end - 1, module->name);
	}
	if (boot_info.nr_modules_lost)
		pr_warn("%u modules beyond the first %u are ignored\n",
			boot_info.nr_modules_lost, BOOT_MODULES_MAX);
}

static void __init reserve_taken(void)
{
	memblock_reserve(LOAD_PHYSICAL_ADDR, __pa(_end) - LOAD_PHYSICAL_ADDR);
	reserve_modules();
}

static void __init init_zones(void)
{
	unsigned long max_zone_pfn[MAX_NR_ZONES] = {
		[ZONE_DMA] = min(PFN_DOWN(16UL << 20), max_low_pfn),
		[ZONE_NORMAL] = max_low_pfn,
		[ZONE_HIGHMEM] = max_pfn,
	};

	free_area_init(max_zone_pfn);
}

void __init setup_arch(void)
{
	reserve_taken();
	firmware_map_init(&boot_info);
	max_low_pfn = min(max_pfn, PFN_DOWN(MAXMEM));
	paging_init();
	kasan_init();
	find_apics();
	setup_per_cpu_areas();
	init_zones();
	tsc_calibrate_begin();
}
