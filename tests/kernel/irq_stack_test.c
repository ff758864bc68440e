// SPDX-License-Identifier: MIT
/*
 * Stacks for interrupts: does each context run on its own, and do traces
 * find their way back?
 */
#include <kunit/test.h>
#include <asm/irq_stack.h>
#include <asm/processor.h>
#include <asm/stacktrace.h>
#include <linux/interrupt.h>
#include <linux/kallsyms.h>
#include <linux/sched.h>
#include <linux/stacktrace.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#define LINE 5
#define INNER_LINE 10
#define TEST_SOFTIRQ BLOCK_SOFTIRQ /* nothing else uses it */
#define DEPTH 48
#define PATTERN 0x5a

static struct {
	struct stack_info stack;
	unsigned long sp;
	unsigned long trace[DEPTH];
	unsigned int nr;
} hard, soft, inner;

static int users[2];
static bool nest_in_handler, nest_in_softirq, raise_soft;

static noinline void raise_line(void)
{
	asm volatile("int %0" : : "i"(32 + LINE) : "memory");
}

static noinline void raise_inner_line(void)
{
	asm volatile("int %0" : : "i"(32 + INNER_LINE) : "memory");
}

/* Where the caller is. A macro: it has no frame of its own. */
#define note_place(place) do {						\
	(place)->sp = current_stack_pointer;				\
	get_stack_info((place)->sp, current, &(place)->stack);		\
	(place)->nr = stack_trace_save((place)->trace, DEPTH, 0);	\
} while (0)

static noinline irqreturn_t outer_handler(int irq, void *dev)
{
	note_place(&hard);
	if (nest_in_handler)
		raise_inner_line();
	if (raise_soft)
		raise_softirq(TEST_SOFTIRQ);
	return IRQ_HANDLED;
}

static noinline irqreturn_t inner_handler(int irq, void *dev)
{
	note_place(&inner);
	return IRQ_HANDLED;
}

static noinline void soft_handler(struct softirq_action *h)
{
	note_place(&soft);
	if (nest_in_softirq)
		raise_inner_line();
}

static int irq_stack_init(struct kunit *test)
{
	memset(&hard, 0, sizeof(hard));
	memset(&soft, 0, sizeof(soft));
	memset(&inner, 0, sizeof(inner));
	nest_in_handler = nest_in_softirq = raise_soft = false;
	open_softirq(TEST_SOFTIRQ, soft_handler);
	KUNIT_ASSERT_EQ(test,
			request_irq(LINE, outer_handler, 0, "outer", &users[0]),
			0);
	return request_irq(INNER_LINE, inner_handler, 0, "inner", &users[1]);
}

static void irq_stack_exit(struct kunit *test)
{
	free_irq(INNER_LINE, &users[1]);
	free_irq(LINE, &users[0]);
}

/* The place in the trace of a function, or DEPTH. */
static unsigned int place_of(const unsigned long *trace, unsigned int nr,
			     const char *name)
{
	unsigned int i;

	for (i = 0; i < nr; i++) {
		const char *found =
			kallsyms_lookup(trace[i], NULL, NULL, NULL, NULL);

		if (found && !strcmp(found, name))
			return i;
	}
	return DEPTH;
}

/* Does a handler run on the CPU's own stack, not on the thread's? */
static void handler_has_its_stack(struct kunit *test)
{
	struct stack_info here;

	KUNIT_ASSERT_TRUE(test, get_stack_info(current_stack_pointer, current,
					       &here));
	KUNIT_EXPECT_EQ(test, here.type, STACK_TYPE_TASK);
	raise_line();
	KUNIT_EXPECT_EQ(test, hard.stack.type, STACK_TYPE_IRQ);
	KUNIT_EXPECT_EQ(test, hard.stack.end - hard.stack.begin,
			IRQ_STACK_SIZE);
	KUNIT_EXPECT_GE(test, hard.stack.next_sp, here.begin);
	KUNIT_EXPECT_LT(test, hard.stack.next_sp, here.end);
}

/* Do softirqs run on theirs, raised by a handler and by a thread? */
static void softirq_has_its_stack(struct kunit *test)
{
	raise_soft = true;
	raise_line();
	KUNIT_EXPECT_EQ(test, soft.stack.type, STACK_TYPE_SOFTIRQ);
	KUNIT_EXPECT_NE(test, soft.stack.begin, hard.stack.begin);
	memset(&soft, 0, sizeof(soft));
	raise_softirq(TEST_SOFTIRQ);
	KUNIT_EXPECT_EQ(test, soft.stack.type, STACK_TYPE_SOFTIRQ);
}

/*
 * Does an interrupt of a softirq use the other stack?
 *	thread -> softirq stack -> hardirq stack
 */
static void interrupt_of_a_softirq(struct kunit *test)
{
	nest_in_softirq = true;
	raise_softirq(TEST_SOFTIRQ);
	KUNIT_EXPECT_EQ(test, inner.stack.type, STACK_TYPE_IRQ);
	KUNIT_EXPECT_GE(test, inner.stack.next_sp, soft.stack.begin);
	KUNIT_EXPECT_LT(test, inner.stack.next_sp, soft.sp);
}

/*
 * Does an interrupt of a handler go on below it, and overwrite nothing?
 *	hardirq stack: | link | outer_handler | inner_handler |
 */
