// SPDX-License-Identifier: MIT
/*
 * timekeeping.c - what time it is
 *
 *	counter  ----+-------------------+--------------->
 *	          cycle_last            now
 *	time         base       +     (now - cycle_last) * mult >> shift
 *
 * Time is the counter of one clocksource, turned into nanoseconds. base and
 * cycle_last are moved on only where the counter could wrap, and when a
 * better clock takes over: so with a 64-bit counter nothing has to be done
 * at regular times, and no tick is needed to know the time.
 *
 * K1  Time goes on from where it was when the clock changes.
 * K2  seq is odd while a writer is at it; a reader that saw it odd, or that
 *     sees another value afterwards, reads again.
 *
 * Lock: writers have tk_lock, interrupts off; readers have none. Cost: the
 * counter, and two multiplications.
 *
 * Differs from Linux: nobody corrects the clock's speed, so there are no
 * remainders to carry, and no second copy for NMIs, which must not ask.
 * (kernel/time/timekeeping.c)
 */
#include <linux/timekeeping.h>

#include <asm/barrier.h>
#include <asm/processor.h>
#include <linux/clocksource.h>
#include <linux/compiler.h>
#include <linux/jiffies.h>
#include <linux/spinlock.h>

#include "timekeeping_internal.h"

static u64 no_clock_read(struct clocksource *cs)
{
	return 0;
}

/* Until there is a real one, time stands still. */
static struct clocksource no_clock = {
	.name = "none",
	.read = no_clock_read,
	.mask = CLOCKSOURCE_MASK(64),
	.mult = 1,
};

static DEFINE_RAW_SPINLOCK(tk_lock);

static struct {
	unsigned int seq; /* K2 */
	struct clocksource *clock;
	u64 cycle_last;
	ktime_t base; /* time at cycle_last */
} tk = { .clock = &no_clock };

/* Writers have the lock, readers look at seq. */
static ktime_t now(void)
{
	struct clocksource *cs = tk.clock;
	u64 delta = (cs->read(cs) - tk.cycle_last) & cs->mask;

	/* a CPU whose counter is a little behind must not go back */
	if (unlikely(delta & ~(cs->mask >> 1)))
		delta = 0;
	return tk.base + mul_u64_u32_shr(delta, cs->mult, cs->shift);
}

static unsigned int read_begin(void)
{
	unsigned int seq;

	while ((seq = READ_ONCE(tk.seq)) & 1)
		cpu_relax();
	smp_rmb();
	return seq;
}

static bool read_retry(unsigned int seq)
{
	smp_rmb();
	return unlikely(READ_ONCE(tk.seq) != seq);
}

ktime_t ktime_get(void)
{
	unsigned int seq;
	ktime_t time;

	do {
		seq = read_begin();
		time = now();
	} while (read_retry(seq));
	return time;
}

u64 get_jiffies_64(void)
{
	return INITIAL_JIFFIES + div_u64(ktime_get_ns(), TICK_NSEC);
}

ktime_t jiffies_to_ktime(unsigned long j)
{
	u64 now_jiffies = get_jiffies_64();
	long ahead = j - (unsigned long)now_jiffies;

	return (now_jiffies + ahead - INITIAL_JIFFIES) * TICK_NSEC;
}

/* Goes on from now, by the counter of cs. K1 */
static void rebase(struct clocksource *cs)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&tk_lock, flags);
	WRITE_ONCE(tk.seq, tk.seq + 1);
	smp_wmb();
	tk.base = now();
	tk.clock = cs ?: tk.clock;
	tk.cycle_last = tk.clock->read(tk.clock);
	smp_wmb();
	WRITE_ONCE(tk.seq, tk.seq + 1);
	raw_spin_unlock_irqrestore(&tk_lock, flags);
}

void timekeeping_set_clock(struct clocksource *cs)
{
	rebase(cs);
}

const struct clocksource *timekeeping_clocksource(void)
{
	return READ_ONCE(tk.clock);
}

u64 timekeeping_max_idle(void)
{
	return timekeeping_clocksource()->max_idle_ns;
}

void timekeeping_accumulate(void)
{
	rebase(NULL);
}
