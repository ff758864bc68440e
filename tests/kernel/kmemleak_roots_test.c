// SPDX-License-Identifier: MIT
/*
 * Is nothing told of that something leads to, wherever that is, and what its
 * owner said is wanted?
 */
#include "kmemleak_scratch.h"

#include <asm/processor.h>
#include <linux/percpu.h>

#include "test_workers.h"

#define NR_WAYS	3	/* objects that a word leads to in turn */

static void *in_data[NR_WAYS] = { in_data };
static void *in_bss[NR_WAYS];
static void *volatile beside[NR_LOST];
static DEFINE_PER_CPU(void *, in_per_cpu);

/* Leads a word to an object; what the compiler needs for it is gone after. */
static noinline void lead(void **way, unsigned long hidden, size_t offset)
{
	*(void *volatile *)way = unhide(hidden) + offset;
}

static unsigned int count_lost(const unsigned long *hidden, unsigned int nr)
{
	unsigned int i, lost = 0;

	for (i = 0; i < nr; i++)
		lost += is_lost(hidden[i]);
	return lost;
}

/*
 * Objects of which some are lost: are none while a word leads to each, offset
 * bytes into it, and some again when none does?
 */
static void check_ways(struct kunit *test, const unsigned long *hidden,
		       void **const *way, unsigned int nr, size_t offset)
{
	unsigned int i;

	for (i = 0; i < nr; i++)
		*way[i] = NULL;
	scan_quietly();
	KUNIT_EXPECT_GT(test, count_lost(hidden, nr), 0U);
	for (i = 0; i < nr; i++)
		lead(way[i], hidden[i], offset);
	scan_quietly();
	KUNIT_EXPECT_EQ(test, count_lost(hidden, nr), 0U);
	for (i = 0; i < nr; i++)
		*way[i] = NULL;
	scan_quietly();
	KUNIT_EXPECT_GT(test, count_lost(hidden, nr), 0U);
}

/* The same with new objects and words in a row. */
static void check_words(struct kunit *test, void **word, size_t offset)
{
	void **way[NR_WAYS] = { word, word + 1, word + 2 };
	unsigned long hidden[NR_WAYS];
	unsigned int i;

	for (i = 0; i < NR_WAYS; i++)
		hidden[i] = lose_kmalloc(test);
	check_ways(test, hidden, way, NR_WAYS, offset);
	for (i = 0; i < NR_WAYS; i++)
		kfree(unhide(hidden[i]));
}

/* --- kmemleak_found --- */

/* Do variables lead to an object that have a value from the start? */
static void from_data(struct kunit *test)
{
	check_words(test, in_data, 0);
}

/* Do those that begin with 0, with the address of any of its bytes? */
static void from_the_middle(struct kunit *test)
{
	check_words(test, in_bss, SIZE - 1);
}

/* Does the address behind the last byte lead nowhere? */
static void not_from_beside(struct kunit *test)
{
	unsigned long hidden[NR_LOST];
	unsigned int i;

	for (i = 0; i < NR_LOST; i++) {
		hidden[i] = lose_kmalloc(test);
		beside[i] = unhide(hidden[i]) + ksize(unhide(hidden[i]));
	}
	scan_quietly();
	KUNIT_EXPECT_GE(test, count_lost(hidden, NR_LOST), FOUND_LEAST);
	for (i = 0; i < NR_LOST; i++) {
		beside[i] = NULL;
		kfree(unhide(hidden[i]));
	}
}

/* Does the per-CPU variable of any CPU? */
static void from_per_cpu(struct kunit *test)
{
	static unsigned long hidden[NR_CPUS];
	static void **way[NR_CPUS];
	unsigned int nr = 0;
	int cpu;

	for_each_possible_cpu(cpu) {
		way[nr] = per_cpu_ptr(&in_per_cpu, cpu);
		hidden[nr++] = lose_kmalloc(test);
	}
	check_ways(test, hidden, way, nr, 0);
	while (nr--)
		kfree(unhide(hidden[nr]));
}

