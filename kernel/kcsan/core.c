// SPDX-License-Identifier: MIT
/*
 * KCSAN: a kernel that waits for its own races.
 *
 * The problem: two CPUs touch the same word at the same time, one of them
 * writes, and neither a lock nor a marked access (READ_ONCE(), atomic_inc())
 * says that this is meant. The compiler may then read twice, write in two
 * halves or not at all; and what the code wants of both orders nobody has
 * thought of. A test finds that only when the two meet within nanoseconds.
 *
 * So the meeting is made longer. Of each few hundred plain accesses one waits
 * before it happens, some microseconds, with a watchpoint at its bytes, and
 * each access of all CPUs looks whether it meets a watchpoint:
 *
 *	CPU 0				CPU 1
 *	x = counter;			...
 *	  set watchpoint: counter	...
 *	  wait				counter++;
 *	  wait				  meets it: leaves a trace there
 *	  the value has changed, and	...
 *	  there is a trace: report
 *
 * What is protected is not met, however long the wait is: who wants the same
 * lock waits for it. So there are no false reports, and no lock, no barrier
 * and no order in time needs to be followed; but a race is only found when it
 * happens, or nearly. The more often a test runs, the more it finds.
 *
 * The compiler (-fsanitize=thread) makes a call before each access: tsan.c.
 * Assembly tells of its own by <linux/instrumented.h>.
 *
 *	access                        sets watchpoints   meets those of
 *	plain read                    yes                writes
 *	plain write                   see below          reads and writes
 *	marked read, marked write     no                 as the plain ones
 *	ASSERT_EXCLUSIVE_*()          yes                as a read, as a write
 *
 * A plain write of an aligned word is made by one instruction, and is taken
 * for marked unless the word kcsan.assume_plain_writes_atomic=0 is given: its
 * race with a plain read is found by the read. What counts as a race is also
 * that the value changed during the wait, or else storing what is there
 * already, as locks' books and flags often do, would be one.
 *
 * A value that changes while nobody meets the watchpoint was changed by code
 * that is not looked at, or by the machine: that is reported with one trace.
 *
 * Watchpoints:
 *
 *	      31                             4 3    0
 *	key   | address / 4, without its top 2 | bytes |
 *
 * W1  kcsan_watch[kind][slot] is 0 (free), TAKEN, or the key of an access
 *     that waits; bytes is not 0. The top two bits of all kernel addresses
 *     are the same. The slot follows from the address: an access looks at one
 *     for each kind. If that one is in use it does not wait.
 * W2  Who meets a key makes it TAKEN, fills finders[], then sets told.
 * W3  Only who waits frees the slot, when it was not taken or when told.
 *
 * Not watched: addresses that are another thing on each CPU: the originals of
 * per-CPU variables, by which %fs finds each CPU's own, and which are CPU 0's
 * instances at the same time; windows of kmap_local_page(). The originals that
 * alloc_percpu() makes elsewhere are only touched by marked accesses and by
 * assembly: <linux/percpu-defs.h>.
 *
 * Context: any but NMIs, which are not looked at. Lock: none. Cost: about 20
 * instructions for each access, and the waits.
 *
 * Differs from Linux: exact keys of words instead of ranges in hashed pages;
 * one word of a wide access is watched; interrupts stay on during the wait;
 * memory order is not modelled. (kernel/kcsan/core.c)
 */
#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "kcsan."

#include "kcsan.h"

#include <asm/barrier.h>
#include <asm/cmpxchg.h>
#include <asm/fixmap.h>
#include <asm/processor.h>
#include <asm/sections.h>
#include <asm/tsc.h>
#include <linux/bitops.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/moduleparam.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/uaccess.h>

#define TAKEN 16UL	/* no key: no bytes */

#define WORD_MASK 3UL
#define KEY_BITS  GENMASK(29, 0)	/* of an address: W1 */

/* An access of more words is compared with each watchpoint. */
#define FEW_BYTES 32

/* How many accesses pass, and how long one waits, at most, in us. */
unsigned int kcsan_skip_watch = 1000;
module_param_named(skip_watch, kcsan_skip_watch, uint, 0644);
unsigned int kcsan_udelay_task = 80;
module_param_named(udelay_task, kcsan_udelay_task, uint, 0644);
unsigned int kcsan_udelay_interrupt = 20;
module_param_named(udelay_interrupt, kcsan_udelay_interrupt, uint, 0644);

/* May who waits be interrupted, to find races with interrupts? */
bool kcsan_interrupt_watcher = true;
module_param_named(interrupt_watcher, kcsan_interrupt_watcher, bool, 0644);
bool kcsan_assume_plain_writes_atomic = true;
module_param_named(assume_plain_writes_atomic, kcsan_assume_plain_writes_atomic,
		   bool, 0644);

unsigned long kcsan_watch[2][KCSAN_SLOTS];
DEFINE_PER_CPU(int, kcsan_skip) = INT_MAX;

/* Of a taken watchpoint: who met it. */
static struct finder {
	struct kcsan_access access;
	bool told;
} finders[2][KCSAN_SLOTS];

