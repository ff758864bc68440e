// SPDX-License-Identifier: MIT
/* Interrupts: does each reach those, and only those, who asked for it? */
#include <kunit/test.h>
#include <asm/desc.h>
#include <asm/io_apic.h>
#include <linux/errno.h>
#include <linux/irq.h>
#include <linux/kernel_stat.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <quire/capture.h>
#include <quire/pit.h>

#define LINE 5 /* the second printer port of old: no machine here has it */
#define MANY 10000

static int users[3]; /* their addresses tell the users of a line apart */
static unsigned int calls[3];
static int seen_count;
static bool seen_irqs_off;

static int irq_init(struct kunit *test)
{
	memset(calls, 0, sizeof(calls));
	return 0;
}

/* As the controller would: the vector of LINE. */
static void raise_line(void)
{
	asm volatile("int %0" : : "i"(32 + LINE) : "memory");
}

static void raise_line_7(void)
{
	asm volatile("int %0" : : "i"(32 + 7) : "memory");
}

static void note_call(void *dev)
{
	calls[(int *)dev - users]++;
	seen_count = preempt_count();
	seen_irqs_off = irqs_disabled();
}

static irqreturn_t mine(int irq, void *dev)
{
	note_call(dev);
	return irq == LINE ? IRQ_HANDLED : IRQ_NONE;
}

static irqreturn_t not_mine(int irq, void *dev)
{
	note_call(dev);
	return IRQ_NONE;
}

static int request(irq_handler_t handler, unsigned long flags, int user)
{
	return request_irq(LINE, handler, flags, "irq-test", &users[user]);
}

static void expect_in(struct kunit *test, const char *text, const char *words)
{
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(text, words), "no \"%s\" in: %s",
				  words, text);
}

/* Does the handler run, in the right context, from request to free? */
static void handler_runs(struct kunit *test)
{
	int before = preempt_count();

	KUNIT_ASSERT_EQ(test, request(mine, 0, 0), 0);
	raise_line();
	raise_line();
	KUNIT_EXPECT_EQ(test, calls[0], 2);
	KUNIT_EXPECT_EQ(test, seen_count, before + HARDIRQ_OFFSET);
	KUNIT_EXPECT_TRUE(test, seen_irqs_off);
	KUNIT_EXPECT_FALSE(test, in_interrupt());
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	KUNIT_EXPECT_STREQ(test, free_irq(LINE, &users[0]), "irq-test");
	raise_line();
	KUNIT_EXPECT_EQ(test, calls[0], 2);
}

/* Are all users of a shared line called, and those left after a free? */
static void shared_line(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, request(not_mine, IRQF_SHARED, 0), 0);
	KUNIT_ASSERT_EQ(test, request(mine, IRQF_SHARED, 1), 0);
	KUNIT_ASSERT_EQ(test, request(mine, IRQF_SHARED, 2), 0);
	raise_line();
	KUNIT_EXPECT_EQ(test, calls[0], 1);
	KUNIT_EXPECT_EQ(test, calls[1], 1);
	KUNIT_EXPECT_EQ(test, calls[2], 1);
	free_irq(LINE, &users[1]);
	raise_line();
	KUNIT_EXPECT_EQ(test, calls[0], 2);
	KUNIT_EXPECT_EQ(test, calls[1], 1);
	KUNIT_EXPECT_EQ(test, calls[2], 2);
	free_irq(LINE, &users[0]);
	free_irq(LINE, &users[2]);
}

