// SPDX-License-Identifier: MIT
/* The lock checker and real locks: do all kinds of them tell it? */
#include <linux/gfp.h>
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include "lock_threads.h"
#include "lockdep_scratch.h"

/* Locks in memory of their own, so that each case has fresh classes. */
struct real_locks {
	struct lock_class_key key[4];
	spinlock_t spin, other_spin;
	rwlock_t rw;
	struct mutex mutex;
	struct rw_semaphore rwsem;
};

static struct real_locks *r;

static int real_init(struct kunit *test)
{
	unsigned int i;

	r = kzalloc(sizeof(*r), GFP_KERNEL);
	if (!r)
		return -ENOMEM;
	for (i = 0; i < ARRAY_SIZE(r->key); i++)
		lockdep_register_key(&r->key[i]);
	spin_lock_init(&r->spin);
	spin_lock_init(&r->other_spin);
	rwlock_init(&r->rw);
	mutex_init(&r->mutex);
	init_rwsem(&r->rwsem);
	lockdep_set_class_and_name(&r->spin, &r->key[0], "real_spin");
	lockdep_set_class_and_name(&r->rw, &r->key[1], "real_rw");
	lockdep_set_class_and_name(&r->mutex, &r->key[2], "real_mutex");
	lockdep_set_class_and_name(&r->rwsem, &r->key[3], "real_rwsem");
	return 0;
}

static void real_exit(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(r->key); i++)
		lockdep_unregister_key(&r->key[i]);
	kfree(r);
}

static int mutex_then_rwsem(void *unused)
{
	mutex_lock(&r->mutex);
	down_read(&r->rwsem);
	up_read(&r->rwsem);
	mutex_unlock(&r->mutex);
	return 0;
}

static int rwsem_then_mutex(void *unused)
{
	down_write(&r->rwsem);
	mutex_lock(&r->mutex);
	mutex_unlock(&r->mutex);
	up_write(&r->rwsem);
	return 0;
}

/* Are two threads told that never meet, but could have? */
static void threads_that_could_meet(struct kunit *test)
{
	join(start(test, mutex_then_rwsem, NULL));
	capture_begin();
	join(start(test, rwsem_then_mutex, NULL));
	EXPECT_TOLD(test, "possible circular locking", "real_mutex",
		    "real_rwsem", "mutex_then_rwsem", "rwsem_then_mutex");
}

/* Are spin and rw locks told that are taken both ways? */
static void spin_and_rw_locks(struct kunit *test)
{
	spin_lock(&r->spin);
	read_lock(&r->rw);
	read_unlock(&r->rw);
	spin_unlock(&r->spin);
	capture_begin();
	write_lock(&r->rw);
	spin_lock(&r->spin);
	spin_unlock(&r->spin);
	write_unlock(&r->rw);
	EXPECT_TOLD(test, "possible circular locking", "real_spin", "real_rw");
}

/* Are a lock of a handler and one of a thread with interrupts on told? */
static void lock_of_a_handler(struct kunit *test)
{
	unsigned long flags;

	local_irq_save(flags);
	__irq_enter();
	spin_lock(&r->spin);
	spin_unlock(&r->spin);
	__irq_exit();
	local_irq_restore(flags);
	capture_begin();
	spin_lock_irqsave(&r->spin, flags);
	spin_unlock_irqrestore(&r->spin, flags);
	EXPECT_SILENT(test);
	capture_begin();
	spin_lock(&r->spin);
	spin_unlock(&r->spin);
	EXPECT_TOLD(test, "inconsistent lock state", "real_spin");
}

/* Do the nested forms keep two locks of one class apart? */
static void nested_forms(struct kunit *test)
{
	lockdep_set_class(&r->other_spin, &r->key[0]);
	capture_begin();
	spin_lock(&r->spin);
	spin_lock_nested(&r->other_spin, SINGLE_DEPTH_NESTING);
	spin_unlock(&r->other_spin);
	spin_unlock(&r->spin);
	mutex_lock(&r->mutex);
	spin_lock_nest_lock(&r->spin, &r->mutex);
	spin_lock_nest_lock(&r->other_spin, &r->mutex);
	spin_unlock(&r->other_spin);
	spin_unlock(&r->spin);
	mutex_unlock(&r->mutex);
	EXPECT_SILENT(test);
	capture_begin();
	spin_lock(&r->spin);
	spin_lock(&r->other_spin);
	spin_unlock(&r->other_spin);
	spin_unlock(&r->spin);
	EXPECT_TOLD(test, "possible recursive locking");
}

