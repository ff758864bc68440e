// SPDX-License-Identifier: MIT
/* Exceptions: is each one caught, explained, and left as it should be? */
#include <kunit/test.h>
#include <asm/cpufeature.h>
#include <asm/desc.h>
#include <asm/msr.h>
#include <asm/page.h>
#include <asm/ptrace.h>
#include <asm/sections.h>
#include <asm/setjmp.h>
#include <asm/setup.h>
#include <asm/trapnr.h>
#include <linux/cpumask.h>
#include <linux/irqflags.h>
#include <linux/panic.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <quire/capture.h>

static jmp_buf escape;
static struct pt_regs seen_regs;
static const char *seen_what;

static void record_and_leave(struct pt_regs *regs, const char *what)
{
	seen_regs = *regs;
	seen_what = what;
	longjmp(escape, 1);
}

/* Runs fn, which must fault; the dump, or NULL if it did not. */
static const char *dump_of(void (*fn)(void))
{
	fault_hook_t outer = fault_hook;
	volatile bool faulted = false;
	const char *text;

	seen_what = NULL;
	capture_begin();
	fault_hook = record_and_leave;
	if (setjmp(escape))
		faulted = true;
	else
		fn();
	fault_hook = outer;
	text = capture_end();
	return faulted ? text : NULL;
}

static void expect_in_dump(struct kunit *test, const char *text,
			   const char *words)
{
	KUNIT_EXPECT_TRUE_MSG(test, strstr(text, words) != NULL,
			      "\"%s\" is missing in:\n%s", words, text);
}

static noinline void read_null(void)
{
	const volatile int *p = NULL;

	OPTIMIZER_HIDE_VAR(p);
	(void)*p;
}

/* Does a NULL pointer give a dump that names address, kind, walk, code? */
static void null_read_is_explained(struct kunit *test)
{
	const char *text = dump_of(read_null);

	KUNIT_ASSERT_NOT_NULL(test, text);
	KUNIT_EXPECT_STREQ(test, seen_what, "page fault");
	KUNIT_EXPECT_EQ(test, seen_regs.trapnr, X86_TRAP_PF);
	KUNIT_EXPECT_EQ(test, seen_regs.orig_ax, 0);
	expect_in_dump(test, text, "NULL pointer dereference");
	expect_in_dump(test, text, "kernel read: not present");
	expect_in_dump(test, text, "directory[0] = 00000000: not present");
	expect_in_dump(test, text, "EIP: 0008:");
	expect_in_dump(test, text, "read_null+");
	expect_in_dump(test, text, "CR2: 00000000");
	expect_in_dump(test, text, "Code:");
	expect_in_dump(test, text, "Call Trace:");
	expect_in_dump(test, text, "null_read_is_explained+");
}

static noinline void write_text(void)
{
	*(volatile char *)_text = 0;
}

/* Is a forbidden write told from a missing page, with the entry's rights? */
static void write_to_text_is_explained(struct kunit *test)
{
	const char *text = dump_of(write_text);

	KUNIT_ASSERT_NOT_NULL(test, text);
	KUNIT_EXPECT_EQ(test, seen_regs.orig_ax, X86_PF_PROT | X86_PF_WRITE);
	expect_in_dump(test, text, "kernel write: not permitted");
	expect_in_dump(test, text, "read-only, kernel");
	expect_in_dump(test, text, "=> physical 00101000");
}

static noinline void divide_by_zero(void)
{
	asm volatile("divl %%ecx" : : "a"(1), "d"(0), "c"(0));
}

static noinline void invalid_opcode(void)
{
	asm volatile("ud2");
}

static noinline void load_bad_selector(void)
{
	asm volatile("movw %w0, %%fs" : : "r"(0x1234));
}

static noinline void bound_exceeded(void)
{
	static const int limits[2] = { 0, 1 };

	asm volatile("bound %0, %1" : : "r"(2), "m"(limits));
}

