// SPDX-License-Identifier: MIT
/*
 * Is memory found that nothing leads to, of each kind, and told of rightly?
 */
#include "kmemleak_scratch.h"

#include <linux/seq_file.h>

#define NR_CHAIN 4
#define ROUNDS	 6

static char text[8192];
static void *volatile known[NR_LOST];

/* What the console would show. */
static const char *shown(void)
{
	struct seq_file m;

	seq_init_buffer(&m, text, sizeof(text));
	kmemleak_show(&m, NULL);
	return text;
}

#define EXPECT_SAYS(test, part)						\
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(text, part), "%s", text)

struct kind {
	void *(*alloc)(struct kunit *test);
	void (*free)(struct kunit *test, void *p);
	size_t size;
};

static void *small_alloc(struct kunit *test)
{
	return kzalloc(SIZE, GFP_KERNEL);
}

static void *cache_object(struct kunit *test)
{
	return kmem_cache_zalloc(test->priv, GFP_KERNEL);
}

static void *large_alloc(struct kunit *test)
{
	return kzalloc(5 * PAGE_SIZE, GFP_KERNEL);
}

static void *area_alloc(struct kunit *test)
{
	return vzalloc(3 * PAGE_SIZE);
}

/* So many pages that their array is an object, too. */
static void *large_area_alloc(struct kunit *test)
{
	return vzalloc(40 * PAGE_SIZE);
}

static void *page_alloc(struct kunit *test)
{
	void *p = (void *)get_zeroed_page(GFP_KERNEL);

	if (p)
		kmemleak_alloc(p, PAGE_SIZE, 1, GFP_KERNEL);
	return p;
}

static void with_kfree(struct kunit *test, void *p)
{
	kfree(p);
}

static void to_cache(struct kunit *test, void *p)
{
	kmem_cache_free(test->priv, p);
}

static void with_vfree(struct kunit *test, void *p)
{
	vfree(p);
}

static void page_free(struct kunit *test, void *p)
{
	kmemleak_free(p);
	free_page((unsigned long)p);
}

static noinline unsigned long lose(struct kunit *test, const struct kind *kind)
{
	void *p = kind->alloc(test);

	return p ? hide(p) : 0;
}

/* Loses some more and looks. Returns how many of them were found. */
static unsigned int lose_and_look(struct kunit *test, const struct kind *kind,
				  unsigned long *hidden)
{
	unsigned int i, lost = 0;
	int found;

	for (i = 0; i < NR_LOST; i++)
		hidden[i] = lose(test, kind);
	found = scan_quietly();
	for (i = 0; i < NR_LOST; i++)
		lost += is_lost(hidden[i]);
	KUNIT_EXPECT_EQ(test, found, lost);
	return lost;
}

/*
 * Loses some, looks, frees. Somebody's old words may lead to all of them where
 * they are large; then others, elsewhere, are tried.
 */
static void check_kind(struct kunit *test, const struct kind *kind)
{
	unsigned long hidden[ROUNDS * NR_LOST];
	unsigned int nr = 0, lost = 0;
	char size[32];

	scan_quietly();
	while (nr < ARRAY_SIZE(hidden) && lost < FOUND_LEAST) {
		lost = lose_and_look(test, kind, &hidden[nr]);
		nr += NR_LOST;
	}
	shown();
	KUNIT_EXPECT_GE(test, lost, FOUND_LEAST);
	snprintf(size, sizeof(size), "(size %zu):\n", kind->size);
	EXPECT_SAYS(test, size);
	while (nr--)
		if (hidden[nr])
			kind->free(test, unhide(hidden[nr]));
	KUNIT_EXPECT_STREQ(test, shown(), "");
}

/* --- kmemleak_lost --- */

/* Is an object of kmalloc() found? */
static void lost_kmalloc(struct kunit *test)
{
	const struct kind kind = { small_alloc, with_kfree, SIZE };

	check_kind(test, &kind);
}

/* One of a cache of its own? */
static void lost_cache_object(struct kunit *test)
{
	const struct kind kind = { cache_object, to_cache, SIZE };

	test->priv = kmem_cache_create("leak_test", SIZE, 0, 0, NULL);
	KUNIT_ASSERT_NOT_NULL(test, test->priv);
	check_kind(test, &kind);
	kmem_cache_destroy(test->priv);
}

/* A block of pages from kmalloc()? */
static void lost_large(struct kunit *test)
{
	const struct kind kind = { large_alloc, with_kfree, 8 * PAGE_SIZE };

	check_kind(test, &kind);
}

