// SPDX-License-Identifier: MIT
/* I/O APICs: does each line arrive where and how it should? */
#include <kunit/test.h>
#include <asm/apic.h>
#include <asm/io_apic.h>
#include <linux/bitmap.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/irq.h>
#include <linux/irqflags.h>
#include <linux/kernel_stat.h>
#include <linux/smp.h>
#include <quire/pit.h>

#include "../../arch/x86/kernel/irq_vector.h"

#define EDGE_LINE 7 /* the printer port of old, an edge */
#define WAIT_MSECS 2000

static volatile unsigned int calls;
static volatile bool running, leave, done;

static int ioapic_init(struct kunit *test)
{
	if (!io_apic_on)
		kunit_skip(test, "no I/O APIC in use here");
	calls = 0;
	running = false;
	leave = false;
	done = false;
	return 0;
}

static irqreturn_t came(int irq, void *dev)
{
	calls++;
	return IRQ_HANDLED;
}

static unsigned int wait_for_calls(unsigned int count)
{
	unsigned int i;

	for (i = 0; calls < count && i < WAIT_MSECS * 10; i++)
		udelay(100);
	return calls;
}

static bool is_masked(unsigned int irq)
{
	return io_apic_read_rte(irq) & IOAPIC_RTE_MASKED;
}

static unsigned int rte_cpu(unsigned int irq)
{
	return cpu_of_apicid(io_apic_read_rte(irq) >> 56);
}

/* As the line's controller would; to the CPU that calls. */
static void raise_here(unsigned int irq)
{
	apic_send_IPI_self(io_apic_read_rte(irq) & IOAPIC_RTE_VECTOR);
}

static bool has_line(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	return desc && !desc->action;
}

/* Is every line shut that nobody uses? (O1) */
static void unused_lines_are_masked(struct kunit *test)
{
	unsigned int irq, lines = 0;

	for (irq = 0; irq < NR_IRQS; irq++) {
		if (!has_line(irq))
			continue;
		KUNIT_EXPECT_TRUE(test, is_masked(irq));
		lines++;
	}
	KUNIT_EXPECT_GT(test, lines, 10);
}

/* Are trigger and polarity what the firmware says? */
static void lines_follow_the_tables(struct kunit *test)
{
	unsigned int irq;

	for (irq = 0; irq < NR_IRQS_LEGACY; irq++) {
		const struct isa_route *route = &apic_config.isa[irq];
		struct irq_desc *desc = irq_to_desc(irq);
		bool level = (route->flags & MP_IRQTRIG_MASK) ==
			     MP_IRQTRIG_LEVEL;
		u64 rte;

		if (!desc)
			continue;
		rte = io_apic_read_rte(irq);
		KUNIT_EXPECT_EQ(test, !!(rte & IOAPIC_RTE_LEVEL), level);
		KUNIT_EXPECT_EQ(test, desc->irq_data.level, level);
		KUNIT_EXPECT_EQ(test, !!(rte & IOAPIC_RTE_ACTIVE_LOW),
				(route->flags & MP_IRQPOL_MASK) ==
					MP_IRQPOL_ACTIVE_LOW);
	}
	/* the others are PCI's: level, active low */
	for (; irq < NR_IRQS; irq++)
		if (irq_to_desc(irq))
			KUNIT_EXPECT_EQ(test,
					io_apic_read_rte(irq) &
						(IOAPIC_RTE_LEVEL |
						 IOAPIC_RTE_ACTIVE_LOW),
					IOAPIC_RTE_LEVEL |
						IOAPIC_RTE_ACTIVE_LOW);
}