static noinline void overflow(void)
{
	asm volatile("movl $0x7fffffff, %%eax\n"
		     "incl %%eax\n"
		     "into\n" : : : "eax");
}

static const struct exception_case {
	const char *name;
	void (*fn)(void);
	unsigned long vector;
	unsigned long error;
} exception_cases[] = {
	{ "divide error", divide_by_zero, X86_TRAP_DE, 0 },
	{ "invalid opcode", invalid_opcode, X86_TRAP_UD, 0 },
	{ "general protection fault", load_bad_selector, X86_TRAP_GP, 0x1234 },
	{ "bound range exceeded", bound_exceeded, X86_TRAP_BR, 0 },
	{ "overflow", overflow, X86_TRAP_OF, 0 },
};
KUNIT_ARRAY_PARAM(exception, exception_cases, NULL);

static void expect_exception(struct kunit *test, const struct exception_case *c)
{
	const char *text = dump_of(c->fn);

	KUNIT_ASSERT_NOT_NULL(test, text);
	KUNIT_EXPECT_STREQ(test, seen_what, c->name);
	KUNIT_EXPECT_EQ(test, seen_regs.trapnr, c->vector);
	KUNIT_EXPECT_EQ(test, seen_regs.orig_ax & ~7UL, c->error & ~7UL);
	KUNIT_EXPECT_EQ(test, seen_regs.cs & 0xffff, __KERNEL_CS);
}

/* Does each arrive with its own vector, name and error code, on each CPU? */
static void exception_arrives(struct kunit *test)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		KUNIT_ASSERT_EQ(test,
				set_cpus_allowed_ptr(current, cpumask_of(cpu)),
				0);
		expect_exception(test, test->param_value);
	}
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

/* Are interrupts on again after a fault was left by a jump? */
static void interrupts_survive_a_fault(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	KUNIT_EXPECT_NOT_NULL(test, dump_of(divide_by_zero));
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
}

static noinline void say_bug(void)
{
	BUG();
}

/* Does BUG() name its file, and is it fatal? */
static void bug_names_its_place(struct kunit *test)
{
	const char *text = dump_of(say_bug);

	KUNIT_ASSERT_NOT_NULL(test, text);
	KUNIT_EXPECT_STREQ(test, seen_what, "invalid opcode");
	expect_in_dump(test, text, "kernel BUG at tests/kernel/exceptions");
	expect_in_dump(test, text, "say_bug+");
}

/* Does WARN() say its words, count, and go on with all registers intact? */
static void warn_reports_and_goes_on(struct kunit *test)
{
	unsigned long before = report_count();
	int value = 7, result;
	const char *text;

	OPTIMIZER_HIDE_VAR(value);
	capture_begin();
	result = WARN(value == 7, "value is %d\n", value);
	text = capture_end();
	KUNIT_EXPECT_EQ(test, result, 1);
	KUNIT_EXPECT_EQ(test, value, 7);
	KUNIT_EXPECT_EQ(test, report_count(), before + 1);
	KUNIT_EXPECT_TRUE(test, test_taint(TAINT_WARN));
	expect_in_dump(test, text, "value is 7\n");
	expect_in_dump(test, text, "WARNING: at tests/kernel/exceptions");
	expect_in_dump(test, text, "warn_reports_and_goes_on+");
}

/* Is a breakpoint said and passed? */
static void breakpoint_goes_on(struct kunit *test)
{
	const char *text;

	capture_begin();
	asm volatile("int3");
	text = capture_end();
	expect_in_dump(test, text, "breakpoint at breakpoint_goes_on+");
}

