// SPDX-License-Identifier: MIT
/*
 * The helpers of <linux/highmem.h> on highmem pages, or, without highmem in a
 * debug build, on lowmem pages that are forced through the window.
 */
#include "windows_test.h"

struct highmem_test {
	struct page *a, *b;
	bool forced;
};

static int highmem_init(struct kunit *test)
{
	struct highmem_test *ht = kunit_kzalloc(test, sizeof(*ht), GFP_KERNEL);

	if (!ht)
		return -ENOMEM;
	ht->forced = kmap_force;
	test->priv = ht;
	ht->a = alloc_page(GFP_HIGHUSER);
	ht->b = alloc_page(GFP_HIGHUSER);
	if (!ht->a || !ht->b)
		return -ENOMEM;
	kmap_force = !PageHighMem(ht->a);
	return 0;
}

static void highmem_exit(struct kunit *test)
{
	struct highmem_test *ht = test->priv;

	KUNIT_EXPECT_EQ(test, kmap_atomic_depth(), 0U);
	if (!ht)
		return;
	kmap_force = ht->forced;
	if (ht->a)
		__free_page(ht->a);
	if (ht->b)
		__free_page(ht->b);
}

/* Byte i of a page filled with a pattern. */
static unsigned char pattern(unsigned int i, unsigned int salt)
{
	return i * 7 + (i >> 8) + salt;
}

static void fill(struct page *page, unsigned int salt)
{
	unsigned char *addr = kmap_local_page(page);
	unsigned int i;

	for (i = 0; i < PAGE_SIZE; i++)
		addr[i] = pattern(i, salt);
	kunmap_local(addr);
}

/* Bytes in [start, end) that differ from the pattern. */
static unsigned int differs(struct page *page, unsigned int salt,
			    unsigned int start, unsigned int end)
{
	unsigned char *addr = kmap_local_page(page);
	unsigned int i, wrong = 0;

	for (i = start; i < end; i++)
		wrong += addr[i] != pattern(i, salt);
	kunmap_local(addr);
	return wrong;
}

/* Bytes in [start, end) that are not val. */
static unsigned int not_val(struct page *page, unsigned char val,
			    unsigned int start, unsigned int end)
{
	unsigned char *addr = kmap_local_page(page);
	unsigned int i, wrong = 0;

	for (i = start; i < end; i++)
		wrong += addr[i] != val;
	kunmap_local(addr);
	return wrong;
}

/* Is every byte of the page zero afterwards, and none of another page? */
static void highmem_clear(struct kunit *test)
{
	struct highmem_test *ht = test->priv;

	fill(ht->a, 1);
	fill(ht->b, 2);
	clear_highpage(ht->a);
	KUNIT_EXPECT_EQ(test, not_val(ht->a, 0, 0, PAGE_SIZE), 0U);
	KUNIT_EXPECT_EQ(test, differs(ht->b, 2, 0, PAGE_SIZE), 0U);
	clear_user_highpage(ht->b, 0);
	KUNIT_EXPECT_EQ(test, not_val(ht->b, 0, 0, PAGE_SIZE), 0U);
}

/* Is the copy whole, and the source unchanged? */
static void highmem_copy(struct kunit *test)
{
	struct highmem_test *ht = test->priv;

	fill(ht->a, 3);
	clear_highpage(ht->b);
	copy_highpage(ht->b, ht->a);
	KUNIT_EXPECT_EQ(test, differs(ht->a, 3, 0, PAGE_SIZE), 0U);
	KUNIT_EXPECT_EQ(test, differs(ht->b, 3, 0, PAGE_SIZE), 0U);
	fill(ht->a, 4);
	copy_user_highpage(ht->b, ht->a, 0, NULL);
	KUNIT_EXPECT_EQ(test, differs(ht->b, 4, 0, PAGE_SIZE), 0U);
}

/*
 * Are just the segments zeroed?	[..0000....000000..]
 *					   10 20  100   200
 */