static void interrupt_of_a_handler(struct kunit *test)
{
	nest_in_handler = true;
	raise_line();
	KUNIT_EXPECT_EQ(test, inner.stack.type, STACK_TYPE_IRQ);
	KUNIT_EXPECT_EQ(test, inner.stack.begin, hard.stack.begin);
	KUNIT_EXPECT_LT(test, inner.sp, hard.sp);
	KUNIT_EXPECT_EQ(test, inner.stack.next_sp, hard.stack.next_sp);
}

/* Does a trace go from hardirq over softirq to the thread, in this order? */
static void trace_crosses_the_switches(struct kunit *test)
{
	unsigned int at[3];

	nest_in_softirq = true;
	raise_softirq(TEST_SOFTIRQ);
	at[0] = place_of(inner.trace, inner.nr, "inner_handler");
	at[1] = place_of(inner.trace, inner.nr, "__do_softirq");
	at[2] = place_of(inner.trace, inner.nr, "trace_crosses_the_switches");
	KUNIT_EXPECT_LT(test, at[0], at[1]);
	KUNIT_EXPECT_LT(test, at[1], at[2]);
	KUNIT_EXPECT_LT(test, at[2], DEPTH);
}

/* Is the function that was interrupted in the trace, not only its callers? */
static void trace_names_the_interrupted(struct kunit *test)
{
	unsigned int at;

	raise_line();
	at = place_of(hard.trace, hard.nr, "raise_line");
	KUNIT_EXPECT_LT(test, at, hard.nr);
	KUNIT_EXPECT_GT(test, at, place_of(hard.trace, hard.nr, "do_irq"));
}

/* Does what is kept of a handler's trace end where the interrupt came in? */
static void kept_traces_end_at_the_entry(struct kunit *test)
{
	unsigned int nr;

	raise_line();
	nr = filter_irq_stacks(hard.trace, hard.nr);
	KUNIT_EXPECT_LT(test, place_of(hard.trace, nr, "do_irq"), nr);
	KUNIT_EXPECT_EQ(test, place_of(hard.trace, nr, "raise_line"), DEPTH);
	nr = stack_trace_save(hard.trace, DEPTH, 0);
	KUNIT_EXPECT_EQ(test, filter_irq_stacks(hard.trace, nr), nr);
}

/* How far below sp a call of fn() changes the thread's stack. */
static noinline __no_kcsan unsigned long stack_touched(void (*fn)(void),
						       unsigned long size)
{
	unsigned char *low = (unsigned char *)current_stack_pointer - size;
	unsigned long i;

	/* the function itself, which needs a little; its macro may need more */
	(memset)(low, PATTERN, size - 64);
	fn();
	for (i = 0; i < size && low[i] == PATTERN; i++)
		;
	return size - i;
}

/* Is an interrupt with its softirq cheap for the thread it comes upon? */
static void thread_needs_little_room(struct kunit *test)
{
	unsigned long touched;

	raise_soft = nest_in_softirq = true;
	preempt_disable();
	touched = stack_touched(raise_line, 1024);
	preempt_enable();
	kunit_info(test, "%lu bytes\n", touched);
	KUNIT_EXPECT_EQ(test, inner.stack.type, STACK_TYPE_IRQ);
	KUNIT_EXPECT_GT(test, touched, sizeof(struct pt_regs) - 8);
	KUNIT_EXPECT_LT(test, touched, 512);
}

static bool readable(unsigned long addr)
{
	char byte;

	return !copy_from_kernel_nofault(&byte, (void *)addr, 1);
}

/* Has each CPU stacks of its own, with nothing mapped below them? */
static void every_cpu_has_guarded_stacks(struct kunit *test)
{
	unsigned long hardirq, softirq;
	int cpu;

	for_each_online_cpu(cpu) {
		hardirq = (unsigned long)per_cpu(hardirq_stack_ptr, cpu);
		softirq = (unsigned long)per_cpu(softirq_stack_ptr, cpu);
		KUNIT_ASSERT_NE(test, hardirq, 0);
		KUNIT_ASSERT_NE(test, softirq, 0);
		KUNIT_EXPECT_NE(test, hardirq, softirq);
		KUNIT_EXPECT_TRUE(test, readable(hardirq - IRQ_STACK_SIZE));
		KUNIT_EXPECT_FALSE(test,
				   readable(hardirq - IRQ_STACK_SIZE - 1));
		KUNIT_EXPECT_TRUE(test, readable(softirq - IRQ_STACK_SIZE));
		KUNIT_EXPECT_FALSE(test,
				   readable(softirq - IRQ_STACK_SIZE - 1));
	}
}

static struct kunit_case irq_stack_cases[] = {
	KUNIT_CASE(handler_has_its_stack),
	KUNIT_CASE(softirq_has_its_stack),
	KUNIT_CASE(interrupt_of_a_softirq),
	KUNIT_CASE(interrupt_of_a_handler),
	KUNIT_CASE(trace_crosses_the_switches),
	KUNIT_CASE(trace_names_the_interrupted),
	KUNIT_CASE(kept_traces_end_at_the_entry),
	KUNIT_CASE(thread_needs_little_room),
	KUNIT_CASE(every_cpu_has_guarded_stacks),
	{}
};

static struct kunit_suite irq_stack_suite = {
	.name = "irq_stack",
	.init = irq_stack_init,
	.exit = irq_stack_exit,
	.test_cases = irq_stack_cases,
};
kunit_test_suite(irq_stack_suite);