/* Do the exception table's copies turn faults into -EFAULT, silently? */
static void nofault_copies(struct kunit *test)
{
	unsigned long before = report_count();
	char buf[8] = "before";
	const char *text;

	capture_begin();
	KUNIT_EXPECT_EQ(test, copy_from_kernel_nofault(buf, NULL, 4), -EFAULT);
	KUNIT_EXPECT_EQ(test, copy_to_kernel_nofault(_text, buf, 4), -EFAULT);
	KUNIT_EXPECT_EQ(test, copy_from_kernel_nofault(buf, "after!", 7), 0);
	text = capture_end();
	KUNIT_EXPECT_STREQ(test, text, "");
	KUNIT_EXPECT_STREQ(test, buf, "after!");
	KUNIT_EXPECT_EQ(test, report_count(), before);
}

/* Does reading an MSR that does not exist fail instead of faulting? */
static void msr_safe(struct kunit *test)
{
	u64 value = 1;

	if (!boot_cpu_has(X86_FEATURE_MSR))
		kunit_skip(test, "the CPU has no MSRs");
	if (boot_cpu_has(X86_FEATURE_TSC))
		KUNIT_EXPECT_EQ(test, rdmsrl_safe(MSR_IA32_TSC, &value), 0);
	/* emulators may answer 0 instead of refusing; both are fine */
	if (rdmsrl_safe(0x12345678, &value))
		KUNIT_EXPECT_EQ(test, value, 0);
}

/* Does longjmp() restore the registers a function must preserve? */
static void longjmp_keeps_registers(struct kunit *test)
{
	jmp_buf env;
	volatile int rounds = 0;
	int value = setjmp(env);

	KUNIT_EXPECT_EQ(test, value, rounds);
	if (rounds < 3) {
		rounds++;
		longjmp(env, rounds);
	}
	KUNIT_EXPECT_EQ(test, value, 3);
}

/* Is the double fault a task gate, so that it needs no room on the stack? */
static void double_fault_is_a_task(struct kunit *test)
{
	struct desc_ptr idt;
	const struct desc_struct *gate;

	asm volatile("sidt %0" : "=m"(idt));
	KUNIT_EXPECT_EQ(test, idt.size, IDT_ENTRIES * 8 - 1);
	gate = (const struct desc_struct *)idt.address + X86_TRAP_DF;
	KUNIT_EXPECT_EQ(test, gate->b >> 8 & 0xff, GATE_TASK);
	KUNIT_EXPECT_EQ(test, gate->a >> 16, GDT_ENTRY_DOUBLEFAULT_TSS * 8);
}

static bool readable(unsigned long addr)
{
	char byte;

	return !copy_from_kernel_nofault(&byte, (void *)addr, 1);
}

/* Has the boot stack an unmapped page below it? */
static void stack_has_a_guard(struct kunit *test)
{
	unsigned long guard = (unsigned long)init_stack_guard;
	unsigned long stack = (unsigned long)init_stack;

	KUNIT_EXPECT_EQ(test, stack - guard, PAGE_SIZE);
	KUNIT_EXPECT_FALSE(test, readable(guard));
	KUNIT_EXPECT_FALSE(test, readable(stack - 1));
	KUNIT_EXPECT_TRUE(test, readable(stack));
	KUNIT_EXPECT_TRUE(test, readable(guard - 1));
}

static struct kunit_case exceptions_cases[] = {
	KUNIT_CASE(null_read_is_explained),
	KUNIT_CASE(write_to_text_is_explained),
	KUNIT_CASE_PARAM(exception_arrives, exception_gen_params),
	KUNIT_CASE(interrupts_survive_a_fault),
	KUNIT_CASE(bug_names_its_place),
	KUNIT_CASE(warn_reports_and_goes_on),
	KUNIT_CASE(breakpoint_goes_on),
	KUNIT_CASE(nofault_copies),
	KUNIT_CASE(msr_safe),
	KUNIT_CASE(longjmp_keeps_registers),
	KUNIT_CASE(double_fault_is_a_task),
	KUNIT_CASE(stack_has_a_guard),
	{}
};

static struct kunit_suite exceptions_suite = {
	.name = "exceptions",
	.test_cases = exceptions_cases,
};
kunit_test_suite(exceptions_suite);
