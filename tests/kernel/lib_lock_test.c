// SPDX-License-Identifier: MIT
/* Locks and counters: are contexts counted, and wrong use told of? */
#include <kunit/test.h>
#include <linux/atomic.h>
#include <linux/kref.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/refcount.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <quire/capture.h>

static DEFINE_SPINLOCK(lock);
static DEFINE_RWLOCK(rwlock);

static void need_debug(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "locks keep books in debug builds only");
}

static void expect_report(struct kunit *test, const char *words)
{
	const char *text = capture_end();

	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(text, words), "no \"%s\" in: %s",
				  words, text);
}

/* Do the _irqsave forms turn interrupts off, and back to what they were? */
static void irq_state_is_restored(struct kunit *test)
{
	unsigned long outer, inner;
	bool before = irqs_disabled();

	spin_lock_irqsave(&lock, outer);
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	local_irq_save(inner);
	local_irq_restore(inner);
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	spin_unlock_irqrestore(&lock, outer);
	KUNIT_EXPECT_EQ(test, irqs_disabled(), before);
	local_irq_save(outer);
	spin_lock_irqsave(&lock, inner);
	spin_unlock_irqrestore(&lock, inner);
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	local_irq_restore(outer);
}

/* Does holding a lock make the context atomic, and its release end that? */
static void lock_is_atomic(struct kunit *test)
{
	int before = preempt_count();

	need_debug(test);
	KUNIT_EXPECT_EQ(test, spinlocks_held(), 0);
	spin_lock(&lock);
	KUNIT_EXPECT_TRUE(test, in_atomic());
	KUNIT_EXPECT_EQ(test, preempt_count(), before + 1);
	KUNIT_EXPECT_EQ(test, spinlocks_held(), 1);
	KUNIT_EXPECT_TRUE(test, spin_is_locked(&lock));
	KUNIT_EXPECT_EQ(test, spin_trylock(&lock), 0);
	KUNIT_EXPECT_EQ(test, preempt_count(), before + 1);
	spin_unlock(&lock);
	KUNIT_EXPECT_EQ(test, preempt_count(), before);
	KUNIT_EXPECT_EQ(test, spinlocks_held(), 0);
	KUNIT_EXPECT_EQ(test, spin_trylock(&lock), 1);
	spin_unlock(&lock);
}

/* Is a lock of a release build nothing for one CPU, for several one word? */
static void release_lock_is_small(struct kunit *test)
{
	if (IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "locks have books in debug builds");
	KUNIT_EXPECT_EQ(test, sizeof(spinlock_t),
			IS_ENABLED(CONFIG_SMP) ? 4 : 0);
	spin_lock(&lock);
	KUNIT_EXPECT_EQ(test, preempt_count(), 1);
	spin_unlock(&lock);
}

/* Is a lock taken twice reported, with both places, and survived? */
static void recursion_is_told(struct kunit *test)
{
	need_debug(test);
	spin_lock(&lock);
	capture_begin();
	spin_lock(&lock);
	expect_report(test, "BUG: spinlock recursion");
	spin_unlock(&lock);
	KUNIT_EXPECT_TRUE(test, spin_is_locked(&lock));
	spin_unlock(&lock);
	KUNIT_EXPECT_FALSE(test, spin_is_locked(&lock));
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
}

/* Is an unlock of a free lock reported, and the count kept? */
static void unlock_of_free_is_told(struct kunit *test)
{
	need_debug(test);
	capture_begin();
	spin_unlock(&lock);
	expect_report(test, "BUG: spinlock already unlocked");
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
	KUNIT_EXPECT_EQ(test, spinlocks_held(), 0);
}

/* Is a lock that was never initialised reported? */
static void bad_magic_is_told(struct kunit *test)
{
	spinlock_t zeroed;

	need_debug(test);
	memset(&zeroed, 0, sizeof(zeroed));
	capture_begin();
	spin_lock(&zeroed);
	expect_report(test, "BUG: spinlock bad magic");
	spin_unlock(&zeroed);
}

