#ifndef _ASM_X86_DESC_H
#define _ASM_X86_DESC_H

#include <asm/segment.h>
#include <linux/types.h>

/* Segment and gate descriptors [SDM3 3.4.5, 5.8.3, 6.11]. */
#define DESC_CODE 0x9A		/* present, ring 0, execute/read */
#define DESC_DATA 0x92		/* present, ring 0, read/write */
#define DESC_TSS 0x89		/* present, available 32-bit TSS */
#define DESC_DPL3 0x60
#define DESC_FLAT 0xC		/* 4 KiB granularity, 32 bits */
#define FLAT_LIMIT 0xfffff	/* in pages: 4 GiB */

#define GATE_TASK 0x85
#define GATE_INTERRUPT 0x8E	/* clears IF */

struct desc_struct {
	u32 a, b;
};

struct desc_ptr {
	u16 size;
	u32 address;
} __attribute__((__packed__));

#define IDT_ENTRIES 256

#ifdef CONFIG_SMP
/*
 * Sets the first values of all per-CPU variables aside for the copies of
 * other CPUs. Before the first of them changes.
 */
void keep_pristine_per_cpu(void);
#else
static inline void keep_pristine_per_cpu(void)
{
}
#endif

/* Interrupts that nobody was waiting for, since boot. */
unsigned long spurious_irqs(void);

/* GDT, TSS and IDT: from here on a fault gives a dump, not a reset. */
void early_trap_init(void);

/*
 * A CPU's own GDT and TSS are filled by any CPU, before the CPU that they
 * belong to loads them, together with the IDT and its %fs. Stacks are given by
 * their upper end.
 */
void setup_cpu_tables(unsigned int cpu, unsigned long stack_top,
		      unsigned long double_fault_stack_top);
void load_cpu_tables(unsigned int cpu);

/* The linear address a gate's handler begins at, for tests. */
unsigned long idt_handler(unsigned int vector);

#endif
