// SPDX-License-Identifier: MIT
/*
 * timer.c - functions called at a later jiffy: the timer wheel
 *
 *	level 0   64 buckets of    1 jiffy   the next     63 jiffies
 *	level 1   64 buckets of    8 jiffies up to       503
 *	level 2   64 buckets of   64 jiffies up to      4031
 *	 ...                                              ...
 *	level 7   64 buckets of  8^7 jiffies up to 15 days or so
 *
 *	clk = 0o1234:  level 0 looks at bucket 0o34, level 1 at 0o23,
 *	               level 2 at 0o12: six bits each, three further on
 *
 * A timer goes into the first level that reaches as far as its time, and
 * into the bucket that ends at or after it. It stays there: nothing moves
 * down from level to level, so adding and deleting are O(1) and a bucket that
 * has come is simply run. The price is that far timers come late, by less
 * than an eighth of their distance; most of them are timeouts, deleted before
 * they come. One that is further away than the wheel reaches goes round.
 *
 * A bit per bucket tells which ones hold something, so the next time at which
 * anything is due is found by looking at eight rows of bits; in between the
 * wheel is not touched at all, and tick.c sleeps.
 *
 * W1  A timer in the wheel of a CPU has that CPU's number in its flags; both
 *     change under the lock of that base. TIMER_MIGRATING stands while it
 *     goes from base to base with neither lock held.
 * W2  No timer that is pending is due before next_expiry, but for
 *     next_expiry_recalc: then it is not later than the true one.
 * W3  clk is the first jiffy whose buckets have not been run; timers are
 *     placed by their distance from it.
 * W4  running_timer is the one whose function runs, with the lock dropped.
 *
 * Lock: base->lock of the CPU, interrupts off; it nests inside any other.
 * Cost: O(1) to add, change, delete; 8 words of bits to find the next.
 *
 * Differs from Linux: one base per CPU instead of one more for deferrable
 * timers; a timer moves to the CPU that starts it, busy or idle; level 0 is
 * exact to the tick; beyond the reach a timer is late too, never early.
 * (kernel/time/timer.c)
 */
#include <linux/timer.h>

#include <asm/processor.h>
#include <linux/bitmap.h>
#include <linux/bug.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/seq_file.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/tick.h>

#define LEVELS 8
#define LEVEL_BITS 6
#define LEVEL_SIZE (1UL << LEVEL_BITS)
#define LEVEL_MASK (LEVEL_SIZE - 1)
#define STEP_BITS 3 /* a level's jiffies are 8 of the one below */
#define STEP_MASK ((1UL << STEP_BITS) - 1)
#define WHEEL_SIZE (LEVELS * LEVEL_SIZE)

#define level_shift(level) ((level) * STEP_BITS)
#define level_unit(level) (1UL << level_shift(level))
/* So far away a timer fits, wherever in its bucket clk stands. */
#define level_reach(level) (LEVEL_MASK << level_shift(level))
#define WHEEL_REACH level_reach(LEVELS - 1)

struct timer_base {
	raw_spinlock_t lock; /* guards all below, and the timers in it */
	struct timer_list *running_timer; /* W4 */
	unsigned long clk;                /* W3 */
	unsigned long next_expiry;        /* W2 */
	bool next_expiry_recalc;
	bool raised; /* the softirq will look, without being told */
	unsigned int cpu;
	unsigned int nr_pending;
	DECLARE_BITMAP(filled, WHEEL_SIZE);
	struct hlist_head bucket[WHEEL_SIZE];
};

static DEFINE_PER_CPU(struct timer_base, timer_bases);

/* ------------------------------------------------------------ the wheel */

static unsigned int timer_bucket(const struct timer_list *timer)
{
	return timer->flags >> TIMER_ARRAYSHIFT;
}

