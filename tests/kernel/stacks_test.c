// SPDX-License-Identifier: MIT
/*
 * Kernel stacks of threads: is each one guarded, measured, and looked after?
 */
#include "until_stopped.h"

#include <kunit/test.h>
#include <asm/irq_stack.h>
#include <asm/stacktrace.h>
#include <linux/completion.h>
#include <linux/kallsyms.h>
#include <linux/magic.h>
#include <linux/sched/stack.h>
#include <linux/sched/task.h>
#include <linux/sched/task_stack.h>
#include <linux/seq_file.h>
#include <linux/stacktrace.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <quire/capture.h>

#include "kasan_skip.h"

#define FRAME 256
#define MANY 40
#define DEPTH 32

static DECLARE_COMPLETION(asleep);
static DECLARE_COMPLETION(go_on);
static char text[8192];

static bool readable(unsigned long addr)
{
	char byte;

	return !copy_from_kernel_nofault(&byte, (void *)addr, 1);
}

/* Uses more than frames * FRAME bytes of the stack. */
static noinline unsigned int go_down(unsigned int frames)
{
	volatile unsigned char frame[FRAME];

	frame[0] = frames;
	frame[FRAME - 1] = frames;
	return frames ? go_down(frames - 1) + frame[0] : 0;
}

static int deep_thread(void *frames)
{
	go_down((unsigned long)frames);
	complete(&asleep);
	return sleep_until_stopped(NULL);
}

static noinline void sleep_here(void)
{
	complete(&asleep);
	wait_for_completion(&go_on);
	barrier(); /* no jump to the last call instead of a call */
}

static int sleeping_thread(void *unused)
{
	sleep_here();
	return sleep_until_stopped(NULL);
}

static int no_thread(void *unused)
{
	return 0;
}

/* Is this test's own stack an area with nothing mapped below it? */
static void own_stack_is_guarded(struct kunit *test)
{
	unsigned long stack = (unsigned long)task_stack_page(current);
	int on_stack;

	KUNIT_EXPECT_TRUE(test, object_is_on_stack(&on_stack));
	KUNIT_EXPECT_FALSE(test, object_is_on_stack(text));
	KUNIT_EXPECT_TRUE(test, is_vmalloc_addr((void *)stack));
	KUNIT_EXPECT_TRUE(test, readable(stack));
	KUNIT_EXPECT_FALSE(test, readable(stack - 1));
	KUNIT_EXPECT_EQ(test, *end_of_stack(current), STACK_END_MAGIC);
}

/*
 * Do many threads get as many stacks, none beside another?
 *	... | guard | stack | guard | stack | guard ...
 */
static void many_stacks_are_apart(struct kunit *test)
{
	static struct task_struct *threads[MANY];
	unsigned int i, j, nr;

	for (nr = 0; nr < MANY; nr++) {
		threads[nr] = kthread_create(no_thread, NULL, "apart/%u", nr);
		if (IS_ERR(threads[nr]))
			break;
	}
	KUNIT_EXPECT_EQ(test, nr, MANY);
	for (i = 0; i < nr; i++) {
		char *stack = task_stack_page(threads[i]);

		KUNIT_EXPECT_FALSE(test, readable((unsigned long)stack - 1));
		KUNIT_EXPECT_FALSE(test, readable((unsigned long)stack +
						  THREAD_SIZE));
		for (j = 0; j < i; j++) {
			char *other = task_stack_page(threads[j]);

			KUNIT_EXPECT_GT(test, abs(stack - other),
					(long)THREAD_SIZE);
		}
	}
	while (nr--)
		KUNIT_EXPECT_EQ(test, kthread_stop(threads[nr]), -EINTR);
}

/* Does the measure say how deep a thread has been, and not much more? */
static void use_is_measured(struct kunit *test)
{
	skip_with_kasan(test, "makes frames larger");

	unsigned long frames = THREAD_SIZE / FRAME / 4, used;
	struct task_struct *p;

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "only debug builds fill their stacks");
	p = kthread_run(deep_thread, (void *)frames, "deep");
	KUNIT_ASSERT_FALSE(test, IS_ERR(p));
	wait_for_completion(&asleep);
	used = stack_most_used(task_stack_page(p), THREAD_SIZE);
	KUNIT_EXPECT_GT(test, used, frames * FRAME);
	KUNIT_EXPECT_LT(test, used, frames * (FRAME + 64) + 1024);
	kthread_stop(p);
}

/* Is a stack that is used again as good as new, or does it show old use? */
static void used_stack_starts_afresh(struct kunit *test)
{
	struct task_struct *p;
	unsigned long used;
	void *stack;

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "only debug builds fill their stacks");
	p = kthread_run(deep_thread, (void *)4UL, "deep");
	KUNIT_ASSERT_FALSE(test, IS_ERR(p));
	wait_for_completion(&asleep);
	stack = task_stack_page(p);
	kthread_stop(p);
	KUNIT_EXPECT_GT(test, nr_kept_thread_stacks(), 0);
	p = kthread_create(no_thread, NULL, "fresh");
	KUNIT_ASSERT_FALSE(test, IS_ERR(p));
	KUNIT_EXPECT_PTR_EQ(test, task_stack_page(p), stack);
	used = stack_most_used(stack, THREAD_SIZE);
	KUNIT_EXPECT_LT(test, used, 64);
	kthread_stop(p);
}

