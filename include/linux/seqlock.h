/* SPDX-License-Identifier: MIT */
/*
 * Readers that never wait for writers, and never make them wait: they read,
 * and read again if a writer came in between.
 *
 *	writer			reader
 *	write_seqlock(&l);	do {
 *	a = 1;				seq = read_seqbegin(&l);
 *	b = 2;				x = a; y = b;
 *	write_sequnlock(&l);	} while (read_seqretry(&l, seq));
 *
 * The number is odd while a writer is at work. For small data that is often
 * read and seldom written; not for pointers that a writer frees, as readers
 * may follow what is half written.
 *
 * seqcount_t is the number alone: its writers keep each other out by other
 * means, and have preemption off, or a reader of higher priority would wait
 * for ever. seqcount_spinlock_t and its kin know the lock that does both, and
 * check that it is held. seqlock_t has its own spin lock.
 */
#ifndef _LINUX_SEQLOCK_H
#define _LINUX_SEQLOCK_H

#include <asm/processor.h>
#include <linux/atomic.h>
#include <linux/compiler.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/seqlock_types.h>
#include <linux/spinlock.h>

/* ----------------------------------------------------------------- readers */

/*
 * The number as it is, odd or even. From here on until __seq_changed() plain
 * reads may meet a writer: what they saw is then thrown away.
 */
static __always_inline unsigned int __seq_read(const seqcount_t *s)
{
	kcsan_flat_atomic_begin();
	return smp_load_acquire(&s->sequence);
}

/* The number once it is even: no writer is at work. */
static __always_inline unsigned int __seq_wait(const seqcount_t *s)
{
	unsigned int seq;

	while (unlikely((seq = __seq_read(s)) & 1))
		cpu_relax();
	return seq;
}

static __always_inline bool __seq_changed(const seqcount_t *s, unsigned int seq)
{
	smp_rmb(); /* the data before the number */
	kcsan_flat_atomic_end();
	return unlikely(READ_ONCE(s->sequence) != seq);
}

/*
 * A reader that interrupted the writer would wait for ever; the checker sees
 * that here, before it happens.
 */
static inline void __seq_note_reader(const seqcount_t *s)
{
	lock_acquire((struct lockdep_map *)&s->dep_map, 0, 0, 2, 1, NULL,
		     _THIS_IP_);
	lock_release((struct lockdep_map *)&s->dep_map, _THIS_IP_);
}

/* raw_: not checked. raw_seqcount_begin() does not wait. Any context. */
#define raw_read_seqcount(s) __seq_read(seqprop_count(s))
#define raw_seqcount_begin(s) (raw_read_seqcount(s) & ~1U)
#define raw_read_seqcount_begin(s) __seq_wait(seqprop_count(s))
#define __read_seqcount_begin(s) raw_read_seqcount_begin(s)
#define read_seqcount_begin(s) ({					\
	__seq_note_reader(seqprop_count(s));				\
	raw_read_seqcount_begin(s);					\
})

/* True: what was read is worth nothing, begin again. */
#define read_seqcount_retry(s, seq) __seq_changed(seqprop_count(s), seq)
#define __read_seqcount_retry(s, seq) read_seqcount_retry(s, seq)

/* ----------------------------------------------------------------- writers */

static __always_inline void __seq_begin(seqcount_t *s)
{
	kcsan_nestable_atomic_begin();
	WRITE_ONCE(s->sequence, s->sequence + 1);
	smp_wmb(); /* odd before the data */
}

static __always_inline void __seq_end(seqcount_t *s)
{
	smp_wmb(); /* the data before even */
	WRITE_ONCE(s->sequence, s->sequence + 1);
	kcsan_nestable_atomic_end();
}

#define raw_write_seqcount_begin(s) do {				\
	if (__seq_by_kind(s, begin))					\
		preempt_disable();					\
	__seq_begin(seqprop_count(s));					\
} while (0)
#define raw_write_seqcount_end(s) do {					\
	__seq_end(seqprop_count(s));					\
	if (_Generic(*(s), seqcount_mutex_t: 1, default: 0))		\
		preempt_enable();					\
} while (0)