/* Words of some CPUs' copies of size bytes, at their ends. */
static void check_percpu_memory(struct kunit *test, size_t size)
{
	u8 __percpu *p = __alloc_percpu(size, sizeof(void *));
	unsigned long hidden[NR_WAYS];
	void **way[NR_WAYS];
	unsigned int i;

	KUNIT_ASSERT_TRUE(test, p != NULL);
	for (i = 0; i < NR_WAYS; i++) {
		u8 *copy = per_cpu_ptr(p, i % nr_cpu_ids);

		way[i] = (void **)(copy + size) - 1 - i;
		hidden[i] = lose_kmalloc(test);
	}
	check_ways(test, hidden, way, NR_WAYS, 0);
	for (i = 0; i < NR_WAYS; i++)
		kfree(unhide(hidden[i]));
	free_percpu(p);
}

/* Does memory of alloc_percpu(), in the image and in a chunk of its own? */
static void from_percpu_memory(struct kunit *test)
{
	check_percpu_memory(test, 64);
	check_percpu_memory(test, PCPU_MIN_UNIT_SIZE);
}

/* Does a variable of a function that has not returned? */
static void from_the_stack(struct kunit *test)
{
	void *volatile here[NR_WAYS];

	check_words(test, (void **)here, 0);
}

/* Does a register that the callers of the search keep? */
static void from_a_register(struct kunit *test)
{
	unsigned long hidden[3];
	register void *a, *b, *c;
	unsigned int i;

	for (i = 0; i < 3; i++)
		hidden[i] = lose_kmalloc(test);
	a = unhide(hidden[0]);
	b = unhide(hidden[1]);
	c = unhide(hidden[2]);
	scan_quietly();
	KUNIT_EXPECT_EQ(test, count_lost(hidden, 3), 0U);
	kfree(a);
	kfree(b);
	kfree(c);
}

/*
 * Does another object, and that by way of a third, and a large one?
 *
 *	in_bss -> area -> large -> a -> the object
 */
static void from_objects(struct kunit *test)
{
	void **a = kzalloc(SIZE, GFP_KERNEL);
	void **large = kzalloc(5 * PAGE_SIZE, GFP_KERNEL);
	void **area = vzalloc(40 * PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, a);
	KUNIT_ASSERT_NOT_NULL(test, large);
	KUNIT_ASSERT_NOT_NULL(test, area);
	in_bss[0] = area;
	area[30000] = large;
	large[4500] = a;
	check_words(test, &a[SIZE / sizeof(void *) - NR_WAYS], 8);
	in_bss[0] = NULL;
	kfree(a);
	kfree(large);
	vfree(area);
}

static noinline unsigned long lose_large(struct kunit *test)
{
	void *p = kzalloc(8 * PAGE_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	return hide(p);
}

static noinline unsigned long lose_area(struct kunit *test)
{
	void *p = vzalloc(3 * PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, p);
	return hide(p);
}

/* Do all pages of a large block, and an area's guard page, lead to it? */
static void from_the_middle_of_blocks(struct kunit *test)
{
	void **way[NR_WAYS] = { &in_bss[0], &in_bss[1], &in_bss[2] };
	unsigned long large[NR_WAYS], area[NR_WAYS];
	unsigned int i;

	for (i = 0; i < NR_WAYS; i++) {
		large[i] = lose_large(test);
		area[i] = lose_area(test);
	}
	check_ways(test, large, way, NR_WAYS, PAGE_SIZE);
	check_ways(test, large, way, NR_WAYS, 7 * PAGE_SIZE + 8);
	check_ways(test, area, way, NR_WAYS, 3 * PAGE_SIZE);
	for (i = 0; i < NR_WAYS; i++) {
		kfree(unhide(large[i]));
		vfree(unhide(area[i]));
	}
}

/* Does a word of the descriptor of a page in use? */
static void from_struct_page(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);
	unsigned long hidden[NR_WAYS];
	void **way[NR_WAYS];
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, page);
	for (i = 0; i < NR_WAYS; i++)
		hidden[i] = lose_kmalloc(test);
	way[0] = (void **)&page->mapping;
	way[1] = (void **)&page->index;
	way[2] = (void **)&page->private;
	check_ways(test, hidden, way, NR_WAYS, 0);
	for (i = 0; i < NR_WAYS; i++)
		kfree(unhide(hidden[i]));
	__free_page(page);
}

