// SPDX-License-Identifier: MIT
/* Semaphores: are there never more inside than permits, and all served? */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/semaphore.h>
#include "lock_threads.h"

#define THREADS 4
#define ROUNDS  50

static struct semaphore sem;
static struct shared_work work;
static atomic_t inside, most_inside;

static int semaphore_init(struct kunit *test)
{
	memset(&work, 0, sizeof(work));
	atomic_set(&inside, 0);
	atomic_set(&most_inside, 0);
	sema_init(&sem, 1);
	return 0;
}

static int rounds(void *unused)
{
	unsigned int i;
	int now, most;

	for (i = 0; i < ROUNDS; i++) {
		down(&sem);
		now = atomic_inc_return(&inside);
		most = atomic_read(&most_inside);
		while (now > most &&
		       !atomic_try_cmpxchg(&most_inside, &most, now))
			;
		/* at first: until another one has come in too */
		while (!i && atomic_read(&most_inside) < 2)
			schedule_timeout_uninterruptible(1);
		yield();
		atomic_dec(&inside);
		up(&sem);
	}
	return 0;
}

/* Are there as many inside as there are permits, but not more? */
static void as_many_as_permits(struct kunit *test)
{
	struct task_struct *p[THREADS];
	unsigned int i;

	sema_init(&sem, 0);
	for (i = 0; i < THREADS; i++)
		p[i] = start_and_wait(test, rounds, NULL);
	up(&sem);
	up(&sem);
	for (i = 0; i < THREADS; i++)
		join(p[i]);
	KUNIT_EXPECT_EQ(test, atomic_read(&most_inside), 2);
	KUNIT_EXPECT_EQ(test, sem.count, 2);
}

static int take_and_note(void *letter)
{
	down(&sem);
	note(&work, *(char *)letter);
	return 0;
}

/* Does each up() let one in, the first who came; and from an interrupt? */
static void ups_serve_in_turn(struct kunit *test)
{
	static char letters[] = "abc";
	struct task_struct *p[3];
	unsigned long flags;
	unsigned int i;

	down(&sem);
	for (i = 0; i < 3; i++)
		p[i] = start_and_wait(test, take_and_note, &letters[i]);
	KUNIT_EXPECT_STREQ(test, work.order, "");
	up(&sem);
	KUNIT_EXPECT_EQ(test, down_trylock(&sem), 1); /* it is a's */
	join(p[0]);
	KUNIT_EXPECT_STREQ(test, work.order, "a");
	local_irq_save(flags);
	__irq_enter();
	up(&sem);
	up(&sem);
	__irq_exit();
	local_irq_restore(flags);
	join(p[1]);
	join(p[2]);
	KUNIT_EXPECT_EQ(test, work.nr, 3);
	KUNIT_EXPECT_EQ(test, sem.count, 0);
}

/* Are a try and a wait with a limit told from success by their results? */
static void results(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, down_trylock(&sem), 0);
	KUNIT_EXPECT_EQ(test, down_trylock(&sem), 1);
	KUNIT_EXPECT_EQ(test, down_timeout(&sem, 0), -ETIME);
	KUNIT_EXPECT_EQ(test, down_timeout(&sem, 2), -ETIME);
	KUNIT_EXPECT_TRUE(test, list_empty(&sem.wait_list));
	up(&sem);
	KUNIT_EXPECT_EQ(test, down_timeout(&sem, 2), 0);
	up(&sem);
	KUNIT_EXPECT_EQ(test, down_interruptible(&sem), 0);
	up(&sem);
	KUNIT_EXPECT_EQ(test, down_killable(&sem), 0);
	up(&sem);
	KUNIT_EXPECT_EQ(test, sem.count, 1);
}

static int give(void *unused)
{
	up(&sem);
	return 0;
}

/* May another thread give what this one waits for? */
static void another_gives(struct kunit *test)
{
	struct task_struct *p;

	down(&sem);
	p = start(test, give, NULL);
	down(&sem);
	join(p);
	KUNIT_EXPECT_EQ(test, sem.count, 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(as_many_as_permits),
	KUNIT_CASE(ups_serve_in_turn),
	KUNIT_CASE(results),
	KUNIT_CASE(another_gives),
	{}
};

static struct kunit_suite suite = {
	.name = "semaphore",
	.init = semaphore_init,
	.test_cases = cases,
};
kunit_test_suite(suite);
