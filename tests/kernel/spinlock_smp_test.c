// SPDX-License-Identifier: MIT
/*
 * Locks between CPUs. The other CPUs run their part in a handler that nobody
 * waits for, this one its own, all at once:
 *
 *	smp_call_function(part, ..., 0); part(); until all are done
 */
#include "smp_test.h"

#include <linux/irqflags.h>
#include <linux/preempt.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <quire/capture.h>

#define ROUNDS 1000

static DEFINE_SPINLOCK(lock);
static DEFINE_RWLOCK(rwlock);
static atomic_t arrived, done, wrong;
static volatile unsigned long guarded, twin;

static void all_together(struct kunit *test, smp_call_func_t part)
{
	int cpus = num_online_cpus();

	need_cpus(test, 2);
	atomic_set(&arrived, 0);
	atomic_set(&done, 0);
	atomic_set(&wrong, 0);
	guarded = twin = 0;
	preempt_disable();
	smp_call_function(part, &cpus, 0);
	part(&cpus);
	KUNIT_EXPECT_TRUE(test, spin_until(&done, cpus));
	preempt_enable();
}

/* So that none is through before the last has begun. */
static void meet(int *cpus)
{
	atomic_inc(&arrived);
	if (!spin_until(&arrived, *cpus))
		atomic_inc(&wrong);
}

static void count_under_lock(void *cpus)
{
	unsigned long flags;
	unsigned int i;

	meet(cpus);
	for (i = 0; i < ROUNDS; i++) {
		spin_lock_irqsave(&lock, flags);
		guarded = guarded + 1;
		if (twin + 1 != guarded)
			atomic_inc(&wrong);
		twin = twin + 1;
		spin_unlock_irqrestore(&lock, flags);
	}
	atomic_inc(&done);
}

/* Does a spin lock keep all other CPUs out? */
static void spinlock_excludes(struct kunit *test)
{
	all_together(test, count_under_lock);
	KUNIT_EXPECT_EQ(test, guarded,
			(unsigned long)ROUNDS * num_online_cpus());
	KUNIT_EXPECT_EQ(test, atomic_read(&wrong), 0);
}

static void try_until_counted(void *cpus)
{
	unsigned int i = 0;

	meet(cpus);
	while (i < ROUNDS / 4) {
		if (!spin_trylock(&lock)) {
			cpu_relax();
			continue;
		}
		guarded = guarded + 1;
		i++;
		spin_unlock(&lock);
	}
	atomic_inc(&done);
}

/* Does spin_trylock() give the lock to one CPU at a time? */
static void trylock_excludes(struct kunit *test)
{
	all_together(test, try_until_counted);
	KUNIT_EXPECT_EQ(test, guarded,
			(unsigned long)(ROUNDS / 4) * num_online_cpus());
}

static void count_atomically(void *cpus)
{
	static atomic_t ops;
	static unsigned long bits;
	unsigned int i;

	meet(cpus);
	for (i = 0; i < ROUNDS; i++) {
		atomic_inc(&ops);
		atomic_add(2, &ops);
		while (atomic_cmpxchg(&ops, -1, 0) == -1)
			;
		if (test_and_set_bit(0, &bits))
			continue;
		/* whoever set the bit is alone until it clears it */
		guarded = guarded + 1;
		clear_bit_unlock(0, &bits);
		atomic_inc(&wrong); /* here: how often it was alone */
	}
	atomic_inc(&done);
	if (spin_until(&done, *(int *)cpus) &&
	    atomic_read(&ops) == 3 * ROUNDS * *(int *)cpus)
		twin = 1;
}

/* Are atomic counters and bits atomic between CPUs? */
static void atomics_are_atomic(struct kunit *test)
{
	all_together(test, count_atomically);
	KUNIT_EXPECT_EQ(test, guarded, (unsigned long)atomic_read(&wrong));
	KUNIT_EXPECT_EQ(test, twin, 1);
}

