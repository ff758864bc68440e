// SPDX-License-Identifier: MIT
/*
 * The map of a chunk of per-CPU memory, without a chunk: are places found
 * where the lowest are, and the numbers of pages kept true?
 */
#include "windows_test.h"

#include "../../mm/percpu.h"

#define PAGE_LEN PCPU_PAGE_GRAINS

static struct pcpu_chunk *map_new(struct kunit *test, unsigned int taken)
{
	struct pcpu_chunk *chunk =
		kunit_kzalloc(test, sizeof(*chunk), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, chunk);
	chunk->populated = BIT(PCPU_PAGES) - 1;
	pcpu_map_init(chunk, taken);
	return chunk;
}

/* Takes the place that is found, which must be at. */
static void take_at(struct kunit *test, struct pcpu_chunk *chunk, int at,
		    unsigned int nr, unsigned int align)
{
	KUNIT_ASSERT_EQ(test, pcpu_map_find(chunk, nr, align, true), at);
	pcpu_map_take(chunk, at, nr);
	KUNIT_EXPECT_NULL(test, pcpu_map_check(chunk));
}

static void give_at(struct kunit *test, struct pcpu_chunk *chunk,
		    unsigned int at, unsigned int nr)
{
	KUNIT_EXPECT_EQ(test, pcpu_map_size(chunk, at), nr);
	KUNIT_EXPECT_EQ(test, pcpu_map_give(chunk, at), nr);
	KUNIT_EXPECT_NULL(test, pcpu_map_check(chunk));
}

/* Is a new map all free but for its static part, in one run? */
static void new_is_one_run(struct kunit *test)
{
	struct pcpu_chunk *chunk = map_new(test, PAGE_LEN + 100);

	KUNIT_EXPECT_NULL(test, pcpu_map_check(chunk));
	KUNIT_EXPECT_EQ(test, chunk->max_free, PCPU_GRAINS - PAGE_LEN - 100);
	KUNIT_EXPECT_EQ(test, chunk->free, chunk->max_free);
	take_at(test, chunk, PAGE_LEN + 100, 7, 1);
	chunk = map_new(test, 0);
	KUNIT_EXPECT_TRUE(test, pcpu_chunk_is_empty(chunk));
	take_at(test, chunk, 0, PCPU_GRAINS, 1);
	KUNIT_EXPECT_EQ(test, chunk->max_free, 0U);
	KUNIT_EXPECT_EQ(test, pcpu_map_find(chunk, 1, 1, true), -1);
	give_at(test, chunk, 0, PCPU_GRAINS);
	KUNIT_EXPECT_TRUE(test, pcpu_chunk_is_empty(chunk));
}

/* Does the lowest hole that is large enough win?  [A][hole][C][hole ... */
static void lowest_fit(struct kunit *test)
{
	struct pcpu_chunk *chunk = map_new(test, 0);

	take_at(test, chunk, 0, 10, 1);
	take_at(test, chunk, 10, 6, 1);
	take_at(test, chunk, 16, 10, 1);
	take_at(test, chunk, 26, 20, 1);
	take_at(test, chunk, 46, 10, 1);
	give_at(test, chunk, 10, 6);
	give_at(test, chunk, 26, 20);
	take_at(test, chunk, 26, 7, 1);
	take_at(test, chunk, 10, 6, 1);
	take_at(test, chunk, 33, 13, 1);
	take_at(test, chunk, 56, 1, 1);
}

/* Do free runs become one with their neighbours on both sides? */
static void runs_merge(struct kunit *test)
{
	struct pcpu_chunk *chunk = map_new(test, 0);
	unsigned int i;

	for (i = 0; i < PCPU_GRAINS / 64; i++)
		take_at(test, chunk, i * 64, 64, 1);
	give_at(test, chunk, 64, 64);
	give_at(test, chunk, 192, 64);
	KUNIT_EXPECT_EQ(test, chunk->max_free, 64U);
	give_at(test, chunk, 128, 64);
	KUNIT_EXPECT_EQ(test, chunk->max_free, 192U);
	take_at(test, chunk, 64, 192, 1);
	give_at(test, chunk, 64, 192);
	give_at(test, chunk, 0, 64);
	KUNIT_EXPECT_EQ(test, chunk->max_free, 256U);
}

