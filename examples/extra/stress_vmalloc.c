// SPDX-License-Identifier: MIT
/*
 * A stress test as modules of Linux have them (lib/test_vmalloc.c there):
 * options on the command line, threads that work side by side, and a summary.
 *
 *	make run SMP=2 EXTRA=examples/extra APPEND="stress_vmalloc.nr_threads=3"
 */
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/prandom.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>
#include <linux/vmalloc.h>

static int nr_threads;
module_param(nr_threads, int, 0444);
MODULE_PARM_DESC(nr_threads, "0: the test is not run");

static int test_loop_count = 200;
module_param(test_loop_count, int, 0444);
MODULE_PARM_DESC(test_loop_count, "how often each test does its work");

static bool sequential = true;
module_param(sequential, bool, 0444);
MODULE_PARM_DESC(sequential, "each thread does the tests in their order");

static int run_test_mask = ~0;
module_param(run_test_mask, int, 0444);
MODULE_PARM_DESC(run_test_mask, "a bit for each test");

static bool one_size(void)
{
	u8 *p = vmalloc(10 * PAGE_SIZE);

	if (!p)
		return false;
	p[0] = 1;
	p[10 * PAGE_SIZE - 1] = 1;
	vfree(p);
	return true;
}

static bool sizes_that_grow(void)
{
	unsigned int pages;
	bool ok = true;

	for (pages = 1; pages <= 32 && ok; pages *= 2) {
		u8 *p = vzalloc(pages * PAGE_SIZE);

		ok = p && !p[0] && !p[pages * PAGE_SIZE - 1];
		vfree(p);
	}
	return ok;
}

static bool held_for_long(void)
{
	void *p[16];
	unsigned int i;
	bool ok = true;

	for (i = 0; i < ARRAY_SIZE(p); i++) {
		p[i] = vmalloc((i + 1) * PAGE_SIZE);
		ok &= p[i] != NULL;
	}
	while (i--)
		vfree(p[i]);
	return ok;
}

static bool small_objects(void)
{
	void *p = kmalloc(1 + prandom_u32_max(4000), GFP_KERNEL);
	bool ok = p != NULL;

	kfree(p);
	return ok;
}

static bool free_pages_of_orders(void)
{
	unsigned int order;
	bool ok = true;

	for (order = 0; order < 5; order++) {
		unsigned long addr = __get_free_pages(GFP_KERNEL, order);

		ok &= addr != 0;
		if (addr)
			free_pages(addr, order);
	}
	return ok;
}

static const struct {
	const char *name;
	bool (*func)(void);
} tests[] = {
	{ "one_size", one_size },
	{ "sizes_that_grow", sizes_that_grow },
	{ "held_for_long", held_for_long },
	{ "small_objects", small_objects },
	{ "free_pages_of_orders", free_pages_of_orders },
};

struct outcome {
	unsigned int passed, failed;
	s64 ns;
};

static struct driver {
	struct task_struct *task;
	struct outcome outcome[ARRAY_SIZE(tests)];
} * drivers;

static DECLARE_COMPLETION(all_made);
static DECLARE_COMPLETION(all_done);
static atomic_t working;

static void do_test(struct driver *driver, unsigned int which)
{
	struct outcome *outcome = &driver->outcome[which];
	ktime_t began = ktime_get();
	int i;

	for (i = 0; i < test_loop_count; i++) {
		if (tests[which].func())
			outcome->passed++;
		else
			outcome->failed++;
	}
	outcome->ns += ktime_to_ns(ktime_sub(ktime_get(), began));
}

static int drive(void *data)
{
	struct driver *driver = data;
	unsigned int i, which, first = 0;

	if (!sequential)
		first = prandom_u32_max(ARRAY_SIZE(tests));
	wait_for_completion(&all_made); /* all begin together */
	for (i = 0; i < ARRAY_SIZE(tests); i++) {
		which = (first + i) % ARRAY_SIZE(tests);
		if (run_test_mask & (1 << which))
			do_test(driver, which);
	}
	if (atomic_dec_and_test(&working))
		complete(&all_done);
	while (!kthread_should_stop())
		msleep(10);
	return 0;
}

static int start_drivers(void)
{
	int i;

	for (i = 0; i < nr_threads; i++) {
		struct task_struct *task =
			kthread_run(drive, &drivers[i], "stress/%d", i);

		if (!IS_ERR(task)) {
			drivers[i].task = task;
			atomic_inc(&working);
		}
	}
	complete_all(&all_made);
	return atomic_read(&working);
}

static void summary(int nr)
{
	unsigned int which;
	int i;

	for (which = 0; which < ARRAY_SIZE(tests); which++) {
		struct outcome sum = { 0 };

		for (i = 0; i < nr_threads; i++) {
			sum.passed += drivers[i].outcome[which].passed;
			sum.failed += drivers[i].outcome[which].failed;
			sum.ns += drivers[i].outcome[which].ns;
		}
		pr_notice("stress: %s: passed: %u failed: %u, %llu us each\n",
			  tests[which].name, sum.passed, sum.failed,
			  sum.passed ? div_u64(sum.ns, sum.passed * 1000) : 0);
	}
	pr_notice("stress: done by %d threads\n", nr);
}

static int __init stress_init(void)
{
	int i, nr;

	if (nr_threads <= 0)
		return 0;
	drivers = kvcalloc(nr_threads, sizeof(*drivers), GFP_KERNEL);
	if (!drivers)
		return -ENOMEM;
	atomic_set(&working, 0);
	nr = start_drivers();
	if (nr)
		wait_for_completion(&all_done);
	for (i = 0; i < nr_threads; i++)
		if (drivers[i].task)
			kthread_stop(drivers[i].task);
	summary(nr);
	kvfree(drivers);
	return 0;
}
late_initcall(stress_init);

MODULE_LICENSE("MIT");
MODULE_DESCRIPTION("vmalloc, kmalloc and pages from several threads");
