// SPDX-License-Identifier: MIT
/*
 * KCSAN: is nothing reported where accesses are protected, marked or taken
 * out? And does an access meet a watchpoint exactly if both touch a byte, and
 * one writes? What must be reported stands in kcsan_test.c.
 */
#include "kcsan_test.h"

#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/seqlock.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#define QUIET_MS 40

static unsigned int word, other_word;
static unsigned long bits;
static u8 bytes[4] __aligned(4);
static atomic_t counter;
static atomic64_t wide_counter;
static struct {
	u8 low : 4, : 0, high : 4;
} fields;
static unsigned int pair_a, pair_b;
static unsigned int *published;
static DEFINE_PER_CPU(unsigned int, own);
static unsigned int __percpu *own_later;
static DEFINE_SPINLOCK(lock);
static DEFINE_MUTEX(mutex);
static DEFINE_SEQLOCK(seqlock);

static noinline void read_plainly(void)
{
	WRITE_ONCE(other_word, word);
}

static noinline void store_marked(void)
{
	WRITE_ONCE(word, READ_ONCE(word) + 1);
}

static noinline void store_plainly(void)
{
	word = READ_ONCE(other_word);
	WRITE_ONCE(other_word, raw_smp_processor_id());
}

static noinline void increment_locked(void)
{
	spin_lock(&lock);
	word++;
	spin_unlock(&lock);
}

static noinline void increment_in_mutex(void)
{
	mutex_lock(&mutex);
	word++;
	mutex_unlock(&mutex);
}

static noinline void count_atomically(void)
{
	atomic_inc(&counter);
	atomic64_inc(&wide_counter);
	set_bit(3, &bits);
	clear_bit(3, &bits);
}

static noinline void read_counters(void)
{
	(void)atomic_read(&counter);
	(void)atomic64_read(&wide_counter);
	(void)test_bit(3, &bits);
}

static noinline void write_pair(void)
{
	write_seqlock(&seqlock);
	pair_a++;
	pair_b++;
	write_sequnlock(&seqlock);
}

static noinline void read_pair(void)
{
	unsigned int seq, a, b;

	do {
		seq = read_seqbegin(&seqlock);
		a = pair_a;
		b = pair_b;
	} while (read_seqretry(&seqlock, seq));
	WRITE_ONCE(other_word, a - b);
}

static noinline void publish(void)
{
	static unsigned int values[64], next;
	unsigned int *value = &values[next++ % 64];

	/* each is new to readers: the table is larger than a wait is long */
	if (next < 64)
		*value = next;
	rcu_assign_pointer(published, value);
}

static noinline void read_published(void)
{
	unsigned int *value;

	rcu_read_lock();
	value = rcu_dereference(published);
	if (value)
		WRITE_ONCE(other_word, *value);
	rcu_read_unlock();
}

static noinline void first_byte(void)
{
	bytes[0]++;
	fields.low++;
}

static noinline void second_byte(void)
{
	bytes[1]++;
	fields.high++;
}

static noinline void own_instance(void)
{
	this_cpu_inc(own);
	this_cpu_inc(*own_later);
	preempt_disable();
	__this_cpu_inc(own);
	__this_cpu_write(*own_later, __this_cpu_inc_return(*own_later) + 1);
	preempt_enable();
}

static noinline void read_on_purpose(void)
{
	WRITE_ONCE(other_word, data_race(word));
}

static noinline void read_disabled(void)
{
	kcsan_disable_current();
	WRITE_ONCE(other_word, word);
	kcsan_enable_current();
}

static noinline __no_kcsan void increment_unseen(void)
{
	word++;
}

static noinline void rewrite_same(void)
{
	WRITE_ONCE(word, 7);
}

static noinline void claim_bit_4(void)
{
	ASSERT_EXCLUSIVE_BITS(bits, BIT(4));
}

static noinline void claim_no_writer(void)
{
	ASSERT_EXCLUSIVE_WRITER(word);
}

static noinline void load_marked(void)
{
	(void)READ_ONCE(word);
}

/* --- kcsan_quiet --- */

/* A report of anything fails the case. */
static void quiet(struct kunit *test, void (*f)(void), void (*g)(void))
{
	pair_begin(test, f, g);
	msleep(QUIET_MS);
	pair_end(test);
}

/* Plain reads of both; marked accesses; plain words that are forgiven? */
static void plain_and_marked(struct kunit *test)
{
	quiet(test, read_plainly, read_plainly);
	quiet(test, store_marked, store_marked);
	quiet(test, store_plainly, store_marked);
}

/* Locks that both take? */
static void locks(struct kunit *test)
{
	quiet(test, increment_locked, increment_locked);
	quiet(test, increment_in_mutex, increment_in_mutex);
}

/* Operations of the machine? */
static void atomics(struct kunit *test)
{
	quiet(test, count_atomically, count_atomically);
	quiet(test, count_atomically, read_counters);
}

/* Readers that read again? */
static void sequences(struct kunit *test)
{
	quiet(test, write_pair, read_pair);
	quiet(test, write_pair, write_pair);
}

/* Pointers that are published by RCU? */
static void published_pointers(struct kunit *test)
{
	quiet(test, publish, read_published);
}

/* Bytes side by side? */
static void neighbours(struct kunit *test)
{
	quiet(test, first_byte, second_byte);
}