/* The bucket for a time, and in *due when that bucket is run. */
static unsigned int find_bucket(const struct timer_base *base,
				unsigned long expires, unsigned long *due)
{
	unsigned long delta = expires - base->clk;
	unsigned int level = 0;

	if ((long)delta < 0) {
		expires = base->clk;
		delta = 0;
	} else if (delta > WHEEL_REACH) {
		expires = base->clk + WHEEL_REACH;
		delta = WHEEL_REACH;
	}
	while (delta > level_reach(level))
		level++;
	expires = (expires + level_unit(level) - 1) >> level_shift(level);
	*due = expires << level_shift(level);
	return level * LEVEL_SIZE + (expires & LEVEL_MASK);
}

/* True if it is the first one now: the tick must be told. */
static bool enqueue_timer(struct timer_base *base, struct timer_list *timer)
{
	unsigned long due;
	unsigned int idx = find_bucket(base, timer->expires, &due);

	hlist_add_head(&timer->entry, &base->bucket[idx]);
	__set_bit(idx, base->filled);
	timer->flags = (timer->flags & ~TIMER_ARRAYMASK) |
		       idx << TIMER_ARRAYSHIFT;
	if (base->nr_pending++ && !time_before(due, base->next_expiry))
		return false;
	base->next_expiry = due;
	base->next_expiry_recalc = false;
	return true;
}

static void detach_timer(struct timer_base *base, struct timer_list *timer)
{
	unsigned int idx = timer_bucket(timer);

	/* in the list of those about to run the bucket is empty already */
	if (hlist_is_singular_node(&timer->entry, &base->bucket[idx])) {
		__clear_bit(idx, base->filled);
		base->next_expiry_recalc = true;
	}
	__hlist_del(&timer->entry);
	INIT_HLIST_NODE(&timer->entry);
	base->nr_pending--;
}

/* When a level's next bucket is due, from where clk stands; false: never. */
static bool next_of_level(const struct timer_base *base, unsigned int level,
			  unsigned long *due)
{
	unsigned int start = level * LEVEL_SIZE, end = start + LEVEL_SIZE;
	/* the first not yet run: above level 0 clk may be behind its start */
	unsigned long at = (base->clk + level_unit(level) - 1) >>
			   level_shift(level);
	unsigned int from = start + (at & LEVEL_MASK);
	unsigned int idx = find_next_bit(base->filled, end, from);

	if (idx >= end) {
		/* round the end of the row */
		idx = find_next_bit(base->filled, from, start);
		if (idx >= from)
			return false;
		idx += LEVEL_SIZE;
	}
	*due = (at + idx - from) << level_shift(level);
	return true;
}

static void find_next_expiry(struct timer_base *base)
{
	unsigned long due, next = base->clk + MAX_JIFFY_OFFSET;
	unsigned int level;

	for (level = 0; level < LEVELS; level++)
		if (next_of_level(base, level, &due) && time_before(due, next))
			next = due;
	base->next_expiry = next;
	base->next_expiry_recalc = false;
}

/* Nothing is due before now: near timers are placed finer from there. */
static void forward_base(struct timer_base *base)
{
	unsigned long now = jiffies;

	if (time_before_eq(now, base->clk))
		return;
	if (base->next_expiry_recalc)
		find_next_expiry(base);
	if (!base->nr_pending || time_after(base->next_expiry, now))
		base->clk = now;
	else if (time_after(base->next_expiry, base->clk))
		base->clk = base->next_expiry;
}

/* ------------------------------------------------------- start and stop */

/* The base that the timer belongs to, locked. W1 */
static struct timer_base *lock_timer_base(struct timer_list *timer,
					  unsigned long *flags)
{
	for (;;) {
		u32 seen = READ_ONCE(timer->flags);
		struct timer_base *base;

		if (!(seen & TIMER_MIGRATING)) {
			base = per_cpu_ptr(&timer_bases, seen & TIMER_CPUMASK);
			raw_spin_lock_irqsave(&base->lock, *flags);
			if ((timer->flags & TIMER_BASEMASK) ==
			    (seen & TIMER_BASEMASK))
				return base;
			raw_spin_unlock_irqrestore(&base->lock, *flags);
		}
		cpu_relax();
	}
}