/* Is a line open, with its vector, from request to free? */
static void request_opens_the_line(struct kunit *test)
{
	int me;

	KUNIT_ASSERT_EQ(test, request_irq(EDGE_LINE, came, 0, "ioapic", &me),
			0);
	KUNIT_EXPECT_FALSE(test, is_masked(EDGE_LINE));
	KUNIT_EXPECT_EQ(test, io_apic_read_rte(EDGE_LINE) & IOAPIC_RTE_VECTOR,
			ISA_IRQ_VECTOR(EDGE_LINE));
	KUNIT_EXPECT_EQ(test, rte_cpu(EDGE_LINE), 0);
	raise_here(EDGE_LINE);
	KUNIT_EXPECT_EQ(test, wait_for_calls(1), 1);
	free_irq(EDGE_LINE, &me);
	KUNIT_EXPECT_TRUE(test, is_masked(EDGE_LINE));
}

/* Are edges of a disabled line kept, as one, until it is enabled? */
static void disabled_edge_comes_later(struct kunit *test)
{
	int me;

	KUNIT_ASSERT_EQ(test, request_irq(EDGE_LINE, came, 0, "ioapic", &me),
			0);
	disable_irq(EDGE_LINE);
	KUNIT_EXPECT_FALSE(test, is_masked(EDGE_LINE));
	raise_here(EDGE_LINE);
	mdelay(1);
	KUNIT_EXPECT_TRUE(test, is_masked(EDGE_LINE));
	raise_here(EDGE_LINE);
	mdelay(1);
	KUNIT_EXPECT_EQ(test, calls, 0);
	enable_irq(EDGE_LINE);
	KUNIT_EXPECT_EQ(test, wait_for_calls(1), 1);
	KUNIT_EXPECT_FALSE(test, is_masked(EDGE_LINE));
	mdelay(1);
	KUNIT_EXPECT_EQ(test, calls, 1);
	/* nothing came meanwhile: nothing comes now */
	disable_irq(EDGE_LINE);
	enable_irq(EDGE_LINE);
	mdelay(1);
	KUNIT_EXPECT_EQ(test, calls, 1);
	free_irq(EDGE_LINE, &me);
}

/* Is an edge that was kept forgotten when the line gets a new user? */
static void new_user_starts_anew(struct kunit *test)
{
	int me;

	KUNIT_ASSERT_EQ(test, request_irq(EDGE_LINE, came, 0, "ioapic", &me),
			0);
	disable_irq(EDGE_LINE);
	raise_here(EDGE_LINE);
	mdelay(1);
	free_irq(EDGE_LINE, &me);
	KUNIT_ASSERT_EQ(test, request_irq(EDGE_LINE, came, 0, "ioapic", &me),
			0);
	KUNIT_EXPECT_FALSE(test, is_masked(EDGE_LINE));
	mdelay(1);
	KUNIT_EXPECT_EQ(test, calls, 0);
	free_irq(EDGE_LINE, &me);
}

/* Do lines beyond the ISA bus get vectors of their own, and lose them? */
static void other_lines_get_vectors(struct kunit *test)
{
	DECLARE_BITMAP(vectors, NR_VECTORS) = { 0 };
	unsigned int irq, vector, first = 0;
	int me;

	for (irq = NR_IRQS_LEGACY; irq < NR_IRQS; irq++) {
		if (!has_line(irq))
			continue;
		KUNIT_ASSERT_EQ(test, request_irq(irq, came, 0, "ioapic", &me),
				0);
		vector = io_apic_read_rte(irq) & IOAPIC_RTE_VECTOR;
		KUNIT_EXPECT_FALSE(test, test_bit(vector, vectors));
		KUNIT_EXPECT_EQ(test, vector_to_irq(vector), irq);
		set_bit(vector, vectors);
		first = first ? first : irq;
		raise_here(irq);
	}
	KUNIT_EXPECT_EQ(test,
			wait_for_calls(bitmap_weight(vectors, NR_VECTORS)),
			bitmap_weight(vectors, NR_VECTORS));
	for (irq = first; first && irq < NR_IRQS; irq++)
		if (irq_to_desc(irq) && irq_to_desc(irq)->action)
			free_irq(irq, &me);
	for_each_set_bit(vector, vectors, NR_VECTORS)
		KUNIT_EXPECT_EQ(test, vector_to_irq(vector), -1);
}

