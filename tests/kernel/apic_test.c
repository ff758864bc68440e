// SPDX-License-Identifier: MIT
/* Local APICs: are they set up, and do interrupts between CPUs arrive? */
#include <kunit/test.h>
#include <asm/apic.h>
#include <asm/desc.h>
#include <asm/hw_irq.h>
#include <asm/pgtable.h>
#include <asm/tsc.h>
#include <linux/atomic.h>
#include <linux/delay.h>
#include <linux/irq.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/math64.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <linux/timer.h>

#define STRAY_VECTOR 0xe5 /* a system vector that nobody has */
#define WAIT_MSECS 2000

static atomic_t arrived[NR_CPUS];
static bool seen_irqs_off, seen_hardirq;

static void came(struct pt_regs *regs)
{
	atomic_inc(&arrived[raw_smp_processor_id()]);
	seen_irqs_off = irqs_disabled();
	seen_hardirq = in_hardirq();
}

static int apic_init(struct kunit *test)
{
	static bool registered;
	unsigned int cpu;

	if (!apic_is_on())
		kunit_skip(test, "no local APIC here");
	if (!registered)
		set_system_vector(TEST_VECTOR, came, NULL, NULL);
	registered = true;
	for (cpu = 0; cpu < NR_CPUS; cpu++)
		atomic_set(&arrived[cpu], 0);
	return 0;
}

/* Waits until so many have come to a CPU; how many did. */
static int wait_for(int cpu, int count)
{
	unsigned int i;

	for (i = 0; i < WAIT_MSECS * 10; i++) {
		if (atomic_read(&arrived[cpu]) >= count)
			break;
		udelay(100);
	}
	return atomic_read(&arrived[cpu]);
}

/* Is nothing in service on this CPU, of any vector? */
static bool nothing_in_service(void)
{
	unsigned int vector;

	for (vector = 0; vector < NR_VECTORS; vector++)
		if (apic_in_service(vector))
			return false;
	return true;
}

/* Is the APIC on, open for all priorities, and where its id says? */
static void registers_are_set(struct kunit *test)
{
	unsigned long flags;

	local_irq_save(flags);
	KUNIT_EXPECT_EQ(test, read_apic_id(),
			cpu_physical_id(raw_smp_processor_id()));
	KUNIT_EXPECT_EQ(test, apic_read(APIC_SPIV) & 0x1ff,
			APIC_SPIV_APIC_ENABLED | SPURIOUS_APIC_VECTOR);
	KUNIT_EXPECT_EQ(test, apic_read(APIC_TASKPRI), 0);
	KUNIT_EXPECT_EQ(test, apic_read(APIC_LVTERR) & 0xff, ERROR_APIC_VECTOR);
	KUNIT_EXPECT_FALSE(test, apic_read(APIC_LVTERR) & APIC_LVT_MASKED);
	KUNIT_EXPECT_TRUE(test, nothing_in_service());
	local_irq_restore(flags);
}

/* Are its registers mapped so that no cache keeps them? */
static void mapping_is_uncached(struct kunit *test)
{
	pte_t pte = fixmap_pte[-FIX_APIC_BASE];

	KUNIT_EXPECT_TRUE(test, pte_val(pte) & _PAGE_PRESENT);
	KUNIT_EXPECT_TRUE(test, pte_val(pte) & _PAGE_PCD);
}

/* Does what a CPU sends to itself come once, as an interrupt does? */
static void self_ipi_arrives(struct kunit *test)
{
	unsigned long flags, before;
	int cpu;

	local_irq_save(flags);
	cpu = raw_smp_processor_id();
	before = system_vector_count(TEST_VECTOR, cpu);
	apic_send_IPI_self(TEST_VECTOR);
	local_irq_restore(flags);
	KUNIT_EXPECT_EQ(test, wait_for(cpu, 1), 1);
	KUNIT_EXPECT_EQ(test, system_vector_count(TEST_VECTOR, cpu),
			before + 1);
	KUNIT_EXPECT_TRUE(test, seen_irqs_off);
	KUNIT_EXPECT_TRUE(test, seen_hardirq);
	KUNIT_EXPECT_TRUE(test, nothing_in_service());
}

/* Does one wait while interrupts are off, and do two become one? */
static void ipi_waits(struct kunit *test)
{
	unsigned long flags;
	unsigned int i;
	int cpu;

	local_irq_save(flags);
	cpu = raw_smp_processor_id();
	apic_send_IPI_self(TEST_VECTOR);
	apic_send_IPI_self(TEST_VECTOR);
	for (i = 0; i < 10000 && !apic_has_arrived(TEST_VECTOR); i++)
		udelay(1);
	KUNIT_EXPECT_TRUE(test, apic_has_arrived(TEST_VECTOR));
	KUNIT_EXPECT_EQ(test, atomic_read(&arrived[cpu]), 0);
	local_irq_restore(flags);
	KUNIT_EXPECT_EQ(test, wait_for(cpu, 1), 1);
	KUNIT_EXPECT_FALSE(test, apic_has_arrived(TEST_VECTOR));
}

/* Does each online CPU get one, and the sender none where it says so? */
static void ipi_reaches_all(struct kunit *test)
{
	unsigned long flags;
	int cpu, self;

	local_irq_save(flags);
	self = raw_smp_processor_id();
	apic_send_IPI_allbutself(TEST_VECTOR);
	local_irq_restore(flags);
	for_each_online_cpu(cpu)
		KUNIT_EXPECT_EQ(test, wait_for(cpu, cpu != self), cpu != self);
	for_each_online_cpu(cpu)
		apic_send_IPI_mask(cpumask_of(cpu), TEST_VECTOR);
	for_each_online_cpu(cpu)
		KUNIT_EXPECT_EQ(test, wait_for(cpu, 1 + (cpu != self)),
				1 + (cpu != self));
	apic_send_IPI_mask_allbutself(cpumask_of(self), TEST_VECTOR);
	udelay(1000);
	KUNIT_EXPECT_EQ(test, atomic_read(&arrived[self]), 1);
}