/*
 * From its base to another one; both are never locked at once. One whose
 * function runs stays, as del_timer_sync() looks for it there.
 */
static struct timer_base *move_timer(struct timer_list *timer,
				     struct timer_base *from,
				     struct timer_base *to)
{
	if (from == to || from->running_timer == timer)
		return from;
	timer->flags |= TIMER_MIGRATING;
	raw_spin_unlock(&from->lock);
	raw_spin_lock(&to->lock);
	WRITE_ONCE(timer->flags, (timer->flags & ~TIMER_BASEMASK) | to->cpu);
	return to;
}

enum modify { MODIFY_ANY, MODIFY_PENDING, MODIFY_EARLIER };

static bool is_wanted(const struct timer_list *timer, unsigned long expires,
		      enum modify how)
{
	if (!timer_pending(timer))
		return how != MODIFY_PENDING;
	if (how == MODIFY_EARLIER)
		return time_before(expires, timer->expires);
	return expires != timer->expires;
}

/* Places it on cpu, or on this CPU with cpu < 0. */
static int modify_timer(struct timer_list *timer, unsigned long expires,
			enum modify how, int cpu)
{
	struct timer_base *base;
	unsigned long flags;
	bool pending, first;

	if (WARN_ONCE(!timer->function, "timer %p has no function\n", timer))
		return 0;
	base = lock_timer_base(timer, &flags);
	pending = timer_pending(timer);
	if (!is_wanted(timer, expires, how)) {
		raw_spin_unlock_irqrestore(&base->lock, flags);
		return pending;
	}
	if (pending)
		detach_timer(base, timer);
	base = move_timer(timer, base,
			  cpu < 0 ? this_cpu_ptr(&timer_bases) :
				    per_cpu_ptr(&timer_bases, cpu));
	forward_base(base);
	timer->expires = expires;
	first = enqueue_timer(base, timer);
	raw_spin_unlock(&base->lock);
	if (first)
		tick_kick_cpu(base->cpu);
	local_irq_restore(flags);
	return pending;
}

void timer_setup(struct timer_list *timer,
		 void (*func)(struct timer_list *timer), unsigned int flags)
{
	INIT_HLIST_NODE(&timer->entry);
	timer->function = func;
	timer->flags = (flags & TIMER_INIT_FLAGS) | raw_smp_processor_id();
}

int mod_timer(struct timer_list *timer, unsigned long expires)
{
	return modify_timer(timer, expires, MODIFY_ANY, -1);
}

int mod_timer_pending(struct timer_list *timer, unsigned long expires)
{
	return modify_timer(timer, expires, MODIFY_PENDING, -1);
}

int timer_reduce(struct timer_list *timer, unsigned long expires)
{
	return modify_timer(timer, expires, MODIFY_EARLIER, -1);
}

void add_timer(struct timer_list *timer)
{
	if (!WARN(timer_pending(timer), "add_timer: %pS is pending\n",
		  timer->function))
		modify_timer(timer, timer->expires, MODIFY_ANY, -1);
}

void add_timer_on(struct timer_list *timer, int cpu)
{
	if (!WARN(timer_pending(timer), "add_timer_on: %pS is pending\n",
		  timer->function))
		modify_timer(timer, timer->expires, MODIFY_ANY, cpu);
}

int del_timer(struct timer_list *timer)
{
	struct timer_base *base;
	unsigned long flags;
	bool pending;

	if (!timer_pending(timer))
		return 0;
	base = lock_timer_base(timer, &flags);
	pending = timer_pending(timer);
	if (pending)
		detach_timer(base, timer);
	raw_spin_unlock_irqrestore(&base->lock, flags);
	return pending;
}