/* Of softirqs, of hardirqs. */
static DEFINE_PER_CPU(struct kcsan_ctx[2], irq_ctx);
static DEFINE_PER_CPU(u32, random_state);

/* --- contexts --- */

static struct kcsan_ctx *get_ctx(void)
{
	int count = preempt_count();

	if (count & (NMI_MASK | HARDIRQ_MASK))
		return &(*this_cpu_ptr(&irq_ctx))[1];
	if (count & SOFTIRQ_OFFSET)
		return &(*this_cpu_ptr(&irq_ctx))[0];
	return &current->kcsan_ctx;
}

void kcsan_disable_current(void)
{
	get_ctx()->disable_count++;
}

void kcsan_enable_current(void)
{
	get_ctx()->disable_count--;
}

void kcsan_nestable_atomic_begin(void)
{
	get_ctx()->atomic_nest_count++;
}

void kcsan_nestable_atomic_end(void)
{
	get_ctx()->atomic_nest_count--;
}

void kcsan_flat_atomic_begin(void)
{
	get_ctx()->in_flat_atomic = true;
}

void kcsan_flat_atomic_end(void)
{
	get_ctx()->in_flat_atomic = false;
}

void kcsan_set_access_mask(unsigned long mask)
{
	get_ctx()->access_mask = mask;
}

/* Is what this context does looked at? */
static bool is_enabled(const struct kcsan_ctx *ctx)
{
	return !ctx->disable_count && !in_nmi() && !oops_in_progress;
}

/* --- numbers at random --- */

/* [Marsaglia] xorshift; a draw lost to an interrupt is none the worse. */
static u32 draw(void)
{
	u32 x = __this_cpu_read(random_state);

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	__this_cpu_write(random_state, x);
	return x;
}

/* From half of limit up to limit. */
static u32 draw_near(u32 limit)
{
	return limit - draw() % (limit / 2 + 1);
}

/* --- which accesses wait --- */

/* Does the compiler, or do the rules of this place, make it an atomic one? */
static bool counts_as_marked(const struct kcsan_ctx *ctx,
			     const struct kcsan_point *point)
{
	int type = point->type;

	if (type & KCSAN_ACCESS_ASSERT)
		return false;
	if (ctx->in_flat_atomic || ctx->atomic_nest_count)
		return true;
	return READ_ONCE(kcsan_assume_plain_writes_atomic) &&
	       (type & KCSAN_ACCESS_WRITE) && !(type & KCSAN_ACCESS_COMPOUND) &&
	       point->size <= sizeof(long) &&
	       !(point->addr & (point->size - 1));
}

static bool is_watchable(unsigned long addr)
{
	return addr >= PAGE_OFFSET && addr < FIXADDR_START &&
	       addr - (unsigned long)__per_cpu_start >= PCPU_UNIT_SIZE;
}

/* Of a wide access one word, at random; of others all. */
static void narrow(unsigned long *addr, size_t *size)
{
	unsigned long last = *addr + *size - 1;
	unsigned long first_word = *addr / 4, words = last / 4 - first_word + 1;
	unsigned long begin;

	if (words == 1)
		return;
	begin = max(*addr, (first_word + draw() % words) * 4);
	*size = min(last, begin | WORD_MASK) - begin + 1;
	*addr = begin;
}

/* False if it cannot be read, as the access is about to find out. */
static bool read_value(unsigned long addr, size_t size, u32 *value)
{
	*value = 0;
	return !copy_from_kernel_nofault(value, (const void *)addr, size);
}

static void delay(void)
{
	unsigned int usecs = in_interrupt() || irqs_disabled() ?
				     READ_ONCE(kcsan_udelay_interrupt) :
				     READ_ONCE(kcsan_udelay_task);

	udelay(draw_near(usecs));
}

/* --- the one that waits --- */

bool kcsan_remove_watch(unsigned int kind, unsigned int slot, unsigned long key,
			struct kcsan_access *other)
{
	unsigned long *watch = &kcsan_watch[kind][slot];

	if (cmpxchg(watch, key, 0UL) == key)
		return false;
	while (!smp_load_acquire(&finders[kind][slot].told))
		cpu_relax();
	*other = finders[kind][slot].access;
	finders[kind][slot].told = false;
	smp_store_release(watch, 0UL);
	return true;
}

/* An access, and the part of it that waits. */
struct watched {
	const struct kcsan_point *point;
	unsigned long addr;
	size_t size;
	unsigned long mask;		/* the bits that matter; 0: all */
};

/* other is who met the watchpoint, or NULL. */
static bool is_race(const struct watched *w, const struct kcsan_access *other,
		    u32 before, u32 after)
{
	if ((before ^ after) & (w->mask ? w->mask : ~0U))
		return other || READ_ONCE(kcsan_report_race_unknown_origin);
	if (!other || w->mask)
		return false;
	return ((w->point->type | other->point.type) & KCSAN_ACCESS_ASSERT) ||
	       !READ_ONCE(kcsan_report_value_change_only);
}