/* An area, whose descriptor knows it, and the one made last above all? */
static void lost_area(struct kunit *test)
{
	const struct kind kind = { area_alloc, with_vfree, 3 * PAGE_SIZE };

	check_kind(test, &kind);
}

/* A large area, without its array of pages, which is the area's own? */
static void lost_large_area(struct kunit *test)
{
	const struct kind kind = { large_area_alloc, with_vfree,
				   40 * PAGE_SIZE };

	check_kind(test, &kind);
}

/* A page that its owner told of? */
static void lost_page(struct kunit *test)
{
	const struct kind kind = { page_alloc, page_free, PAGE_SIZE };

	check_kind(test, &kind);
}

/* a -> b -> c: makes the words and forgets a. */
static noinline void lose_chain(struct kunit *test, unsigned long *hidden,
				unsigned int nr, bool cycle)
{
	void **p[NR_CHAIN];
	unsigned int i;

	for (i = 0; i < nr; i++) {
		p[i] = kzalloc(SIZE, GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, p[i]);
		hidden[i] = hide(p[i]);
	}
	for (i = 0; i + 1 < nr; i++)
		*p[i] = p[i + 1];
	if (cycle)
		*p[nr - 1] = p[0];
}

static void check_chain(struct kunit *test, bool cycle)
{
	unsigned long hidden[NR_CHAIN];
	unsigned int i;

	scan_quietly();
	lose_chain(test, hidden, NR_CHAIN, cycle);
	wash_stack(); /* where scan_quietly()'s own frame will be, too */
	KUNIT_EXPECT_EQ(test, scan_quietly(), NR_CHAIN);
	for (i = 0; i < NR_CHAIN; i++) {
		KUNIT_EXPECT_TRUE(test, is_lost(hidden[i]));
		kfree(unhide(hidden[i]));
	}
}

/*
 * Are all objects of a chain lost with its head?
 *
 *	(nothing) -> a -> b -> c -> d
 */
static void lost_chain(struct kunit *test)
{
	check_chain(test, false);
}

/* And those of a ring, though something leads to each of them? */
static void lost_ring(struct kunit *test)
{
	check_chain(test, true);
}

/* Does what is in a freed object lead nowhere? */
static void freed_objects_lead_nowhere(struct kunit *test)
{
	unsigned long hidden[NR_LOST], holder;
	unsigned int i, lost = 0;

	holder = lose_kmalloc(test);
	for (i = 0; i < NR_LOST; i++) {
		hidden[i] = lose_kmalloc(test);
		((void **)unhide(holder))[i] = unhide(hidden[i]);
	}
	kfree(unhide(holder));
	/* poison would do: the words must not be looked at */
	for (i = 0; i < NR_LOST; i++)
		((void **)unhide(holder))[i] = unhide(hidden[i]);
	scan_quietly();
	for (i = 0; i < NR_LOST; i++)
		lost += is_lost(hidden[i]);
	KUNIT_EXPECT_GE(test, lost, FOUND_LEAST);
	/* all as its owner, the allocator, left it */
	memset(unhide(holder), 0x6b, NR_LOST * sizeof(void *));
	for (i = 0; i < NR_LOST; i++)
		kfree(unhide(hidden[i]));
}

/* Is an address that is physical no way to an object? */
static void physical_addresses_do_not_count(struct kunit *test)
{
	unsigned long hidden[NR_LOST];
	unsigned int i, lost = 0;

	for (i = 0; i < NR_LOST; i++) {
		hidden[i] = lose_kmalloc(test);
		known[i] = (void *)__pa(unhide(hidden[i]));
	}
	scan_quietly();
	for (i = 0; i < NR_LOST; i++) {
		lost += is_lost(hidden[i]);
		known[i] = NULL;
		kfree(unhide(hidden[i]));
	}
	KUNIT_EXPECT_GE(test, lost, FOUND_LEAST);
}

static struct kunit_case lost_cases[] = {
	KUNIT_CASE(lost_kmalloc),
	KUNIT_CASE(lost_cache_object),
	KUNIT_CASE(lost_large),
	KUNIT_CASE(lost_area),
	KUNIT_CASE(lost_large_area),
	KUNIT_CASE(lost_page),
	KUNIT_CASE(lost_chain),
	KUNIT_CASE(lost_ring),
	KUNIT_CASE(freed_objects_lead_nowhere),
	KUNIT_CASE(physical_addresses_do_not_count),
	{}
};

static struct kunit_suite lost_suite = {
	.name = "kmemleak_lost",
	.attr.speed = KUNIT_SPEED_SLOW,
	.test_cases = lost_cases,
};

/* --- kmemleak_report --- */

