// SPDX-License-Identifier: MIT
/* The other CPUs: do they run, each with what is its own and what is alike? */
#include "smp_test.h"

#include <asm/apic.h>
#include <asm/desc.h>
#include <asm/msr.h>
#include <asm/segment.h>
#include <linux/errno.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/string.h>

/* What a CPU finds out about itself. */
struct self {
	int number;
	u32 apicid;
	struct desc_ptr gdt, idt;
	u16 tr, fs;
	unsigned long cr0, cr3, cr4, stack;
	u64 pat;
	bool irqs_off, hardirq;
	struct task_struct *task;
};

static struct self selves[NR_CPUS];

static void look_at_self(void *unused)
{
	struct self *self = &selves[smp_processor_id()];

	self->number = smp_processor_id();
	self->apicid = apic_is_on() ? read_apic_id() : 0;
	asm volatile("sgdt %0" : "=m"(self->gdt));
	asm volatile("sidt %0" : "=m"(self->idt));
	asm volatile("str %0" : "=m"(self->tr));
	asm volatile("movw %%fs, %0" : "=m"(self->fs));
	self->cr0 = read_cr0();
	self->cr3 = __read_cr3();
	self->cr4 = cr4_or_zero();
	self->stack = current_stack_pointer;
	if (boot_cpu_has(X86_FEATURE_PAT))
		rdmsrl(MSR_IA32_CR_PAT, self->pat);
	self->irqs_off = irqs_disabled();
	self->hardirq = in_hardirq();
	self->task = current;
}

static int look_at_all(struct kunit_suite *suite)
{
	memset(selves, 0xff, sizeof(selves));
	on_each_cpu(look_at_self, NULL, 1);
	return 0;
}

/* Does each CPU know its number, and is it the one that its APIC names? */
static void numbers_fit(struct kunit *test)
{
	int cpu;

	for_each_online_cpu(cpu) {
		KUNIT_EXPECT_EQ(test, selves[cpu].number, cpu);
		if (apic_is_on())
			KUNIT_EXPECT_EQ(test, selves[cpu].apicid,
					cpu_physical_id(cpu));
	}
}

/* Do all of them run that the firmware and the command line leave? */
static void all_came(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, cpu_online(0));
	KUNIT_EXPECT_TRUE(test,
			  cpumask_subset(cpu_online_mask, cpu_present_mask));
	KUNIT_EXPECT_TRUE(test,
			  cpumask_subset(cpu_present_mask, cpu_possible_mask));
	KUNIT_EXPECT_LE(test, num_possible_cpus(), num_processors);
	KUNIT_EXPECT_LE(test, cpumask_weight(cpu_possible_mask), nr_cpu_ids);
}

/* Are the control registers and the memory types the boot CPU's? */
static void registers_are_alike(struct kunit *test)
{
	int cpu;

	for_each_online_cpu(cpu) {
		KUNIT_EXPECT_EQ(test, selves[cpu].cr0, selves[0].cr0);
		KUNIT_EXPECT_EQ(test, selves[cpu].cr3, selves[0].cr3);
		KUNIT_EXPECT_EQ(test, selves[cpu].cr4, selves[0].cr4);
		KUNIT_EXPECT_EQ(test, selves[cpu].pat, selves[0].pat);
		KUNIT_EXPECT_EQ(test, selves[cpu].idt.address,
				selves[0].idt.address);
		KUNIT_EXPECT_EQ(test, selves[cpu].tr, GDT_ENTRY_TSS * 8);
		if (IS_ENABLED(CONFIG_SMP))
			KUNIT_EXPECT_EQ(test, selves[cpu].fs, __KERNEL_PERCPU);
	}
}

static const struct desc_struct *gdt_entry(int cpu, unsigned int entry)
{
	return (struct desc_struct *)selves[cpu].gdt.address + entry;
}

static unsigned long segment_base(int cpu, unsigned int entry)
{
	const struct desc_struct *d = gdt_entry(cpu, entry);

	return d->a >> 16 | (d->b & 0xff) << 16 | (d->b & 0xff000000);
}

static void expect_different(struct kunit *test, int a, int b)
{
	KUNIT_EXPECT_NE(test, selves[a].gdt.address, selves[b].gdt.address);
	KUNIT_EXPECT_NE(test, segment_base(a, GDT_ENTRY_TSS),
			segment_base(b, GDT_ENTRY_TSS));
	KUNIT_EXPECT_PTR_NE(test, selves[a].task, selves[b].task);
	KUNIT_EXPECT_NE(test, selves[a].stack & PAGE_MASK,
			selves[b].stack & PAGE_MASK);
}

/* Has each a GDT, a TSS, an idle thread and an interrupt stack of its own? */
static void own_things(struct kunit *test)
{
	int cpu, other;

	for_each_online_cpu(cpu)
		for_each_online_cpu(other)
			if (other != cpu)
				expect_different(test, cpu, other);
}

/* Does the part of the per-CPU segment lead to the CPU's own copy? */
static void segment_leads_home(struct kunit *test)
{
	int cpu;

	if (!IS_ENABLED(CONFIG_SMP))
		kunit_skip(test, "one CPU needs no segment");
	for_each_online_cpu(cpu)
		KUNIT_EXPECT_EQ(test, segment_base(cpu, GDT_ENTRY_PERCPU),
				per_cpu_offset(cpu));
}

static struct kunit_case smp_boot_cases[] = {
	KUNIT_CASE(numbers_fit),
	KUNIT_CASE(all_came),
	KUNIT_CASE(registers_are_alike),
	KUNIT_CASE(own_things),
	KUNIT_CASE(segment_leads_home),
	{}
};

static struct kunit_suite smp_boot_suite = {
	.name = "smp_boot",
	.suite_init = look_at_all,
	.test_cases = smp_boot_cases,
};
kunit_test_suite(smp_boot_suite);