static atomic_t in_place, may_end;

/* Keeps what it is given on its stack alone. */
static noinline void keep_on_stack(struct worker *worker, bool asleep)
{
	void *volatile here = unhide((unsigned long)worker->arg);

	atomic_inc(&in_place);
	while (!atomic_read(&may_end)) {
		if (asleep)
			schedule_timeout_interruptible(1);
		else
			cpu_relax();
	}
	here = NULL;
	OPTIMIZER_HIDE_VAR(here);
}

static void sleeper(struct worker *worker)
{
	keep_on_stack(worker, true);
}

static void runner(struct worker *worker)
{
	keep_on_stack(worker, false);
}

static void check_thread(struct kunit *test, int cpu,
			 void (*run)(struct worker *))
{
	unsigned long hidden = lose_kmalloc(test);

	atomic_set(&in_place, 0);
	atomic_set(&may_end, 0);
	worker_start(test, 0, cpu, run, (void *)hidden);
	while (!atomic_read(&in_place))
		schedule_timeout_interruptible(1);
	scan_quietly();
	KUNIT_EXPECT_FALSE(test, is_lost(hidden));
	atomic_set(&may_end, 1);
	workers_stop(test, 1);
	kfree(unhide(hidden));
}

/* Does the stack of a thread that sleeps? */
static void from_a_sleeping_thread(struct kunit *test)
{
	check_thread(test, -1, sleeper);
}