static void wait_for_race(const struct watched *w)
{
	unsigned int kind = !!(w->point->type & KCSAN_ACCESS_WRITE);
	unsigned long key = kcsan_key(w->addr, w->size);
	unsigned int slot = kcsan_slot(w->addr);
	struct kcsan_change change = { .size = w->size };
	struct kcsan_access here, other;
	bool met;

	if (!read_value(w->addr, w->size, &change.before) ||
	    cmpxchg(&kcsan_watch[kind][slot], 0UL, key) != 0)
		return;
	/* once more, now that who changes it leaves a trace */
	read_value(w->addr, w->size, &change.before);
	delay();
	read_value(w->addr, w->size, &change.after);
	met = kcsan_remove_watch(kind, slot, key, &other);
	if (!is_race(w, met ? &other : NULL, change.before, change.after))
		return;
	kcsan_describe(&here, w->point);
	kcsan_report(&here, met ? &other : NULL, &change);
}

void kcsan_setup_watch(const struct kcsan_point *point)
{
	struct watched w = { point, point->addr, point->size, 0 };
	struct kcsan_ctx *ctx = get_ctx();
	unsigned long flags;

	if (!is_enabled(ctx) || counts_as_marked(ctx, point))
		return; /* the next one */
	__this_cpu_write(kcsan_skip, draw_near(READ_ONCE(kcsan_skip_watch)));
	narrow(&w.addr, &w.size);
	if (!is_watchable(w.addr))
		return;
	w.mask = ctx->access_mask;
	/* what the wait itself does is not looked at */
	ctx->disable_count++;
	local_save_flags(flags);
	if (!READ_ONCE(kcsan_interrupt_watcher))
		local_irq_disable();
	wait_for_race(&w);
	local_irq_restore(flags);
	ctx->disable_count--;
}

/* --- the one that comes --- */

void kcsan_found(unsigned long *watch, unsigned long seen,
		 const struct kcsan_point *point)
{
	struct finder *finder = &finders[0][0] + (watch - &kcsan_watch[0][0]);
	struct kcsan_ctx *ctx = get_ctx();
	unsigned long flags;

	if (!is_enabled(ctx))
		return;
	local_irq_save(flags);
	ctx->disable_count++;
	if (cmpxchg(watch, seen, TAKEN) == seen) {
		kcsan_describe(&finder->access, point);
		smp_store_release(&finder->told, true);
	}
	ctx->disable_count--;
	local_irq_restore(flags);
}

/* --- accesses of more than a word --- */

/* Does the watchpoint touch these bytes? All addresses modulo W1. */
static bool key_in_range(unsigned long key, unsigned long addr, size_t size)
{
	unsigned long begin = (key >> 4) * 4 + __ffs(key | TAKEN);

	return (key & 15) && (((begin - addr) & KEY_BITS) < size ||
			      ((addr - begin) & KEY_BITS) < hweight8(key & 15));
}

/* True if one of many words met a watchpoint of that kind. */
static bool meets_in_range(unsigned int kind, const struct kcsan_point *point)
{
	unsigned int slot;

	for (slot = 0; slot < KCSAN_SLOTS; slot++) {
		unsigned long *watch = &kcsan_watch[kind][slot];
		unsigned long seen = READ_ONCE(*watch);

		if (key_in_range(seen, point->addr, point->size)) {
			kcsan_found(watch, seen, point);
			return true;
		}
	}
	return false;
}

static bool meets_in_words(unsigned int kind, const struct kcsan_point *point)
{
	unsigned long end = point->addr + point->size, addr, next;

	for (addr = point->addr; addr < end; addr = next) {
		unsigned long *watch = &kcsan_watch[kind][kcsan_slot(addr)];
		unsigned long seen = READ_ONCE(*watch);

		next = min((addr | WORD_MASK) + 1, end);
		if (kcsan_keys_meet(seen, kcsan_key(addr, next - addr))) {
			kcsan_found(watch, seen, point);
			return true;
		}
	}
	return false;
}

static bool meets_kind(unsigned int kind, const struct kcsan_point *point)
{
	return point->size <= FEW_BYTES ? meets_in_words(kind, point) :
					  meets_in_range(kind, point);
}

void kcsan_check_wide(const struct kcsan_point *point)
{
	if (!point->size || meets_kind(1, point) ||
	    ((point->type & KCSAN_ACCESS_WRITE) && meets_kind(0, point)))
		return;
	if (!kcsan_is_marked(point->type) &&
	    unlikely(this_cpu_dec_return(kcsan_skip) < 0))
		kcsan_setup_watch(point);
}

/* --- the beginning --- */

void __init kcsan_init(void)
{
	unsigned int cpu;

	tsc_calibrate_now();
	for_each_possible_cpu(cpu) {
		per_cpu(random_state, cpu) = 2463534242U + cpu;
		per_cpu(kcsan_skip, cpu) = kcsan_skip_watch;
	}
	pr_info("kcsan: 1 of %u accesses waits for %u us\n", kcsan_skip_watch,
		kcsan_udelay_task);
}
