// SPDX-License-Identifier: MIT
/* Read-write semaphores: readers together, writers alone, all in turn? */
#include <linux/completion.h>
#include <linux/rwsem.h>
#include "lock_threads.h"

#define THREADS 4
#define ROUNDS  50

static DECLARE_RWSEM(sem);
static struct shared_work work;
static struct completion let_go;
static atomic_t wrong;

static int rwsem_init(struct kunit *test)
{
	memset(&work, 0, sizeof(work));
	init_completion(&let_go);
	atomic_set(&wrong, 0);
	return 0;
}

static int write_rounds(void *unused)
{
	unsigned int i;

	for (i = 0; i < ROUNDS; i++) {
		down_write(&sem);
		work_alone(&work);
		up_write(&sem);
	}
	return 0;
}

static int read_rounds(void *unused)
{
	unsigned int i, before;

	for (i = 0; i < ROUNDS; i++) {
		down_read(&sem);
		before = READ_ONCE(work.done);
		yield();
		if (READ_ONCE(work.done) != before || READ_ONCE(work.inside))
			atomic_inc(&wrong);
		up_read(&sem);
	}
	return 0;
}

/* Is a writer alone, and does nothing change under a reader? */
static void writers_are_alone(struct kunit *test)
{
	struct task_struct *p[2 * THREADS];
	unsigned int i;

	down_write(&sem); /* until all are there */
	for (i = 0; i < 2 * THREADS; i++)
		p[i] = start_and_wait(test, i % 2 ? write_rounds : read_rounds,
				      NULL);
	up_write(&sem);
	for (i = 0; i < 2 * THREADS; i++)
		join(p[i]);
	KUNIT_EXPECT_EQ(test, work.done, THREADS * ROUNDS);
	KUNIT_EXPECT_EQ(test, work.most_inside, 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&wrong), 0);
	KUNIT_EXPECT_FALSE(test, rwsem_is_locked(&sem));
}

static int read_until_let_go(void *letter)
{
	down_read(&sem);
	note(&work, *(char *)letter);
	wait_for_completion(&let_go);
	up_read(&sem);
	return 0;
}

static int write_and_note(void *letter)
{
	down_write(&sem);
	note(&work, *(char *)letter);
	up_write(&sem);
	return 0;
}

static int tries(void *unused)
{
	int result = 0;

	if (down_read_trylock(&sem)) {
		result |= 1;
		up_read(&sem);
	}
	if (down_write_trylock(&sem)) {
		result |= 2;
		up_write(&sem);
	}
	return result;
}

static int try_elsewhere(struct kunit *test)
{
	return join(start(test, tries, NULL));
}

/* Do readers share, and tries tell what may be had? */
static void readers_share(struct kunit *test)
{
	struct task_struct *a;

	KUNIT_EXPECT_EQ(test, try_elsewhere(test), 3);
	a = start_and_wait(test, read_until_let_go, "a");
	KUNIT_EXPECT_EQ(test, try_elsewhere(test), 1);
	down_read(&sem);
	KUNIT_EXPECT_EQ(test, sem.active, 2);
	up_read(&sem);
	complete_all(&let_go);
	join(a);
	down_write(&sem);
	KUNIT_EXPECT_EQ(test, try_elsewhere(test), 0);
	up_write(&sem);
}

/*
 * Does a writer that waits keep later readers out, so that it gets its turn?
 *	reads: a   waits: W, r   then W before r
 */
static void writers_do_not_starve(struct kunit *test)
{
	struct task_struct *a, *w, *r;

	a = start_and_wait(test, read_until_let_go, "a");
	w = start_and_wait(test, write_and_note, "W");
	r = start_and_wait(test, read_until_let_go, "r");
	KUNIT_EXPECT_TRUE(test, rwsem_is_contended(&sem));
	KUNIT_EXPECT_STREQ(test, work.order, "a");
	KUNIT_EXPECT_EQ(test, try_elsewhere(test), 0);
	complete_all(&let_go);
	join(a);
	join(w);
	join(r);
	KUNIT_EXPECT_STREQ(test, work.order, "aWr");
	KUNIT_EXPECT_FALSE(test, rwsem_is_locked(&sem));
}

/* Do readers that wait go in together, up to the next writer? */
static void readers_go_in_together(struct kunit *test)
{
	struct task_struct *r, *s, *w;

	down_write(&sem);
	r = start_and_wait(test, read_until_let_go, "r");
	s = start_and_wait(test, read_until_let_go, "s");
	w = start_and_wait(test, write_and_note, "W");
	up_write(&sem);
	KUNIT_EXPECT_EQ(test, sem.active, 2);
	until_asleep(r);
	until_asleep(s);
	KUNIT_EXPECT_EQ(test, work.nr, 2);
	complete_all(&let_go);
	join(r);
	join(s);
	join(w);
	KUNIT_EXPECT_EQ(test, work.order[2], 'W');
}

/* Does a downgrade let readers in, and no writer? */
static void downgrade_lets_readers_in(struct kunit *test)
{
	struct task_struct *r, *w;

	down_write(&sem);
	r = start_and_wait(test, read_until_let_go, "r");
	w = start_and_wait(test, write_and_note, "W");
	downgrade_write(&sem);
	KUNIT_EXPECT_EQ(test, sem.active, 2);
	complete_all(&let_go);
	join(r);
	KUNIT_EXPECT_STREQ(test, work.order, "r");
	up_read(&sem);
	join(w);
	KUNIT_EXPECT_STREQ(test, work.order, "rW");
}

/* Is reading twice, which a writer in between would block, told? */
static void reading_twice_is_told(struct kunit *test)
{
	need_debug(test);
	down_read(&sem);
	capture_begin();
	down_read(&sem);
	expect_told(test, "possible recursive locking");
	up_read(&sem);
	up_read(&sem);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_SLOW(writers_are_alone),
	KUNIT_CASE(readers_share),
	KUNIT_CASE(writers_do_not_starve),
	KUNIT_CASE(readers_go_in_together),
	KUNIT_CASE(downgrade_lets_readers_in),
	KUNIT_CASE(reading_twice_is_told),
	{}
};

static struct kunit_suite suite = {
	.name = "rwsem",
	.init = rwsem_init,
	.test_cases = cases,
};
kunit_test_suite(suite);