/* Does that of one that runs on another CPU while is looked? */
static void from_a_running_thread(struct kunit *test)
{
	int cpu = cpumask_last(cpu_online_mask);

	if (num_online_cpus() == 1)
		kunit_skip(test, "needs another CPU");
	set_cpus_allowed_ptr(current, cpumask_of(0));
	check_thread(test, cpu, runner);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

/* Is the word named that leads to an object, and none for a lost one? */
static void way_is_told(struct kunit *test)
{
	unsigned long hidden[NR_WAYS], *way;
	unsigned int i, lost = 0;

	for (i = 0; i < NR_WAYS; i++)
		hidden[i] = lose_kmalloc(test);
	wash_stack();
	for (i = 0; i < NR_WAYS; i++)
		lost += !kmemleak_find_way(~hidden[i]);
	KUNIT_EXPECT_GT(test, lost, 0U);
	in_bss[0] = unhide(hidden[0]) + 4;
	way = (unsigned long *)kmemleak_find_way(~hidden[0]);
	KUNIT_EXPECT_NOT_NULL(test, way);
	if (way)
		KUNIT_EXPECT_LT(test, *way - ~hidden[0], SIZE + 0ul);
	in_bss[0] = NULL;
	for (i = 0; i < NR_WAYS; i++)
		kfree(unhide(hidden[i]));
	KUNIT_EXPECT_EQ(test, kmemleak_find_way(PAGE_OFFSET), 0ul);
}

static struct kunit_case found_cases[] = {
	KUNIT_CASE(from_data),
	KUNIT_CASE(from_the_middle),
	KUNIT_CASE(not_from_beside),
	KUNIT_CASE(from_per_cpu),
	KUNIT_CASE(from_percpu_memory),
	KUNIT_CASE(from_the_stack),
	KUNIT_CASE(from_a_register),
	KUNIT_CASE(from_objects),
	KUNIT_CASE(from_the_middle_of_blocks),
	KUNIT_CASE(from_struct_page),
	KUNIT_CASE(from_a_sleeping_thread),
	KUNIT_CASE(from_a_running_thread),
	KUNIT_CASE(way_is_told),
	{}
};

static struct kunit_suite found_suite = {
	.name = "kmemleak_found",
	.attr.speed = KUNIT_SPEED_SLOW,
	.test_cases = found_cases,
};

/* --- kmemleak_told --- */

static void told(struct kunit *test, void (*tell)(const void *ptr),
		 bool parent_lost, bool child_lost)
{
	unsigned long parent[NR_LOST], child[NR_LOST];
	unsigned int i, parents = 0, children = 0;

	for (i = 0; i < NR_LOST; i++) {
		parent[i] = lose_kmalloc(test);
		child[i] = lose_kmalloc(test);
		*(void **)unhide(parent[i]) = unhide(child[i]);
		tell(unhide(parent[i]));
	}
	scan_quietly();
	for (i = 0; i < NR_LOST; i++) {
		parents += is_lost(parent[i]);
		children += is_lost(child[i]);
		kfree(unhide(parent[i]));
		kfree(unhide(child[i]));
	}
	if (parent_lost)
		KUNIT_EXPECT_GE(test, parents, FOUND_LEAST);
	else
		KUNIT_EXPECT_EQ(test, parents, 0);
	if (child_lost)
		KUNIT_EXPECT_GE(test, children, FOUND_LEAST);
	else
		KUNIT_EXPECT_EQ(test, children, 0);
}

/* Is one that is wanted no leak, nor what it leads to? */
static void not_leak(struct kunit *test)
{
	told(test, kmemleak_not_leak, false, false);
}

/* Is one that is ignored no leak, but what it leads to is? */
static void ignored(struct kunit *test)
{
	told(test, kmemleak_ignore, false, true);
}

/* Is one that holds no pointers a leak all the same, and leads nowhere? */
static void not_scanned(struct kunit *test)
{
	told(test, kmemleak_no_scan, true, true);
}

/* Is what was said of an object forgotten when it is freed? */
static void forgotten_when_freed(struct kunit *test)
{
	unsigned long hidden[NR_LOST];
	unsigned int i, lost = 0;

	for (i = 0; i < NR_LOST; i++) {
		hidden[i] = lose_kmalloc(test);
		kmemleak_not_leak(unhide(hidden[i]));
	}
	for (i = 0; i < NR_LOST; i++)
		kfree(unhide(hidden[i]));
	scan_quietly();
	for (i = 0; i < NR_LOST; i++)
		hidden[i] = lose_kmalloc(test);
	scan_quietly();
	for (i = 0; i < NR_LOST; i++) {
		lost += is_lost(hidden[i]);
		kfree(unhide(hidden[i]));
	}
	KUNIT_EXPECT_GE(test, lost, FOUND_LEAST);
}

/* Is memory that was told of searched, if it is wanted? */
static void pages_told_of(struct kunit *test)
{
	void **page = (void **)get_zeroed_page(GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, page);
	kmemleak_alloc(page, PAGE_SIZE, 0, GFP_KERNEL);
	check_words(test, &page[1000], 0);
	kmemleak_free(page);
	free_page((unsigned long)page);
}

static noinline void tell_of_the_middle(unsigned long hidden)
{
	kmemleak_not_leak(unhide(hidden) + 4);
}

/* Is a pointer into the middle of an object refused? */
static void told_of_the_middle(struct kunit *test)
{
	unsigned long hidden = lose_kmalloc(test);
	const char *text;

	capture_begin();
	tell_of_the_middle(hidden);
	text = capture_end();
	KUNIT_EXPECT_NOT_NULL_MSG(test,
				  strstr(text, "is not the start of an object"),
				  "%s", text);
	kfree(unhide(hidden));
}

static struct kunit_case told_cases[] = {
	KUNIT_CASE(not_leak),
	KUNIT_CASE(ignored),
	KUNIT_CASE(not_scanned),
	KUNIT_CASE(forgotten_when_freed),
	KUNIT_CASE(pages_told_of),
	KUNIT_CASE(told_of_the_middle),
	{}
};

static struct kunit_suite told_suite = {
	.name = "kmemleak_told",
	.test_cases = told_cases,
};

kunit_test_suites(&found_suite, &told_suite);
