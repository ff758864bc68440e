/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/desc.c - GDT, TSS, IDT
 *
 * Segments are flat: every base is 0 and every limit 4 GiB, so a logical
 * address is a linear address, and kernel and user segments differ by
 * privilege only. All protection is done by pages. The kernel's %fs alone has
 * a base, which leads to the data of its CPU: hence one GDT per CPU, and with
 * it one TSS. The IDT is shared.
 *
 * The double fault is the one exception that must not use the current stack:
 * it is what a stack overflow turns into, when the CPU finds no room to push
 * the page fault. A task gate loads ESP, CR3 and all registers from a TSS of
 * its own [SDM3 7.3]:
 *
 *	stack runs into guard page -> #PF, cannot push -> #DF
 *	    -> task gate -> double_fault_tss: own stack -> do_double_fault()
 *	                    cpu_tss: what the registers were
 *
 * (arch/x86/kernel/cpu/common.c, doublefault_32.c)
 */
#include <asm/desc.h>

#include "traps.h"

#include <asm/page.h>
#include <asm/pgtable.h>
#include <asm/sections.h>
#include <asm/stacktrace.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/percpu.h>

struct gdt_page {
	struct desc_struct gdt[GDT_ENTRIES];
};

DEFINE_PER_CPU(struct x86_hw_tss, cpu_tss);
static DEFINE_PER_CPU(struct x86_hw_tss, double_fault_tss);
static DEFINE_PER_CPU_ALIGNED(struct gdt_page, gdt_page);
static struct desc_struct idt[IDT_ENTRIES] __aligned(8);

static void set_segment(struct desc_struct *desc, u32 base, u32 limit, u8 type)
{
	u8 flags = limit == FLAT_LIMIT ? DESC_FLAT : 0;

	desc->a = base << 16 | (limit & 0xffff);
	desc->b = (base & 0xff000000) | (u32)flags << 20 | (limit & 0xf0000) |
		  (u32)type << 8 | (base >> 16 & 0xff);
}

static void set_gate(unsigned int vector, unsigned long handler, u16 selector,
		     u8 type)
{
	idt[vector].a = (u32)selector << 16 | (handler & 0xffff);
	idt[vector].b = (handler & 0xffff0000) | (u32)type << 8;
}

unsigned long idt_handler(unsigned int vector)
{
	return (idt[vector].b & 0xffff0000) | (idt[vector].a & 0xffff);
}

static void setup_gdt(unsigned int cpu)
{
	u32 tss_limit = sizeof(struct x86_hw_tss) - 1;
	struct desc_struct *gdt = per_cpu(gdt_page, cpu).gdt;

	set_segment(&gdt[GDT_ENTRY_KERNEL_CS], 0, FLAT_LIMIT, DESC_CODE);
	set_segment(&gdt[GDT_ENTRY_KERNEL_DS], 0, FLAT_LIMIT, DESC_DATA);
	set_segment(&gdt[GDT_ENTRY_DEFAULT_USER_CS], 0, FLAT_LIMIT,
		    DESC_CODE | DESC_DPL3);
	set_segment(&gdt[GDT_ENTRY_DEFAULT_USER_DS], 0, FLAT_LIMIT,
		    DESC_DATA | DESC_DPL3);
	set_segment(&gdt[GDT_ENTRY_TSS], (u32)&per_cpu(cpu_tss, cpu), tss_limit,
		    DESC_TSS);
	set_segment(&gdt[GDT_ENTRY_DOUBLEFAULT_TSS],
		    (u32)&per_cpu(double_fault_tss, cpu), tss_limit, DESC_TSS);
	set_segment(&gdt[GDT_ENTRY_PERCPU], per_cpu_offset(cpu), FLAT_LIMIT,
		    DESC_DATA);
}

static void setup_tss(unsigned int cpu, unsigned long stack_top)
{
	struct x86_hw_tss *tss = &per_cpu(cpu_tss, cpu);

	tss->ss0 = __KERNEL_DS;
	tss->sp0 = stack_top;
	tss->io_bitmap_base = sizeof(*tss);
}

static void setup_double_fault(unsigned int cpu, unsigned long stack_top)
{
	struct x86_hw_tss *tss = &per_cpu(double_fault_tss, cpu);

	tss->__cr3 = __pa_nodebug(swapper_pg_dir);
	tss->ip = (u32)double_fault_entry;
	tss->flags = 2; /* always one; interrupts off */
	tss->sp = stack_top;
	tss->ss = __KERNEL_DS;
	tss->cs = __KERNEL_CS;
	tss->ds = __KERNEL_DS;
	tss->es = __KERNEL_DS;
	tss->fs = __KERNEL_PERCPU;
	tss->io_bitmap_base = sizeof(*tss);
	per_cpu(doublefault_stack_ptr, cpu) = (void *)stack_top;
}

static void __init setup_idt(void)
{
	unsigned int vector;

	for (vector = 0; vector < IDT_ENTRIES; vector++)
		set_gate(vector, vector_stubs[vector], __KERNEL_CS,
			 GATE_INTERRUPT);
	set_gate(X86_TRAP_DF, 0, GDT_ENTRY_DOUBLEFAULT_TSS * 8, GATE_TASK);
	/* int3 may come from user mode; the others are the CPU's own */
	set_gate(X86_TRAP_BP, vector_stubs[X86_TRAP_BP], __KERNEL_CS,
		 GATE_INTERRUPT | DESC_DPL3);
}

/* Its base is read anew from the GDT that is in use now. */
static __always_inline void load_percpu_segment(void)
{
	if (IS_ENABLED(CONFIG_SMP))
		asm volatile("movl %0, %%fs" : : "r"(__KERNEL_PERCPU)
			     : "memory");
}

/* The stack's guard, which is read through %fs, is another one behind it. */
__no_stack_protector __no_kcsan void load_cpu_tables(unsigned int cpu)
{
	struct desc_ptr gdt_ptr = { sizeof(struct gdt_page) - 1,
				    (u32)&per_cpu(gdt_page, cpu) };
	struct desc_ptr idt_ptr = { sizeof(idt) - 1, (u32)idt };

	asm volatile("lgdt %0\n"
		     "ljmp %1, $1f\n"
		     "1:\n"
		     "movl %2, %%ds\n"
		     "movl %2, %%es\n"
		     "movl %2, %%ss\n"
		     : : "m"(gdt_ptr), "i"(__KERNEL_CS), "r"(__KERNEL_DS)
		     : "memory");
	load_percpu_segment();
	/* INIT leaves one of 64 KiB at address 0 [SDM3 Table 9-1] */
	asm volatile("lldt %w0" : : "r"(0));
	asm volatile("ltr %w0" : : "r"(GDT_ENTRY_TSS * 8));
	asm volatile("lidt %0" : : "m"(idt_ptr));
}

void setup_cpu_tables(unsigned int cpu, unsigned long stack_top,
		      unsigned long double_fault_stack_top)
{
	setup_gdt(cpu);
	setup_tss(cpu, stack_top);
	setup_double_fault(cpu, double_fault_stack_top);
}

void __init early_trap_init(void)
{
	setup_cpu_tables(0, (unsigned long)init_stack + THREAD_SIZE,
			 (unsigned long)double_fault_stack +
				 DOUBLEFAULT_STACK_SIZE);
	setup_idt();
	load_cpu_tables(0);
}
