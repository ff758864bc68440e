// SPDX-License-Identifier: MIT
/*
 * The text of vmallocinfo: has it Linux's lines, and the areas of the moment?
 */
#include <kunit/test.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

/* Does vmallocinfo show each area, by address, with its caller and use? */
static void vmallocinfo_lines(struct kunit *test)
{
	enum { SIZE = 8192 };
	char *text = kunit_kzalloc(test, SIZE, GFP_KERNEL);
	char line[64];
	struct seq_file m;
	void *one = vmalloc(3 * PAGE_SIZE);
	void *two = vmalloc_user(PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, text);
	seq_init_buffer(&m, text, SIZE);
	KUNIT_EXPECT_EQ(test, vmallocinfo_show(&m, NULL), 0);
	snprintf(line, sizeof(line), "0x%08lx-0x%08lx   16384 %s",
		 (unsigned long)one, (unsigned long)one + 16384, __func__);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, line));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, " pages=3 vmalloc\n"));
	snprintf(line, sizeof(line), "0x%08lx-0x%08lx    8192 ",
		 (unsigned long)two, (unsigned long)two + 8192);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, line));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, " pages=1 vmalloc user\n"));
	vfree(one);
	vfree(two);
}

/* Does a freed range have a line of its own until the flush? */
static void vmallocinfo_unpurged(struct kunit *test)
{
	enum { SIZE = 8192 };
	char *text = kunit_kzalloc(test, SIZE, GFP_KERNEL);
	void *p = vmalloc(3 * PAGE_SIZE);
	char line[64];
	struct seq_file m;

	KUNIT_ASSERT_NOT_NULL(test, text);
	KUNIT_ASSERT_NOT_NULL(test, p);
	vm_unmap_aliases();
	vfree(p);
	seq_init_buffer(&m, text, SIZE);
	vmallocinfo_show(&m, NULL);
	snprintf(line, sizeof(line),
		 "0x%08lx-0x%08lx   16384 unpurged vm_area\n", (unsigned long)p,
		 (unsigned long)p + 16384);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, line));
	vm_unmap_aliases();
	seq_init_buffer(&m, text, SIZE);
	vmallocinfo_show(&m, NULL);
	KUNIT_EXPECT_NULL(test, strstr(text, "unpurged"));
}

static const char *show(struct kunit *test)
{
	enum { SIZE = 16384 };
	char *text = kunit_kzalloc(test, SIZE, GFP_KERNEL);
	struct seq_file m;

	KUNIT_ASSERT_NOT_NULL(test, text);
	seq_init_buffer(&m, text, SIZE);
	vmallocinfo_show(&m, NULL);
	return text;
}

/* Are devices shown with where they are, and areas of others' pages? */
static void vmallocinfo_devices_and_pages(struct kunit *test)
{
	void __iomem *device = ioremap(0xfd001000, 100);
	struct page *page = alloc_page(GFP_KERNEL);
	void *ram = vm_map_ram(&page, 1, -1);
	void *map = vmap(&page, 1, VM_MAP, PAGE_KERNEL);
	const char *text = show(test);
	char line[64];

	KUNIT_EXPECT_NOT_NULL(test,
			      strstr(text,
				     " phys=0x00000000fd001000 ioremap\n"));
	snprintf(line, sizeof(line), "0x%08lx-0x%08lx    8192 vm_map_ram\n",
		 (unsigned long)ram, (unsigned long)ram + 8192);
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(text, line), "%s", line);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, " vmap\n"));
	vunmap(map);
	vm_unmap_ram(ram, 1);
	iounmap(device);
	__free_page(page);
}

/* Is it told when the list of an area's pages is itself in the window? */
static void vmallocinfo_long_lists(struct kunit *test)
{
	unsigned long size = (PAGE_SIZE / sizeof(void *) + 1) * PAGE_SIZE;
	void *p = __vmalloc(size, GFP_KERNEL | __GFP_NOWARN | __GFP_HIGHMEM);

	if (!p)
		kunit_skip(test, "4 MiB are more than this machine has");
	KUNIT_EXPECT_NOT_NULL(test, strstr(show(test),
					   " pages=1025 vmalloc vpages\n"));
	vfree(p);
}

static struct kunit_case vmallocinfo_cases[] = {
	KUNIT_CASE(vmallocinfo_lines),
	KUNIT_CASE(vmallocinfo_unpurged),
	KUNIT_CASE(vmallocinfo_devices_and_pages),
	KUNIT_CASE(vmallocinfo_long_lists),
	{}
};

static struct kunit_suite vmallocinfo_suite = {
	.name = "vmallocinfo",
	.test_cases = vmallocinfo_cases,
};

kunit_test_suite(vmallocinfo_suite);
