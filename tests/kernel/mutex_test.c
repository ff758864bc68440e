// SPDX-License-Identifier: MIT
/* Mutexes: one at a time, in turn, asleep; and wrong use told? */
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include "lock_threads.h"

#define THREADS 4
#define ROUNDS  50

static DEFINE_MUTEX(mutex);
static struct shared_work work;

static int mutex_init_case(struct kunit *test)
{
	memset(&work, 0, sizeof(work));
	return 0;
}

static int locked_rounds(void *unused)
{
	unsigned int i;

	for (i = 0; i < ROUNDS; i++) {
		mutex_lock(&mutex);
		work_alone(&work);
		mutex_unlock(&mutex);
	}
	return 0;
}

/* Is only one thread inside at a time, however many want to be? */
static void one_at_a_time(struct kunit *test)
{
	struct task_struct *p[THREADS];
	unsigned int i;

	mutex_lock(&mutex); /* until all are there */
	for (i = 0; i < THREADS; i++)
		p[i] = start_and_wait(test, locked_rounds, NULL);
	mutex_unlock(&mutex);
	for (i = 0; i < THREADS; i++)
		join(p[i]);
	KUNIT_EXPECT_EQ(test, work.done, THREADS * ROUNDS);
	KUNIT_EXPECT_EQ(test, work.most_inside, 1);
	KUNIT_EXPECT_FALSE(test, mutex_is_locked(&mutex));
	KUNIT_EXPECT_EQ(test, atomic_long_read(&mutex.owner), 0);
}

static int lock_and_note(void *letter)
{
	mutex_lock(&mutex);
	note(&work, *(char *)letter);
	mutex_unlock(&mutex);
	return 0;
}

/* Do those who wait sleep, and get it in the order in which they came? */
static void first_come_first_served(struct kunit *test)
{
	static char letters[] = "abc";
	struct task_struct *p[3];
	unsigned int i;

	mutex_lock(&mutex);
	for (i = 0; i < 3; i++) {
		p[i] = start_and_wait(test, lock_and_note, &letters[i]);
		KUNIT_EXPECT_FALSE(test, task_is_running(p[i]));
	}
	KUNIT_EXPECT_STREQ(test, work.order, "");
	mutex_unlock(&mutex);
	/* the owner of just now queues up, too */
	lock_and_note("d");
	for (i = 0; i < 3; i++)
		join(p[i]);
	KUNIT_EXPECT_STREQ(test, work.order, "abcd");
}

static int try_it(void *unused)
{
	if (!mutex_trylock(&mutex))
		return 0;
	mutex_unlock(&mutex);
	return 1;
}

/* Does a try fail while another has it, at once, and else succeed? */
static void a_try_does_not_wait(struct kunit *test)
{
	mutex_lock(&mutex);
	KUNIT_EXPECT_TRUE(test, mutex_is_locked(&mutex));
	KUNIT_EXPECT_EQ(test, join(start(test, try_it, NULL)), 0);
	mutex_unlock(&mutex);
	KUNIT_EXPECT_EQ(test, join(start(test, try_it, NULL)), 1);
	KUNIT_EXPECT_EQ(test, mutex_trylock(&mutex), 1);
	mutex_unlock(&mutex);
	KUNIT_EXPECT_EQ(test, mutex_lock_interruptible(&mutex), 0);
	mutex_unlock(&mutex);
	KUNIT_EXPECT_EQ(test, mutex_lock_killable(&mutex), 0);
	mutex_unlock(&mutex);
}

/* Is the lock taken by the last reference only? */
static void dec_and_lock(struct kunit *test)
{
	atomic_t refs = ATOMIC_INIT(2);

	KUNIT_EXPECT_EQ(test, atomic_dec_and_mutex_lock(&refs, &mutex), 0);
	KUNIT_EXPECT_FALSE(test, mutex_is_locked(&mutex));
	KUNIT_EXPECT_EQ(test, atomic_dec_and_mutex_lock(&refs, &mutex), 1);
	KUNIT_EXPECT_TRUE(test, mutex_is_locked(&mutex));
	KUNIT_EXPECT_EQ(test, atomic_read(&refs), 0);
	mutex_unlock(&mutex);
}

/* Is a lock by its owner told as the deadlock it is, and survived? */
static void deadlock_is_told(struct kunit *test)
{
	need_debug(test);
	mutex_lock(&mutex);
	capture_begin();
	mutex_lock(&mutex);
	expect_told(test, "BUG: mutex deadlock");
	mutex_unlock(&mutex);
	KUNIT_EXPECT_TRUE(test, mutex_is_locked(&mutex));
	mutex_unlock(&mutex);
	KUNIT_EXPECT_FALSE(test, mutex_is_locked(&mutex));
	capture_begin();
	mutex_unlock(&mutex);
	expect_told(test, "BUG: mutex already unlocked");
}

static int unlock_it(void *unused)
{
	mutex_unlock(&mutex);
	return 0;
}

/* Is an unlock by another than the owner told, and without effect? */
static void a_foreign_unlock_is_told(struct kunit *test)
{
	need_debug(test);
	mutex_lock(&mutex);
	capture_begin();
	join(start(test, unlock_it, NULL));
	expect_told(test, "BUG: mutex unlocked by another thread");
	KUNIT_EXPECT_TRUE(test, mutex_is_locked(&mutex));
	mutex_unlock(&mutex);
}

/* Is memory that was only zeroed, or a held mutex destroyed, told? */
static void bad_memory_is_told(struct kunit *test)
{
	struct mutex zeroed;

	need_debug(test);
	memset(&zeroed, 0, sizeof(zeroed));
	capture_begin();
	mutex_lock(&zeroed);
	expect_told(test, "BUG: mutex bad magic");
	mutex_unlock(&zeroed);
	mutex_init(&zeroed);
	mutex_lock(&zeroed);
	capture_begin();
	mutex_destroy(&zeroed);
	expect_told(test, "destroyed while held");
	lockdep_drop(0);
}

/* Is a mutex under a spin lock told, with the spin lock's name? */
static void sleeping_under_a_spinlock_is_told(struct kunit *test)
{
	static DEFINE_SPINLOCK(outer_spinlock);

	need_debug(test);
	spin_lock(&outer_spinlock);
	capture_begin();
	mutex_lock(&mutex);
	expect_told(test, "outer_spinlock");
	mutex_unlock(&mutex);
	spin_unlock(&outer_spinlock);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(one_at_a_time),
	KUNIT_CASE(first_come_first_served),
	KUNIT_CASE(a_try_does_not_wait),
	KUNIT_CASE(dec_and_lock),
	KUNIT_CASE(deadlock_is_told),
	KUNIT_CASE(a_foreign_unlock_is_told),
	KUNIT_CASE(bad_memory_is_told),
	KUNIT_CASE(sleeping_under_a_spinlock_is_told),
	{}
};

static struct kunit_suite suite = {
	.name = "mutex",
	.init = mutex_init_case,
	.test_cases = cases,
};
kunit_test_suite(suite);
