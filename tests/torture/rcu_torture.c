// SPDX-License-Identifier: MIT
/*
 * Readers of all CPUs follow pointers and lists that writers change and free
 * all the time: does a reader ever see what has been freed?
 */
#include <quire/torture.h>

#include <asm/processor.h>
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/spinlock.h>

#define LIVE 0x600d600d
#define DEAD 0xdeaddead

struct version {
	u32 magic;
	u32 number;
	struct rcu_head rcu;
	struct list_head list;
	struct hlist_node node;
};

static struct version __rcu *shown[4];
static LIST_HEAD(versions);
static HLIST_HEAD(hversions);
static DEFINE_SPINLOCK(list_lock);	/* of writers */
static atomic_t freed, made;

/* Freed by hand first, so that a late reader finds it in release builds too. */
static void free_version(struct rcu_head *head)
{
	struct version *v = container_of(head, struct version, rcu);

	WRITE_ONCE(v->magic, DEAD);
	atomic_inc(&freed);
	kfree(v);
}

static struct version *make_version(struct torture_thread *self)
{
	struct version *v = kmalloc(sizeof(*v), GFP_KERNEL);

	if (!v)
		return NULL;
	v->number = torture_random(self);
	v->magic = LIVE;
	atomic_inc(&made);
	return v;
}

/* One way or the other, after a grace period. */
static void retire(struct torture_thread *self, struct version *v)
{
	u32 dice = torture_below(self, 64);

	if (dice == 0) {
		synchronize_rcu();
		free_version(&v->rcu);
	} else if (dice == 1) {
		synchronize_rcu_expedited();
		free_version(&v->rcu);
	} else if (dice == 2) {
		unsigned long state = start_poll_synchronize_rcu();

		while (!poll_state_synchronize_rcu(state))
			schedule_timeout_idle(1);
		free_version(&v->rcu);
	} else {
		call_rcu(&v->rcu, free_version);
	}
}

static void read_pointer(struct torture_thread *self)
{
	u32 looks = torture_below(self, 50);
	struct version *v;
	bool live = true;

	rcu_read_lock();
	v = rcu_dereference(shown[torture_below(self, ARRAY_SIZE(shown))]);
	while (v && looks--) {
		live &= READ_ONCE(v->magic) == LIVE;
		cpu_relax();
	}
	rcu_read_unlock();
	TORTURE_CHECK(self, live);
}

/* The length is bounded: a walk that fell off would not end. */
static void read_lists(struct torture_thread *self)
{
	unsigned int n = 0;
	bool live = true;
	struct version *v;

	rcu_read_lock();
	list_for_each_entry_rcu(v, &versions, list) {
		live &= READ_ONCE(v->magic) == LIVE;
		if (++n > 10000)
			break;
	}
	hlist_for_each_entry_rcu(v, &hversions, node) {
		live &= READ_ONCE(v->magic) == LIVE;
		if (++n > 20000)
			break;
	}
	rcu_read_unlock();
	TORTURE_CHECK(self, live);
	TORTURE_CHECK(self, n <= 10000);
}

static void read_in_interrupt(void *data)
{
	read_pointer(data);
	read_lists(data);
}

static void write_pointer(struct torture_thread *self)
{
	struct version *v = make_version(self);

	v = xchg(&shown[torture_below(self, ARRAY_SIZE(shown))],
		 RCU_INITIALIZER(v));
	if (v)
		retire(self, v);
}

/* Takes the oldest out if there are many, else adds one. */
static void write_list(struct torture_thread *self)
{
	struct version *v = make_version(self), *old = NULL;

	spin_lock(&list_lock);
	if (v) {
		list_add_rcu(&v->list, &versions);
		hlist_add_head_rcu(&v->node, &hversions);
	}
	if (v && v->number % 3) {
		old = list_last_entry(&versions, struct version, list);
		list_del_rcu(&old->list);
		hlist_del_rcu(&old->node);
	}
	spin_unlock(&list_lock);
	if (old)
		retire(self, old);
}

static void empty_lists(void)
{
	struct version *v, *next;

	list_for_each_entry_safe(v, next, &versions, list) {
		list_del_rcu(&v->list);
		hlist_del_rcu(&v->node);
		call_rcu(&v->rcu, free_version);
	}
}

static void rcu_step(struct torture_thread *self)
{
	unsigned int cpu;

	switch (torture_below(self, 32)) {
	case 0 ... 3:
		write_pointer(self);
		break;
	case 4 ... 7:
		write_list(self);
		break;
	case 8:
		if (self->step % 32 == 0)
			rcu_barrier();
		break;
	case 9:
		cpu = torture_below(self, nr_cpu_ids);
		if (cpu_online(cpu))
			smp_call_function_single(cpu, read_in_interrupt, self,
						 1);
		break;
	case 10 ... 12:
		read_lists(self);
		break;
	case 13:
		cond_resched();
		break;
	default:
		read_pointer(self);
	}
	if (self->step % 512 == 0) {
		spin_lock(&list_lock);
		empty_lists();
		spin_unlock(&list_lock);
	}
}

/* Is nothing freed under a reader, and everything in the end? */
static void readers_and_writers(struct kunit *test)
{
	struct torture torture = {
		.step = rcu_step,
		.steps = 6000,
		.per_cpu = 2,
	};
	struct version *v;
	unsigned int i;

	atomic_set(&made, 0);
	atomic_set(&freed, 0);
	torture_run(test, &torture);
	for (i = 0; i < ARRAY_SIZE(shown); i++) {
		v = xchg(&shown[i], NULL);
		if (v)
			call_rcu(&v->rcu, free_version);
	}
	empty_lists();
	rcu_barrier();
	KUNIT_EXPECT_EQ(test, atomic_read(&made), atomic_read(&freed));
	KUNIT_EXPECT_TRUE(test, hlist_empty(&hversions));
}

static struct kunit_case cases[] = {
	KUNIT_CASE_SLOW(readers_and_writers),
	{}
};

static struct kunit_suite torture_rcu = {
	.name = "torture_rcu",
	.test_cases = cases,
};
kunit_test_suite(torture_rcu);
