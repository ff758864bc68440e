// SPDX-License-Identifier: MIT
/*
 * The thread that writes to the consoles: is everything written, once, in
 * order, whoever says it and whoever writes it?
 *
 *	printk() --> ring --> thread, or printk() itself --> [screen]
 *
 * The screen is a console of the test, instead of the real ones; what it got
 * is looked at when those are back.
 */
#include <kunit/test.h>
#include <kunit/test-bug.h>
#include <asm/processor.h>
#include <linux/console.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <quire/capture.h>
#include <quire/printk_thread.h>

#define PATIENCE (60 * HZ)
#define LINE 5 /* of an interrupt that no device here uses */
#define SCREEN_SIZE (1 << 15)

static char screen[SCREEN_SIZE];
static unsigned int screen_len, room, flushes, real_level;
static bool slow;
static struct console *real;
static const char *real_prefix;

static void screen_write(struct console *con, const char *text,
			 unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count && screen_len < SCREEN_SIZE - 1; i++)
		screen[screen_len++] = text[i];
	room -= min(room, count);
}

static unsigned int screen_room(struct console *con)
{
	return slow ? room : SCREEN_SIZE;
}

static void screen_flush(struct console *con)
{
	flushes++;
	room = 16;
}

static struct console screen_console = {
	.name = "screen",
	.write = screen_write,
	.room = screen_room,
	.flush = screen_flush,
};

/* From here on the thread writes, to the screen. */
static void begin(void)
{
	real = console_drivers;
	real_prefix = printk_set_prefix(NULL);
	real_level = console_loglevel;
	memset(screen, 0, sizeof(screen));
	screen_len = 0;
	slow = false;
	room = 0;
	flushes = 0;
	/* nobody else says so much at this level */
	console_loglevel = LOGLEVEL_WARNING + 1;
	console_drivers = NULL;
	register_console(&screen_console);
	printk_direct_end();
}

static void end(void)
{
	printk_direct_begin();
	unregister_console(&screen_console);
	console_drivers = real;
	printk_set_prefix(real_prefix);
	console_loglevel = real_level;
}

/* Waits for so much text, and a little longer for what should not come. */
static bool written(unsigned int len)
{
	unsigned long limit = jiffies + PATIENCE;

	while (READ_ONCE(screen_len) < len && time_before(jiffies, limit))
		msleep(1);
	msleep(10);
	return READ_ONCE(screen_len) == len;
}

/* The same without a timer, whose interrupt would help along. */
static bool written_unaided(unsigned int len)
{
	unsigned long limit = jiffies + PATIENCE / 10;

	while (READ_ONCE(screen_len) < len && time_before(jiffies, limit))
		cond_resched();
	return READ_ONCE(screen_len) == len;
}

static int thread_init(struct kunit *test)
{
	bool direct;

	printk_direct_end();
	direct = console_is_direct();
	printk_direct_begin();
	if (direct)
		kunit_skip(test, "printing is direct for good");
	return 0;
}

/* Does printk() return before, and the thread write all of it, in order? */
static void writes_in_order(struct kunit *test)
{
	unsigned int i, at_once;
	unsigned long writes = printk_thread_writes();
	char wanted[512] = "";

	begin();
	preempt_disable();
	for (i = 0; i < 40; i++) {
		pr_warn("line %u\n", i);
		sprintf(wanted + strlen(wanted), "line %u\n", i);
	}
	at_once = screen_len;
	preempt_enable();
	written(strlen(wanted));
	end();
	KUNIT_EXPECT_STREQ(test, screen, wanted);
	/* another CPU may run the thread at once */
	if (num_online_cpus() == 1)
		KUNIT_EXPECT_EQ(test, at_once, 0);
	KUNIT_EXPECT_GE(test, printk_thread_writes() - writes, 40);
}

static void give_room(struct timer_list *timer)
{
	room = 7;
	console_room_grew();
	mod_timer(timer, jiffies + 1);
}

/* Does it wait for a slow console's interrupts, and lose nothing then? */
static void waits_for_room(struct kunit *test)
{
	static const char text[] = "more than there is room for at a time\n";
	struct timer_list timer;

	timer_setup(&timer, give_room, 0);
	begin();
	slow = true;
	mod_timer(&timer, jiffies + 1);
	pr_warn("%s", text);
	written(strlen(text));
	del_timer_sync(&timer);
	end();
	KUNIT_EXPECT_STREQ(test, screen, text);
	KUNIT_EXPECT_LE(test, flushes, 1); /* the one of end() */
}