int try_to_del_timer_sync(struct timer_list *timer)
{
	struct timer_base *base;
	unsigned long flags;
	int result = -1;

	base = lock_timer_base(timer, &flags);
	if (base->running_timer != timer) {
		result = timer_pending(timer);
		if (result)
			detach_timer(base, timer);
	}
	raw_spin_unlock_irqrestore(&base->lock, flags);
	return result;
}

/* Does the caller wait for itself? */
static bool runs_on_this_cpu(const struct timer_list *timer)
{
	bool runs;

	preempt_disable();
	runs = this_cpu_ptr(&timer_bases)->running_timer == timer;
	preempt_enable();
	return runs;
}

int del_timer_sync(struct timer_list *timer)
{
	int result;

	WARN_ON(in_hardirq() && !(timer->flags & TIMER_IRQSAFE));
	while ((result = try_to_del_timer_sync(timer)) < 0) {
		if (WARN(runs_on_this_cpu(timer),
			 "del_timer_sync: %pS waits for its own end\n",
			 timer->function))
			return del_timer(timer);
		cpu_relax();
	}
	return result;
}

/* ------------------------------------------------------------------- run */

/* Calls it, and puts right a preemption count that it has changed. */
static void call_timer(struct timer_list *timer,
		       void (*function)(struct timer_list *timer))
{
	int before = preempt_count(), after;

	function(timer);
	after = preempt_count();
	if (likely(after == before))
		return;
	preempt_count_add(before - after);
	WARN(1, "timer %pS: preempt_count %x before, %x after\n", function,
	     before, after);
}

/* With the lock held, which is dropped meanwhile. */
static void run_timer(struct timer_base *base, struct timer_list *timer)
{
	void (*function)(struct timer_list * timer) = timer->function;
	bool irqs_off = timer->flags & TIMER_IRQSAFE;

	base->running_timer = timer;
	raw_spin_unlock(&base->lock);
	if (!irqs_off)
		local_irq_enable();
	call_timer(timer, function);
	if (!irqs_off)
		local_irq_disable();
	raw_spin_lock(&base->lock);
	base->running_timer = NULL; /* from here on it may be gone */
}

static void run_list(struct timer_base *base, struct hlist_head *list)
{
	while (!hlist_empty(list)) {
		struct timer_list *timer =
			hlist_entry(list->first, struct timer_list, entry);

		detach_timer(base, timer);
		if (unlikely(time_after_eq(timer->expires, base->clk)))
			enqueue_timer(base, timer); /* once more round */
		else
			run_timer(base, timer);
	}
}

/* Takes the buckets that are due at clk out of the wheel; how many. */
static unsigned int collect(struct timer_base *base, struct hlist_head *lists)
{
	unsigned long at = base->clk;
	unsigned int level, nr = 0;

	for (level = 0; level < LEVELS; level++, at >>= STEP_BITS) {
		unsigned int idx = level * LEVEL_SIZE + (at & LEVEL_MASK);

		if (__test_and_clear_bit(idx, base->filled))
			hlist_move_list(&base->bucket[idx], &lists[nr++]);
		if (at & STEP_MASK)
			break;
	}
	return nr;
}

/* W2: is next_expiry, made exact, reached? */
static bool something_is_due(struct timer_base *base)
{
	if (!base->nr_pending)
		return false;
	if (base->next_expiry_recalc)
		find_next_expiry(base);
	return time_after_eq(jiffies, base->next_expiry);
}

static void run_timer_softirq(struct softirq_action *h)
{
	struct timer_base *base = this_cpu_ptr(&timer_bases);
	struct hlist_head lists[LEVELS];
	unsigned int nr;

	raw_spin_lock_irq(&base->lock);
	while (something_is_due(base)) {
		base->clk = base->next_expiry;
		nr = collect(base, lists);
		base->clk++;
		find_next_expiry(base);
		while (nr)
			run_list(base, &lists[--nr]);
	}
	base->raised = false;
	raw_spin_unlock(&base->lock);
	tick_timers_changed();
	local_irq_enable();
}

