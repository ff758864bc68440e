// SPDX-License-Identifier: MIT
/*
 * Per-CPU memory under random load: through all sizes, alignments and orders
 * of freeing, does each allocation keep its bytes on each CPU?
 */
#include "windows_test.h"

#include <linux/percpu.h>
#include <linux/slab.h>

#include "../../mm/percpu.h"
#include "percpu_scratch.h"

struct one {
	void __percpu *p;
	size_t size;
	unsigned int tag;
};

static size_t random_size(struct test_rand *r)
{
	switch (test_rand_below(r, 40)) {
	case 0:
		return 1 + test_rand_below(r, PCPU_UNIT_SIZE);
	case 1 ... 5:
		return 1 + test_rand_below(r, PAGE_SIZE);
	default:
		return 1 + test_rand_below(r, 200);
	}
}

static unsigned int one_free(struct one *one)
{
	unsigned int wrong = 0;

	if (one->p)
		wrong = copies_wrong(one->p, one->size, one->tag);
	free_percpu(one->p);
	one->p = NULL;
	return wrong;
}

static unsigned int one_alloc(struct one *one, struct test_rand *r)
{
	gfp_t gfp = test_rand_below(r, 4) ? GFP_KERNEL : GFP_ATOMIC;
	size_t align = 1UL << test_rand_below(r, 8);
	unsigned int wrong;

	one->size = random_size(r);
	one->tag = test_rand(r);
	one->p = __alloc_percpu_gfp(one->size, align, gfp | __GFP_NOWARN);
	if (!one->p)
		return 0;
	wrong = copies_not_zero(one->p, one->size);
	wrong += !IS_ALIGNED((unsigned long __force)one->p, align);
	copies_fill(one->p, one->size, one->tag);
	return wrong;
}

static void random_load(struct kunit *test, unsigned int steps)
{
	enum { ONES = 120 };
	struct one *ones = kunit_kcalloc(test, ONES, sizeof(*ones), GFP_KERNEL);
	unsigned int step, wrong = 0;
	struct test_rand r;

	KUNIT_ASSERT_NOT_NULL(test, ones);
	test_rand_init(test, &r);
	for (step = 0; step < steps; step++) {
		struct one *one = &ones[test_rand_below(&r, ONES)];

		wrong += one->p ? one_free(one) : one_alloc(one, &r);
		if (step % 512 == 0)
			KUNIT_EXPECT_NULL(test, pcpu_check());
		if (test_rand_below(&r, 300) == 0)
			percpu_shrink();
	}
	KUNIT_EXPECT_NULL(test, pcpu_check());
	for (step = 0; step < ONES; step++)
		wrong += one_free(&ones[step]);
	KUNIT_EXPECT_EQ(test, wrong, 0U);
	KUNIT_EXPECT_NULL(test, pcpu_check());
}

/* In a few hundred steps? */
static void random_short(struct kunit *test)
{
	random_load(test, 400);
}

/* In thousands? */
static void random_long(struct kunit *test)
{
	random_load(test, 2500);
}

/*
 * With holes of one size everywhere, is a larger request served elsewhere, and
 * one that fits from a hole?
 *	[A]    [A]    [A]    ...  ->  [A][b][A][b][A] ... [larger]
 */
static void holes_are_used(struct kunit *test)
{
	enum { NR = 64, SIZE = 64 };
	void __percpu **p = kunit_kcalloc(test, NR, sizeof(*p), GFP_KERNEL);
	void __percpu *larger;
	unsigned int i, wrong = 0;

	KUNIT_ASSERT_TRUE(test, p != NULL);
	for (i = 0; i < NR; i++) {
		p[i] = __alloc_percpu(SIZE, 4);
		if (p[i])
			copies_fill(p[i], SIZE, i);
	}
	for (i = 1; i < NR; i += 2)
		free_percpu(p[i]);
	larger = __alloc_percpu(SIZE + 4, 4);
	KUNIT_EXPECT_TRUE(test, larger != NULL);
	for (i = 1; i < NR; i += 2) {
		p[i] = __alloc_percpu(SIZE - 4, 4);
		if (p[i])
			copies_fill(p[i], SIZE - 4, i);
	}
	for (i = 0; i < NR; i++) {
		if (p[i])
			wrong += copies_wrong(p[i], SIZE - 4 * (i % 2), i);
		free_percpu(p[i]);
	}
	free_percpu(larger);
	KUNIT_EXPECT_EQ(test, wrong, 0U);
	KUNIT_EXPECT_NULL(test, pcpu_check());
}

static struct kunit_case cases[] = {
	KUNIT_CASE(random_short),
	KUNIT_CASE_SLOW(random_long),
	KUNIT_CASE(holes_are_used),
	{}
};

static struct kunit_suite percpu_random = {
	.name = "percpu_random",
	.test_cases = cases,
};
kunit_test_suite(percpu_random);
