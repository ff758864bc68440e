// SPDX-License-Identifier: MIT
/*
 * KASAN: is each access of memory that is not the code's own reported? Pages,
 * the vmalloc window, stacks, static variables, strings of memory.
 */
#include <kunit/test.h>
#include <asm/setjmp.h>
#include <linux/gfp.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <linux/vmstat.h>

#include "../../mm/vmap.h"
#include "kasan_expect.h"

/* --- kasan_pages --- */

/* Is a page that was freed nobody's, all of its block? */
static void freed_page(struct kunit *test)
{
	char *p = (char *)__get_free_pages(GFP_KERNEL, 2);

	KUNIT_ASSERT_NOT_NULL(test, p);
	TOUCH(p, 4 * PAGE_SIZE - 1);
	free_pages((unsigned long)p, 2);
	EXPECT_KASAN_WORDS(test, "use-after-free", TOUCH(p, 0),
			   "page last freed by");
	EXPECT_KASAN(test, "use-after-free", LOOK(p, 4 * PAGE_SIZE - 1));
}

/* Is an address with no memory behind it told before it faults? */
static void no_memory(struct kunit *test)
{
	char *p = high_memory;

	EXPECT_KASAN(test, "vmalloc-out-of-bounds", memset(p, 0, HIDDEN(1)));
	EXPECT_KASAN(test, "null-ptr-deref",
		     memset((void *)HIDDEN(0), 0, HIDDEN(4)));
	p = (char *)0x12345678;
	EXPECT_KASAN(test, "user-memory-access", memcpy(&p, p, HIDDEN(4)));
}

/* --- kasan_vmalloc --- */

/* Are an area's end, its guard page and its use after vfree() reported? */
static void vmalloc_area(struct kunit *test)
{
	char *p = vmalloc(PAGE_SIZE + 100);

	KUNIT_ASSERT_NOT_NULL(test, p);
	TOUCH(p, PAGE_SIZE + 99);
	EXPECT_KASAN_WORDS(test, "vmalloc-out-of-bounds",
			   TOUCH(p, PAGE_SIZE + 100), "vmalloc_area+");
	EXPECT_KASAN_WORDS(test, "vmalloc-out-of-bounds",
			   LOOK(p, PAGE_SIZE + 100), "page last allocated by");
	EXPECT_KASAN(test, "vmalloc-out-of-bounds", LOOK(p, 2 * PAGE_SIZE - 1));
	EXPECT_KASAN(test, "vmalloc-out-of-bounds",
		     memset(p, 0, HIDDEN(2 * PAGE_SIZE + 1)));
	vfree(p);
	EXPECT_KASAN(test, "vmalloc-out-of-bounds", memset(p, 0, HIDDEN(1)));
	vm_unmap_aliases();
	EXPECT_KASAN(test, "vmalloc-out-of-bounds", memset(p, 0, HIDDEN(1)));
}

/* Is there a report even while somebody changes the areas? */
static void areas_are_locked(struct kunit *test)
{
	char *p = vmalloc(100);

	KUNIT_ASSERT_NOT_NULL(test, p);
	vmap_areas_lock();
	EXPECT_KASAN_WORDS(test, "vmalloc-out-of-bounds", LOOK(p, 100),
			   "are being changed");
	vmap_areas_unlock();
	EXPECT_KASAN_WORDS(test, "vmalloc-out-of-bounds", LOOK(p, 100),
			   "created by");
	vfree(p);
}

/* May all of a mapping of pages be used, and nothing of it after vunmap()? */
static void vmap_area(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);
	char *p;

	KUNIT_ASSERT_NOT_NULL(test, page);
	p = vmap(&page, 1, VM_MAP, PAGE_KERNEL);
	KUNIT_EXPECT_NOT_NULL(test, p);
	memset(p, 0, PAGE_SIZE);
	EXPECT_KASAN(test, "vmalloc-out-of-bounds",
		     memset(p, 0, HIDDEN(PAGE_SIZE + 1)));
	vunmap(p);
	EXPECT_KASAN(test, "vmalloc-out-of-bounds", memset(p, 0, HIDDEN(1)));
	__free_page(page);
}

/* Does shadow come and go with areas, so that none is left in the end? */
static void vmalloc_shadow(struct kunit *test)
{
	unsigned long before, after;
	unsigned int i, round;
	void *p[20];

	vm_unmap_aliases();
	before = global_zone_page_state(NR_PAGETABLE);
	for (round = 0; round < 3; round++) {
		for (i = 0; i < ARRAY_SIZE(p); i++) {
			size_t size = (i * 37 % 19 + 1) * PAGE_SIZE / 2 + i;

			p[i] = vmalloc(size);
			KUNIT_ASSERT_NOT_NULL(test, p[i]);
			memset(p[i], 0, size);
		}
		for (i = 0; i < ARRAY_SIZE(p); i++)
			vfree(p[(i * 7 + round) % ARRAY_SIZE(p)]);
		vm_unmap_aliases();
	}
	/* a page table of the window itself stays, if one was made */
	after = global_zone_page_state(NR_PAGETABLE);
	KUNIT_EXPECT_LE(test, after, before + 1);
}

