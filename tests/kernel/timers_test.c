// SPDX-License-Identifier: MIT
/* Timers: is each called once, in its context, and never too early? */
#include <kunit/test.h>
#include <asm/processor.h>
#include <linux/jiffies.h>
#include <linux/prandom.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <quire/capture.h>

#include "../../lib/kunit/internal.h"

#define PATIENCE (30 * HZ) /* a timer that has not come by then never will */

struct probe {
	struct timer_list timer;
	unsigned int calls;
	unsigned int early;
	unsigned int again;    /* times that it starts itself anew */
	struct probe *victim;  /* deleted by it */
	int count;             /* preempt_count() when called */
	bool irqs_off;
};

static void note(struct timer_list *timer)
{
	struct probe *p = from_timer(p, timer, timer);

	p->early += time_before(jiffies, timer->expires);
	p->count = preempt_count();
	p->irqs_off = irqs_disabled();
	if (p->victim)
		del_timer(&p->victim->timer);
	if (p->again) {
		p->again--;
		mod_timer(timer, jiffies + 1);
	}
	WRITE_ONCE(p->calls, p->calls + 1);
}

static void probe_init(struct probe *p, unsigned int flags)
{
	memset(p, 0, sizeof(*p));
	timer_setup(&p->timer, note, flags);
}

static bool called(struct probe *p, unsigned int times)
{
	unsigned long end = jiffies + PATIENCE;

	while (READ_ONCE(p->calls) < times && time_before(jiffies, end))
		cpu_relax();
	return READ_ONCE(p->calls) == times;
}

static void let_pass(unsigned int nr)
{
	unsigned long end = jiffies + nr;

	while (time_before(jiffies, end))
		cpu_relax();
}

/* Is it called once, at or after its jiffy, in a softirq? */
static void comes_once(struct kunit *test)
{
	struct probe p;

	probe_init(&p, 0);
	KUNIT_EXPECT_EQ(test, mod_timer(&p.timer, jiffies + 3), 0);
	KUNIT_EXPECT_TRUE(test, timer_pending(&p.timer));
	KUNIT_EXPECT_TRUE(test, called(&p, 1));
	KUNIT_EXPECT_FALSE(test, timer_pending(&p.timer));
	KUNIT_EXPECT_EQ(test, p.early, 0);
	KUNIT_EXPECT_EQ(test, p.count, SOFTIRQ_OFFSET);
	KUNIT_EXPECT_FALSE(test, p.irqs_off);
	let_pass(3);
	KUNIT_EXPECT_EQ(test, p.calls, 1);
	KUNIT_EXPECT_EQ(test, del_timer(&p.timer), 0);
}

/* Does one whose time has passed come at the next tick? */
static void past_is_now(struct kunit *test)
{
	struct probe p;

	probe_init(&p, 0);
	mod_timer(&p.timer, jiffies);
	KUNIT_EXPECT_TRUE(test, called(&p, 1));
	mod_timer(&p.timer, jiffies - 1000);
	KUNIT_EXPECT_TRUE(test, called(&p, 2));
}

/* Does TIMER_IRQSAFE keep interrupts off? */
static void irqsafe(struct kunit *test)
{
	struct probe p;

	probe_init(&p, TIMER_IRQSAFE);
	mod_timer(&p.timer, jiffies + 1);
	KUNIT_EXPECT_TRUE(test, called(&p, 1));
	KUNIT_EXPECT_TRUE(test, p.irqs_off);
}

/* Ticks in which a machine that has to wait gets to run. */
#define LATER (HZ / 4)

/* Is a deleted one not called, whichever way it was deleted? */
static void deleted_stays_away(struct kunit *test)
{
	struct probe p;

	probe_init(&p, 0);
	mod_timer(&p.timer, jiffies + LATER);
	KUNIT_EXPECT_EQ(test, del_timer(&p.timer), 1);
	KUNIT_EXPECT_EQ(test, del_timer(&p.timer), 0);
	mod_timer(&p.timer, jiffies + LATER);
	KUNIT_EXPECT_EQ(test, del_timer_sync(&p.timer), 1);
	KUNIT_EXPECT_EQ(test, del_timer_sync(&p.timer), 0);
	mod_timer(&p.timer, jiffies + LATER);
	KUNIT_EXPECT_EQ(test, try_to_del_timer_sync(&p.timer), 1);
	let_pass(LATER + 2);
	KUNIT_EXPECT_EQ(test, p.calls, 0);
}

