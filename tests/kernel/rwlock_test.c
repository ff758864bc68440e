// SPDX-License-Identifier: MIT
/*
 * Reader-writer locks between CPUs. This CPU holds the lock, guests come to it
 * on other CPUs, each in a thread or in a handler:
 *
 *	this CPU  [ holds the lock ............ ]
 *	guest       arrives  ... waits ...       [ inside ]
 */
#include "smp_test.h"

#include "test_workers.h"

#include <linux/delay.h>
#include <linux/preempt.h>
#include <linux/spinlock.h>

#define GUESTS 2
#define ROUNDS 1000

struct guest {
	bool writes, in_handler;
	atomic_t arrived, inside;
	int turn; /* the how manieth came in */
};

static DEFINE_RWLOCK(rwlock);
static struct guest guests[GUESTS];
static atomic_t go, turns;

static void lock_for(bool writing)
{
	if (writing)
		write_lock(&rwlock);
	else
		read_lock(&rwlock);
}

static void unlock_for(bool writing)
{
	if (writing)
		write_unlock(&rwlock);
	else
		read_unlock(&rwlock);
}

static void visit(void *data)
{
	struct guest *guest = data;

	atomic_set(&guest->arrived, 1);
	lock_for(guest->writes);
	guest->turn = atomic_inc_return(&turns);
	atomic_set(&guest->inside, 1);
	unlock_for(guest->writes);
}

static void visit_in_thread(struct worker *worker)
{
	worker->wrong += !spin_until(&go, worker->nr + 1);
	visit(worker->arg);
}

/* The CPU of a guest: the first of the others, the second of them. */
static unsigned int cpu_of(unsigned int nr)
{
	unsigned int cpu;

	for_each_online_cpu(cpu)
		if (cpu != raw_smp_processor_id() && !nr--)
			break;
	return cpu;
}

/* Before the lock is taken, as a thread must be made for it. */
static void invite(struct kunit *test, unsigned int nr, bool writes,
		   bool in_handler)
{
	struct guest *guest = &guests[nr];

	memset(guest, 0, sizeof(*guest));
	guest->writes = writes;
	guest->in_handler = in_handler;
	atomic_set(&go, 0);
	atomic_set(&turns, 0);
	if (!in_handler)
		worker_start(test, nr, cpu_of(nr), visit_in_thread, guest);
}

/* Has it come to the lock, with preemption off? */
static void let_come(struct kunit *test, unsigned int nr)
{
	struct guest *guest = &guests[nr];

	if (guest->in_handler)
		smp_call_function_single(cpu_of(nr), visit, guest, 0);
	else
		atomic_set(&go, nr + 1);
	KUNIT_EXPECT_TRUE(test, spin_until(&guest->arrived, 1));
	mdelay(1); /* and through the lock, if that lets it */
}

static bool is_inside(unsigned int nr)
{
	return atomic_read(&guests[nr].inside);
}

static void see_off(struct kunit *test, unsigned int nr)
{
	KUNIT_EXPECT_TRUE(test, spin_until(&guests[nr].inside, 1));
	if (!guests[nr].in_handler) {
		worker_stop(nr);
		KUNIT_EXPECT_EQ(test, workers[nr].wrong, 0);
	}
}

static const struct meeting {
	const char *name;
	bool held_for_writing, writes, in_handler;
	bool passes;
} meetings[] = {
	{ "reader, reader thread", false, false, false, true },
	{ "reader, reader handler", false, false, true, true },
	{ "reader, writer thread", false, true, false, false },
	{ "reader, writer handler", false, true, true, false },
	{ "writer, reader thread", true, false, false, false },
	{ "writer, reader handler", true, false, true, false },
	{ "writer, writer thread", true, true, false, false },
	{ "writer, writer handler", true, true, true, false },
};
KUNIT_ARRAY_PARAM(meeting, meetings, NULL);

/* Who waits for whom: all but readers for each other? */
static void two_meet(struct kunit *test)
{
	const struct meeting *m = test->param_value;
	bool inside;

	need_cpus(test, 2);
	invite(test, 0, m->writes, m->in_handler);
	lock_for(m->held_for_writing);
	let_come(test, 0);
	inside = is_inside(0);
	unlock_for(m->held_for_writing);
	see_off(test, 0);
	KUNIT_EXPECT_EQ(test, inside, m->passes);
}