/* Are all vectors given out before the first refusal, none twice? (V1) */
static void vectors_run_out(struct kunit *test)
{
	unsigned int room = FIRST_SYSTEM_VECTOR - FIRST_DEVICE_VECTOR;
	DECLARE_BITMAP(vectors, NR_VECTORS) = { 0 };
	unsigned int nr = 0, last = 0, same = 0;
	int vector;

	while ((vector = assign_vector(NR_IRQS - 1)) > 0) {
		KUNIT_ASSERT_FALSE(test, test_bit(vector, vectors));
		KUNIT_EXPECT_GE(test, vector, FIRST_DEVICE_VECTOR);
		KUNIT_EXPECT_LT(test, vector, FIRST_SYSTEM_VECTOR);
		set_bit(vector, vectors);
		same += vector / 16 == last / 16;
		last = vector;
		nr++;
	}
	KUNIT_EXPECT_EQ(test, vector, -ENOSPC);
	KUNIT_EXPECT_LE(test, nr, room);
	KUNIT_EXPECT_GT(test, nr, room / 2);
	KUNIT_EXPECT_EQ(test, same, 0); /* each of another priority */
	for_each_set_bit(vector, vectors, NR_VECTORS)
		release_vector(vector);
	vector = assign_vector(NR_IRQS - 1);
	KUNIT_EXPECT_GT(test, vector, 0);
	release_vector(vector);
}

/* Do a device's interrupts follow the line to each CPU? */
static void affinity_moves_the_line(struct kunit *test)
{
	unsigned int before, i;
	int cpu, me;

	if (pit_borrow(came, "ioapic", &me))
		kunit_skip(test, "the timer has its owner");
	for_each_online_cpu(cpu) {
		KUNIT_EXPECT_EQ(test,
				irq_set_affinity(PIT_IRQ, cpumask_of(cpu)), 0);
		KUNIT_EXPECT_EQ(test, rte_cpu(PIT_IRQ), cpu);
		mdelay(1); /* for one that was under way */
		before = kstat_irqs_cpu(PIT_IRQ, cpu);
		for (i = 0; i < 3; i++) {
			calls = 0;
			pit_start_oneshot(500);
			KUNIT_EXPECT_EQ(test, wait_for_calls(1), 1);
		}
		KUNIT_EXPECT_EQ(test, kstat_irqs_cpu(PIT_IRQ, cpu), before + 3);
	}
	KUNIT_EXPECT_EQ(test, irq_set_affinity(PIT_IRQ, cpumask_of(0)), 0);
	pit_return(&me);
}

/* Is a set without an online CPU refused, and the line left where it is? */
static void affinity_to_nobody_is_refused(struct kunit *test)
{
	static struct cpumask mask; /* none */

	KUNIT_EXPECT_EQ(test, irq_set_affinity(EDGE_LINE, &mask), -EINVAL);
	KUNIT_EXPECT_EQ(test, rte_cpu(EDGE_LINE), 0);
	KUNIT_EXPECT_EQ(test, irq_set_affinity(NR_IRQS, cpumask_of(0)),
			-EINVAL);
}

static bool still_in_service;

/* What a spurious interrupt and a stray one do to the one in service. */
static irqreturn_t interrupted(int irq, void *dev)
{
	unsigned int vector = io_apic_read_rte(irq) & IOAPIC_RTE_VECTOR;

	asm volatile("int $0xff");
	asm volatile("int $0xe5");
	still_in_service = apic_in_service(vector);
	calls++;
	return IRQ_HANDLED;
}

