#ifndef _ASM_X86_SETUP_H
#define _ASM_X86_SETUP_H

#include <linux/types.h>

struct pt_regs;

/*
 * The machine's part of starting, in the order kernel/main.c calls it. All
 * of it runs once, with interrupts off.
 */

/* Serial and screen, so that printk() is seen from the first line on. */
void early_console_init(void);

/* Says what the loader gave, reserves it, and sizes lowmem. */
void setup_arch(void);

/*
 * Builds the direct map of lowmem and leaves the boot page tables. Needs
 * memblock; afterwards every frame that memblock gives out is mapped.
 */
void paging_init(void);

/* Boot-only code and data to the buddy, when nothing runs there any more. */
void free_initmem(void);

/* Interrupt controller masked; interrupts may be enabled afterwards. */
void init_IRQ(void);

/* Registers, code bytes and callers at an exception. Any context. */
void show_regs(struct pt_regs *regs);

/* The page-table walk for an address, in words, at a printk level. */
void show_pte_walk(const char *level, unsigned long address);

/* The rights and marks of a page-table entry, in words, into buf. */
void pte_words(char *buf, size_t size, unsigned long entry);

/*
 * A fault that no fixup handles is offered to this hook before the kernel
 * gives up; what names it ("page fault", ...). The hook either returns, and
 * the kernel panics, or leaves by longjmp(). NULL: none.
 */
typedef void (*fault_hook_t)(struct pt_regs *regs, const char *what);
extern fault_hook_t fault_hook;

#endif
