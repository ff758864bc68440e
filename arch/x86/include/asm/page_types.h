/* SPDX-License-Identifier: MIT */
/*
 * The size of a page and where the kernel's addresses begin.
 *
 * Only constants: this header may be included from everywhere, the linker
 * script and the assembler's C neighbours included.
 */
#ifndef _ASM_X86_PAGE_TYPES_H
#define _ASM_X86_PAGE_TYPES_H

#include <linux/const.h>

#define PAGE_SHIFT	12
#define PAGE_SIZE	(_AC(1, UL) << PAGE_SHIFT)
#define PAGE_MASK	(~(PAGE_SIZE - 1))

/* A large page under two-level paging maps one page-directory entry. */
#define PMD_PAGE_SIZE	(_AC(1, UL) << 22)
#define PMD_PAGE_MASK	(~(PMD_PAGE_SIZE - 1))
#define LARGE_PAGE_SIZE	PMD_PAGE_SIZE

/*
 * The 3G/1G split: user space below, the kernel's gigabyte from here to
 * KERNEL_SPACE_END, which is 0: the end of the address space. (Only as a
 * process on another kernel does it lie elsewhere: arch/host.)
 */
#ifndef CONFIG_PAGE_OFFSET
#define CONFIG_PAGE_OFFSET 0xC0000000
#endif
#define PAGE_OFFSET	_AC(CONFIG_PAGE_OFFSET, UL)
#define TASK_SIZE	PAGE_OFFSET
#define KERNEL_SPACE_END (PAGE_OFFSET + _AC(0x40000000, UL))

/* The image is loaded at 1 MiB and runs 3 GiB higher. */
#define LOAD_PHYSICAL_ADDR	_AC(0x00100000, UL)
#define KERNEL_IMAGE_START	(PAGE_OFFSET + LOAD_PHYSICAL_ADDR)

/*
 * One kernel stack: 8 KiB or, by choice, 4 KiB, with an unmapped page below
 * it as its guard; 16 KiB with red zones around each variable (KASAN).
 * boot/tables.asm knows the sizes as well.
 */
#ifdef CONFIG_4KSTACKS
#define THREAD_SIZE_ORDER	0
#elif defined(CONFIG_THREAD_SIZE_ORDER)
#define THREAD_SIZE_ORDER	CONFIG_THREAD_SIZE_ORDER
#elif defined(CONFIG_KASAN_SHADOW_OFFSET)
#define THREAD_SIZE_ORDER	2
#else
#define THREAD_SIZE_ORDER	1
#endif
#define THREAD_SIZE		(PAGE_SIZE << THREAD_SIZE_ORDER)

#endif