void run_local_timers(void)
{
	struct timer_base *base = this_cpu_ptr(&timer_bases);

	raw_spin_lock(&base->lock);
	if (!base->raised && something_is_due(base)) {
		base->raised = true;
		raise_softirq_irqoff(TIMER_SOFTIRQ);
	}
	raw_spin_unlock(&base->lock);
}

bool timer_next_expiry(unsigned long *expires)
{
	struct timer_base *base = this_cpu_ptr(&timer_bases);
	bool any;

	raw_spin_lock(&base->lock);
	any = base->nr_pending && !base->raised;
	if (any && base->next_expiry_recalc)
		find_next_expiry(base);
	*expires = base->next_expiry;
	raw_spin_unlock(&base->lock);
	return any;
}

/* -------------------------------------------------------------- the rest */

unsigned long round_jiffies_up(unsigned long j)
{
	return roundup(j, HZ);
}

unsigned long round_jiffies(unsigned long j)
{
	unsigned long rounded = roundup(j, HZ);

	/* the next full second, but for who is less than 1/4 behind one */
	if (j % HZ && j % HZ < HZ / 4)
		rounded -= HZ;
	return time_after(rounded, jiffies) ? rounded : j;
}

unsigned long round_jiffies_relative(unsigned long j)
{
	unsigned long now = jiffies;

	return round_jiffies(j + now) - now;
}

/* One that runs is about to start itself anew, maybe: it counts as well. */
static unsigned int count_timers(struct timer_base *base)
{
	unsigned long flags;
	unsigned int nr;

	raw_spin_lock_irqsave(&base->lock, flags);
	nr = base->nr_pending;
	if (base->running_timer && !timer_pending(base->running_timer))
		nr++;
	raw_spin_unlock_irqrestore(&base->lock, flags);
	return nr;
}

unsigned long timers_pending(void)
{
	unsigned long sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += count_timers(per_cpu_ptr(&timer_bases, cpu));
	return sum;
}

#define SHOWN 16 /* timers of a CPU that are listed */

struct shown_timer {
	void (*function)(struct timer_list *timer);
	unsigned long expires;
};

/* Copies, so that nothing is printed with the lock held. */
static unsigned int copy_timers(struct timer_base *base,
				struct shown_timer *shown)
{
	unsigned int idx, nr = 0;
	struct timer_list *timer;
	unsigned long flags;

	raw_spin_lock_irqsave(&base->lock, flags);
	for_each_set_bit(idx, base->filled, WHEEL_SIZE) {
		hlist_for_each_entry(timer, &base->bucket[idx], entry) {
			if (nr == SHOWN)
				break;
			shown[nr].function = timer->function;
			shown[nr++].expires = timer->expires;
		}
	}
	raw_spin_unlock_irqrestore(&base->lock, flags);
	return nr;
}

void timers_show_cpu(struct seq_file *m, int cpu)
{
	struct timer_base *base = per_cpu_ptr(&timer_bases, cpu);
	struct shown_timer shown[SHOWN];
	unsigned int i, nr = copy_timers(base, shown);

	for (i = 0; i < nr; i++)
		seq_printf(m, "  in %6ld jiffies: %ps\n",
			   (long)(shown[i].expires - jiffies),
			   shown[i].function);
	if (base->nr_pending > nr)
		seq_printf(m, "  and %u more\n", base->nr_pending - nr);
}

void __init init_timers(void)
{
	int cpu;

	for_each_possible_cpu(cpu) {
		struct timer_base *base = per_cpu_ptr(&timer_bases, cpu);

		raw_spin_lock_init(&base->lock);
		base->cpu = cpu;
		base->clk = INITIAL_JIFFIES;
	}
	open_softirq(TIMER_SOFTIRQ, run_timer_softirq);
}