static void highmem_zero_segments(struct kunit *test)
{
	struct highmem_test *ht = test->priv;

	fill(ht->a, 5);
	zero_user_segments(ht->a, 10, 20, 100, 200);
	KUNIT_EXPECT_EQ(test, differs(ht->a, 5, 0, 10), 0U);
	KUNIT_EXPECT_EQ(test, not_val(ht->a, 0, 10, 20), 0U);
	KUNIT_EXPECT_EQ(test, differs(ht->a, 5, 20, 100), 0U);
	KUNIT_EXPECT_EQ(test, not_val(ht->a, 0, 100, 200), 0U);
	KUNIT_EXPECT_EQ(test, differs(ht->a, 5, 200, PAGE_SIZE), 0U);

	fill(ht->a, 5);
	zero_user(ht->a, 4000, 96);
	KUNIT_EXPECT_EQ(test, differs(ht->a, 5, 0, 4000), 0U);
	KUNIT_EXPECT_EQ(test, not_val(ht->a, 0, 4000, PAGE_SIZE), 0U);
	zero_user_segment(ht->a, 1, 2);
	KUNIT_EXPECT_EQ(test, differs(ht->a, 5, 0, 1), 0U);
	KUNIT_EXPECT_EQ(test, not_val(ht->a, 0, 1, 2), 0U);
	KUNIT_EXPECT_EQ(test, differs(ht->a, 5, 2, 4000), 0U);
}

/* Do bytes go to and come from the right place, and no others change? */
static void highmem_memcpy(struct kunit *test)
{
	struct highmem_test *ht = test->priv;
	char out[64], in[64];
	unsigned int i;

	for (i = 0; i < sizeof(out); i++)
		out[i] = 'A' + i;
	fill(ht->a, 6);
	memcpy_to_page(ht->a, 4032, out, 64);
	memcpy_to_page(ht->a, 1, out, 63);
	KUNIT_EXPECT_EQ(test, differs(ht->a, 6, 0, 1), 0U);
	KUNIT_EXPECT_EQ(test, differs(ht->a, 6, 64, 4032), 0U);
	memcpy_from_page(in, ht->a, 4032, 64);
	KUNIT_EXPECT_EQ(test, memcmp(in, out, 64), 0);
	memcpy_from_page(in, ht->a, 1, 63);
	KUNIT_EXPECT_EQ(test, memcmp(in, out, 63), 0);

	fill(ht->a, 7);
	fill(ht->b, 8);
	memcpy_page(ht->b, 256, ht->a, 256, 512);
	KUNIT_EXPECT_EQ(test, differs(ht->b, 8, 0, 256), 0U);
	KUNIT_EXPECT_EQ(test, differs(ht->b, 7, 256, 768), 0U);
	KUNIT_EXPECT_EQ(test, differs(ht->b, 8, 768, PAGE_SIZE), 0U);
}

/* Does an overlapping move in one page, either way, keep the bytes? */
static void highmem_memmove(struct kunit *test)
{
	struct highmem_test *ht = test->priv;
	unsigned char got[4];
	unsigned int i, wrong = 0;

	fill(ht->a, 9);
	memmove_page(ht->a, 100, ht->a, 50, 1000);
	for (i = 0; i < 1000; i += 4) {
		memcpy_from_page((char *)got, ht->a, 100 + i, 4);
		wrong += got[0] != pattern(50 + i, 9);
	}
	fill(ht->a, 9);
	memmove_page(ht->a, 50, ht->a, 100, 1000);
	for (i = 0; i < 1000; i += 4) {
		memcpy_from_page((char *)got, ht->a, 50 + i, 4);
		wrong += got[3] != pattern(100 + i + 3, 9);
	}
	KUNIT_EXPECT_EQ(test, wrong, 0U);
	fill(ht->a, 10);
	memmove_page(ht->b, 0, ht->a, 0, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, differs(ht->b, 10, 0, PAGE_SIZE), 0U);
}

/* Are just the bytes asked for set? */
static void highmem_memset(struct kunit *test)
{
	struct highmem_test *ht = test->priv;

	fill(ht->a, 11);
	memset_page(ht->a, 33, 0x5a, 66);
	KUNIT_EXPECT_EQ(test, differs(ht->a, 11, 0, 33), 0U);
	KUNIT_EXPECT_EQ(test, not_val(ht->a, 0x5a, 33, 99), 0U);
	KUNIT_EXPECT_EQ(test, differs(ht->a, 11, 99, PAGE_SIZE), 0U);
	memzero_page(ht->a, 0, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, not_val(ht->a, 0, 0, PAGE_SIZE), 0U);
}

/* A part that leaves the page: reported, and nothing written? */
static void highmem_part_outside(struct kunit *test)
{
	struct highmem_test *ht = test->priv;
	char bytes[16] = { 0 };
	const char *text;

	skip_in_release(test);
	fill(ht->a, 12);
	capture_begin();
	memcpy_to_page(ht->a, PAGE_SIZE - 8, bytes, 16);
	memset_page(ht->a, 1, 0, PAGE_SIZE);
	zero_user(ht->a, PAGE_SIZE - 1, 2);
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "not inside one page"));
	KUNIT_EXPECT_EQ(test, differs(ht->a, 12, 0, PAGE_SIZE), 0U);
}