/* Do readers share, and is reading under the writer's lock reported? */
static void rwlock_rules(struct kunit *test)
{
	need_debug(test);
	read_lock(&rwlock);
	KUNIT_EXPECT_EQ(test, spinlocks_held(), 1);
	read_unlock(&rwlock);
	write_lock(&rwlock);
	write_unlock(&rwlock);
	KUNIT_EXPECT_EQ(test, spinlocks_held(), 0);
	capture_begin();
	read_unlock(&rwlock);
	expect_report(test, "BUG: rwlock already unlocked");
	write_lock(&rwlock);
	capture_begin();
	read_lock(&rwlock);
	expect_report(test, "BUG: rwlock read under write");
	read_unlock(&rwlock);
	capture_begin();
	read_unlock(&rwlock);
	expect_report(test, "BUG: rwlock already unlocked");
	capture_begin();
	write_lock(&rwlock);
	expect_report(test, "BUG: rwlock recursion");
	write_unlock(&rwlock);
	write_unlock(&rwlock);
	KUNIT_EXPECT_EQ(test, spinlocks_held(), 0);
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
}

/* Is might_sleep() under a lock reported, and without one silent? */
static void sleeping_in_atomic_is_told(struct kunit *test)
{
	unsigned long before = report_count();

	need_debug(test);
	might_sleep();
	KUNIT_EXPECT_EQ(test, report_count(), before);
	spin_lock(&lock);
	capture_begin();
	might_sleep();
	expect_report(test, "BUG: sleeping function called from invalid");
	spin_unlock(&lock);
}

/* Does each nesting level have its own bits of the count? */
static void context_bits(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, in_interrupt());
	KUNIT_EXPECT_TRUE(test, in_task());
	__irq_enter();
	KUNIT_EXPECT_TRUE(test, in_hardirq());
	KUNIT_EXPECT_TRUE(test, in_interrupt());
	KUNIT_EXPECT_FALSE(test, in_softirq());
	KUNIT_EXPECT_FALSE(test, in_task());
	__irq_exit();
	preempt_count_add(SOFTIRQ_OFFSET);
	KUNIT_EXPECT_TRUE(test, in_softirq());
	KUNIT_EXPECT_FALSE(test, in_hardirq());
	preempt_count_sub(SOFTIRQ_OFFSET);
	KUNIT_EXPECT_FALSE(test, in_interrupt());
	pagefault_disable();
	KUNIT_EXPECT_EQ(test, pagefault_disabled(), IS_ENABLED(CONFIG_DEBUG));
	pagefault_enable();
	KUNIT_EXPECT_FALSE(test, pagefault_disabled());
}

static DEFINE_PER_CPU(unsigned int, counter);
static DEFINE_PER_CPU(u64, wide_counter);

/* Do the per-CPU operations act on this CPU's instance? */
static void per_cpu_operations(struct kunit *test)
{
	int cpu = get_cpu();

	this_cpu_write(counter, 5);
	this_cpu_inc(counter);
	this_cpu_add(counter, 10);
	this_cpu_dec(counter);
	this_cpu_sub(counter, 3);
	KUNIT_EXPECT_EQ(test, this_cpu_read(counter), 12);
	KUNIT_EXPECT_EQ(test, per_cpu(counter, cpu), 12);
	KUNIT_EXPECT_EQ(test, *per_cpu_ptr(&counter, cpu), 12);
	KUNIT_EXPECT_EQ(test, __this_cpu_inc_return(counter), 13);
	__this_cpu_add(wide_counter, 1ull << 40);
	KUNIT_EXPECT_EQ(test, this_cpu_read(wide_counter), 1ull << 40);
	this_cpu_write(wide_counter, 0);
	get_cpu_var(counter) = 1;
	put_cpu_var(counter);
	KUNIT_EXPECT_EQ(test, this_cpu_read(counter), 1);
	put_cpu();
}