/*
 * Is a place found that begins in one page and ends in another, with a page
 * in between or without?
 *	|####....|........|..######|
 */
static void across_pages(struct kunit *test)
{
	struct pcpu_chunk *chunk = map_new(test, 0);
	int at;

	take_at(test, chunk, 0, PAGE_LEN - 50, 1);
	take_at(test, chunk, PAGE_LEN - 50, 100, 1);
	take_at(test, chunk, PAGE_LEN + 50, PAGE_LEN, 1);
	give_at(test, chunk, PAGE_LEN - 50, 100);
	take_at(test, chunk, 2 * PAGE_LEN + 50, 101, 1);
	take_at(test, chunk, PAGE_LEN - 50, 100, 1);
	give_at(test, chunk, PAGE_LEN - 50, 100);
	give_at(test, chunk, PAGE_LEN + 50, PAGE_LEN);
	KUNIT_EXPECT_EQ(test, pcpu_map_size(chunk, 2 * PAGE_LEN + 50), 101U);
	take_at(test, chunk, PAGE_LEN - 50, PAGE_LEN + 100, 1);
	at = pcpu_map_find(chunk, 5 * PAGE_LEN, 1, true);
	KUNIT_EXPECT_EQ(test, at, 2 * (int)PAGE_LEN + 151);
}

/* Is an aligned place found behind runs that are long enough but not that? */
static void alignment_skips(struct kunit *test)
{
	struct pcpu_chunk *chunk = map_new(test, 1);

	KUNIT_EXPECT_EQ(test, pcpu_map_find(chunk, 8, PAGE_LEN, true),
			(int)PAGE_LEN);
	take_at(test, chunk, 64, 64, 64);
	KUNIT_EXPECT_EQ(test, pcpu_map_find(chunk, 63, 1, true), 1);
	KUNIT_EXPECT_EQ(test, pcpu_map_find(chunk, 56, 8, true), 8);
	KUNIT_EXPECT_EQ(test, pcpu_map_find(chunk, 57, 8, true), 128);
	take_at(test, chunk, PAGE_LEN, 7 * PAGE_LEN, PAGE_LEN);
	KUNIT_EXPECT_EQ(test, pcpu_map_find(chunk, 1, PAGE_LEN, true), -1);
	KUNIT_EXPECT_EQ(test, pcpu_map_find(chunk, PAGE_LEN - 128, 128, true),
			128);
	KUNIT_EXPECT_EQ(test, pcpu_map_find(chunk, PAGE_LEN - 127, 1, true),
			-1);
}

/* Is what has no frames passed over, if asked, as if it were taken? */
static void only_populated(struct kunit *test)
{
	struct pcpu_chunk *chunk = map_new(test, 0);

	chunk->populated = BIT(1) | BIT(3) | BIT(4);
	KUNIT_EXPECT_EQ(test, pcpu_map_find(chunk, 5, 1, false), 0);
	KUNIT_EXPECT_EQ(test, pcpu_map_find(chunk, 5, 1, true), (int)PAGE_LEN);
	KUNIT_EXPECT_EQ(test, pcpu_map_find(chunk, PAGE_LEN + 1, 1, true),
			3 * (int)PAGE_LEN);
	KUNIT_EXPECT_EQ(test, pcpu_map_find(chunk, 2 * PAGE_LEN + 1, 1, true),
			-1);
	chunk->populated = 0;
	KUNIT_EXPECT_EQ(test, pcpu_map_find(chunk, 1, 1, true), -1);
}

/* A plain map: who has each grain, 0 for nobody. */
struct model {
	struct pcpu_chunk *chunk;	/* what it is the model of */
	struct test_rand r;
	u16 owner[PCPU_UNIT_SIZE / 4];
};