/* Is a console polled whose interrupts do not come? */
static void polls_without_interrupts(struct kunit *test)
{
	static const char text[] = "nobody says that there is room again\n";

	begin();
	slow = true;
	pr_warn("%s", text);
	written(strlen(text));
	end();
	KUNIT_EXPECT_STREQ(test, screen, text);
	KUNIT_EXPECT_GE(test, flushes, 3);
}

/* Does direct printing first write what is pending, then itself at once? */
static void direct_keeps_the_order(struct kunit *test)
{
	unsigned int before, pending, direct;

	begin();
	preempt_disable();
	pr_warn("a\n");
	before = screen_len;
	printk_direct_begin();
	pending = screen_len;
	pr_warn("b\n");
	direct = screen_len;
	printk_direct_end();
	pr_warn("c\n");
	console_printf("d\n");
	preempt_enable();
	written(8);
	end();
	KUNIT_EXPECT_STREQ(test, screen, "a\nb\nc\nd\n");
	if (num_online_cpus() == 1)
		KUNIT_EXPECT_EQ(test, before, 0);
	KUNIT_EXPECT_EQ(test, pending, 2);
	KUNIT_EXPECT_EQ(test, direct, 4);
}

/* Is an oops written at once? */
static void oops_is_direct(struct kunit *test)
{
	unsigned int len;

	begin();
	preempt_disable();
	pr_warn("a\n");
	bust_spinlocks(1);
	pr_alert("b\n");
	len = screen_len;
	bust_spinlocks(0);
	preempt_enable();
	end();
	KUNIT_EXPECT_STREQ(test, screen, "a\nb\n");
	KUNIT_EXPECT_EQ(test, len, 4);
}

/* Does a line that is continued go on where the thread had left it? */
static void continued_lines(struct kunit *test)
{
	begin();
	pr_warn("one");
	written(3);
	pr_cont(" two");
	written(7);
	pr_cont(" three\n");
	pr_warn("left open");
	written(23);
	pr_warn("next\n");
	written(29);
	end();
	KUNIT_EXPECT_STREQ(test, screen, "one two three\nleft open\nnext\n");
}

/* Is what was captured, or is not urgent enough, left out? */
static void some_is_not_shown(struct kunit *test)
{
	const char *text;

	begin();
	pr_warn("a\n");
	capture_begin();
	pr_warn("caught\n");
	text = capture_end();
	printk(KERN_DEBUG "not urgent\n");
	pr_warn("b\n");
	written(4);
	end();
	KUNIT_EXPECT_STREQ(test, screen, "a\nb\n");
	KUNIT_EXPECT_STREQ(test, text, "caught\n");
}

/* Does who says too much write it too, so that nothing is lost? */
static void full_ring_is_written(struct kunit *test)
{
	const unsigned int nr = 2000;
	unsigned int i, wrong = 0;
	const char *pos = screen;
	char line[8];

	begin();
	preempt_disable();
	for (i = 0; i < nr; i++)
		pr_warn("%06u\n", i);
	preempt_enable();
	written(nr * 7);
	end();
	for (i = 0; i < nr; i++, pos += 7) {
		sprintf(line, "%06u\n", i);
		wrong += strncmp(pos, line, 7) != 0;
	}
	KUNIT_EXPECT_EQ(test, wrong, 0);
	KUNIT_EXPECT_EQ(test, screen_len, nr * 7);
}

/* ------------------------------------------------- from every context */

static void say_in_process(void)
{
	pr_warn("said\n");
}

static void say_with_lock(void)
{
	static DEFINE_RAW_SPINLOCK(lock);

	raw_spin_lock(&lock);
	pr_warn("said\n");
	raw_spin_unlock(&lock);
}

static void say_with_irqs_off(void)
{
	unsigned long flags;

	local_irq_save(flags);
	pr_warn("said\n");
	local_irq_restore(flags);
}

static void say_with_bh_off(void)
{
	local_bh_disable();
	pr_warn("said\n");
	local_bh_enable();
}

static irqreturn_t say_in_handler(int irq, void *dev)
{
	pr_warn("said\n");
	return IRQ_HANDLED;
}