/* Each CPU's instance of a variable, though all have one address in %fs? */
static void per_cpu_variables(struct kunit *test)
{
	own_later = alloc_percpu(unsigned int);
	KUNIT_ASSERT_NOT_NULL(test, (__force void *)own_later);
	quiet(test, own_instance, own_instance);
	free_percpu(own_later);
	own_later = NULL;
}

/* What is known, or not looked at? */
static void taken_out(struct kunit *test)
{
	quiet(test, read_on_purpose, store_marked);
	quiet(test, read_disabled, store_marked);
	quiet(test, increment_unseen, increment_unseen);
}

/* A value that stays the same? */
static void same_value(struct kunit *test)
{
	word = 7;
	quiet(test, read_plainly, rewrite_same);
}

/* Claims that hold: of other bits, and of writers where one only reads? */
static void claims(struct kunit *test)
{
	quiet(test, claim_bit_4, count_atomically);
	quiet(test, claim_no_writer, load_marked);
}

static void quiet_exit(struct kunit *test)
{
	be_as_usual(test);
}

static struct kunit_case quiet_cases[] = {
	KUNIT_CASE(plain_and_marked),
	KUNIT_CASE(locks),
	KUNIT_CASE(atomics),
	KUNIT_CASE(sequences),
	KUNIT_CASE(published_pointers),
	KUNIT_CASE(neighbours),
	KUNIT_CASE(per_cpu_variables),
	KUNIT_CASE(taken_out),
	KUNIT_CASE(same_value),
	KUNIT_CASE(claims),
	{}
};

static struct kunit_suite quiet_suite = {
	.name = "kcsan_quiet",
	.init = be_eager,
	.exit = quiet_exit,
	.test_cases = quiet_cases,
};
kunit_test_suite(quiet_suite);

/* --- kcsan_watchpoints --- */

static u8 area[128] __aligned(64);

/* Bytes of the area. */
struct part {
	unsigned int at;
	size_t size;
};

static const struct part word_8 = { 8, 4 };

/* Does an access of one part meet a watchpoint of the other? */
static bool meets(unsigned int kind, struct part watched, struct part touched,
		  int type)
{
	unsigned long addr = (unsigned long)area + watched.at;
	unsigned long key = kcsan_key(addr, watched.size);
	unsigned int slot = kcsan_slot(addr);
	struct kcsan_access other;

	while (cmpxchg(&kcsan_watch[kind][slot], 0UL, key) != 0)
		cpu_relax();
	__kcsan_check_access(area + touched.at, touched.size, type);
	return kcsan_remove_watch(kind, slot, key, &other) &&
	       other.point.addr == (unsigned long)area + touched.at &&
	       other.point.size == touched.size;
}

static bool overlap(struct part a, struct part b)
{
	return a.at < b.at + b.size && b.at < a.at + a.size;
}

/* All accesses around a watchpoint. */
static void touch_around(struct kunit *test, struct part watched)
{
	static const size_t sizes[] = { 1, 2, 3, 4, 5, 7, 8, 12, 16, 33, 60 };
	unsigned int at, i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		for (at = 0; at < 70; at++) {
			struct part touched = { at, sizes[i] };

			KUNIT_ASSERT_EQ_MSG(test, meets(1, watched, touched, 0),
					    overlap(watched, touched),
					    "%zu bytes at %u, watched %zu at %u",
					    touched.size, at, watched.size,
					    watched.at);
		}
	}
}

/* Of all places and sizes within some words? */
static void bytes_decide(struct kunit *test)
{
	struct part watched;

	for (watched.at = 64; watched.at < 68; watched.at++)
		for (watched.size = 1; watched.size <= 68 - watched.at;
		     watched.size++)
			touch_around(test, watched);
}

/* Does a read meet writes only, and a write both, marked or not? */
static void kinds_decide(struct kunit *test)
{
	static const int reads[] = { 0, KCSAN_ACCESS_ATOMIC,
				     KCSAN_ACCESS_ASSERT };
	static const struct part all = { 0, 64 };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(reads); i++) {
		int type = reads[i];

		KUNIT_EXPECT_FALSE(test, meets(0, word_8, word_8, type));
		KUNIT_EXPECT_TRUE(test, meets(1, word_8, word_8, type));
		type |= KCSAN_ACCESS_WRITE;
		KUNIT_EXPECT_TRUE(test, meets(0, word_8, word_8, type));
		KUNIT_EXPECT_TRUE(test, meets(1, word_8, word_8, type));
		KUNIT_EXPECT_TRUE(test, meets(0, word_8, all, type));
		KUNIT_EXPECT_FALSE(test, meets(0, word_8, all, reads[i]));
	}
}

/* Does who is not looked at meet none? */
static void disabled_meets_none(struct kunit *test)
{
	kcsan_disable_current();
	KUNIT_EXPECT_FALSE(test, meets(1, word_8, word_8, 0));
	kcsan_enable_current();
	KUNIT_EXPECT_TRUE(test, meets(1, word_8, word_8, 0));
}

static struct kunit_case watchpoints_cases[] = {
	KUNIT_CASE(bytes_decide),
	KUNIT_CASE(kinds_decide),
	KUNIT_CASE(disabled_meets_none),
	{}
};

static struct kunit_suite watchpoints_suite = {
	.name = "kcsan_watchpoints",
	.test_cases = watchpoints_cases,
};
kunit_test_suite(watchpoints_suite);