static int model_find(const struct model *model, unsigned long populated,
		      unsigned int nr, unsigned int align)
{
	unsigned int at, len;

	for (at = 0; at + nr <= PCPU_GRAINS;) {
		for (len = 0; len < nr; len++) {
			unsigned int grain = at + len;

			if (model->owner[grain] ||
			    !(populated >> grain / PAGE_LEN & 1))
				break;
		}
		if (len == nr)
			return at;
		/* nothing can fit before what was met */
		at = round_up(at + len + 1, align);
	}
	return -1;
}

static void model_set(struct model *model, unsigned int at, unsigned int nr,
		      u16 owner)
{
	while (nr--)
		model->owner[at++] = owner;
}

static unsigned int random_size(struct test_rand *r)
{
	switch (test_rand_below(r, 8)) {
	case 0:
		return 1 + test_rand_below(r, 3 * PAGE_LEN);
	case 1 ... 2:
		return 1 + test_rand_below(r, PAGE_LEN);
	default:
		return 1 + test_rand_below(r, 40);
	}
}

static void model_give(struct kunit *test, struct model *model, int at,
		       u16 owner)
{
	unsigned int end = at + pcpu_map_give(model->chunk, at);

	KUNIT_EXPECT_EQ(test, model->owner[end - 1], owner);
	if (end < PCPU_GRAINS)
		KUNIT_EXPECT_NE(test, model->owner[end], owner);
	model_set(model, at, end - at, 0);
}

/* Gives back what the owner has at a place, or takes one for him. */
static int map_step(struct kunit *test, struct model *model, int place,
		    u16 owner)
{
	unsigned int nr = random_size(&model->r);
	unsigned int align = 1 << test_rand_below(&model->r, 11);
	bool populated = test_rand_below(&model->r, 2);
	int at;

	if (place >= 0) {
		model_give(test, model, place, owner);
		return -1;
	}
	align = min_t(unsigned int, align, PAGE_LEN);
	at = pcpu_map_find(model->chunk, nr, align, populated);
	KUNIT_ASSERT_EQ(test, at,
			model_find(model,
				   populated ? model->chunk->populated : ~0UL,
				   nr, align));
	if (at < 0)
		return -1;
	pcpu_map_take(model->chunk, at, nr);
	model_set(model, at, nr, owner);
	return at;
}

/* Through random steps, is each answer that of a plain map? */
static void random_against_a_model(struct kunit *test)
{
	enum { PLACES = 150, STEPS = 4000 };
	struct pcpu_chunk *chunk = map_new(test, 0);
	struct model *model = kunit_kzalloc(test, sizeof(*model), GFP_KERNEL);
	int *place =
		kunit_kmalloc_array(test, PLACES, sizeof(*place), GFP_KERNEL);
	unsigned int i, which;

	KUNIT_ASSERT_NOT_NULL(test, model);
	KUNIT_ASSERT_NOT_NULL(test, place);
	memset(place, -1, PLACES * sizeof(*place));
	model->chunk = chunk;
	test_rand_init(test, &model->r);
	for (i = 0; i < STEPS; i++) {
		if (i % 64 == 0)
			chunk->populated = test_rand(&model->r) &
					   (BIT(PCPU_PAGES) - 1);
		which = test_rand_below(&model->r, PLACES);
		place[which] = map_step(test, model, place[which], which + 1);
		if (i % 4 == 0)
			KUNIT_ASSERT_NULL(test, pcpu_map_check(chunk));
	}
	for (i = 0; i < PLACES; i++)
		if (place[i] >= 0)
			pcpu_map_give(chunk, place[i]);
	KUNIT_EXPECT_TRUE(test, pcpu_chunk_is_empty(chunk));
	KUNIT_EXPECT_NULL(test, pcpu_map_check(chunk));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(new_is_one_run),
	KUNIT_CASE(lowest_fit),
	KUNIT_CASE(runs_merge),
	KUNIT_CASE(across_pages),
	KUNIT_CASE(alignment_skips),
	KUNIT_CASE(only_populated),
	KUNIT_CASE_SLOW(random_against_a_model),
	{}
};

static struct kunit_suite percpu_map = {
	.name = "percpu_map",
	.test_cases = cases,
};
kunit_test_suite(percpu_map);
