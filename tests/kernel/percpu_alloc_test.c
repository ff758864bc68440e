// SPDX-License-Identifier: MIT
/* alloc_percpu(): has each CPU a copy of its own, and finds it by %fs? */
#include "smp_test.h"

#include <linux/highmem.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/vmstat.h>
#include <quire/capture.h>

#include "../../mm/percpu.h"
#include "percpu_scratch.h"

#define SILENT (GFP_KERNEL | __GFP_NOWARN)

struct hits {
	u8 small;
	u16 middle;
	unsigned int count;
	void *pointer;
};

static DEFINE_PER_CPU(int, static_one);

/* Is memory that was somebody's zero again on each CPU, for the next? */
static void zero_on_all_cpus(struct kunit *test)
{
	void __percpu *p, *again;

	p = __alloc_percpu(100, 4);
	KUNIT_ASSERT_TRUE(test, p != NULL);
	KUNIT_EXPECT_EQ(test, copies_not_zero(p, 100), 0U);
	copies_fill(p, 100, 1);
	free_percpu(p);
	again = __alloc_percpu(100, 4);
	KUNIT_ASSERT_TRUE(test, again != NULL);
	KUNIT_EXPECT_EQ(test, copies_not_zero(again, 100), 0U);
	free_percpu(again);
}

/* Is each CPU's copy as far from CPU 0's as those of static variables are? */
static void copies_are_congruent(struct kunit *test)
{
	struct hits __percpu *p = alloc_percpu(struct hits);
	unsigned int cpu;

	KUNIT_ASSERT_TRUE(test, p != NULL);
	for_each_possible_cpu(cpu) {
		unsigned long apart =
			(unsigned long)per_cpu_ptr(&static_one, cpu) -
			(unsigned long)&static_one;

		KUNIT_EXPECT_EQ(test, (unsigned long)per_cpu_ptr(p, cpu),
				(unsigned long)p + apart);
	}
	free_percpu(p);
}

static void write_number(void *arg)
{
	struct hits __percpu *p = (struct hits __percpu __force *)arg;

	this_cpu_write(p->small, smp_processor_id() + 1);
	this_cpu_write(p->middle, smp_processor_id() + 1000);
	this_cpu_add(p->count, smp_processor_id() + 100);
	this_cpu_inc(p->count);
	this_cpu_write(p->pointer, this_cpu_ptr(p));
	raw_cpu_ptr(p)->count++;
}

/* Does what a CPU writes by this_cpu_ stand where per_cpu_ptr() finds it? */
static void both_ways_meet(struct kunit *test)
{
	struct hits __percpu *p = alloc_percpu(struct hits);
	unsigned int cpu;

	KUNIT_ASSERT_TRUE(test, p != NULL);
	on_each_cpu(write_number, (void __force *)p, 1);
	for_each_online_cpu(cpu) {
		struct hits *hits = per_cpu_ptr(p, cpu);

		KUNIT_EXPECT_EQ(test, hits->small, cpu + 1);
		KUNIT_EXPECT_EQ(test, hits->middle, cpu + 1000);
		KUNIT_EXPECT_EQ(test, hits->count, cpu + 102);
		KUNIT_EXPECT_PTR_EQ(test, hits->pointer, (void *)hits);
	}
	free_percpu(p);
}

/* Do the forms that give a value give the right one? */
static void operations_with_values(struct kunit *test)
{
	unsigned int __percpu *p = alloc_percpu(unsigned int);

	KUNIT_ASSERT_TRUE(test, p != NULL);
	preempt_disable();
	KUNIT_EXPECT_EQ(test, this_cpu_add_return(*p, 5), 5U);
	KUNIT_EXPECT_EQ(test, this_cpu_xchg(*p, 20), 5U);
	KUNIT_EXPECT_EQ(test, this_cpu_cmpxchg(*p, 20, 21), 20U);
	this_cpu_sub(*p, 20);
	KUNIT_EXPECT_EQ(test, this_cpu_read(*p), 1U);
	preempt_enable();
	free_percpu(p);
}