/* Are kept stacks few, and can all be given back? */
static void kept_stacks_are_few(struct kunit *test)
{
	struct task_struct *threads[8];
	unsigned int i, before;

	drain_thread_stacks();
	before = nr_thread_stacks();
	for (i = 0; i < ARRAY_SIZE(threads); i++) {
		threads[i] = kthread_create(no_thread, NULL, "kept");
		KUNIT_ASSERT_FALSE(test, IS_ERR(threads[i]));
	}
	KUNIT_EXPECT_EQ(test, nr_thread_stacks(), before + i);
	while (i--)
		kthread_stop(threads[i]);
	KUNIT_EXPECT_GT(test, nr_kept_thread_stacks(), 0);
	KUNIT_EXPECT_LE(test, nr_kept_thread_stacks(), 4);
	KUNIT_EXPECT_EQ(test, nr_thread_stacks(),
			before + nr_kept_thread_stacks());
	drain_thread_stacks();
	KUNIT_EXPECT_EQ(test, nr_thread_stacks(), before);
}

/* Does the end of the deepest thread so far say so, and only of that one? */
static void deepest_thread_is_named(struct kunit *test)
{
	unsigned long least = stack_least_left();
	unsigned int i;

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "only debug builds fill their stacks");
	set_stack_least_left(THREAD_SIZE);
	for (i = 0; i < 2; i++) {
		struct task_struct *p;
		const char *said;

		capture_begin();
		p = kthread_run(deep_thread, (void *)4UL, "deepest");
		if (!IS_ERR(p)) {
			wait_for_completion(&asleep);
			kthread_stop(p);
		}
		said = capture_end();
		if (!i)
			KUNIT_EXPECT_NOT_NULL(test, strstr(said, "deepest ("));
		else
			KUNIT_EXPECT_NULL(test, strstr(said, "deepest ("));
		/* an interrupt may take some of the second one's stack */
		set_stack_least_left(stack_least_left() / 2);
	}
	set_stack_least_left(least);
}

/* Is a stack whose last word was written reported, once, and mended? */
static void written_end_is_reported(struct kunit *test)
{
	const char *said;

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "only debug builds look");
	capture_begin();
	*end_of_stack(current) = 0xbadbad;
	schedule();
	said = capture_end();
	KUNIT_EXPECT_NOT_NULL(test, strstr(said, "corrupted stack end"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(said, current->comm));
	KUNIT_EXPECT_NOT_NULL(test, strstr(said, "00badbad"));
	KUNIT_EXPECT_FALSE(test, task_stack_end_corrupted(current));
	capture_begin();
	schedule();
	KUNIT_EXPECT_STREQ(test, capture_end(), "");
}

static bool trace_has(const unsigned long *trace, unsigned int nr,
		      const char *name)
{
	unsigned int i;

	for (i = 0; i < nr; i++) {
		const char *found =
			kallsyms_lookup(trace[i] - 1, NULL, NULL, NULL, NULL);

		if (found && !strcmp(found, name))
			return true;
	}
	return false;
}

/* Does the trace of a thread that sleeps tell where it does? */
static void sleeper_has_a_trace(struct kunit *test)
{
	unsigned long trace[DEPTH];
	struct task_struct *p;
	unsigned int nr;

	p = kthread_run(sleeping_thread, NULL, "sleeper");
	KUNIT_ASSERT_FALSE(test, IS_ERR(p));
	wait_for_completion(&asleep);
	while (READ_ONCE(p->on_cpu) || task_is_running(p))
		schedule();
	nr = stack_trace_save_tsk(p, trace, DEPTH, 0);
	complete(&go_on);
	kthread_stop(p);
	KUNIT_EXPECT_GT(test, nr, 2);
	if (IS_ENABLED(CONFIG_DEBUG))
		KUNIT_EXPECT_TRUE(test,
				  trace_has(trace, nr, "wait_for_completion"));
	KUNIT_EXPECT_TRUE(test, trace_has(trace, nr, "sleep_here"));
	KUNIT_EXPECT_FALSE(test, trace_has(trace, nr, "sleeper_has_a_trace"));
}

/* Are this thread's stack and those of the CPU in the table? */
static void table_has_all(struct kunit *test)
{
	struct seq_file m;
	char begin[32];

	seq_init_buffer(&m, text, sizeof(text));
	KUNIT_EXPECT_EQ(test, stacks_show(&m, NULL), 0);
	snprintf(begin, sizeof(begin), "%p", task_stack_page(current));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, begin));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "swapper/0 "));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "kthreadd "));
	if (!raw_cpu_read(hardirq_stack_ptr))
		return; /* a machine that interrupts in one place only */
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "hardirq "));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "softirq "));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "double fault "));
}

static struct kunit_case stacks_cases[] = {
	KUNIT_CASE(own_stack_is_guarded),
	KUNIT_CASE(many_stacks_are_apart),
	KUNIT_CASE(use_is_measured),
	KUNIT_CASE(used_stack_starts_afresh),
	KUNIT_CASE(kept_stacks_are_few),
	KUNIT_CASE(deepest_thread_is_named),
	KUNIT_CASE(written_end_is_reported),
	KUNIT_CASE(sleeper_has_a_trace),
	KUNIT_CASE(table_has_all),
	{}
};

static struct kunit_suite stacks_suite = {
	.name = "stacks",
	.test_cases = stacks_cases,
};
kunit_test_suite(stacks_suite);