/* Do the atomic operations return what they say: old, new or success? */
static void atomics(struct kunit *test)
{
	atomic_t v = ATOMIC_INIT(5);
	int old = 4;

	KUNIT_EXPECT_EQ(test, atomic_add_return(3, &v), 8);
	KUNIT_EXPECT_EQ(test, atomic_fetch_add(2, &v), 8);
	KUNIT_EXPECT_EQ(test, atomic_sub_return(4, &v), 6);
	KUNIT_EXPECT_EQ(test, atomic_fetch_or(9, &v), 6);
	KUNIT_EXPECT_EQ(test, atomic_fetch_and(12, &v), 15);
	KUNIT_EXPECT_EQ(test, atomic_cmpxchg(&v, 12, 1), 12);
	KUNIT_EXPECT_FALSE(test, atomic_try_cmpxchg(&v, &old, 9));
	KUNIT_EXPECT_EQ(test, old, 1);
	KUNIT_EXPECT_TRUE(test, atomic_try_cmpxchg(&v, &old, 2));
	KUNIT_EXPECT_FALSE(test, atomic_add_unless(&v, 1, 2));
	KUNIT_EXPECT_TRUE(test, atomic_inc_not_zero(&v));
	KUNIT_EXPECT_EQ(test, atomic_xchg(&v, 1), 3);
	KUNIT_EXPECT_TRUE(test, atomic_dec_and_test(&v));
	KUNIT_EXPECT_FALSE(test, atomic_inc_not_zero(&v));
	KUNIT_EXPECT_EQ(test, atomic_dec_if_positive(&v), -1);
	KUNIT_EXPECT_EQ(test, atomic_read(&v), 0);
}

static int released;

static void release(struct kref *kref)
{
	released++;
}

/* Is an object released by its last reference, exactly once? */
static void kref_releases_once(struct kunit *test)
{
	struct kref kref;

	released = 0;
	kref_init(&kref);
	kref_get(&kref);
	KUNIT_EXPECT_EQ(test, kref_put(&kref, release), 0);
	KUNIT_EXPECT_EQ(test, released, 0);
	KUNIT_EXPECT_EQ(test, kref_put(&kref, release), 1);
	KUNIT_EXPECT_EQ(test, released, 1);
	KUNIT_EXPECT_EQ(test, kref_get_unless_zero(&kref), 0);
}

/* Are use after free, underflow and overflow told, and the count stuck? */
static void refcount_saturates(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(0);

	capture_begin();
	refcount_inc(&r);
	expect_report(test, "addition on 0; use-after-free");
	KUNIT_EXPECT_EQ(test, refcount_read(&r), REFCOUNT_SATURATED);
	refcount_set(&r, 0);
	capture_begin();
	KUNIT_EXPECT_FALSE(test, refcount_dec_and_test(&r));
	expect_report(test, "underflow; use-after-free");
	refcount_set(&r, REFCOUNT_MAX);
	capture_begin();
	refcount_inc(&r);
	expect_report(test, "saturated; leaking memory");
	KUNIT_EXPECT_EQ(test, refcount_read(&r), REFCOUNT_SATURATED);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(irq_state_is_restored),
	KUNIT_CASE(lock_is_atomic),
	KUNIT_CASE(release_lock_is_small),
	KUNIT_CASE(recursion_is_told),
	KUNIT_CASE(unlock_of_free_is_told),
	KUNIT_CASE(bad_magic_is_told),
	KUNIT_CASE(rwlock_rules),
	KUNIT_CASE(sleeping_in_atomic_is_told),
	KUNIT_CASE(context_bits),
	KUNIT_CASE(per_cpu_operations),
	KUNIT_CASE(atomics),
	KUNIT_CASE(kref_releases_once),
	KUNIT_CASE(refcount_saturates),
	{}
};

static struct kunit_suite suite = {
	.name = "lib_lock",
	.test_cases = cases,
};
kunit_test_suite(suite);