/* Is one that nobody waits for counted, and ended, so that others come? */
static void stray_ipi_is_ended(struct kunit *test)
{
	unsigned long before = spurious_irqs();

	apic_send_IPI(0, STRAY_VECTOR);
	mdelay(1);
	KUNIT_EXPECT_EQ(test, spurious_irqs(), before + 1);
	apic_send_IPI(0, TEST_VECTOR); /* a lower priority */
	KUNIT_EXPECT_EQ(test, wait_for(0, 1), 1);
}

/* Is a spurious one counted, and no end written for it? */
static void spurious_is_counted(struct kunit *test)
{
	unsigned long flags, before;
	int cpu;

	local_irq_save(flags);
	cpu = raw_smp_processor_id();
	before = system_vector_count(SPURIOUS_APIC_VECTOR, cpu);
	asm volatile("int $0xff");
	KUNIT_EXPECT_EQ(test, system_vector_count(SPURIOUS_APIC_VECTOR, cpu),
			before + 1);
	local_irq_restore(flags);
}

static unsigned long seven(int cpu)
{
	return 7;
}

/* Do system vectors and added rows show in the text, hidden ones not? */
static void rows_are_shown(struct kunit *test)
{
	char *buf = kunit_kzalloc(test, 4096, GFP_KERNEL);
	static bool added;
	struct seq_file m;

	KUNIT_ASSERT_NOT_NULL(test, buf);
	if (!added)
		add_interrupt_row("TST", "Seven, for a test", seven);
	added = true;
	seq_init_buffer(&m, buf, 4096);
	interrupts_show(&m, NULL);
	KUNIT_EXPECT_NOT_NULL(test, strstr(buf, "\nSPU: "));
	KUNIT_EXPECT_NOT_NULL(test, strstr(buf, "   Local APIC errors\n"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(buf, "\nTST:          7"));
	KUNIT_EXPECT_NULL(test, strstr(buf, "(null)"));
}

static void timer_came(struct timer_list *timer)
{
	came(NULL);
}

/* Does this CPU's own timer bring the interrupt of a kernel timer? */
static void timer_interrupts(struct kunit *test)
{
	struct timer_list timer;
	unsigned long before = 0, after = 0;
	int cpu, came_to = 0;

	if (!lapic_timer_hz())
		kunit_skip(test, "the APIC's timer is not used");
	for_each_online_cpu(cpu)
		before += system_vector_count(LOCAL_TIMER_VECTOR, cpu);
	timer_setup_on_stack(&timer, timer_came, 0);
	mod_timer(&timer, jiffies + 2);
	mdelay(10);
	for (cpu = 0; !came_to && cpu < WAIT_MSECS; cpu++) {
		mdelay(1);
		came_to = !timer_pending(&timer);
	}
	del_timer_sync(&timer);
	KUNIT_EXPECT_TRUE(test, came_to);
	for_each_online_cpu(cpu)
		after += system_vector_count(LOCAL_TIMER_VECTOR, cpu);
	KUNIT_EXPECT_GT(test, after, before);
}

/* How many of a thousand counts that should pass do; interrupts off. */
static unsigned int timer_speed(void)
{
	u32 count = apic_read(APIC_TMCCT);
	u64 cycles = rdtsc();
	u32 passed;

	udelay(2000);
	passed = count - apic_read(APIC_TMCCT);
	cycles = rdtsc() - cycles;
	return div64_u64((u64)passed * tsc_khz * 1000,
			 div_u64(cycles * lapic_timer_hz(), 1000));
}

/* Does it count as fast as was measured? */
static void timer_keeps_its_rate(struct kunit *test)
{
	struct timer_list timer;
	unsigned int i, speed = 0;
	unsigned long flags;

	if (!lapic_timer_hz())
		kunit_skip(test, "the APIC's timer is not used");
	timer_setup_on_stack(&timer, timer_came, 0);
	for (i = 0; i < 20 && (speed < 950 || speed > 1050); i++) {
		/* so that it has something to count to, on this CPU */
		local_irq_save(flags);
		mod_timer(&timer, jiffies + 20);
		speed = timer_speed();
		local_irq_restore(flags);
		del_timer_sync(&timer);
	}
	KUNIT_EXPECT_GE(test, speed, 950);
	KUNIT_EXPECT_LE(test, speed, 1050);
}

static struct kunit_case apic_cases[] = {
	KUNIT_CASE(registers_are_set),
	KUNIT_CASE(mapping_is_uncached),
	KUNIT_CASE(self_ipi_arrives),
	KUNIT_CASE(ipi_waits),
	KUNIT_CASE(ipi_reaches_all),
	KUNIT_CASE(stray_ipi_is_ended),
	KUNIT_CASE(spurious_is_counted),
	KUNIT_CASE(rows_are_shown),
	KUNIT_CASE(timer_interrupts),
	KUNIT_CASE(timer_keeps_its_rate),
	{}
};

static struct kunit_suite apic_suite = {
	.name = "apic",
	.init = apic_init,
	.test_cases = apic_cases,
};
kunit_test_suite(apic_suite);
