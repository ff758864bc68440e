// SPDX-License-Identifier: MIT
/*
 * Does the check after a case see what the case left behind? Inner cases
 * leave one thing each; the outer one reads the verdict and tidies up.
 */
#include <kunit/test.h>
#include <linux/bug.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/panic.h>
#include <linux/preempt.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

static struct page *page;
static void *memory;
static DEFINE_SPINLOCK(lock);

static const char *run_inner(void (*run)(struct kunit *test))
{
	struct kunit_case cases[] = {
		{ .run_case = run, .name = "inner" },
		{},
	};
	static struct kunit_suite suite = { .name = "inner_suite" };

	suite.test_cases = cases;
	capture_begin();
	kunit_run_tests(&suite);
	return capture_end();
}

/* The verdict: failed, with that message. */
#define EXPECT_FAILED(test, text, wanted)                                      \
	do {                                                                   \
		const char *__text = (text);                                   \
                                                                               \
		KUNIT_EXPECT_TRUE_MSG(test, strstr(__text, wanted) != NULL,    \
				      "wanted: %s\nseen: %s", wanted, __text); \
		KUNIT_EXPECT_TRUE(test,                                        \
				  strstr(__text, "not ok 1 inner\n") != NULL); \
	} while (0)

static void leaves_page(struct kunit *test)
{
	page = alloc_page(GFP_KERNEL);
}

/* Is a page that was not freed noticed? */
static void leaked_page(struct kunit *test)
{
	EXPECT_FAILED(test, run_inner(leaves_page),
		      "    # inner: leak: free pages: ");
	__free_page(page);
}

static void frees_too_much(struct kunit *test)
{
	__free_page(page);
}

/* Is a page noticed that was there before and is free now? */
static void freed_page(struct kunit *test)
{
	page = alloc_page(GFP_KERNEL);
	EXPECT_FAILED(test, run_inner(frees_too_much),
		      "    # inner: leak: free pages: ");
}

static void leaves_object(struct kunit *test)
{
	memory = kmalloc(2048, GFP_KERNEL);
}

/* Is an object that keeps its slab noticed as an object, not as a page? */
static void leaked_object(struct kunit *test)
{
	const char *text = run_inner(leaves_object);

	EXPECT_FAILED(test, text, "    # inner: leak: slab objects: ");
	KUNIT_EXPECT_NULL(test, strstr(text, "free pages"));
	kfree(memory);
}

static void leaves_small_object(struct kunit *test)
{
	memory = kmalloc(8, GFP_KERNEL);
}

/* Is an object noticed in a slab that others keep as well? */
static void leaked_small_object(struct kunit *test)
{
	void *neighbour = kmalloc(8, GFP_KERNEL);

	EXPECT_FAILED(test, run_inner(leaves_small_object),
		      "    # inner: leak: slab objects: ");
	kfree(memory);
	kfree(neighbour);
}

static void leaves_area(struct kunit *test)
{
	memory = vmalloc(3 * PAGE_SIZE);
}

/* Is a vmalloc area noticed that is still there? */
static void leaked_area(struct kunit *test)
{
	EXPECT_FAILED(test, run_inner(leaves_area),
		      "    # inner: leak: vmalloc areas: ");
	vfree(memory);
}

static void leaves_kmap(struct kunit *test)
{
	kmap(page);
}

/* Is a kmap without kunmap noticed? */
static void leaked_kmap(struct kunit *test)
{
	page = alloc_page(GFP_HIGHUSER);
	KUNIT_ASSERT_NOT_NULL(test, page);
	if (!PageHighMem(page)) {
		__free_page(page);
		kunit_skip(test, "no highmem on this machine");
	}
	EXPECT_FAILED(test, run_inner(leaves_kmap),
		      "    # inner: leak: kmap entries in use: 0 before, "
		      "1 after\n");
	kunmap(page);
	__free_page(page);
}

static void leaves_irqs_off(struct kunit *test)
{
	local_irq_disable();
}

/* Are interrupts noticed that stay off, and are they on again? */
static void leaked_irqs_off(struct kunit *test)
{
	EXPECT_FAILED(test, run_inner(leaves_irqs_off),
		      "    # inner: left interrupts off\n");
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
}

static void leaves_preempt_off(struct kunit *test)
{
	preempt_disable();
}