static noinline unsigned long lose_marked(struct kunit *test)
{
	char *p = kzalloc(SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	strscpy(p, "lost and found", SIZE);
	return hide(p);
}

/* Does a report name address, size, cache, bytes and who allocated it? */
static void report_names_all(struct kunit *test)
{
	unsigned long hidden[NR_LOST];
	char line[64];
	unsigned int i;

	for (i = 0; i < NR_LOST; i++)
		hidden[i] = lose_marked(test);
	scan_quietly();
	shown();
	for (i = 0; i < NR_LOST && !is_lost(hidden[i]); i++)
		;
	KUNIT_EXPECT_LT(test, i, NR_LOST);
	snprintf(line, sizeof(line), "unreferenced object 0x%08lx (size %u):\n",
		 ~hidden[i % NR_LOST], SIZE);
	EXPECT_SAYS(test, line);
	EXPECT_SAYS(test, "  cache \"kmalloc-96\"\n");
	EXPECT_SAYS(test, "  hex dump (first 32 bytes):\n    6c 6f 73 74 ");
	EXPECT_SAYS(test, "lost and found..");
	EXPECT_SAYS(test, "  backtrace:\n    [<");
	EXPECT_SAYS(test, "lose_marked+0x");
	memset(line, 0, sizeof(line));
	for (i = 0; i < NR_LOST; i++)
		kfree(unhide(hidden[i]));
}

/* What the console would show of one object. */
static const char *dumped(unsigned long addr)
{
	struct seq_file m;

	text[0] = '\0';
	seq_init_buffer(&m, text, sizeof(text));
	return kmemleak_dump(&m, addr) ? "none" : text;
}

/* Is all told of one object that is asked for, by any byte of it? */
static void one_object(struct kunit *test)
{
	unsigned long object = ~lose_marked(test);
	char line[64];

	snprintf(line, sizeof(line), "object 0x%08lx (size %u):\n", object,
		 SIZE);
	dumped(object + SIZE - 1);
	KUNIT_EXPECT_PTR_EQ(test, strstr(text, line), (char *)text);
	EXPECT_SAYS(test, "lost and found..");
	EXPECT_SAYS(test, "lose_marked+0x");
	EXPECT_SAYS(test, "  no scan has seen it\n");
	kmemleak_not_leak((void *)object);
	kmemleak_no_scan((void *)object);
	known[0] = (void *)object;
	scan_quietly();
	dumped(object);
	EXPECT_SAYS(test, "  something leads to it, not a leak, not searched");
	known[0] = NULL;
	kfree((void *)object);
	KUNIT_EXPECT_STREQ(test, dumped(object), "none");
	KUNIT_EXPECT_STREQ(test, dumped(0), "none");
}

/* Is a range no object before it is an area, whatever its descriptor holds? */
static void area_in_the_making(struct kunit *test)
{
	struct vmap_area *va = vmap_area_alloc(PAGE_SIZE, VMALLOC_START,
					       VMALLOC_END, GFP_KERNEL);
	struct leak_object obj;

	KUNIT_ASSERT_NOT_NULL(test, va);
	va->vm.flags = ~0UL;
	va->vm.nr_pages = 1;
	va->vm.pages = NULL;
	vmap_areas_lock();
	KUNIT_EXPECT_FALSE(test, leak_object_find(va->va_start, &obj));
	vmap_areas_unlock();
	vmap_area_unlink(va->va_start);
	vmap_area_release(va);
}

/* Is a time that no thread could wait for refused, and is none no error? */
static void odd_periods(struct kunit *test)
{
	unsigned int before = kmemleak_periodic_scans();

	KUNIT_EXPECT_EQ(test, kmemleak_scan_every(KMEMLEAK_SECS_MAX + 1),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, kmemleak_scan_every(KMEMLEAK_SECS_MAX), 0);
	KUNIT_EXPECT_EQ(test, kmemleak_scan_every(KMEMLEAK_SECS_MAX / 2), 0);
	KUNIT_EXPECT_EQ(test, kmemleak_scan_every(0), 0);
	KUNIT_EXPECT_EQ(test, kmemleak_scan_every(0), 0);
	KUNIT_EXPECT_EQ(test, kmemleak_periodic_scans(), before);
}

/* Is a leak counted once, however often is looked? */
static void told_once(struct kunit *test)
{
	unsigned long hidden[NR_LOST];
	unsigned int i;

	scan_quietly();
	for (i = 0; i < NR_LOST; i++)
		hidden[i] = lose_kmalloc(test);
	KUNIT_EXPECT_GE(test, scan_quietly(), FOUND_LEAST);
	KUNIT_EXPECT_LT(test, scan_quietly(), FOUND_LEAST);
	shown();
	EXPECT_SAYS(test, "unreferenced object");
	for (i = 0; i < NR_LOST; i++)
		kfree(unhide(hidden[i]));
}

/* Is it no leak any more when something leads to it again? */
static void found_again(struct kunit *test)
{
	unsigned long hidden[NR_LOST];
	unsigned int i;

	scan_quietly();
	for (i = 0; i < NR_LOST; i++)
		hidden[i] = lose_kmalloc(test);
	KUNIT_EXPECT_GE(test, scan_quietly(), FOUND_LEAST);
	for (i = 0; i < NR_LOST; i++)
		known[i] = unhide(hidden[i]);
	KUNIT_EXPECT_EQ(test, scan_quietly(), 0);
	KUNIT_EXPECT_STREQ(test, shown(), "");
	for (i = 0; i < NR_LOST; i++) {
		known[i] = NULL;
		kfree(unhide(hidden[i]));
	}
}

/* Is what was cleared not told of again, and what is new is? */
static void cleared(struct kunit *test)
{
	unsigned long hidden[NR_LOST];
	unsigned int i;

	scan_quietly();
	for (i = 0; i < NR_LOST; i++)
		hidden[i] = lose_kmalloc(test);
	KUNIT_EXPECT_GE(test, scan_quietly(), FOUND_LEAST);
	kmemleak_clear();
	KUNIT_EXPECT_STREQ(test, shown(), "");
	for (i = 0; i < NR_LOST; i++)
		kfree(unhide(hidden[i]));
	for (i = 0; i < NR_LOST; i++)
		hidden[i] = lose_kmalloc(test);
	KUNIT_EXPECT_GE(test, scan_quietly(), FOUND_LEAST);
	for (i = 0; i < NR_LOST; i++)
		kfree(unhide(hidden[i]));
}

static bool said_more;

static void look_for_more(const char *part, size_t size)
{
	said_more |= size > 8 && !strncmp(part, "... and ", 8);
}

/* Are as many shown as there is room for, and are the others counted? */
static void more_than_room(struct kunit *test)
{
	unsigned long hidden[5 * NR_LOST + 2 * FOUND_LEAST];
	struct seq_file m;
	unsigned int i;

	scan_quietly();
	for (i = 0; i < ARRAY_SIZE(hidden); i++)
		hidden[i] = lose_kmalloc(test);
	KUNIT_EXPECT_GT(test, scan_quietly(), 32);
	said_more = false;
	seq_init_write(&m, look_for_more);
	kmemleak_show(&m, NULL);
	KUNIT_EXPECT_TRUE(test, said_more);
	for (i = 0; i < ARRAY_SIZE(hidden); i++)
		kfree(unhide(hidden[i]));
}

/* Are objects told apart by the time at which they were made? */
static void of_one_time_only(struct kunit *test)
{
	unsigned long hidden[3 * NR_LOST];
	unsigned int i, time = 6;

	for (i = 0; i < NR_LOST; i++)
		hidden[i] = lose_kmalloc(test);
	kmemleak_stamp(&time);
	for (; i < ARRAY_SIZE(hidden); i++) {
		if (i == 2 * NR_LOST)
			time++;
		hidden[i] = lose_kmalloc(test);
	}
	wash_stack();
	capture_begin();
	KUNIT_EXPECT_EQ(test, kmemleak_scan_stamped(5), 0);
	KUNIT_EXPECT_GE(test, kmemleak_scan_stamped(7), FOUND_LEAST);
	capture_end();
	for (i = 0; i < 2 * NR_LOST; i++)
		KUNIT_EXPECT_FALSE(test, is_lost(hidden[i]));
	/* what exists is not told apart any more */
	kmemleak_stamp(NULL);
	capture_begin();
	KUNIT_EXPECT_EQ(test, kmemleak_scan_stamped(6), 0);
	capture_end();
	for (i = 0; i < ARRAY_SIZE(hidden); i++)
		kfree(unhide(hidden[i]));
}

static struct kunit_case report_cases[] = {
	KUNIT_CASE(more_than_room),
	KUNIT_CASE(of_one_time_only),
	KUNIT_CASE(report_names_all),
	KUNIT_CASE(one_object),
	KUNIT_CASE(area_in_the_making),
	KUNIT_CASE(odd_periods),
	KUNIT_CASE(told_once),
	KUNIT_CASE(found_again),
	KUNIT_CASE(cleared),
	{}
};

static struct kunit_suite report_suite = {
	.name = "kmemleak_report",
	.test_cases = report_cases,
};

kunit_test_suites(&lost_suite, &report_suite);