/* Do the forms of "change it" change what they say, and tell? */
static void changing(struct kunit *test)
{
	unsigned long now = jiffies;
	struct probe p;

	probe_init(&p, 0);
	KUNIT_EXPECT_EQ(test, mod_timer_pending(&p.timer, now + 500), 0);
	KUNIT_EXPECT_FALSE(test, timer_pending(&p.timer));
	KUNIT_EXPECT_EQ(test, timer_reduce(&p.timer, now + 5000), 0);
	KUNIT_EXPECT_EQ(test, timer_reduce(&p.timer, now + 6000), 1);
	KUNIT_EXPECT_EQ(test, p.timer.expires, now + 5000);
	KUNIT_EXPECT_EQ(test, timer_reduce(&p.timer, now + 4000), 1);
	KUNIT_EXPECT_EQ(test, p.timer.expires, now + 4000);
	KUNIT_EXPECT_EQ(test, mod_timer(&p.timer, now + 7000), 1);
	KUNIT_EXPECT_EQ(test, p.timer.expires, now + 7000);
	KUNIT_EXPECT_EQ(test, mod_timer_pending(&p.timer, now + 2), 1);
	KUNIT_EXPECT_TRUE(test, called(&p, 1));
}

/* Can its function start it again, and delete another that is due too? */
static void functions_use_timers(struct kunit *test)
{
	struct probe a, b, c;
	unsigned long when = jiffies + 2;

	probe_init(&a, 0);
	probe_init(&b, 0);
	probe_init(&c, 0);
	a.again = 4;
	b.victim = &c;
	c.victim = &b;
	mod_timer(&a.timer, when);
	mod_timer(&b.timer, when);
	mod_timer(&c.timer, when);
	KUNIT_EXPECT_TRUE(test, called(&a, 5));
	/* whoever came first */
	KUNIT_EXPECT_EQ(test, b.calls + c.calls, 1);
}

/* Is a timer of any distance due no earlier, and late by an eighth at most? */
static void places_in_the_wheel(struct kunit *test)
{
	unsigned long distance, expires, due, flags;
	unsigned int wrong = 0;
	struct probe p;

	kunit_deadline_end(); /* its timer is none of these */
	if (timers_pending())
		kunit_skip(test, "someone else has timers");
	probe_init(&p, 0);
	for (distance = 1; distance < 100000000; distance += 1 + distance / 3) {
		local_irq_save(flags);
		expires = jiffies + distance;
		mod_timer(&p.timer, expires);
		wrong += !timer_next_expiry(&due);
		wrong += time_before(due, expires);
		wrong += due - expires > distance / 8;
		del_timer(&p.timer);
		local_irq_restore(flags);
	}
	KUNIT_EXPECT_EQ(test, wrong, 0);
}

/* Is the earliest of many the next one, also after it was deleted? */
static void earliest_is_next(struct kunit *test)
{
	static const unsigned int distance[] = { 4000, 60, 50000, 30, 700, 45 };
	struct probe p[ARRAY_SIZE(distance)];
	unsigned long now, due, flags;
	unsigned int i;

	kunit_deadline_end(); /* its timer is none of these */
	if (timers_pending())
		kunit_skip(test, "someone else has timers");
	local_irq_save(flags);
	now = jiffies;
	for (i = 0; i < ARRAY_SIZE(p); i++) {
		probe_init(&p[i], 0);
		mod_timer(&p[i].timer, now + distance[i]);
	}
	timer_next_expiry(&due);
	KUNIT_EXPECT_EQ(test, due, now + 30);
	del_timer(&p[3].timer);
	timer_next_expiry(&due);
	KUNIT_EXPECT_EQ(test, due, now + 45);
	del_timer(&p[5].timer);
	del_timer(&p[1].timer);
	timer_next_expiry(&due);
	KUNIT_EXPECT_GE(test, due, now + 700);
	KUNIT_EXPECT_LE(test, due, now + 700 + 700 / 8);
	for (i = 0; i < ARRAY_SIZE(p); i++)
		del_timer(&p[i].timer);
	local_irq_restore(flags);
}

/* Is every one of many, started, moved and deleted at random, accounted for? */
static void many_at_random(struct kunit *test)
{
	const unsigned int nr = 64;
	struct probe *p = kunit_kzalloc(test, nr * sizeof(*p), GFP_KERNEL);
	unsigned int i, started = 0, deleted = 0, calls = 0, early = 0;
	struct rnd_state state;

	KUNIT_ASSERT_NOT_NULL(test, p);
	prandom_seed_state(&state, 3141);
	for (i = 0; i < nr; i++)
		probe_init(&p[i], 0);
	for (i = 0; i < 20000; i++) {
		struct timer_list *t = &p[prandom_u32_state(&state) % nr].timer;

		if (prandom_u32_state(&state) % 4)
			started += !mod_timer(
				t, jiffies + prandom_u32_state(&state) % 20);
		else
			deleted += del_timer(t);
	}
	for (i = 0; i < nr; i++) {
		unsigned long end = jiffies + PATIENCE;

		while (timer_pending(&p[i].timer) && time_before(jiffies, end))
			cpu_relax();
		deleted += del_timer_sync(&p[i].timer);
		calls += p[i].calls;
		early += p[i].early;
	}
	KUNIT_EXPECT_EQ(test, started, deleted + calls);
	KUNIT_EXPECT_EQ(test, early, 0);
}

static atomic_t called_on;

static void note_cpu(struct timer_list *timer)
{
	atomic_set(&called_on, raw_smp_processor_id());
}