/* Is a line shared only if both sides say so, and wrong asking refused? */
static void refusals(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, request(mine, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, request(mine, 0, 1), -EBUSY);
	KUNIT_EXPECT_EQ(test, request(mine, IRQF_SHARED, 1), -EBUSY);
	free_irq(LINE, &users[0]);
	KUNIT_ASSERT_EQ(test, request(mine, IRQF_SHARED, 0), 0);
	KUNIT_EXPECT_EQ(test, request(mine, 0, 1), -EBUSY);
	free_irq(LINE, &users[0]);
	KUNIT_EXPECT_EQ(test, request(NULL, 0, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, request_irq(LINE, mine, IRQF_SHARED, "x", NULL),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, request_irq(NR_IRQS, mine, 0, "x", NULL),
			-EINVAL);
	/* the second 8259 hangs on line 2; at an I/O APIC the timer does */
	KUNIT_EXPECT_EQ(test, request_irq(2, mine, 0, "x", NULL), -EINVAL);
}

/* Is freeing what was never requested reported and survived? */
static void wrong_free_is_reported(struct kunit *test)
{
	capture_begin();
	KUNIT_EXPECT_NULL(test, free_irq(LINE, &users[0]));
	expect_in(test, capture_end(), "has no user");
	capture_begin();
	KUNIT_EXPECT_NULL(test, free_irq(NR_IRQS, NULL));
	expect_in(test, capture_end(), "there is no irq 256");
	capture_begin();
	enable_irq(LINE);
	expect_in(test, capture_end(), "is not disabled");
}

/* Is an interrupt without a user counted, and no more than that? */
static void unhandled_is_counted(struct kunit *test)
{
	struct irq_desc *desc = irq_to_desc(LINE);
	unsigned long unhandled = desc->unhandled;
	unsigned int count = kstat_irqs(LINE);

	raise_line();
	KUNIT_EXPECT_EQ(test, kstat_irqs(LINE), count + 1);
	KUNIT_EXPECT_EQ(test, desc->unhandled, unhandled + 1);
	KUNIT_ASSERT_EQ(test, request(mine, 0, 0), 0);
	raise_line();
	free_irq(LINE, &users[0]);
	KUNIT_EXPECT_EQ(test, kstat_irqs(LINE), count + 2);
	KUNIT_EXPECT_EQ(test, desc->unhandled, unhandled + 1);
}

/* Is a line that never stops and that nobody handles disabled at last? */
static void screaming_line_is_disabled(struct kunit *test)
{
	struct irq_desc *desc = irq_to_desc(LINE);
	unsigned int i;
	const char *text;

	KUNIT_ASSERT_EQ(test, request(not_mine, IRQF_SHARED, 0), 0);
	for (i = 0; i < MANY - 1; i++)
		raise_line();
	KUNIT_EXPECT_EQ(test, desc->depth, 0);
	capture_begin();
	raise_line();
	text = capture_end();
	KUNIT_EXPECT_EQ(test, desc->depth, 1);
	expect_in(test, text, "irq 5: nobody cared");
	expect_in(test, text, "not_mine");
	free_irq(LINE, &users[0]);
	/* the next user starts anew */
	KUNIT_ASSERT_EQ(test, request(mine, 0, 1), 0);
	KUNIT_EXPECT_EQ(test, desc->depth, 0);
	free_irq(LINE, &users[1]);
}

/* Does a line that is handled now and then stay open? */
static void busy_line_stays(struct kunit *test)
{
	struct irq_desc *desc = irq_to_desc(LINE);
	unsigned int i;

	KUNIT_ASSERT_EQ(test, request(not_mine, IRQF_SHARED, 0), 0);
	for (i = 0; i < MANY; i++) {
		if (i == 0)
			KUNIT_ASSERT_EQ(test, request(mine, IRQF_SHARED, 1), 0);
		raise_line();
		if (i == MANY / 50)
			free_irq(LINE, &users[1]);
	}
	KUNIT_EXPECT_EQ(test, desc->depth, 0);
	free_irq(LINE, &users[0]);
}

static irqreturn_t sleeper(int irq, void *dev)
{
	note_call(dev);
	might_sleep();
	kfree(kmalloc(8, GFP_ATOMIC));
	return IRQ_HANDLED;
}

static irqreturn_t allocator(int irq, void *dev)
{
	note_call(dev);
	kfree(kmalloc(8, GFP_KERNEL));
	return IRQ_HANDLED;
}

static const char *report_of(struct kunit *test, irq_handler_t handler)
{
	capture_begin();
	KUNIT_EXPECT_EQ(test, request(handler, 0, 0), 0);
	raise_line();
	free_irq(LINE, &users[0]);
	return capture_end();
}

/* Is a handler that may sleep named, with the interrupt in its trace? */
static void sleeping_handler_is_reported(struct kunit *test)
{
	const char *text;

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "sleeping is checked in debug builds only");
	text = report_of(test, sleeper);
	expect_in(test, text, "sleeping function called from invalid context");
	expect_in(test, text, "preempt_count: 10000");
	expect_in(test, text, "sleeper+");
	expect_in(test, text, "do_irq+");
	text = report_of(test, allocator);
	expect_in(test, text, "sleeping function called from invalid context");
	expect_in(test, text, "allocator+");
}

static irqreturn_t enabler(int irq, void *dev)
{
	note_call(dev);
	local_irq_enable();
	return IRQ_HANDLED;
}

static irqreturn_t leaker(int irq, void *dev)
{
	note_call(dev);
	preempt_count_add(PREEMPT_OFFSET);
	return IRQ_HANDLED;
}

/* Is a handler that leaves its context changed named, and put right? */
static void changed_context_is_reported(struct kunit *test)
{
	const char *text = report_of(test, enabler);

	expect_in(test, text, "enabler");
	expect_in(test, text, "enabled interrupts");
	text = report_of(test, leaker);
	expect_in(test, text, "leaker");
	expect_in(test, text, "preempt_count 10000 before, 10001 after");
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
}

