/* SPDX-License-Identifier: MIT */
/*
 * boot/main.c - the first C: hands over one struct boot_info
 *
 * Runs in the high half on the boot tables (boot/entry.asm). Only static
 * memory exists. Order: features, then exceptions (a mistake from here on
 * gives a dump), then consoles, then what the loader said.
 */
#include <asm/cpufeature.h>
#include <asm/desc.h>
#include <asm/fixmap.h>
#include <asm/kasan.h>
#include <asm/setup.h>
#include <linux/init.h>
#include <linux/linkage.h>
#include <linux/minmax.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/start_kernel.h>
#include <linux/string.h>
#include <quire/boot_info.h>

struct boot_info boot_info;

int boot_read_phys(void *dst, u64 phys, u32 size)
{
	while (size) {
		u32 offset = phys & ~PAGE_MASK;
		u32 n = min_t(u32, size, PAGE_SIZE - offset);

		__set_fixmap(FIX_BOOT_WINDOW, phys - offset, PAGE_KERNEL_RO);
		memcpy(dst, (char *)fix_to_virt(FIX_BOOT_WINDOW) + offset, n);
		clear_fixmap(FIX_BOOT_WINDOW);
		dst += n;
		phys += n;
		size -= n;
	}
	return 0;
}

/* Called by boot/entry.asm with what the loader left in EBX. */
void __init __noreturn boot_main(u32 magic, u32 info)
{
	int err;

	kasan_early_init();
	keep_pristine_per_cpu();
	early_cpu_init();
	early_trap_init();
	early_console_init();
	err = multiboot_parse(&boot_info, info, boot_read_phys);
	if (err)
		panic("the boot loader gave no memory map (info at %#x)", info);
	start_kernel();
}
