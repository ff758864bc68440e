// SPDX-License-Identifier: MIT
/*
 * Plain counters under every kind of lock, raised by threads and interrupts of
 * all CPUs: do they add up, and does no reader see a change half done?
 */
#include <quire/torture.h>

#include <asm/processor.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/semaphore.h>
#include <linux/seqlock.h>
#include <linux/smp.h>
#include <linux/spinlock.h>

enum {
	SPIN,
	SPIN_IRQ,
	SPIN_BH,
	RWLOCK,
	MUTEX,
	SEMAPHORE,
	RWSEM,
	SEQLOCK,
	KINDS
};

/* Two that are equal whenever the lock is free; not atomic on purpose. */
static struct counters {
	unsigned long a;
	char other_line[128];
	unsigned long b;
} counters[KINDS];

/* What each thread has added. */
struct added {
	unsigned long nr[KINDS];
};

static unsigned long sum[KINDS];

static DEFINE_SPINLOCK(spin);
static DEFINE_SPINLOCK(spin_irq);
static DEFINE_SPINLOCK(spin_bh);
static DEFINE_RWLOCK(rwlock);
static DEFINE_MUTEX(mutex);
static DEFINE_SEMAPHORE(semaphore);
static DECLARE_RWSEM(rwsem);
static DEFINE_SEQLOCK(seqlock);
static DEFINE_MUTEX(sum_mutex);

/* Slow enough for others to come in between, if they can. */
static void raise_both(struct torture_thread *self, unsigned int kind,
		       bool may_sleep)
{
	struct counters *c = &counters[kind];
	struct added *added = self->data;
	unsigned long a = READ_ONCE(c->a);
	u32 pause = torture_below(self, 20);

	TORTURE_CHECK(self, READ_ONCE(c->b) == a);
	WRITE_ONCE(c->a, a + 1);
	while (pause--)
		cpu_relax();
	if (may_sleep && torture_below(self, 16) == 0)
		cond_resched();
	WRITE_ONCE(c->b, READ_ONCE(c->b) + 1);
	added->nr[kind]++;
}

static void look_at_both(struct torture_thread *self, unsigned int kind)
{
	struct counters *c = &counters[kind];
	unsigned long a = READ_ONCE(c->a);

	cpu_relax();
	TORTURE_CHECK(self, READ_ONCE(c->b) == a);
}

static void spin_step(struct torture_thread *self)
{
	if (torture_below(self, 4) == 0) {
		if (!spin_trylock(&spin))
			return;
	} else {
		spin_lock(&spin);
	}
	raise_both(self, SPIN, false);
	spin_unlock(&spin);
}

static void spin_irq_step(void *data)
{
	unsigned long flags;

	spin_lock_irqsave(&spin_irq, flags);
	raise_both(data, SPIN_IRQ, false);
	spin_unlock_irqrestore(&spin_irq, flags);
}

static void spin_bh_step(struct torture_thread *self)
{
	spin_lock_bh(&spin_bh);
	raise_both(self, SPIN_BH, false);
	spin_unlock_bh(&spin_bh);
}

static void rwlock_step(struct torture_thread *self)
{
	if (torture_below(self, 4)) {
		read_lock(&rwlock);
		look_at_both(self, RWLOCK);
		read_unlock(&rwlock);
	} else {
		write_lock(&rwlock);
		raise_both(self, RWLOCK, false);
		write_unlock(&rwlock);
	}
}

static void mutex_step(struct torture_thread *self)
{
	if (torture_below(self, 4) == 0) {
		if (!mutex_trylock(&mutex))
			return;
	} else {
		mutex_lock(&mutex);
	}
	raise_both(self, MUTEX, true);
	mutex_unlock(&mutex);
}

static void semaphore_step(struct torture_thread *self)
{
	down(&semaphore);
	raise_both(self, SEMAPHORE, true);
	up(&semaphore);
}

static void rwsem_step(struct torture_thread *self)
{
	if (torture_below(self, 4)) {
		down_read(&rwsem);
		look_at_both(self, RWSEM);
		up_read(&rwsem);
		return;
	}
	down_write(&rwsem);
	raise_both(self, RWSEM, true);
	if (torture_below(self, 2)) {
		downgrade_write(&rwsem);
		look_at_both(self, RWSEM);
		up_read(&rwsem);
	} else {
		up_write(&rwsem);
	}
}

static void seqlock_step(struct torture_thread *self)
{
	struct counters *c = &counters[SEQLOCK];
	unsigned long a, b;
	unsigned int seq;

	if (torture_below(self, 4) == 0) {
		write_seqlock(&seqlock);
		raise_both(self, SEQLOCK, false);
		write_sequnlock(&seqlock);
		return;
	}
	do {
		seq = read_seqbegin(&seqlock);
		a = READ_ONCE(c->a);
		cpu_relax();
		b = READ_ONCE(c->b);
	} while (read_seqretry(&seqlock, seq));
	TORTURE_CHECK(self, a == b);
}

/* spin_irq is taken by the interrupt of another CPU. */
static void interrupt_step(struct torture_thread *self)
{
	unsigned int cpu = torture_below(self, nr_cpu_ids);

	if (cpu_online(cpu))
		smp_call_function_single(cpu, spin_irq_step, self, 1);
}

static void lock_step(struct torture_thread *self)
{
	switch (torture_below(self, 10)) {
	case 0:
		interrupt_step(self);
		break;
	case 1:
		spin_irq_step(self);
		break;
	case 2:
		spin_bh_step(self);
		break;
	case 3:
		rwlock_step(self);
		break;
	case 4:
		mutex_step(self);
		break;
	case 5:
		semaphore_step(self);
		break;
	case 6:
		rwsem_step(self);
		break;
	case 7:
		seqlock_step(self);
		break;
	default:
		spin_step(self);
	}
}

static void lock_end(struct torture_thread *self)
{
	struct added *added = self->data;
	unsigned int i;

	mutex_lock(&sum_mutex);
	for (i = 0; i < KINDS; i++)
		sum[i] += added->nr[i];
	mutex_unlock(&sum_mutex);
}

/* Is every counter the sum of what was added to it? */
static void counters_add_up(struct kunit *test)
{
	struct torture torture = {
		.step = lock_step,
		.end = lock_end,
		.steps = 6000,
		.per_cpu = 2,
		.size = sizeof(struct added),
	};
	unsigned int i;

	memset(counters, 0, sizeof(counters));
	memset(sum, 0, sizeof(sum));
	torture_run(test, &torture);
	for (i = 0; i < KINDS; i++) {
		KUNIT_EXPECT_EQ(test, counters[i].a, sum[i]);
		KUNIT_EXPECT_EQ(test, counters[i].b, sum[i]);
		KUNIT_EXPECT_NE(test, sum[i], 0);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE_SLOW(counters_add_up),
	{}
};

static struct kunit_suite torture_lock = {
	.name = "torture_lock",
	.test_cases = cases,
};
kunit_test_suite(torture_lock);
