// SPDX-License-Identifier: MIT
/* Sequence locks: does no reader keep what a writer has half done? */
#include <linux/mutex.h>
#include <linux/seqlock.h>
#include "lock_threads.h"

#define READERS 2
#define ROUNDS  2000

static DEFINE_SEQLOCK(seqlock);
static volatile unsigned long first, second; /* always equal */
static atomic_t wrong, writing;

/* Is a reader told to begin again exactly if a writer came in between? */
static void a_writer_is_noticed(struct kunit *test)
{
	unsigned int seq = read_seqbegin(&seqlock);

	KUNIT_EXPECT_EQ(test, seq & 1, 0);
	KUNIT_EXPECT_EQ(test, read_seqretry(&seqlock, seq), 0);
	write_seqlock(&seqlock);
	KUNIT_EXPECT_EQ(test, raw_read_seqcount(&seqlock.seqcount), seq + 1);
	KUNIT_EXPECT_NE(test, read_seqretry(&seqlock, seq), 0);
	/* a begin that does not wait never passes while someone writes */
	KUNIT_EXPECT_TRUE(test,
			  read_seqcount_retry(&seqlock.seqcount,
					      raw_seqcount_begin(
						      &seqlock.seqcount)));
	write_sequnlock(&seqlock);
	KUNIT_EXPECT_NE(test, read_seqretry(&seqlock, seq), 0);
	KUNIT_EXPECT_EQ(test, read_seqbegin(&seqlock), seq + 2);
	write_seqcount_invalidate(&seqlock.seqcount);
	KUNIT_EXPECT_EQ(test, read_seqbegin(&seqlock), seq + 4);
}

static int read_pairs(void *unused)
{
	unsigned long a, b;
	unsigned int seq, i;

	for (i = 0; i < ROUNDS && atomic_read(&writing); i++) {
		do {
			seq = read_seqbegin(&seqlock);
			a = first;
			if (i % 16 == 0)
				yield();
			b = second;
		} while (read_seqretry(&seqlock, seq));
		if (a != b)
			atomic_inc(&wrong);
	}
	return 0;
}

/* Do readers on all CPUs only ever see both words of one write? */
static void readers_see_whole_writes(struct kunit *test)
{
	struct task_struct *p[READERS];
	unsigned int i;

	atomic_set(&wrong, 0);
	atomic_set(&writing, 1);
	for (i = 0; i < READERS; i++)
		p[i] = start(test, read_pairs, NULL);
	for (i = 0; i < ROUNDS; i++) {
		write_seqlock(&seqlock);
		first = i;
		cpu_relax();
		second = i;
		write_sequnlock(&seqlock);
		if (i % 64 == 0)
			yield();
	}
	atomic_set(&writing, 0);
	for (i = 0; i < READERS; i++)
		join(p[i]);
	KUNIT_EXPECT_EQ(test, atomic_read(&wrong), 0);
}

/* Is the second try, with the lock, never told to try again? */
static void second_try_has_the_lock(struct kunit *test)
{
	int seq = 0, tries = 0;

	for (;;) {
		read_seqbegin_or_lock(&seqlock, &seq);
		if (!tries++) {
			write_seqlock(&seqlock);
			write_sequnlock(&seqlock);
		}
		if (!need_seqretry(&seqlock, seq))
			break;
		seq = 1;
	}
	KUNIT_EXPECT_EQ(test, tries, 2);
	/* where a lock has no state, trying it always succeeds */
	if (IS_ENABLED(CONFIG_SMP) || IS_ENABLED(CONFIG_DEBUG))
		KUNIT_EXPECT_TRUE(test, spin_trylock(&seqlock.lock) == 0);
	done_seqretry(&seqlock, seq);
	KUNIT_EXPECT_TRUE(test, spin_trylock(&seqlock.lock) != 0);
	spin_unlock(&seqlock.lock);
}

/* Is a writer told that others do not keep out? */
static void careless_writers_are_told(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);
	static seqcount_t plain = SEQCNT_ZERO(plain);
	static seqcount_spinlock_t locked = SEQCNT_SPINLOCK_ZERO(locked, &lock);

	need_debug(test);
	capture_begin();
	write_seqcount_begin(&plain);
	write_seqcount_end(&plain);
	expect_told(test, "WARNING");
	capture_begin();
	write_seqcount_begin(&locked);
	write_seqcount_end(&locked);
	expect_told(test, "WARNING");
	capture_begin();
	preempt_disable();
	write_seqcount_begin(&plain);
	write_seqcount_end(&plain);
	preempt_enable();
	spin_lock(&lock);
	write_seqcount_begin(&locked);
	write_seqcount_end(&locked);
	spin_unlock(&lock);
	KUNIT_EXPECT_STREQ(test, capture_end(), "");
}

/* Does a writer with a mutex keep the CPU, or readers would wait for it? */
static void a_mutex_writer_keeps_the_cpu(struct kunit *test)
{
	static DEFINE_MUTEX(mutex);
	static seqcount_mutex_t count = SEQCNT_MUTEX_ZERO(count, &mutex);

	mutex_lock(&mutex);
	write_seqcount_begin(&count);
	KUNIT_EXPECT_FALSE(test, preemptible());
	write_seqcount_end(&count);
	KUNIT_EXPECT_TRUE(test, preemptible());
	mutex_unlock(&mutex);
}

/* Is a read by the writer itself, which would wait for ever, told? */
static void reading_while_writing_is_told(struct kunit *test)
{
	need_debug(test);
	preempt_disable();
	write_seqlock(&seqlock);
	capture_begin();
	lock_acquire(__dep_map_of(&seqlock.seqcount), 0, 0, 2, 1, NULL,
		     _THIS_IP_);
	lock_release(__dep_map_of(&seqlock.seqcount), _THIS_IP_);
	expect_told(test, "possible recursive locking");
	write_sequnlock(&seqlock);
	preempt_enable();
}

static struct kunit_case cases[] = {
	KUNIT_CASE(a_writer_is_noticed),
	KUNIT_CASE(readers_see_whole_writes),
	KUNIT_CASE(second_try_has_the_lock),
	KUNIT_CASE(careless_writers_are_told),
	KUNIT_CASE(a_mutex_writer_keeps_the_cpu),
	KUNIT_CASE(reading_while_writing_is_told),
	{}
};

static struct kunit_suite suite = {
	.name = "seqlock",
	.test_cases = cases,
};
kunit_test_suite(suite);
