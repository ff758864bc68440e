// SPDX-License-Identifier: MIT
/* "%p" and its forms: is what a pointer points to printed, and safely? */
#include <kunit/test.h>
#include <linux/bitmap.h>
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/page-flags.h>
#include <linux/string.h>

static char text[160];

#define EXPECT_TEXT(test, wanted, fmt...) do {				\
	int __len = snprintf(text, sizeof(text), fmt);			\
									\
	KUNIT_EXPECT_STREQ(test, text, wanted);				\
	KUNIT_EXPECT_EQ(test, __len, strlen(wanted));			\
} while (0)

/* Are addresses printed plainly, with all their digits? */
static void addresses(struct kunit *test)
{
	EXPECT_TEXT(test, "c0101234", "%p", (void *)0xc0101234);
	EXPECT_TEXT(test, "00001234 0000abcd", "%px %pK", (void *)0x1234,
		    (void *)0xabcd);
	EXPECT_TEXT(test, "00000000", "%p", NULL);
	EXPECT_TEXT(test, "        1234|1234        |", "%12p|%-12p|",
		    (void *)0x1234, (void *)0x1234);
}

/* Does "%p" leave the letters alone that do not belong to it? */
static void letters_behind(struct kunit *test)
{
	EXPECT_TEXT(test, "00000001-00000002)", "%p-%p)", (void *)1, (void *)2);
	EXPECT_TEXT(test, "00000001z", "%pz", (void *)1);
}

/* Are physical and bus addresses printed at their types' full width? */
static void bus_addresses(struct kunit *test)
{
	phys_addr_t phys = 0x123456789ull;
	dma_addr_t dma = 0xabc;

	EXPECT_TEXT(test, "0x0000000123456789 0x0000000123456789", "%pa %pap",
		    &phys, &phys);
	EXPECT_TEXT(test, "0x00000abc.", "%pad.", &dma);
	EXPECT_TEXT(test, "(null)", "%pa", NULL);
}

/* Are errors named, numbers without a name printed, pointers left alone? */
static void errors(struct kunit *test)
{
	EXPECT_TEXT(test, "-ENOMEM", "%pe", ERR_PTR(-ENOMEM));
	EXPECT_TEXT(test, "    -EIO|-EIO    |", "%8pe|%-8pe|", ERR_PTR(-EIO),
		    ERR_PTR(-EIO));
	EXPECT_TEXT(test, "-1234", "%pe", ERR_PTR(-1234));
	EXPECT_TEXT(test, "c0101234", "%pe", (void *)0xc0101234);
}

/* Is the symbol of a function found, with its offset or without? */
static void symbols(struct kunit *test)
{
	char *slash;

	EXPECT_TEXT(test, "vsnprintf", "%ps", vsnprintf);
	snprintf(text, sizeof(text), "%pS", (char *)vsnprintf + 4);
	slash = strchr(text, '/');
	KUNIT_ASSERT_NOT_NULL(test, slash);
	*slash = '\0';
	KUNIT_EXPECT_STREQ(test, text, "vsnprintf+0x4");
	/* A return address behind the last byte is still that function's. */
	snprintf(text, sizeof(text), "%pB", (char *)vsnprintf + 1);
	KUNIT_EXPECT_TRUE(test, strstarts(text, "vsnprintf+0x1/"));
}

/* Are bytes printed in hex with each of the four separators? */
static void hex_bytes(struct kunit *test)
{
	static const u8 bytes[] = { 0xc0, 0xde, 0x00, 0x0f };

	EXPECT_TEXT(test, "c0 de 00 0f", "%*ph", 4, bytes);
	EXPECT_TEXT(test, "c0:de:00", "%*phC", 3, bytes);
	EXPECT_TEXT(test, "c0-de", "%*phD", 2, bytes);
	EXPECT_TEXT(test, "c0de000f!", "%*phN!", 4, bytes);
	EXPECT_TEXT(test, "c0", "%1ph", bytes);
}

/* Are bitmaps printed as words and as ranges, to exactly their size? */
static void bitmaps(struct kunit *test)
{
	DECLARE_BITMAP(map, 80);

	bitmap_zero(map, 80);
	EXPECT_TEXT(test, "00000", "%*pb", 20, map);
	EXPECT_TEXT(test, "", "%*pbl", 20, map);
	bitmap_set(map, 0, 1);
	bitmap_set(map, 3, 4);
	bitmap_set(map, 30, 4);
	bitmap_set(map, 79, 1);
	EXPECT_TEXT(test, "8000,00000003,c0000079", "%*pb", 80, map);
	EXPECT_TEXT(test, "0,3-6,30-33,79", "%*pbl", 80, map);
	EXPECT_TEXT(test, "0,3-6,30-31", "%*pbl", 32, map);
	EXPECT_TEXT(test, "79", "%*pb", 7, map);
}

