// SPDX-License-Identifier: MIT
/*
 * lib/percpu_counter.c - a number that all CPUs change
 *
 * One variable would go from cache to cache at each change; one for each CPU is
 * cheap to change, but to read it all must be asked. So each CPU gathers what
 * it adds, and hands it over in batches:
 *
 *	CPU 0   [ +3 ]                      |part| < batch
 *	CPU 1   [-12 ]  --- batch --->  count, under the lock
 *	CPU 2   [+31 ]
 *
 *	read    count                       may be off by a batch for each CPU
 *	sum     count + 3 - 12 + 31         right, but asks all of them
 *
 *  N1  count plus all parts is what was added since the counter was made.
 *  N2  a part is less than the batch that it was last added with.
 *
 * A part is changed by its CPU only, in one instruction where it is not handed
 * over, so that an interrupt which adds as well loses nothing.
 *
 * Cost: to add, some 15 instructions, and the lock once for each batch.
 *
 * Differs from Linux: reading takes the lock, too, as this machine reads a
 * number of 64 bits in two halves; parts of all possible CPUs are summed, so
 * no list of counters is kept for CPUs that go. (lib/percpu_counter.c)
 */
#include <linux/percpu_counter.h>

#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/preempt.h>

int percpu_counter_batch = 32;

int percpu_counter_init(struct percpu_counter *fbc, s64 amount, gfp_t gfp)
{
	raw_spin_lock_init(&fbc->lock);
	fbc->count = amount;
	fbc->counters = alloc_percpu_gfp(s32, gfp);
	return fbc->counters ? 0 : -ENOMEM;
}

void percpu_counter_destroy(struct percpu_counter *fbc)
{
	free_percpu(fbc->counters);
	fbc->counters = NULL;
}

void percpu_counter_add_batch(struct percpu_counter *fbc, s64 amount, s32 batch)
{
	unsigned long flags;
	s64 part;

	preempt_disable();
	part = __this_cpu_read(*fbc->counters) + amount;
	if (part > -batch && part < batch) {
		this_cpu_add(*fbc->counters, (s32)amount);
	} else {
		raw_spin_lock_irqsave(&fbc->lock, flags);
		fbc->count += part;
		/* less what was there; an interrupt may have added since */
		this_cpu_sub(*fbc->counters, (s32)(part - amount));
		raw_spin_unlock_irqrestore(&fbc->lock, flags);
	}
	preempt_enable();
}

void percpu_counter_sync(struct percpu_counter *fbc)
{
	unsigned long flags;
	s32 part;

	raw_spin_lock_irqsave(&fbc->lock, flags);
	part = __this_cpu_read(*fbc->counters);
	fbc->count += part;
	__this_cpu_sub(*fbc->counters, part);
	raw_spin_unlock_irqrestore(&fbc->lock, flags);
}

void percpu_counter_set(struct percpu_counter *fbc, s64 amount)
{
	unsigned long flags;
	unsigned int cpu;

	raw_spin_lock_irqsave(&fbc->lock, flags);
	for_each_possible_cpu(cpu)
		WRITE_ONCE(*per_cpu_ptr(fbc->counters, cpu), 0);
	fbc->count = amount;
	raw_spin_unlock_irqrestore(&fbc->lock, flags);
}

s64 percpu_counter_read(struct percpu_counter *fbc)
{
	unsigned long flags;
	s64 count;

	raw_spin_lock_irqsave(&fbc->lock, flags);
	count = fbc->count;
	raw_spin_unlock_irqrestore(&fbc->lock, flags);
	return count;
}

s64 percpu_counter_sum(struct percpu_counter *fbc)
{
	unsigned long flags;
	unsigned int cpu;
	s64 sum;

	raw_spin_lock_irqsave(&fbc->lock, flags);
	sum = fbc->count;
	for_each_possible_cpu(cpu)
		sum += READ_ONCE(*per_cpu_ptr(fbc->counters, cpu));
	raw_spin_unlock_irqrestore(&fbc->lock, flags);
	return sum;
}

static int compare(s64 count, s64 rhs)
{
	return count < rhs ? -1 : count > rhs;
}

int __percpu_counter_compare(struct percpu_counter *fbc, s64 rhs, s32 batch)
{
	s64 count = percpu_counter_read(fbc);
	s64 reach = (s64)batch * num_possible_cpus();

	if (count - rhs > reach || rhs - count > reach)
		return compare(count, rhs);
	return compare(percpu_counter_sum(fbc), rhs);
}

/* With many CPUs each may gather more, or all would wait for the lock. */
static int __init percpu_counter_startup(void)
{
	percpu_counter_batch = max(32, 2 * (int)num_possible_cpus());
	return 0;
}
core_initcall(percpu_counter_startup);