/* Until the writer, who has arrived, keeps new readers out. */
static bool writer_is_heeded(void)
{
	unsigned long rounds;

	for (rounds = 0; rounds < 1UL << 24; rounds++) {
		if (!read_trylock(&rwlock))
			return true;
		read_unlock(&rwlock);
	}
	return false;
}

/* This CPU reads, a writer waits, and another reader comes. */
static bool third_passes(struct kunit *test, bool in_handler)
{
	bool heeded, passes, writer_inside;

	need_cpus(test, 3);
	invite(test, 0, true, false);
	invite(test, 1, false, in_handler);
	read_lock(&rwlock);
	let_come(test, 0);
	heeded = writer_is_heeded();
	let_come(test, 1);
	passes = is_inside(1);
	writer_inside = is_inside(0);
	read_unlock(&rwlock);
	see_off(test, 0);
	see_off(test, 1);
	KUNIT_EXPECT_TRUE(test, heeded);
	KUNIT_EXPECT_FALSE(test, writer_inside);
	return passes;
}

/* Does a reader line up behind a writer that came before it? */
static void reader_lines_up(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, third_passes(test, false));
	KUNIT_EXPECT_EQ(test, guests[0].turn, 1);
	KUNIT_EXPECT_EQ(test, guests[1].turn, 2);
}

/*
 * And one in an interrupt not, as it may have interrupted the very reader that
 * the writer waits for?
 */
static void interrupt_does_not(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, third_passes(test, true));
	KUNIT_EXPECT_EQ(test, guests[1].turn, 1);
	KUNIT_EXPECT_EQ(test, guests[0].turn, 2);
}

/* Does a writer that waits get in before new readers? */
static void writer_is_not_starved(struct kunit *test)
{
	bool heeded, inside;

	need_cpus(test, 2);
	invite(test, 0, true, true);
	read_lock(&rwlock);
	let_come(test, 0);
	heeded = writer_is_heeded();
	inside = is_inside(0);
	read_unlock(&rwlock);
	see_off(test, 0);
	KUNIT_EXPECT_TRUE(test, heeded);
	KUNIT_EXPECT_FALSE(test, inside);
}

/* ------------------------------------------------------------- all at once */

static volatile unsigned long guarded, twin;

static void write_slowly(void)
{
	unsigned int i;

	guarded = guarded + 1;
	for (i = 0; i < 50; i++)
		cpu_relax();
	twin = twin + 1;
}

static void read_and_write(struct worker *worker)
{
	unsigned int i;

	for (i = 0; i < ROUNDS; i++) {
		bool writes = i % 4 == 0;

		lock_for(writes);
		if (writes)
			write_slowly();
		else
			worker->wrong += guarded != twin;
		unlock_for(writes);
	}
}

/* Do readers on all CPUs find what writers have finished, and nothing else? */
static void writers_exclude(struct kunit *test)
{
	unsigned int nr;

	guarded = twin = 0;
	nr = workers_start(test, read_and_write, NULL);
	workers_stop(test, nr);
	KUNIT_EXPECT_EQ(test, guarded, (unsigned long)nr * ROUNDS / 4);
	KUNIT_EXPECT_EQ(test, twin, guarded);
}

static struct kunit_case rwlock_cases[] = {
	KUNIT_CASE_PARAM(two_meet, meeting_gen_params),
	KUNIT_CASE(reader_lines_up),
	KUNIT_CASE(interrupt_does_not),
	KUNIT_CASE(writer_is_not_starved),
	KUNIT_CASE(writers_exclude),
	{}
};

/*
 * Handlers take it on CPUs that nobody interrupts while they hold it, which
 * the lock checker cannot know.
 */
static int keep_checker_out(struct kunit_suite *suite)
{
	lockdep_set_novalidate_class(&rwlock);
	return 0;
}

static struct kunit_suite rwlock_suite = {
	.name = "rwlock",
	.suite_init = keep_checker_out,
	.test_cases = rwlock_cases,
};
kunit_test_suite(rwlock_suite);