static void print_inner(char *buf, size_t size, const char *fmt, ...)
{
	struct va_format vaf;
	va_list args;

	va_start(args, fmt);
	vaf.fmt = fmt;
	vaf.va = &args;
	snprintf(buf, size, "<%pV|%d>", &vaf, 9);
	va_end(args);
}

/* Is a format inside a format expanded in place, and cut with the rest? */
static void format_in_format(struct kunit *test)
{
	char buf[32];

	print_inner(buf, sizeof(buf), "%s=%d", "free", 12);
	KUNIT_EXPECT_STREQ(test, buf, "<free=12|9>");
	print_inner(buf, 6, "%s=%d", "free", 12);
	KUNIT_EXPECT_STREQ(test, buf, "<free");
	print_inner(buf, 3, "%s=%d", "free", 12);
	KUNIT_EXPECT_STREQ(test, buf, "<f");
}

/* Are flags printed by name, several bits by their common name? */
static void flag_names(struct kunit *test)
{
	unsigned long flags = 1UL << PG_locked | 1UL << PG_reserved;
	gfp_t gfp = GFP_KERNEL | __GFP_ZERO;
	char wanted[64];

	flags |= 1UL << ZONES_PGSHIFT;
	snprintf(wanted, sizeof(wanted), "%#lx(locked|reserved|zone=1)", flags);
	EXPECT_TEXT(test, wanted, "%pGp", &flags);
	EXPECT_TEXT(test, "GFP_KERNEL|__GFP_ZERO", "%pGg", &gfp);
	gfp = GFP_ATOMIC;
	EXPECT_TEXT(test, "GFP_ATOMIC", "%pGg", &gfp);
	gfp = (__force gfp_t)0x80000000;
	EXPECT_TEXT(test, "0x80000000", "%pGg", &gfp);
}

/* Is a pointer that points nowhere told, and not followed, by every form? */
static void wrong_pointers(struct kunit *test)
{
	void *low = (void *)8, *error = ERR_PTR(-ENOMEM);

	EXPECT_TEXT(test, "(efault)|(efault)", "%pa|%pad", low, low);
	EXPECT_TEXT(test, "(null)|(efault)|(efault)", "%pV|%pV|%pV", NULL, low,
		    error);
	EXPECT_TEXT(test, "(efault) (efault)!", "%*ph %*phC!", 4, error, 4,
		    low);
	EXPECT_TEXT(test, "(efault),(null)", "%*pb,%*pbl", 8, low, 8, NULL);
	EXPECT_TEXT(test, "(null)|  (efault)", "%pGp|%10pGg", NULL, low);
}

/* Does a size of 0 print nothing, and a great one stop at the limit? */
static void sizes_of_nothing(struct kunit *test)
{
	static const u8 bytes[80] = { 1 };
	unsigned long map = 5;
	char buf[256];

	EXPECT_TEXT(test, "<>", "<%*ph>", 0, bytes);
	EXPECT_TEXT(test, "<>", "<%*phN>", 0, bytes);
	EXPECT_TEXT(test, "<>", "<%ph>", bytes);
	EXPECT_TEXT(test, "<>", "<%*pb>", 0, &map);
	EXPECT_TEXT(test, "<>", "<%*pbl>", 0, &map);
	/* 64 bytes are printed at most */
	KUNIT_EXPECT_EQ(test, snprintf(buf, sizeof(buf), "%*phN", 80, bytes),
			128);
}

/* Do flags of areas have names too, and an unknown letter none? */
static void other_flags(struct kunit *test)
{
	unsigned long flags = 1UL << 31;
	gfp_t none = 0;

	EXPECT_TEXT(test, "0x80000000", "%pGv", &flags);
	EXPECT_TEXT(test, "", "%pGg", &none);
	KUNIT_EXPECT_EQ(test, snprintf(text, sizeof(text), "%pGx", &flags), 9);
	KUNIT_EXPECT_EQ(test, text[8], 'x');
	snprintf(text, sizeof(text), "%pSR.", vsnprintf);
	KUNIT_EXPECT_TRUE(test, strstarts(text, "vsnprintf+0x0/"));
	KUNIT_EXPECT_NULL(test, strchr(text, 'R'));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(addresses),
	KUNIT_CASE(letters_behind),
	KUNIT_CASE(bus_addresses),
	KUNIT_CASE(errors),
	KUNIT_CASE(symbols),
	KUNIT_CASE(hex_bytes),
	KUNIT_CASE(bitmaps),
	KUNIT_CASE(format_in_format),
	KUNIT_CASE(flag_names),
	KUNIT_CASE(wrong_pointers),
	KUNIT_CASE(sizes_of_nothing),
	KUNIT_CASE(other_flags),
	{}
};

static struct kunit_suite suite = {
	.name = "lib_pointer",
	.test_cases = cases,
};
kunit_test_suite(suite);