/* Does get_cpu_ptr() keep the caller on its CPU until put_cpu_ptr()? */
static void getting_holds_preemption(struct kunit *test)
{
	unsigned int __percpu *p = alloc_percpu(unsigned int);
	unsigned int before = preempt_count(), *mine;

	KUNIT_ASSERT_TRUE(test, p != NULL);
	mine = get_cpu_ptr(p);
	KUNIT_EXPECT_PTR_EQ(test, mine, per_cpu_ptr(p, smp_processor_id()));
	if (IS_ENABLED(CONFIG_DEBUG))
		KUNIT_EXPECT_EQ(test, preempt_count(), before + 1);
	put_cpu_ptr(p);
	KUNIT_EXPECT_EQ(test, preempt_count(), before);
	free_percpu(p);
}

/* Up to a page, is each CPU's copy aligned as asked, whatever lies around? */
static void aligned_up_to_a_page(struct kunit *test)
{
	enum { ORDERS = PAGE_SHIFT + 1 };
	void __percpu *p[ORDERS];
	unsigned int order, cpu;

	for (order = 0; order < ORDERS; order++) {
		p[order] = __alloc_percpu(3 + order, 1UL << order);
		KUNIT_EXPECT_TRUE(test, p[order] != NULL);
		if (!p[order])
			continue;
		copies_fill(p[order], 3 + order, order);
		for_each_possible_cpu(cpu)
			KUNIT_EXPECT_EQ(test,
					(unsigned long)copy_of(p[order], cpu) &
						((1UL << order) - 1),
					0UL);
	}
	for (order = 0; order < ORDERS; order++) {
		if (!p[order])
			continue;
		KUNIT_EXPECT_EQ(test, copies_wrong(p[order], 3 + order, order),
				0U);
		free_percpu(p[order]);
	}
}

/* Is every size had, from one byte to the largest, and all of it usable? */
static void sizes_up_to_a_unit(struct kunit *test)
{
	size_t size;

	for (size = 1; size <= PCPU_MIN_UNIT_SIZE; size = size * 2 + 1) {
		size_t even = min_t(size_t, size + 1, PCPU_MIN_UNIT_SIZE);
		void __percpu *p = __alloc_percpu(even, 4);

		KUNIT_ASSERT_TRUE(test, p != NULL);
		KUNIT_EXPECT_EQ(test, copies_not_zero(p, even), 0U);
		copies_fill(p, even, size);
		KUNIT_EXPECT_EQ(test, copies_wrong(p, even, size), 0U);
		free_percpu(p);
	}
	KUNIT_EXPECT_NULL(test, pcpu_check());
}

/* Is what cannot be refused, with a report that may be waived? */
static void refuses_what_cannot_be(struct kunit *test)
{
	static const struct {
		size_t size, align;
	} bad[] = {
		{ 0, 4 },
		{ PCPU_MIN_UNIT_SIZE + 1, 4 },
		{ SIZE_MAX, 4 },
		{ 4, 0 },
		{ 4, 12 },
		{ 4, 2 * PAGE_SIZE },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		const char *text;

		capture_begin();
		KUNIT_EXPECT_TRUE(test,
				  !__alloc_percpu(bad[i].size, bad[i].align));
		text = capture_end();
		KUNIT_EXPECT_NOT_NULL(test, strstr(text, "percpu: illegal"));
		KUNIT_EXPECT_TRUE(test,
				  !__alloc_percpu_gfp(bad[i].size, bad[i].align,
						      SILENT));
	}
}

/* May NULL be freed, as elsewhere? */
static void null_is_nothing(struct kunit *test)
{
	free_percpu(NULL);
	KUNIT_EXPECT_NULL(test, pcpu_check());
}