/* Is what was in service not ended by one that was not? (L2) */
static void others_do_not_end_it(struct kunit *test)
{
	unsigned int irq;
	int me;

	for (irq = NR_IRQS_LEGACY; irq < NR_IRQS && !has_line(irq); irq++)
		;
	if (irq == NR_IRQS)
		kunit_skip(test, "no level line is free");
	KUNIT_ASSERT_EQ(test, request_irq(irq, interrupted, 0, "ioapic", &me),
			0);
	raise_here(irq);
	KUNIT_EXPECT_EQ(test, wait_for_calls(1), 1);
	KUNIT_EXPECT_TRUE(test, still_in_service);
	free_irq(irq, &me);
}

/* Runs until it is told to go, and a little longer. */
static irqreturn_t slow(int irq, void *dev)
{
	unsigned int i;

	calls++;
	running = true;
	for (i = 0; !leave && i < WAIT_MSECS; i++)
		mdelay(1);
	mdelay(20);
	done = true;
	return IRQ_HANDLED;
}

/* Starts the slow handler on another CPU, and waits until it runs there. */
static void start_slow(struct kunit *test, void *dev)
{
	unsigned int i;

	if (num_online_cpus() < 2)
		kunit_skip(test, "there is one CPU");
	KUNIT_ASSERT_EQ(test, request_irq(EDGE_LINE, slow, 0, "ioapic", dev),
			0);
	apic_send_IPI(raw_smp_processor_id() ? 0 : 1,
		      ISA_IRQ_VECTOR(EDGE_LINE));
	for (i = 0; !running && i < WAIT_MSECS * 10; i++)
		udelay(100);
	KUNIT_EXPECT_TRUE(test, running);
}

/* Does free_irq() return only when a handler on another CPU is done? */
static void free_waits_for_handler(struct kunit *test)
{
	int me;

	start_slow(test, &me);
	leave = true;
	free_irq(EDGE_LINE, &me);
	KUNIT_EXPECT_TRUE(test, done);
}

/* Does disable_irq(), where disable_irq_nosync() does not? */
static void disable_waits_for_handler(struct kunit *test)
{
	int me;

	start_slow(test, &me);
	disable_irq_nosync(EDGE_LINE);
	KUNIT_EXPECT_FALSE(test, done);
	leave = true;
	disable_irq(EDGE_LINE);
	KUNIT_EXPECT_TRUE(test, done);
	free_irq(EDGE_LINE, &me);
}

/* Does an edge during the handler, on another CPU, run it again? (I4) */
static void edge_during_handler(struct kunit *test)
{
	unsigned long flags;
	int me;

	start_slow(test, &me);
	local_irq_save(flags); /* this CPU takes it before it looks on */
	raise_here(EDGE_LINE);
	local_irq_restore(flags);
	mdelay(1);
	KUNIT_EXPECT_EQ(test, calls, 1);
	leave = true;
	synchronize_irq(EDGE_LINE);
	KUNIT_EXPECT_EQ(test, wait_for_calls(2), 2);
	free_irq(EDGE_LINE, &me);
}

static struct kunit_case ioapic_cases[] = {
	KUNIT_CASE(unused_lines_are_masked),
	KUNIT_CASE(lines_follow_the_tables),
	KUNIT_CASE(request_opens_the_line),
	KUNIT_CASE(disabled_edge_comes_later),
	KUNIT_CASE(new_user_starts_anew),
	KUNIT_CASE(other_lines_get_vectors),
	KUNIT_CASE(vectors_run_out),
	KUNIT_CASE(affinity_moves_the_line),
	KUNIT_CASE(affinity_to_nobody_is_refused),
	KUNIT_CASE(others_do_not_end_it),
	KUNIT_CASE(free_waits_for_handler),
	KUNIT_CASE(disable_waits_for_handler),
	KUNIT_CASE(edge_during_handler),
	{}
};

static struct kunit_suite ioapic_suite = {
	.name = "ioapic",
	.init = ioapic_init,
	.test_cases = ioapic_cases,
};
kunit_test_suite(ioapic_suite);
