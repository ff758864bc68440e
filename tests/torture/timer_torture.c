// SPDX-License-Identifier: MIT
/*
 * Timers that all CPUs start, move and stop: does each fire once for each
 * start, never early, never twice at a time, and not after it was stopped?
 */
#include <quire/torture.h>

#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/timer.h>

/* Belongs to all threads: only counted. */
struct shared_timer {
	struct timer_list timer;
	atomic_t started, fired, stopped, running, twice;
};

/* Belongs to one thread, which knows when it may come. */
struct own_timer {
	struct timer_list timer;
	unsigned long due;
	atomic_t fired, early;
};

static struct shared_timer timers[24];

/* A softirq works on memory in the middle of what threads do to it. */
static void use_memory(void)
{
	void *p = kmalloc(100, GFP_ATOMIC);
	struct page *page = alloc_page(GFP_ATOMIC | __GFP_HIGHMEM);

	if (page) {
		memset_page(page, 0, 0x77, 64);
		__free_page(page);
	}
	kfree(p);
}

static void shared_fires(struct timer_list *timer)
{
	struct shared_timer *t = from_timer(t, timer, timer);

	if (atomic_inc_return(&t->running) != 1)
		atomic_inc(&t->twice);
	atomic_inc(&t->fired);
	use_memory();
	atomic_dec(&t->running);
}

static void own_fires(struct timer_list *timer)
{
	struct own_timer *t = from_timer(t, timer, timer);

	atomic_inc(&t->fired);
	if (time_before(jiffies, READ_ONCE(t->due)))
		atomic_inc(&t->early);
}

static void start(struct shared_timer *t, unsigned long ticks)
{
	if (!mod_timer(&t->timer, jiffies + ticks))
		atomic_inc(&t->started);
}

static void stop(struct shared_timer *t, bool wait)
{
	if (wait ? del_timer_sync(&t->timer) : del_timer(&t->timer))
		atomic_inc(&t->stopped);
}

static void own_step(struct torture_thread *self)
{
	struct own_timer *t = self->data;
	unsigned long ticks = torture_below(self, 4);
	int before;

	del_timer_sync(&t->timer);
	before = atomic_read(&t->fired);
	WRITE_ONCE(t->due, jiffies + ticks);
	mod_timer(&t->timer, t->due);
	if (torture_below(self, 8)) {
		del_timer_sync(&t->timer);
		before = atomic_read(&t->fired);
		cond_resched();
		TORTURE_CHECK(self, atomic_read(&t->fired) == before);
		return;
	}
	while (atomic_read(&t->fired) == before)
		schedule_timeout_idle(1);
	TORTURE_CHECK(self, atomic_read(&t->fired) == before + 1);
}

static void timer_begin(struct torture_thread *self)
{
	struct own_timer *t = self->data;

	timer_setup(&t->timer, own_fires, 0);
}

static void timer_step(struct torture_thread *self)
{
	struct shared_timer *t =
		&timers[torture_below(self, ARRAY_SIZE(timers))];

	switch (torture_below(self, 32)) {
	case 0 ... 5:
		stop(t, false);
		break;
	case 6 ... 9:
		stop(t, true);
		break;
	case 10:
		own_step(self);
		break;
	case 11:
		start(t, 0);
		break;
	case 12:
		start(t, torture_below(self, 100000));
		break;
	case 13:
		if (self->step % 8 == 0)
			schedule_timeout_idle(1);
		break;
	default:
		start(t, torture_below(self, 5));
	}
}

static void timer_end(struct torture_thread *self)
{
	struct own_timer *t = self->data;

	del_timer_sync(&t->timer);
	TORTURE_CHECK(self, !atomic_read(&t->early));
}

/* Is every start answered by one firing or one stop? */
static void starts_add_up(struct kunit *test)
{
	struct torture torture = {
		.begin = timer_begin,
		.step = timer_step,
		.end = timer_end,
		.steps = 3000,
		.per_cpu = 2,
		.size = sizeof(struct own_timer),
	};
	unsigned int i;

	memset(timers, 0, sizeof(timers));
	for (i = 0; i < ARRAY_SIZE(timers); i++)
		timer_setup(&timers[i].timer, shared_fires, 0);
	torture_run(test, &torture);
	for (i = 0; i < ARRAY_SIZE(timers); i++) {
		struct shared_timer *t = &timers[i];

		stop(t, true);
		KUNIT_EXPECT_EQ(test, atomic_read(&t->started),
				atomic_read(&t->fired) +
					atomic_read(&t->stopped));
		KUNIT_EXPECT_EQ(test, atomic_read(&t->twice), 0);
		KUNIT_EXPECT_EQ(test, atomic_read(&t->running), 0);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE_SLOW(starts_add_up),
	{}
};

static struct kunit_suite torture_timer = {
	.name = "torture_timer",
	.test_cases = cases,
};
kunit_test_suite(torture_timer);