static int end_with_mutex(void *unused)
{
	mutex_lock(&r->mutex);
	return 0;
}

/* Is a thread told that ends and takes a lock with it? */
static void end_while_held(struct kunit *test)
{
	capture_begin();
	join(start(test, end_with_mutex, NULL));
	EXPECT_TOLD(test, "lock held at exit!", "lock-test", "real_mutex");
	__mutex_init(&r->mutex, "real_mutex", &r->key[2]);
}

static int hold_until_told(void *done)
{
	mutex_lock(&r->mutex);
	wait_for_completion(done);
	mutex_unlock(&r->mutex);
	return 0;
}

/* Are the locks of a thread that sleeps its own, and shown? */
static void locks_stay_with_the_thread(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(done);
	struct task_struct *p = start_and_wait(test, hold_until_told, &done);

	KUNIT_EXPECT_EQ(test, lockdep_depth_current(), 0);
	KUNIT_EXPECT_EQ(test, lockdep_depth(p), 1);
	capture_begin();
	debug_show_held_locks(p);
	EXPECT_TOLD(test, "1 lock held by lock-test", "real_mutex",
		    "hold_until_told");
	complete(&done);
	join(p);
}

/* Is freeing an object told that holds a held lock? */
static void freed_while_held(struct kunit *test)
{
	struct mutex *m = kmalloc(sizeof(*m), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, m);
	__mutex_init(m, "in_object", &r->key[2]);
	mutex_lock(m);
	capture_begin();
	kfree(m);
	EXPECT_TOLD(test, "held lock freed!", "in_object");
	lockdep_drop(0);
}

/* Is the same told of a page, and of the last in a row? */
static void page_freed_while_held(struct kunit *test)
{
	unsigned int order;

	for (order = 0; order < 3; order += 2) {
		unsigned long addr = __get_free_pages(GFP_KERNEL, order);
		struct mutex *m;

		KUNIT_ASSERT_NE(test, addr, 0ul);
		m = (void *)(addr + (PAGE_SIZE << order) - PAGE_SIZE);
		__mutex_init(m, "in_page", &r->key[2]);
		mutex_lock(m);
		capture_begin();
		free_pages(addr, order);
		EXPECT_TOLD(test, "held lock freed!");
		lockdep_drop(0);
	}
}

/* Do the texts of the console name a class and an order? */
static void texts(struct kunit *test)
{
	const size_t size = 16384;
	struct seq_file m;
	char *buf;

	mutex_then_rwsem(NULL);
	buf = kmalloc(size, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, buf);
	seq_init_buffer(&m, buf, size);
	lockdep_show(&m, NULL);
	KUNIT_EXPECT_NOT_NULL(test, strstr(buf, "real_mutex"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(buf, "dependencies"));
	seq_init_buffer(&m, buf, size);
	lockdep_order_show(&m, NULL);
	KUNIT_EXPECT_NOT_NULL(test, strstr(buf, "real_mutex -> real_rwsem"));
	kfree(buf);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(threads_that_could_meet),
	KUNIT_CASE(spin_and_rw_locks),
	KUNIT_CASE(lock_of_a_handler),
	KUNIT_CASE(nested_forms),
	KUNIT_CASE(end_while_held),
	KUNIT_CASE(locks_stay_with_the_thread),
	KUNIT_CASE(freed_while_held),
	KUNIT_CASE(page_freed_while_held),
	KUNIT_CASE(texts),
	{}
};

static struct kunit_suite suite = {
	.name = "lockdep_locks",
	.init = real_init,
	.exit = real_exit,
	.test_cases = cases,
};
kunit_test_suite(suite);
