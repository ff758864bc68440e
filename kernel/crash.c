/* SPDX-License-Identifier: MIT */
/*
 * kernel/crash.c - going wrong on purpose
 *
 * "crash=stack" and the like on the command line break the kernel once it is
 * up, so that a boot session can look at the dump; the console's command of
 * that name does the same.
 *
 * (drivers/misc/lkdtm)
 */
#include <quire/crash.h>

#include <linux/array_size.h>
#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kconfig.h>
#include <linux/kthread.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/string.h>

#define FRAME_SIZE 512

/* Each call needs the memory of its caller's frame, so none is left out. */
static noinline unsigned int crash_stack_frame(unsigned int depth)
{
	volatile unsigned char frame[FRAME_SIZE];

	frame[depth % FRAME_SIZE] = depth;
	if (depth == ~0u)
		return 0;
	return crash_stack_frame(depth + 1) + frame[depth % FRAME_SIZE];
}

static void crash_stack(void)
{
	pr_info("returned %u\n", crash_stack_frame(0));
}

static int crash_thread(void *unused)
{
	crash_stack();
	return 0;
}

/* A thread's stack, on the CPU with the highest number. */
static void crash_stack_thread(void)
{
	static DECLARE_COMPLETION(never);
	struct task_struct *p = kthread_create(crash_thread, NULL, "overflow");

	if (IS_ERR(p))
		return;
	kthread_bind(p, nr_cpu_ids - 1);
	wake_up_process(p);
	wait_for_completion(&never);
}

static void crash_tasklet(struct tasklet_struct *t)
{
	crash_stack();
}

static void crash_stack_softirq(void)
{
	static DECLARE_TASKLET(tasklet, crash_tasklet);

	tasklet_schedule(&tasklet);
}

static void crash_ipi(void *unused)
{
	crash_stack();
}

/* So that "the last CPU" is another one, if there are several. */
static void go_to_first_cpu(void)
{
	set_cpus_allowed_ptr(current, cpumask_of(0));
}

/* The hardirq stack of the CPU with the highest number, not of this one. */
static void crash_stack_irq(void)
{
	go_to_first_cpu();
	smp_call_function_single(nr_cpu_ids - 1, crash_ipi, NULL, 1);
}

/* Writes behind its array, over the guard and the way back. */
static noinline void overrun(unsigned int length)
{
	char array[8], *p = array;

	OPTIMIZER_HIDE_VAR(p);
	memset(p, 'a', length);
}

static void crash_stack_overrun(void)
{
	unsigned int length = 24;

	OPTIMIZER_HIDE_VAR(length);
	overrun(length);
}

static void crash_null(void)
{
	volatile int *nowhere = NULL;

	OPTIMIZER_HIDE_VAR(nowhere);
	*nowhere = 0;
}

static void crash_bug(void)
{
	BUG();
}

static void crash_div(void)
{
	unsigned int dividend = 1, divisor = 0;

	OPTIMIZER_HIDE_VAR(dividend);
	OPTIMIZER_HIDE_VAR(divisor);
	pr_info("1 / 0 = %u\n", dividend / divisor);
}

/* An instruction that does not exist, where no BUG() stands. */
static void crash_ud(void)
{
	__builtin_trap();
}

/* What runs next is whatever the linker put there, but with UBSAN=1. */
static void crash_unreachable(void)
{
	if (!IS_ENABLED(CONFIG_UBSAN))
		panic("crash=unreachable needs a kernel built with UBSAN=1");
	__builtin_unreachable();
}

/* The request that may not fail, when nothing is left. */
static void crash_nofail(void)
{
	for (;;)
		alloc_page(GFP_KERNEL | __GFP_NOFAIL);
}

static void crash_panic(void)
{
	panic("crash=panic");
}

static void crash_warn(void)
{
	WARN(1, "crash=warn: going on\n");
}

static void crash_hang(void)
{
	for (;;)
		barrier();
}

/* Other CPUs have interrupts off for ever when this one panics. */
static void lockup_here(void *unused)
{
	for (;;)
		barrier();
}

static void answer_here(void *unused)
{
}

static void crash_lockup(void)
{
	int cpu = cpumask_last(cpu_online_mask);

	go_to_first_cpu();
	if (cpu != raw_smp_processor_id())
		smp_call_function_single(cpu, lockup_here, NULL, 0);
}

/* Has the last CPU, which may be locked up, answer a call. */
static void crash_call(void)
{
	go_to_first_cpu();
	smp_call_function_single(cpumask_last(cpu_online_mask), answer_here,
				 NULL, 1);
}

static void crash_others(void)
{
	smp_call_function(lockup_here, NULL, 0);
	panic("crash=others");
}

static void panic_here(void *unused)
{
	panic("crash=all: CPU %d", smp_processor_id());
}

static void crash_all(void)
{
	on_each_cpu(panic_here, NULL, 0);
}

static const struct crash {
	const char *name;
	void (*fn)(void);
} crashes[] = {
	{ "stack", crash_stack },
	{ "stack-thread", crash_stack_thread },
	{ "stack-irq", crash_stack_irq },
	{ "stack-softirq", crash_stack_softirq },
	{ "stack-overrun", crash_stack_overrun },
	{ "null", crash_null },
	{ "bug", crash_bug },
	{ "div", crash_div },
	{ "ud", crash_ud },
	{ "unreachable", crash_unreachable },
	{ "nofail", crash_nofail },
	{ "panic", crash_panic },
	{ "warn", crash_warn },
	{ "hang", crash_hang },
	{ "lockup", crash_lockup },
	{ "call", crash_call },
	{ "others", crash_others },
	{ "all", crash_all },
};

int crash(const char *how)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(crashes); i++) {
		if (!strcmp(crashes[i].name, how)) {
			crashes[i].fn();
			return 0;
		}
	}
	return -EINVAL;
}

static const char *crash_how;

static int __init crash_setup(char *arg)
{
	crash_how = arg;
	return arg ? 0 : -EINVAL;
}
early_param("crash", crash_setup);

void crash_from_command_line(void)
{
	if (crash_how && crash(crash_how))
		pr_warn("crash=%s: unknown\n", crash_how);
}