#define write_seqcount_begin_nested(s, subclass) do {			\
	seqcount_acquire(&seqprop_count(s)->dep_map, subclass, 0,	\
			 _THIS_IP_);					\
	raw_write_seqcount_begin(s);					\
} while (0)
#define write_seqcount_begin(s) write_seqcount_begin_nested(s, 0)
#define write_seqcount_end(s) do {					\
	seqcount_release(&seqprop_count(s)->dep_map, _THIS_IP_);	\
	raw_write_seqcount_end(s);					\
} while (0)

/* Readers that are under way begin again. */
#define write_seqcount_invalidate(s) do {				\
	smp_wmb();							\
	seqprop_count(s)->sequence += 2;				\
} while (0)

/* ----------------------------------------------------------- with its lock */

#define seqlock_init(sl) do {						\
	spin_lock_init(&(sl)->lock);					\
	seqcount_init(&(sl)->seqcount);					\
} while (0)

/* Any context, if its writers have interrupts off. */
static inline unsigned int read_seqbegin(const seqlock_t *sl)
{
	__seq_note_reader(&sl->seqcount);
	return __seq_wait(&sl->seqcount);
}

static inline unsigned int read_seqretry(const seqlock_t *sl, unsigned int seq)
{
	return __seq_changed(&sl->seqcount, seq);
}

static inline void __seqlock_begin(seqlock_t *sl)
{
	seqcount_acquire(&sl->seqcount.dep_map, 0, 0, _THIS_IP_);
	__seq_begin(&sl->seqcount);
}

static inline void __seqlock_end(seqlock_t *sl)
{
	seqcount_release(&sl->seqcount.dep_map, _THIS_IP_);
	__seq_end(&sl->seqcount);
}

/*
 * The forms are the spin lock's. read_seqlock_excl keeps writers out, and
 * lets other readers read on.
 */
#define __SEQLOCK_FORMS(form)						\
static inline void write_seqlock##form(seqlock_t *sl)			\
{									\
	spin_lock##form(&sl->lock);					\
	__seqlock_begin(sl);						\
}									\
									\
static inline void write_sequnlock##form(seqlock_t *sl)			\
{									\
	__seqlock_end(sl);						\
	spin_unlock##form(&sl->lock);					\
}									\
									\
static inline void read_seqlock_excl##form(seqlock_t *sl)		\
{									\
	spin_lock##form(&sl->lock);					\
}									\
									\
static inline void read_sequnlock_excl##form(seqlock_t *sl)		\
{									\
	spin_unlock##form(&sl->lock);					\
}

__SEQLOCK_FORMS()
__SEQLOCK_FORMS(_irq)
__SEQLOCK_FORMS(_bh)

#define write_seqlock_irqsave(sl, flags) do {				\
	spin_lock_irqsave(&(sl)->lock, flags);				\
	__seqlock_begin(sl);						\
} while (0)
#define write_sequnlock_irqrestore(sl, flags) do {			\
	__seqlock_end(sl);						\
	spin_unlock_irqrestore(&(sl)->lock, flags);			\
} while (0)
#define read_seqlock_excl_irqsave(sl, flags) \
	spin_lock_irqsave(&(sl)->lock, flags)
#define read_sequnlock_excl_irqrestore(sl, flags) \
	spin_unlock_irqrestore(&(sl)->lock, flags)

/* First try without the lock (*seq even), then with it (*seq odd). */
static inline void read_seqbegin_or_lock(seqlock_t *sl, int *seq)
{
	if (*seq & 1)
		read_seqlock_excl(sl);
	else
		*seq = read_seqbegin(sl);
}

static inline int need_seqretry(seqlock_t *sl, int seq)
{
	return !(seq & 1) && read_seqretry(sl, seq);
}

static inline void done_seqretry(seqlock_t *sl, int seq)
{
	if (seq & 1)
		read_sequnlock_excl(sl);
}

#endif