/* Is a raised preempt_count noticed, and put back? */
static void leaked_preempt_count(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "release builds do not count");
	EXPECT_FAILED(test, run_inner(leaves_preempt_off),
		      "    # inner: preempt_count: 0 before, 1 after\n");
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
}

static void leaves_lock(struct kunit *test)
{
	spin_lock(&lock);
}

/* Is a spinlock noticed that is still held? */
static void leaked_lock(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "release builds do not count");
	EXPECT_FAILED(test, run_inner(leaves_lock),
		      "    # inner: leak: locks held: 0 before, 1 after\n");
	/* The check has put the count back, which unlocking lowers. */
	preempt_disable();
	spin_unlock(&lock);
}

static void uses_everything(struct kunit *test)
{
	void *object = kmalloc(2048, GFP_KERNEL);
	void *area = vmalloc(5 * PAGE_SIZE);
	struct page *high = alloc_page(GFP_HIGHUSER);
	struct page *block = alloc_pages(GFP_KERNEL, 4);

	KUNIT_EXPECT_NOT_NULL(test, area);
	KUNIT_EXPECT_NOT_NULL(test, high);
	KUNIT_EXPECT_NOT_NULL(test, block);
	kmap(high);
	kunmap(high);
	__free_pages(block, 4);
	__free_page(high);
	vfree(area);
	kfree(object);
}

/* Does a case pass that gives back all it took, in caches or not? */
static void nothing_leaked(struct kunit *test)
{
	KUNIT_EXPECT_NOT_NULL(test, strstr(run_inner(uses_everything),
					   "\n    ok 1 inner\n"));
}

static void warns(struct kunit *test)
{
	WARN(1, "on purpose\n");
}

/* Does a report that no capture expected fail the case? */
static void unexpected_report(struct kunit *test)
{
	EXPECT_FAILED(test, run_inner(warns),
		      "    # inner: 1 unexpected report\n");
}

static void warns_captured(struct kunit *test)
{
	unsigned long before = report_count();
	const char *text;

	capture_begin();
	WARN(1, "on purpose\n");
	text = capture_end();
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "on purpose\n"));
	KUNIT_EXPECT_EQ(test, report_count(), before + 1);
}

/* Is a report inside a capture taken as expected? */
static void expected_report(struct kunit *test)
{
	const char *text = run_inner(warns_captured);

	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "\n    ok 1 inner\n"));
}

static void leaves_capture(struct kunit *test)
{
	capture_begin();
	pr_info("held words\n");
}

/* Does a taint that only says "tests ran" count as a report? */
static void test_taint_is_no_report(struct kunit *test)
{
	unsigned long before = report_count();

	add_taint(TAINT_TEST, LOCKDEP_STILL_OK);
	KUNIT_EXPECT_EQ(test, report_count(), before);
	KUNIT_EXPECT_TRUE(test, test_taint(TAINT_TEST));
	KUNIT_EXPECT_FALSE(test, test_taint(TAINT_FLAGS_COUNT));
	KUNIT_EXPECT_NOT_NULL(test, strchr(print_tainted(), 'N'));
}

/* Is a capture that was left open noticed, shown and closed? */
static void open_capture(struct kunit *test)
{
	const char *text = run_inner(leaves_capture);

	EXPECT_FAILED(test, text, "held words\n");
	EXPECT_FAILED(test, text,
		      "    # inner: ended inside a capture, which held:\n");
	KUNIT_EXPECT_EQ(test, capture_depth(), 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(leaked_page),
	KUNIT_CASE(freed_page),
	KUNIT_CASE(leaked_object),
	KUNIT_CASE(leaked_small_object),
	KUNIT_CASE(leaked_area),
	KUNIT_CASE(leaked_kmap),
	KUNIT_CASE(leaked_irqs_off),
	KUNIT_CASE(leaked_preempt_count),
	KUNIT_CASE(leaked_lock),
	KUNIT_CASE(nothing_leaked),
	KUNIT_CASE(unexpected_report),
	KUNIT_CASE(expected_report),
	KUNIT_CASE(test_taint_is_no_report),
	KUNIT_CASE(open_capture),
	{},
};

static struct kunit_suite suite = {
	.name = "kunit_leak",
	.test_cases = cases,
};
kunit_test_suite(suite);
