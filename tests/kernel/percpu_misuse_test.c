// SPDX-License-Identifier: MIT
/*
 * Wrong use of per-CPU memory: is it told in words that help, and does
 * everything go on as before?
 */
#include "windows_test.h"

#include <linux/percpu.h>
#include <linux/slab.h>
#include <quire/capture.h>

#include "../../mm/percpu.h"
#include "kasan_skip.h"
#include "percpu_scratch.h"

static DEFINE_PER_CPU(int, static_one);

/* Frees what must not be; the words that should be said of it. */
static void expect_refused(struct kunit *test, const void *ptr,
			   const char *words)
{
	unsigned int had = pcpu_stats.nr_cur;
	const char *text;

	capture_begin();
	free_percpu((void __percpu __force *)ptr);
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, words));
	KUNIT_EXPECT_EQ(test, pcpu_stats.nr_cur, had);
	KUNIT_EXPECT_NULL(test, pcpu_check());
}

/* Is the second free of the same pointer refused? */
static void double_free(struct kunit *test)
{
	void __percpu *p = __alloc_percpu(24, 4);

	KUNIT_ASSERT_TRUE(test, p != NULL);
	free_percpu(p);
	expect_refused(test, (void __force *)p, "is free already");
}

/* Is one CPU's address, which is not the pointer, refused? */
static void copy_of_a_cpu(struct kunit *test)
{
	void __percpu *p = __alloc_percpu(24, 4);
	unsigned int cpu;

	KUNIT_ASSERT_TRUE(test, p != NULL);
	for_each_possible_cpu(cpu)
		if (cpu)
			expect_refused(test, copy_of(p, cpu),
				       "is one CPU's copy");
	copies_fill(p, 24, 3);
	KUNIT_EXPECT_EQ(test, copies_wrong(p, 24, 3), 0U);
	free_percpu(p);
}

/* Is a pointer into the middle refused, by a grain or by a byte? */
static void inside(struct kunit *test)
{
	u8 __percpu *p = __alloc_percpu(24, 4);

	KUNIT_ASSERT_TRUE(test, p != NULL);
	expect_refused(test, (u8 __force *)p + 8, "is inside");
	expect_refused(test, (u8 __force *)p + 1, "is inside");
	expect_refused(test, (u8 __force *)p + 23, "is inside");
	free_percpu(p);
}

/* Is a static variable refused, and what is no per-CPU memory at all? */
static void never_allocated(struct kunit *test)
{
	void *object = kunit_kmalloc(test, 24, GFP_KERNEL);
	void __percpu *p = __alloc_percpu(PCPU_UNIT_SIZE, 4);

	KUNIT_EXPECT_TRUE(test, p != NULL);
	expect_refused(test, (void __force *)&static_one, "is a static");
	expect_refused(test, object, "is not per-CPU memory");
	expect_refused(test, (void *)4, "is not per-CPU memory");
	free_percpu(p);
	percpu_shrink();
	expect_refused(test, (void __force *)p, "is not per-CPU memory");
}

/* Is it seen that somebody wrote, on any CPU, to what was free? */
static void written_while_free(struct kunit *test)
{
	unsigned int cpu, seen = 0;

	skip_in_release(test);
	skip_with_kasan(test, "the write itself is reported");
	for_each_possible_cpu(cpu) {
		void __percpu *p = __alloc_percpu(24, 4), *again;
		const char *text;

		KUNIT_ASSERT_TRUE(test, p != NULL);
		free_percpu(p);
		copy_of(p, cpu)[7] = 0x99;
		capture_begin();
		again = __alloc_percpu(24, 4);
		text = capture_end();
		seen += text_has(text, "written to while it was free: 0x99");
		if (again)
			KUNIT_EXPECT_EQ(test, copies_not_zero(again, 24), 0U);
		free_percpu(again);
	}
	KUNIT_EXPECT_EQ(test, seen, num_possible_cpus());
}

static struct kunit_case cases[] = {
	KUNIT_CASE(double_free),
	KUNIT_CASE(copy_of_a_cpu),
	KUNIT_CASE(inside),
	KUNIT_CASE(never_allocated),
	KUNIT_CASE(written_while_free),
	{}
};

static struct kunit_suite percpu_misuse = {
	.name = "percpu_misuse",
	.test_cases = cases,
};
kunit_test_suite(percpu_misuse);