static volatile unsigned int pit_calls;

static irqreturn_t pit_came(int irq, void *dev)
{
	pit_calls++;
	return IRQ_HANDLED;
}

/* Waits for the device, with an end if it never comes. */
static unsigned int pit_calls_within(unsigned int turns)
{
	while (!pit_calls && turns--)
		pit_read();
	return pit_calls;
}

/* Until so much is left of a long count, long after any older interrupt. */
static void pit_settle(void)
{
	pit_start_oneshot(30000);
	while (pit_read() > 20000)
		;
	pit_calls = 0;
}

/* Does a real device's interrupt come through the controller, once? */
static void device_interrupts(struct kunit *test)
{
	if (pit_borrow(pit_came, "irq-test", users))
		kunit_skip(test, "the timer has its owner");
	pit_settle();
	pit_start_oneshot(1000);
	KUNIT_EXPECT_EQ(test, pit_calls_within(10000000), 1);
	/* it counts on from 65535 without a second interrupt */
	while (pit_read() < 1000 || pit_read() > 60000)
		;
	KUNIT_EXPECT_EQ(test, pit_calls, 1);
	pit_return(users);
}

/* Does an interrupt that comes while its line is disabled arrive later? */
static void disabled_line_waits(struct kunit *test)
{
	pit_calls = 0;
	if (pit_borrow(pit_came, "irq-test", users))
		kunit_skip(test, "the timer has its owner");
	pit_settle();
	disable_irq(PIT_IRQ);
	disable_irq(PIT_IRQ);
	pit_start_oneshot(100);
	while (pit_read() <= 100)
		;
	KUNIT_EXPECT_EQ(test, pit_calls, 0);
	enable_irq(PIT_IRQ);
	KUNIT_EXPECT_EQ(test, pit_calls, 0);
	enable_irq(PIT_IRQ);
	KUNIT_EXPECT_EQ(test, pit_calls_within(10000000), 1);
	pit_return(users);
}

/* Does the text have Linux's columns, and each user of a line? */
static void interrupts_text(struct kunit *test)
{
	char *buf = kunit_kzalloc(test, 16384, GFP_KERNEL);
	struct seq_file m;

	KUNIT_ASSERT_NOT_NULL(test, buf);
	KUNIT_ASSERT_EQ(test, request(mine, IRQF_SHARED, 0), 0);
	KUNIT_ASSERT_EQ(test,
			request_irq(LINE, mine, IRQF_SHARED, "second",
				    &users[1]),
			0);
	seq_init_buffer(&m, buf, 16384);
	interrupts_show(&m, NULL);
	free_irq(LINE, &users[0]);
	free_irq(LINE, &users[1]);
	expect_in(test, buf, "CPU0");
	expect_in(test, buf, "\n  5: ");
	expect_in(test, buf,
		  io_apic_on ? "   IO-APIC    5-" : "    XT-PIC    5-");
	expect_in(test, buf, "   irq-test, second\n");
	expect_in(test, buf, "\nERR: ");
}

/* Is a line that shows as 7 without being in service told from a real one? */
static void spurious_has_no_user(struct kunit *test)
{
	unsigned long before = spurious_irqs();

	if (io_apic_on)
		kunit_skip(test, "only an 8259 sends such interrupts");
	KUNIT_ASSERT_EQ(test, request_irq(7, mine, 0, "x", &users[0]), 0);
	raise_line_7();
	KUNIT_EXPECT_EQ(test, calls[0], 0);
	KUNIT_EXPECT_EQ(test, spurious_irqs(), before + 1);
	free_irq(7, &users[0]);
}

static struct kunit_case irq_cases[] = {
	KUNIT_CASE(handler_runs),
	KUNIT_CASE(shared_line),
	KUNIT_CASE(refusals),
	KUNIT_CASE(wrong_free_is_reported),
	KUNIT_CASE(unhandled_is_counted),
	KUNIT_CASE(screaming_line_is_disabled),
	KUNIT_CASE(busy_line_stays),
	KUNIT_CASE(sleeping_handler_is_reported),
	KUNIT_CASE(changed_context_is_reported),
	KUNIT_CASE(device_interrupts),
	KUNIT_CASE(disabled_line_waits),
	KUNIT_CASE(interrupts_text),
	KUNIT_CASE(spurious_has_no_user),
	{}
};

static struct kunit_suite irq_suite = {
	.name = "irq",
	.init = irq_init,
	.test_cases = irq_cases,
};
kunit_test_suite(irq_suite);
