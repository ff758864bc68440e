/* SPDX-License-Identifier: MIT */
/* Between the files of arch/host/user. */
#ifndef _TESTS_HOST_MACHINE_H
#define _TESTS_HOST_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../../../arch/host/include/asm/host.h"

typedef uint64_t u64;
typedef uint32_t u32;
#define _LINUX_TYPES_H /* the kernel's would clash with the C library's */
#include "../../../include/quire/boot_info.h"

/* As in <asm/page_types.h>, and linked into image.ld. */
#define KERNEL_BASE 0x80000000UL
#define KERNEL_SIZE 0x40000000UL
#define KERNEL_END (KERNEL_BASE + KERNEL_SIZE)
#define PAGE_SIZE 4096UL
#define THREAD_SIZE (8 * PAGE_SIZE)

/* A window on the first gigabyte of physical memory: page tables are there. */
#define RAM_VIEW 0x40000000UL
#define RAM_VIEW_SIZE 0x40000000UL
extern char *const ram;
extern int ram_fd;

#define LARGE_SIZE 0x400000UL
#define PTE_PRESENT 1u
#define PTE_RW 2u
#define PTE_PSE 0x80u
#define PTE_FRAME 0xfffff000u

/* The image's borders in lowmem; what entry code would use. */
extern char host_image_start[], host_image_end[];
extern char init_stack[], swapper_pg_dir[], fixmap_page_table[];
extern void *high_memory;

/* Where a byte of the kernel's lowmem is in that window. */
static inline void *ram_of(const void *addr)
{
	return ram + ((const char *)addr - (const char *)KERNEL_BASE);
}

#define NR_CPUS 32

void tlb_init(void);
void signal_init(void);

/* From now on accesses are those of another CPU, which has its own TLB. */
void tlb_use(unsigned int cpu);

/* May the access go on, now that the tables were walked? */
bool tlb_fill(unsigned long addr, bool write);

/* Tells errno's text as well, and ends the process. */
void host_die(const char *what) __attribute__((__noreturn__));

#endif