/* --- kasan_stack --- */

/* Is an access beside a local variable reported, with the variable's name? */
static void local_array(struct kunit *test)
{
	volatile char array[10];
	const char *text;

	array[9] = 1;
	text = EXPECT_KASAN(test, "stack-out-of-bounds",
			    TOUCH(array, HIDDEN(10)));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "local_array+"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "'array'"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "belongs to the stack of"));
	EXPECT_KASAN(test, "stack-out-of-bounds", LOOK(array, HIDDEN(-1)));
}

static void look_beside_local(struct tasklet_struct *tasklet)
{
	volatile char handlers_array[10];

	handlers_array[0] = 1;
	LOOK(handlers_array, HIDDEN(10));
}

/* And of a handler, which has a stack of its own? */
static void local_of_a_handler(struct kunit *test)
{
	struct tasklet_struct tasklet;
	const char *text;

	tasklet_setup(&tasklet, look_beside_local);
	capture_begin();
	tasklet_schedule(&tasklet);
	tasklet_kill(&tasklet);
	text = capture_end();
	KUNIT_EXPECT_NOT_NULL(test,
			      strstr(text, "stack-out-of-bounds in look"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "'handlers_array'"));
}

/* And beside one whose length was not known? */
static void variable_array(struct kunit *test)
{
	size_t size = HIDDEN(13);
	volatile char array[size];

	array[size - 1] = 1;
	EXPECT_KASAN(test, "alloca-out-of-bounds", TOUCH(array, size));
	EXPECT_KASAN(test, "alloca-out-of-bounds", LOOK(array, HIDDEN(-1)));
}

/* The compiler must not know whose address it is, or it would warn. */
static noinline volatile char *address_of(volatile char *p)
{
	OPTIMIZER_HIDE_VAR(p);
	return p;
}

/* Is a variable reported whose block has ended, a small one and a large? */
static void left_block(struct kunit *test)
{
	volatile char *p, *q;
	const char *text;

	{
		volatile char small[16], large[300];

		p = address_of(small);
		q = address_of(large);
		small[15] = large[299] = 1;
	}
	text = EXPECT_KASAN(test, "use-after-scope", TOUCH(p, 15));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "'small'"));
	EXPECT_KASAN(test, "use-after-scope", LOOK(q, 0));
	EXPECT_KASAN(test, "use-after-scope", LOOK(q, 299));
}

/* May it be used again when its block begins anew? */
static void block_again(struct kunit *test)
{
	volatile char *p = NULL;
	int i, sum = 0;

	for (i = 0; i < 3; i++) {
		volatile char array[20];

		p = address_of(array);
		p[i] = 1;
		sum += array[i];
	}
	KUNIT_EXPECT_EQ(test, sum, 3);
	EXPECT_KASAN(test, "use-after-scope", LOOK(p, 2));
}

static jmp_buf escape;

static noinline void leave_with_locals(unsigned int depth)
{
	volatile char array[40];

	array[depth] = 1;
	if (depth)
		leave_with_locals(depth - 1);
	else if (array[0])
		longjmp(escape, 1);
}

static noinline unsigned int sum_of_locals(void)
{
	volatile char plain[700];
	unsigned int i, sum = 0;

	for (i = 0; i < ARRAY_SIZE(plain); i++)
		plain[i] = 1;
	for (i = 0; i < ARRAY_SIZE(plain); i++)
		sum += plain[i];
	return sum;
}

/* Is who uses the stack next not accused for frames left by a jump? */
static void left_by_a_jump(struct kunit *test)
{
	if (!setjmp(escape))
		leave_with_locals(8);
	KUNIT_EXPECT_EQ(test, sum_of_locals(), 700);
}

/* --- kasan_globals --- */

static char static_array[10];
char kasan_test_array[3];
static const char text_constant[] = "0123456789abc";

/* Is an access beside a static variable reported, with its name and file? */
static void static_variable(struct kunit *test)
{
	TOUCH(static_array, 9);
	EXPECT_KASAN_WORDS(test, "global-out-of-bounds",
			   TOUCH(static_array, HIDDEN(10)),
			   "variable static_array of tests/kernel/kasan_memory");
	EXPECT_KASAN_WORDS(test, "global-out-of-bounds",
			   LOOK(kasan_test_array, HIDDEN(3)),
			   "located 0 bytes to the right of\n 3-byte region");
	EXPECT_KASAN_WORDS(test, "global-out-of-bounds",
			   LOOK(text_constant, HIDDEN(sizeof(text_constant))),
			   "variable text_constant");
	EXPECT_KASAN(test, "global-out-of-bounds", LOOK("a text", HIDDEN(7)));
}