/* Is one that was started on another CPU called there, though that sleeps? */
static void on_every_cpu(struct kunit *test)
{
	struct timer_list timer;
	unsigned int cpu;

	timer_setup(&timer, note_cpu, 0);
	for_each_online_cpu(cpu) {
		unsigned long end = jiffies + PATIENCE;

		atomic_set(&called_on, -1);
		timer.expires = jiffies + 2;
		add_timer_on(&timer, cpu);
		while (atomic_read(&called_on) < 0 && time_before(jiffies, end))
			cpu_relax();
		KUNIT_EXPECT_EQ(test, atomic_read(&called_on), (int)cpu);
		del_timer_sync(&timer);
	}
}

static atomic_t begun, asked, ended;

static void take_long(struct timer_list *timer)
{
	unsigned long end = jiffies + PATIENCE;

	atomic_set(&begun, 1);
	while (!atomic_read(&asked) && time_before(jiffies, end))
		cpu_relax();
	let_pass(2);
	atomic_set(&ended, 1);
}

/* Does del_timer_sync() wait for the function, if another CPU is in it? */
static void deleting_waits(struct kunit *test)
{
	unsigned long end = jiffies + PATIENCE;
	struct timer_list timer;

	if (num_online_cpus() < 2)
		kunit_skip(test, "needs a second CPU");
	atomic_set(&begun, 0);
	atomic_set(&asked, 0);
	atomic_set(&ended, 0);
	timer_setup(&timer, take_long, 0);
	timer.expires = jiffies;
	migrate_disable();
	add_timer_on(&timer, raw_smp_processor_id() ? 0 : 1);
	while (!atomic_read(&begun) && time_before(jiffies, end))
		cpu_relax();
	KUNIT_EXPECT_EQ(test, try_to_del_timer_sync(&timer), -1);
	atomic_set(&asked, 1);
	del_timer_sync(&timer);
	KUNIT_EXPECT_EQ(test, atomic_read(&ended), 1);
	migrate_enable();
}

static void waits_for_itself(struct timer_list *timer)
{
	struct probe *p = from_timer(p, timer, timer);

	del_timer_sync(timer);
	WRITE_ONCE(p->calls, 1);
}

static void leaks_count(struct timer_list *timer)
{
	struct probe *p = from_timer(p, timer, timer);

	preempt_count_add(PREEMPT_OFFSET);
	WRITE_ONCE(p->calls, 1);
}

static const char *report_of(struct kunit *test,
			     void (*function)(struct timer_list *))
{
	struct probe p;

	probe_init(&p, 0);
	p.timer.function = function;
	capture_begin();
	mod_timer(&p.timer, jiffies + 1);
	called(&p, 1);
	return capture_end();
}

/* Is wrong use named, and survived? */
static void misuse_is_reported(struct kunit *test)
{
	const char *text = report_of(test, waits_for_itself);
	struct probe p;

	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "waits_for_itself"));
	text = report_of(test, leaks_count);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "leaks_count"));
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
	probe_init(&p, 0);
	mod_timer(&p.timer, jiffies + 100 * HZ);
	capture_begin();
	add_timer(&p.timer);
	KUNIT_EXPECT_NOT_NULL(test, strstr(capture_end(), "note"));
	KUNIT_EXPECT_EQ(test, del_timer(&p.timer), 1);
}

/* Does the text tell the clock, the device, and what waits? */
static void timers_text(struct kunit *test)
{
	char *buf = kunit_kzalloc(test, 4096, GFP_KERNEL);
	struct seq_file m;
	struct probe p;

	KUNIT_ASSERT_NOT_NULL(test, buf);
	probe_init(&p, 0);
	mod_timer(&p.timer, jiffies + 100 * HZ);
	seq_init_buffer(&m, buf, 4096);
	timer_list_show(&m, NULL);
	del_timer(&p.timer);
	KUNIT_EXPECT_NOT_NULL(test, strstr(buf, "clock "));
	KUNIT_EXPECT_NOT_NULL(test, strstr(buf, "cpu 0: device "));
	KUNIT_EXPECT_NOT_NULL(test, strstr(buf, "jiffies: note\n"));
}

static struct kunit_case timers_cases[] = {
	KUNIT_CASE(comes_once),
	KUNIT_CASE(past_is_now),
	KUNIT_CASE(irqsafe),
	KUNIT_CASE(deleted_stays_away),
	KUNIT_CASE(changing),
	KUNIT_CASE(functions_use_timers),
	KUNIT_CASE(places_in_the_wheel),
	KUNIT_CASE(earliest_is_next),
	KUNIT_CASE_SLOW(many_at_random),
	KUNIT_CASE(on_every_cpu),
	KUNIT_CASE(deleting_waits),
	KUNIT_CASE(misuse_is_reported),
	KUNIT_CASE(timers_text),
	{}
};

static struct kunit_suite timers_suite = {
	.name = "timers",
	.test_cases = timers_cases,
};
kunit_test_suite(timers_suite);
