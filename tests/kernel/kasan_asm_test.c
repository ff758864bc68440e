// SPDX-License-Identifier: MIT
/*
 * KASAN: is an access by assembly reported like any other? The compiler sees
 * none of them; <linux/instrumented.h> tells. In a kernel without KASAN=1 all
 * cases are skipped.
 */
#include <kunit/test.h>
#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "kasan_freed.h"

/* Where answers go that nobody wants: a call for nothing is left out. */
static volatile long result;

/* Is each atomic operation on a freed counter reported? */
static void counters(struct kunit *test)
{
	atomic_t *v = freed_object(test);

	EXPECT_FREED(test, atomic_inc(v));
	EXPECT_FREED(test, atomic_dec(v));
	EXPECT_FREED(test, atomic_add(0, v));
	EXPECT_FREED(test, atomic_sub(0, v));
	EXPECT_FREED(test, atomic_and(-1, v));
	EXPECT_FREED(test, atomic_or(0, v));
	EXPECT_FREED(test, atomic_xor(0, v));
	EXPECT_FREED(test, result = atomic_fetch_add(0, v));
	EXPECT_FREED(test, result = atomic_add_return(0, v));
	EXPECT_FREED(test, result = atomic_sub_return(0, v));
	EXPECT_FREED(test, result = atomic_inc_and_test(v));
	EXPECT_FREED(test, result = atomic_dec_and_test(v));
	EXPECT_FREED(test, result = atomic_sub_and_test(0, v));
	EXPECT_FREED(test, result = atomic_add_negative(0, v));
	EXPECT_FREED(test, result = atomic_fetch_or(0, v));
	EXPECT_FREED(test, result = atomic_inc_not_zero(v));
	EXPECT_FREED(test, result = atomic_read(v));
	EXPECT_FREED(test, atomic_set(v, 0));
	restore(v);
}

/* And of eight bytes, of which the object's end may cut off the half? */
static void wide_counters(struct kunit *test)
{
	char *p = kmalloc(FREED_SIZE - 4, GFP_KERNEL);
	atomic64_t *v = (atomic64_t *)(p + FREED_SIZE - 8);

	KUNIT_ASSERT_NOT_NULL(test, p);
	EXPECT_KASAN_WORDS(test, "slab-out-of-bounds",
			   result = atomic64_read(v), "of size 8 at");
	EXPECT_KASAN(test, "slab-out-of-bounds", atomic64_add(0, v));
	kfree(p);
	v = freed_object(test);
	EXPECT_FREED(test, atomic64_inc(v));
	EXPECT_FREED(test, atomic64_dec(v));
	EXPECT_FREED(test, result = cmpxchg64((u64 *)v, 1, 1));
	restore(v);
}

/* Is an exchange of any width reported, as a write at its caller's place? */
static void exchanges(struct kunit *test)
{
	void *p = freed_object(test);
	u32 old = 0;

	EXPECT_KASAN_WORDS(test, "slab-use-after-free",
			   result = xchg((u32 *)p, 7u), "in exchanges+");
	EXPECT_KASAN_WORDS(test, "slab-use-after-free",
			   result = xchg((u8 *)p + 3, (u8)7),
			   "Write of size 1 at");
	EXPECT_KASAN_WORDS(test, "slab-use-after-free",
			   result = cmpxchg((u32 *)p, 7u, 7u),
			   "Write of size 4 at");
	EXPECT_KASAN_WORDS(test, "slab-use-after-free",
			   result = cmpxchg_local((u16 *)p, (u16)7, (u16)7),
			   "Write of size 2 at");
	EXPECT_FREED(test, result = try_cmpxchg((u32 *)p, &old, 0u));
	restore(p);
}

/* Is each operation on a bit reported, in the word that the bit is in? */
static void bits(struct kunit *test)
{
	unsigned long *map = kzalloc(12, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, map);
	EXPECT_KASAN_WORDS(test, "slab-out-of-bounds",
			   result = test_and_clear_bit(96, map),
			   "located 0 bytes to the right of");
	set_bit(95, map);
	kfree(map);
	map = freed_object(test);
	EXPECT_FREED(test, set_bit(64, map));
	EXPECT_FREED(test, clear_bit(64, map));
	EXPECT_FREED(test, change_bit(64, map));
	EXPECT_FREED(test, result = test_and_set_bit(1, map));
	EXPECT_FREED(test, result = test_and_clear_bit(1, map));
	EXPECT_FREED(test, result = test_and_change_bit(1, map));
	EXPECT_FREED(test, result = __test_and_change_bit(1, map));
	EXPECT_FREED(test, result = __test_and_set_bit(1, map));
	EXPECT_FREED(test, result = __test_and_clear_bit(1, map));
	EXPECT_FREED(test, result = test_bit(1, map));
	restore(map);
}

/* Are a page that is cleared, and both sides of a copy, looked at? */
static void whole_pages(struct kunit *test)
{
	char *p = (char *)__get_free_page(GFP_KERNEL);
	char *q = (char *)__get_free_page(GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_ASSERT_NOT_NULL(test, q);
	copy_page(p, q);
	free_page((unsigned long)p);
	(memcpy)(q, p, PAGE_SIZE);
	EXPECT_KASAN_WORDS(test, "use-after-free", copy_page(p, q),
			   "Write of size 4096 at");
	EXPECT_KASAN_WORDS(test, "use-after-free", copy_page(q, p),
			   "Read of size 4096 at");
	EXPECT_KASAN_WORDS(test, "use-after-free", clear_page(p),
			   "Write of size 4096 at");
	(memcpy)(p, q, PAGE_SIZE);
	free_page((unsigned long)q);
}

/* And what is filled word by word? */
static void wide_fills(struct kunit *test)
{
	u32 *p = freed_object(test);

	EXPECT_KASAN_WORDS(test, "slab-use-after-free",
			   memset32(p, 1, HIDDEN(10)), "Write of size 40 at");
	EXPECT_KASAN_WORDS(test, "slab-use-after-free",
			   memset16((u16 *)p, 1, HIDDEN(21)),
			   "Write of size 42 at");
	restore(p);
}

/*
 * Of a copy that may fault, is the caller's own side looked at, and the other
 * only if it was written to?
 */
static void copies_that_may_fault(struct kunit *test)
{
	char *p = freed_object(test), buf[16];

	KUNIT_EXPECT_EQ(test, copy_from_kernel_nofault(buf, p, 4), 0);
	EXPECT_KASAN_WORDS(test, "slab-use-after-free",
			   result = copy_from_kernel_nofault(p, buf, 4),
			   "Write of size 4 at");
	EXPECT_KASAN_WORDS(test, "slab-use-after-free",
			   result = copy_to_kernel_nofault(buf + 8, p, 4),
			   "Read of size 4 at");
	EXPECT_KASAN_WORDS(test, "slab-use-after-free",
			   result = copy_to_kernel_nofault(p, buf, 4),
			   "Write of size 4 at");
	EXPECT_FREED(test, result = strncpy_from_kernel_nofault(p, buf, 1));
	restore(p);
	KUNIT_EXPECT_EQ(test, copy_to_kernel_nofault(high_memory, buf, 1),
			-EFAULT);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(counters),
	KUNIT_CASE(wide_counters),
	KUNIT_CASE(exchanges),
	KUNIT_CASE(bits),
	KUNIT_CASE(whole_pages),
	KUNIT_CASE(wide_fills),
	KUNIT_CASE(copies_that_may_fault),
	{}
};

static struct kunit_suite suite = {
	.name = "kasan_asm",
	.init = needs_kasan,
	.test_cases = cases,
};
kunit_test_suite(suite);