/* Who got the lock, in turn. */
static int order[NR_CPUS];
static atomic_t nr_order;

static void queue_up(void *unused)
{
	atomic_inc(&arrived);
	spin_lock(&lock);
	order[atomic_fetch_add(1, &nr_order)] = smp_processor_id();
	spin_unlock(&lock);
}

static unsigned int waiters(void)
{
	u32 both = 0;

	memcpy(&both, (char *)&lock + sizeof(lock) - sizeof(both),
	       sizeof(both));
	return ((both >> 16) - (u16)both) & 0xffff;
}

/* Do CPUs get a lock in the order in which they came? */
static void spinlock_is_fair(struct kunit *test)
{
	int cpu, want[NR_CPUS], nr = 0, i;
	unsigned long rounds = 0;

	need_cpus(test, 3);
	atomic_set(&nr_order, 0);
	preempt_disable();
	spin_lock(&lock);
	for (cpu = nr_cpu_ids - 1; cpu >= 0; cpu--) {
		if (!cpu_online(cpu) || cpu == smp_processor_id())
			continue;
		smp_call_function_single(cpu, queue_up, NULL, 0);
		want[nr++] = cpu;
		while (waiters() != nr + 1 && rounds++ < 1UL << 30)
			cpu_relax();
	}
	KUNIT_EXPECT_TRUE(test, spin_is_contended(&lock));
	spin_unlock(&lock);
	KUNIT_EXPECT_TRUE(test, spin_until(&nr_order, nr));
	preempt_enable();
	for (i = 0; i < nr; i++)
		KUNIT_EXPECT_EQ(test, order[i], want[i]);
}

static void try_all(void *results)
{
	int *got = results;

	got[0] = spin_trylock(&lock);
	got[1] = read_trylock(&rwlock);
	got[2] = write_trylock(&rwlock);
}

/* Do the trylock forms see what another CPU holds? */
static void trylock_sees_other_cpu(struct kunit *test)
{
	int got[3] = { 1, 1, 1 };

	need_cpus(test, 2);
	preempt_disable();
	spin_lock(&lock);
	write_lock(&rwlock);
	smp_call_function_single(other_cpu(), try_all, got, 1);
	write_unlock(&rwlock);
	spin_unlock(&lock);
	preempt_enable();
	KUNIT_EXPECT_EQ(test, got[0] | got[1] | got[2], 0);
}

static void unlock_here(void *unused)
{
	spin_unlock(&lock);
}

/* Is an unlock by a CPU that does not hold the lock reported? */
static void unlock_by_other_is_told(struct kunit *test)
{
	const char *text;

	need_cpus(test, 2);
	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "locks keep books in debug builds only");
	preempt_disable();
	spin_lock(&lock);
	capture_begin();
	smp_call_function_single(other_cpu(), unlock_here, NULL, 1);
	text = capture_end();
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "BUG: spinlock"));
	KUNIT_EXPECT_TRUE(test, spin_is_locked(&lock));
	spin_unlock(&lock);
	preempt_enable();
}

static struct kunit_case spinlock_smp_cases[] = {
	KUNIT_CASE(spinlock_excludes),
	KUNIT_CASE(trylock_excludes),
	KUNIT_CASE(atomics_are_atomic),
	KUNIT_CASE(spinlock_is_fair),
	KUNIT_CASE(trylock_sees_other_cpu),
	KUNIT_CASE(unlock_by_other_is_told),
	{}
};

/*
 * This CPU takes them with interrupts on, the others in a handler: nobody
 * sends that to this CPU meanwhile, which the lock checker cannot know.
 */
static int keep_checker_out(struct kunit_suite *suite)
{
	lockdep_set_novalidate_class(&lock);
	lockdep_set_novalidate_class(&rwlock);
	return 0;
}

static struct kunit_suite spinlock_smp_suite = {
	.name = "spinlock_smp",
	.suite_init = keep_checker_out,
	.test_cases = spinlock_smp_cases,
};
kunit_test_suite(spinlock_smp_suite);