/* Is a copy refused of which either side alone is not inside a page? */
static void highmem_copy_outside(struct kunit *test)
{
	struct highmem_test *ht = test->priv;
	unsigned int move;
	const char *text;

	skip_in_release(test);
	fill(ht->a, 12);
	fill(ht->b, 13);
	for (move = 0; move < 2; move++) {
		void (*copy)(struct page * to, size_t to_at, struct page * from,
			     size_t from_at, size_t len) = move ? memmove_page :
								  memcpy_page;

		capture_begin();
		copy(ht->b, 0, ht->a, PAGE_SIZE - 8, 16);
		text = capture_end();
		KUNIT_EXPECT_TRUE(test, text_has(text, "not inside one page"));
		capture_begin();
		copy(ht->b, PAGE_SIZE - 8, ht->a, 0, 16);
		text = capture_end();
		KUNIT_EXPECT_TRUE(test, text_has(text, "not inside one page"));
	}
	KUNIT_EXPECT_EQ(test, differs(ht->a, 12, 0, PAGE_SIZE), 0U);
	KUNIT_EXPECT_EQ(test, differs(ht->b, 13, 0, PAGE_SIZE), 0U);
}

/* Is a page for a program zeroed, whatever was in it before? */
static void highmem_zeroed_page(struct kunit *test)
{
	struct page *page;
	unsigned int i;

	for (i = 0; i < 8; i++) {
		page = alloc_page(GFP_HIGHUSER_MOVABLE);
		KUNIT_ASSERT_NOT_NULL(test, page);
		fill(page, i);
		__free_page(page);
		page = alloc_zeroed_user_highpage_movable(NULL, 0);
		KUNIT_ASSERT_NOT_NULL(test, page);
		KUNIT_EXPECT_EQ(test, not_val(page, 0, 0, PAGE_SIZE), 0U);
		__free_page(page);
	}
}

/* Does kmap_to_page invert every way of mapping, and refuse the rest? */
static void highmem_kmap_to_page(struct kunit *test)
{
	struct highmem_test *ht = test->priv;
	unsigned long low = __get_free_page(GFP_KERNEL);
	const char *text;
	char *addr;

	KUNIT_ASSERT_NE(test, low, 0UL);
	addr = kmap_local_page(ht->a);
	KUNIT_EXPECT_PTR_EQ(test, kmap_to_page(addr), ht->a);
	KUNIT_EXPECT_PTR_EQ(test, kmap_to_page(addr + 4095), ht->a);
	kunmap_local(addr);
	if (is_kmap_addr(addr))
		KUNIT_EXPECT_NULL(test, kmap_to_page(addr));
	KUNIT_EXPECT_PTR_EQ(test, kmap_to_page((void *)low), virt_to_page(low));
	free_page(low);
	capture_begin();
	KUNIT_EXPECT_NULL(test, kmap_to_page((void *)VMALLOC_END));
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "is in no window"));
}

/* Does the count of free highmem pages follow what is taken? */
static void highmem_free_count(struct kunit *test)
{
	unsigned long before;
	struct page *page;

	drain_all_pages(NULL);
	before = nr_free_highpages();
	KUNIT_EXPECT_LE(test, before, nr_free_pages());
	KUNIT_EXPECT_LE(test, before, totalhigh_pages());
	page = alloc_pages(GFP_HIGHUSER, 4);
	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_EXPECT_EQ(test, before - nr_free_highpages(),
			PageHighMem(page) ? 16UL : 0UL);
	__free_pages(page, 4);
}

static struct kunit_case highmem_cases[] = {
	KUNIT_CASE(highmem_clear),
	KUNIT_CASE(highmem_copy),
	KUNIT_CASE(highmem_zero_segments),
	KUNIT_CASE(highmem_memcpy),
	KUNIT_CASE(highmem_memmove),
	KUNIT_CASE(highmem_memset),
	KUNIT_CASE(highmem_part_outside),
	KUNIT_CASE(highmem_copy_outside),
	KUNIT_CASE(highmem_zeroed_page),
	KUNIT_CASE(highmem_kmap_to_page),
	KUNIT_CASE(highmem_free_count),
	{}
};

static struct kunit_suite highmem_suite = {
	.name = "highmem_helpers",
	.init = highmem_init,
	.exit = highmem_exit,
	.test_cases = highmem_cases,
};

kunit_test_suite(highmem_suite);