/* --- kasan_strings --- */

/* Where answers go that nobody wants: a call for nothing is left out. */
static volatile long result;

/* Is a range looked at as a whole, from both ends and in the middle? */
static void ranges(struct kunit *test)
{
	char *p = kmalloc(100, GFP_KERNEL), *q = kmalloc(200, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_ASSERT_NOT_NULL(test, q);
	EXPECT_KASAN_WORDS(test, "slab-out-of-bounds",
			   memset(p, 0, HIDDEN(101)), "Write of size 101 at");
	EXPECT_KASAN(test, "slab-out-of-bounds", memset(p + 98, 0, HIDDEN(4)));
	EXPECT_KASAN(test, "slab-out-of-bounds", memset(p - 1, 0, HIDDEN(4)));
	EXPECT_KASAN_WORDS(test, "slab-out-of-bounds",
			   memcpy(q, p, HIDDEN(101)), "Read of size 101 at");
	EXPECT_KASAN_WORDS(test, "slab-out-of-bounds",
			   memcpy(p, q, HIDDEN(101)), "Write of size 101 at");
	EXPECT_KASAN(test, "slab-out-of-bounds",
		     memmove(p + 1, p, HIDDEN(100)));
	EXPECT_KASAN(test, "out-of-bounds", memmove(p, p + 4, HIDDEN(-2)));
	/* nothing is done where a range is wrong */
	memset(p, 7, 100);
	EXPECT_KASAN(test, "slab-out-of-bounds", memset(p, 0, HIDDEN(101)));
	KUNIT_EXPECT_EQ(test, p[0], 7);
	memset(p, 0, HIDDEN(100));
	memmove(p + 1, p, HIDDEN(99));
	memcpy(q, p, HIDDEN(0));
	kfree(q);
	kfree(p);
}

/* Do the functions on texts report where they run beyond an object? */
static void texts(struct kunit *test)
{
	char *p = kmalloc(24, GFP_KERNEL), to[32];

	KUNIT_ASSERT_NOT_NULL(test, p);
	memset(p, 'x', 24);
	EXPECT_KASAN(test, "slab-out-of-bounds", result = strlen(p));
	EXPECT_KASAN(test, "slab-out-of-bounds", strscpy(to, p, 32));
	EXPECT_KASAN(test, "slab-out-of-bounds", result = strnlen(p, 30));
	EXPECT_KASAN(test, "slab-out-of-bounds",
		     result = (long)memchr(p, 'y', 25));
	EXPECT_KASAN(test, "slab-out-of-bounds",
		     result = memcmp(p, "xxxxxxxxxxxxxxxxxxxxxxxxx", 25));
	kfree(p);
	EXPECT_KASAN(test, "slab-use-after-free", result = strcmp(p, ""));
	EXPECT_KASAN(test, "slab-use-after-free",
		     result = (long)strchr(p, 'y'));
}

static struct kunit_case pages_cases[] = {
	KUNIT_CASE(freed_page),
	KUNIT_CASE(no_memory),
	{}
};

static struct kunit_case vmalloc_cases[] = {
	KUNIT_CASE(vmalloc_area),
	KUNIT_CASE(areas_are_locked),
	KUNIT_CASE(vmap_area),
	KUNIT_CASE(vmalloc_shadow),
	{}
};

static struct kunit_case stack_cases[] = {
	KUNIT_CASE(local_array),
	KUNIT_CASE(local_of_a_handler),
	KUNIT_CASE(variable_array),
	KUNIT_CASE(left_block),
	KUNIT_CASE(block_again),
	KUNIT_CASE(left_by_a_jump),
	{}
};

static struct kunit_case globals_cases[] = {
	KUNIT_CASE(static_variable),
	{}
};

static struct kunit_case strings_cases[] = {
	KUNIT_CASE(ranges),
	KUNIT_CASE(texts),
	{}
};

static struct kunit_suite pages_suite = {
	.name = "kasan_pages",
	.init = needs_kasan,
	.test_cases = pages_cases,
};

static struct kunit_suite vmalloc_suite = {
	.name = "kasan_vmalloc",
	.init = needs_kasan,
	.test_cases = vmalloc_cases,
};

static struct kunit_suite stack_suite = {
	.name = "kasan_stack",
	.init = needs_kasan,
	.test_cases = stack_cases,
};

static struct kunit_suite globals_suite = {
	.name = "kasan_globals",
	.init = needs_kasan,
	.test_cases = globals_cases,
};

static struct kunit_suite strings_suite = {
	.name = "kasan_strings",
	.init = needs_kasan,
	.test_cases = strings_cases,
};

kunit_test_suites(&pages_suite, &vmalloc_suite, &stack_suite, &globals_suite,
		  &strings_suite);