static void say_in_interrupt(void)
{
	int err = request_irq(LINE, say_in_handler, 0, "printk-test", &room);

	if (err == -EINVAL) {
		kunit_mark_skipped(kunit_get_current_test(),
				   "a machine without interrupt lines");
		say_with_irqs_off();
	}
	if (err)
		return;
	asm volatile("int %0" : : "i"(32 + LINE) : "memory");
	free_irq(LINE, &room);
}

static void timer_says(struct timer_list *timer)
{
	pr_warn("said\n");
}

static void say_in_timer(void)
{
	static DEFINE_TIMER(timer, timer_says);

	mod_timer(&timer, jiffies + 1);
}

static const struct say_case {
	const char *name;
	void (*say)(void);
} say_cases[] = {
	{ "process", say_in_process },
	{ "spinlock held", say_with_lock },
	{ "interrupts off", say_with_irqs_off },
	{ "softirqs off", say_with_bh_off },
	{ "interrupt", say_in_interrupt },
	{ "timer", say_in_timer },
};
KUNIT_ARRAY_PARAM(say, say_cases, NULL);

/* Is the thread woken, whatever the context is? */
static void said_anywhere(struct kunit *test)
{
	const struct say_case *c = test->param_value;
	bool by_thread;

	begin();
	c->say();
	by_thread = written_unaided(5);
	end();
	KUNIT_EXPECT_TRUE(test, by_thread);
	KUNIT_EXPECT_STREQ(test, screen, "said\n");
}

/* ------------------------------------------------- several at a time */

#define SAYERS 4
#define SAYINGS 40
#define SAYING_LEN 8 /* "%c%06u\n" */

static atomic_t nr_said;

static int say_much(void *data)
{
	unsigned int i;

	for (i = 0; i < SAYINGS; i++) {
		pr_warn("%c%06u\n", 'a' + (int)(unsigned long)data, i);
		if (i % 8 == 0)
			msleep(1);
	}
	atomic_inc(&nr_said);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

/* Is each thread's text whole and in order? */
static unsigned int wrong_lines(void)
{
	unsigned int next[SAYERS] = { 0 }, wrong = 0, pos;

	for (pos = 0; pos < screen_len; pos += SAYING_LEN) {
		unsigned int who = screen[pos] - 'a', number;

		if (who >= SAYERS ||
		    sscanf(screen + pos + 1, "%u", &number) < 1)
			wrong++;
		else
			wrong += number != next[who]++;
	}
	return wrong;
}

/* Do lines of several threads stay whole, while now and then one is direct? */
static void several_at_a_time(struct kunit *test)
{
	struct task_struct *p[SAYERS];
	unsigned long limit = jiffies + PATIENCE;
	unsigned int i;

	atomic_set(&nr_said, 0);
	begin();
	for (i = 0; i < SAYERS; i++)
		p[i] = kthread_run(say_much, (void *)(unsigned long)i,
				   "sayer/%u", i);
	while (atomic_read(&nr_said) < SAYERS && time_before(jiffies, limit)) {
		msleep(1);
		printk_direct_begin();
		printk_direct_end();
	}
	for (i = 0; i < SAYERS; i++)
		if (!IS_ERR(p[i]))
			kthread_stop(p[i]);
	written(SAYERS * SAYINGS * SAYING_LEN);
	end();
	KUNIT_EXPECT_EQ(test, screen_len, SAYERS * SAYINGS * SAYING_LEN);
	KUNIT_EXPECT_EQ(test, wrong_lines(), 0);
}

static struct kunit_case printk_thread_cases[] = {
	KUNIT_CASE(writes_in_order),
	KUNIT_CASE_SLOW(waits_for_room),
	KUNIT_CASE_SLOW(polls_without_interrupts),
	KUNIT_CASE(direct_keeps_the_order),
	KUNIT_CASE(oops_is_direct),
	KUNIT_CASE_SLOW(continued_lines),
	KUNIT_CASE(some_is_not_shown),
	KUNIT_CASE(full_ring_is_written),
	KUNIT_CASE_PARAM(said_anywhere, say_gen_params),
	KUNIT_CASE_SLOW(several_at_a_time),
	{}
};

static struct kunit_suite printk_thread_suite = {
	.name = "printk_thread",
	.init = thread_init,
	.test_cases = printk_thread_cases,
};
kunit_test_suite(printk_thread_suite);
