/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/desc.c - GDT, TSS, IDT
 *
 * Segments are flat: every base is 0 and every limit 4 GiB, so a logical
 * address is a linear address, and kernel and user segments differ by
 * privilege only. All protection is done by pages.
 *
 * The double fault is the one exception that must not use the current stack:
 * it is what a stack overflow turns into, when the CPU finds no room to push
 * the page fault. A task gate loads ESP, CR3 and all registers from a TSS of
 * its own [SDM3 7.3]:
 *
 *	stack runs into guard page -> #PF, cannot push -> #DF
 *	    -> task gate -> double_fault_tss: own stack -> do_double_fault()
 *	                    boot_tss: what the registers were
 *
 * Differs from Linux: one CPU so far, so the tables are static, not per-CPU.
 * (arch/x86/kernel/cpu/common.c, doublefault_32.c)
 */
#include <asm/desc.h>

#include "traps.h"

#include <asm/page.h>
#include <asm/pgtable.h>
#include <asm/sections.h>
#include <linux/init.h>
#include <linux/kernel.h>

struct x86_hw_tss boot_tss;
static struct x86_hw_tss double_fault_tss;
static struct desc_struct gdt[GDT_ENTRIES] __aligned(8);
static struct desc_struct idt[IDT_ENTRIES] __aligned(8);

static void set_segment(unsigned int entry, u32 base, u32 limit, u8 type,
			u8 flags)
{
	gdt[entry].a = base << 16 | (limit & 0xffff);
	gdt[entry].b = (base & 0xff000000) | (u32)flags << 20 |
		       (limit & 0xf0000) | (u32)type << 8 | (base >> 16 & 0xff);
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

static void __init setup_gdt(void)
{
	u32 tss_limit = sizeof(struct x86_hw_tss) - 1;

	set_segment(GDT_ENTRY_KERNEL_CS, 0, 0xfffff, DESC_CODE, DESC_FLAT);
	set_segment(GDT_ENTRY_KERNEL_DS, 0, 0xfffff, DESC_DATA, DESC_FLAT);
	set_segment(GDT_ENTRY_DEFAULT_USER_CS, 0, 0xfffff,
		    DESC_CODE | DESC_DPL3, DESC_FLAT);
	set_segment(GDT_ENTRY_DEFAULT_USER_DS, 0, 0xfffff,
		    DESC_DATA | DESC_DPL3, DESC_FLAT);
	set_segment(GDT_ENTRY_TSS, (u32)&boot_tss, tss_limit, DESC_TSS, 0);
	set_segment(GDT_ENTRY_DOUBLEFAULT_TSS, (u32)&double_fault_tss,
		    tss_limit, DESC_TSS, 0);
}

static void __init setup_tss(void)
{
	boot_tss.ss0 = __KERNEL_DS;
	boot_tss.sp0 = (u32)init_stack + THREAD_SIZE;
	boot_tss.io_bitmap_base = sizeof(boot_tss);

	double_fault_tss.__cr3 = __pa_nodebug(swapper_pg_dir);
	double_fault_tss.ip = (u32)double_fault_entry;
	double_fault_tss.flags = 2; /* always one; interrupts off */
	double_fault_tss.sp = (u32)double_fault_stack + PAGE_SIZE;
	double_fault_tss.ss = __KERNEL_DS;
	double_fault_tss.cs = __KERNEL_CS;
	double_fault_tss.ds = __KERNEL_DS;
	double_fault_tss.es = __KERNEL_DS;
	double_fault_tss.io_bitmap_base = sizeof(double_fault_tss);
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

void __init early_trap_init(void)
{
	struct desc_ptr gdt_ptr = { sizeof(gdt) - 1, (u32)gdt };
	struct desc_ptr idt_ptr = { sizeof(idt) - 1, (u32)idt };

	setup_gdt();
	setup_tss();
	setup_idt();
	asm volatile("lgdt %0\n"
		     "ljmp %1, $1f\n"
		     "1:\n"
		     "movl %2, %%ds\n"
		     "movl %2, %%es\n"
		     "movl %2, %%ss\n"
		     : : "m"(gdt_ptr), "i"(__KERNEL_CS), "r"(__KERNEL_DS)
		     : "memory");
	asm volatile("ltr %w0" : : "r"(GDT_ENTRY_TSS * 8));
	asm volatile("lidt %0" : : "m"(idt_ptr));
}