/* Does an address tell static variables of any CPU from all else? */
static void static_ones_are_known(struct kunit *test)
{
	unsigned int __percpu *p = alloc_percpu(unsigned int);
	unsigned int cpu;

	KUNIT_ASSERT_TRUE(test, p != NULL);
	for_each_possible_cpu(cpu) {
		unsigned long var =
			(unsigned long)per_cpu_ptr(&static_one, cpu);

		KUNIT_EXPECT_EQ(test, is_kernel_percpu_address(var),
				IS_ENABLED(CONFIG_SMP));
		KUNIT_EXPECT_FALSE(test,
				   is_kernel_percpu_address(
					   (unsigned long)per_cpu_ptr(p, cpu)));
	}
	KUNIT_EXPECT_FALSE(test, is_kernel_percpu_address((unsigned long)test));
	free_percpu(p);
}

static void expect_phys(struct kunit *test, u8 *addr)
{
	phys_addr_t phys = per_cpu_ptr_to_phys(addr);
	u8 *window;

	*addr = 0x51;
	window = kmap_atomic(pfn_to_page(phys >> PAGE_SHIFT));
	KUNIT_EXPECT_EQ(test, window[offset_in_page(phys)], 0x51);
	window[offset_in_page(phys)] = 0x15;
	kunmap_atomic(window);
	KUNIT_EXPECT_EQ(test, *addr, 0x15);
}

/* Is the physical address told the one where the bytes are, in any chunk? */
static void physical_address(struct kunit *test)
{
	void __percpu *p = __alloc_percpu(64, 64);
	void __percpu *far = __alloc_percpu(PCPU_MIN_UNIT_SIZE, 4);
	unsigned int cpu;

	KUNIT_EXPECT_TRUE(test, p != NULL);
	KUNIT_EXPECT_TRUE(test, far != NULL);
	for_each_possible_cpu(cpu) {
		if (p)
			expect_phys(test, copy_of(p, cpu) + 5);
		if (far)
			expect_phys(test, copy_of(far, cpu) + 5000);
	}
	KUNIT_EXPECT_EQ(test, per_cpu_ptr_to_phys(per_cpu_ptr(&static_one, 0)),
			virt_to_phys(per_cpu_ptr(&static_one, 0)));
	free_percpu(far);
	free_percpu(p);
}

/* Do meminfo and percpu_stats tell of what is there? */
static void texts_tell(struct kunit *test)
{
	size_t size = 8192;
	char *text = kunit_kmalloc(test, size, GFP_KERNEL), line[40];
	struct seq_file m;

	KUNIT_ASSERT_NOT_NULL(test, text);
	seq_init_buffer(&m, text, size);
	meminfo_show(&m, NULL);
	snprintf(line, sizeof(line), "Percpu:%17lu kB",
		 pcpu_nr_pages() * (PAGE_SIZE / 1024));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, line));
	seq_init_buffer(&m, text, size);
	percpu_stats_show(&m, NULL);
	KUNIT_EXPECT_FALSE(test, seq_has_overflowed(&m));
	KUNIT_EXPECT_EQ(test, IS_ENABLED(CONFIG_SMP),
			strstr(text, "<- First Chunk") != NULL);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(zero_on_all_cpus),
	KUNIT_CASE(copies_are_congruent),
	KUNIT_CASE(both_ways_meet),
	KUNIT_CASE(operations_with_values),
	KUNIT_CASE(getting_holds_preemption),
	KUNIT_CASE(aligned_up_to_a_page),
	KUNIT_CASE(sizes_up_to_a_unit),
	KUNIT_CASE(refuses_what_cannot_be),
	KUNIT_CASE(null_is_nothing),
	KUNIT_CASE(static_ones_are_known),
	KUNIT_CASE(physical_address),
	KUNIT_CASE(texts_tell),
	{}
};

static struct kunit_suite percpu_alloc = {
	.name = "percpu_alloc",
	.test_cases = cases,
};
kunit_test_suite(percpu_alloc);
