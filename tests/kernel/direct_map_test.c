// SPDX-License-Identifier: MIT
/* The direct map: is exactly the RAM there, with the right rights? */
#include <kunit/test.h>
#include <asm/fixmap.h>
#include <asm/pgtable.h>
#include <asm/processor.h>
#include <asm/sections.h>
#include <asm/tlbflush.h>
#include <linux/mm.h>
#include <linux/pfn.h>
#include <linux/uaccess.h>

static unsigned long entry_of(const void *addr, unsigned int *level)
{
	pte_t *pte = lookup_address((unsigned long)addr, level);

	return pte ? pte_val(*pte) : 0;
}

/* A linker symbol is no array, whatever the compiler thinks of it. */
static char *last_byte(char *end)
{
	OPTIMIZER_HIDE_VAR(end);
	return end - 1;
}

static bool can_write(void *addr)
{
	char byte;

	return !get_kernel_nofault(byte, (char *)addr) &&
	       !copy_to_kernel_nofault(addr, &byte, 1);
}

static bool can_read(const void *addr)
{
	char byte;

	return !get_kernel_nofault(byte, (const char *)addr);
}

/* Does writing to text and read-only data fault, also for the kernel? */
static void image_rights(struct kunit *test)
{
	static int data = 1;
	char *p;

	KUNIT_EXPECT_TRUE(test, read_cr0() & X86_CR0_WP);
	for (p = _text; p < __end_rodata; p += PAGE_SIZE) {
		KUNIT_EXPECT_TRUE(test, can_read(p));
		KUNIT_EXPECT_FALSE(test, can_write(p));
	}
	KUNIT_EXPECT_TRUE(test, can_write(&data));
	KUNIT_EXPECT_TRUE(test, can_write(_sdata));
	KUNIT_EXPECT_TRUE(test, can_write(last_byte(_end)));
}

/* Is nothing at all mapped below PAGE_OFFSET? */
static void no_identity_map(struct kunit *test)
{
	unsigned long i;

	for (i = 0; i < KERNEL_PGD_BOUNDARY; i++)
		KUNIT_EXPECT_EQ(test, pgd_val(swapper_pg_dir[i]), 0);
	KUNIT_EXPECT_FALSE(test, can_read((void *)0x100000));
	KUNIT_EXPECT_EQ(test, __read_cr3() & PAGE_MASK, __pa(swapper_pg_dir));
}

/* Are frame 0 and the last page of the address space never mapped? */
static void ends_are_absent(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, can_read((void *)PAGE_OFFSET));
	KUNIT_EXPECT_FALSE(test, can_read((void *)(PAGE_OFFSET + 0xfff)));
	KUNIT_EXPECT_TRUE(test, can_read((void *)(PAGE_OFFSET + 0x1000)));
	KUNIT_EXPECT_FALSE(test, can_read((void *)FIXADDR_TOP));
	KUNIT_EXPECT_FALSE(test, can_read((void *)~0UL));
}

/* Is every frame of lowmem mapped if it is RAM, and else not? */
static void exactly_ram_is_mapped(struct kunit *test)
{
	unsigned long pfn, wrong = 0;

	for (pfn = 1; pfn < max_low_pfn; pfn++) {
		char *addr = __va(pfn << PAGE_SHIFT);
		bool expected = pfn_valid(pfn) && addr != init_stack_guard;
		unsigned int level;

		if (!lookup_address((unsigned long)addr, &level) == expected) {
			wrong++;
			KUNIT_FAIL(test, "frame %#lx is %smapped", pfn,
				   expected ? "not " : "");
		}
		if (wrong > 8)
			break;
	}
	KUNIT_EXPECT_FALSE(test, can_read(high_memory));
	KUNIT_EXPECT_PTR_EQ(test, high_memory, __va(max_low_pfn << PAGE_SHIFT));
}

/* Does each logical address lead to the frame that __pa() says? */
static void frames_are_where_pa_says(struct kunit *test)
{
	unsigned long pfn;

	for (pfn = 1; pfn < max_low_pfn; pfn += 511) {
		unsigned long addr = (unsigned long)__va(pfn << PAGE_SHIFT);
		unsigned int level;
		pte_t *pte = lookup_address(addr, &level);
		unsigned long frame;

		if (!pte)
			continue;
		frame = pte_pfn(*pte);
		if (level == PG_LEVEL_4M)
			frame += pte_index(addr);
		KUNIT_ASSERT_EQ(test, frame, pfn);
	}
}

/* Are large pages used where the CPU has them, and global ones? */
static void large_and_global(struct kunit *test)
{
	unsigned long pfn =
		round_down(max_low_pfn, PTRS_PER_PTE) - PTRS_PER_PTE;
	void *addr = __va(pfn << PAGE_SHIFT);
	unsigned int level;
	unsigned long entry = entry_of(addr, &level);
	unsigned long global = boot_cpu_has(X86_FEATURE_PGE) ? _PAGE_GLOBAL : 0;

	KUNIT_ASSERT_NE(test, entry, 0);
	KUNIT_EXPECT_EQ(test, level,
			boot_cpu_has(X86_FEATURE_PSE) ? PG_LEVEL_4M :
							PG_LEVEL_4K);
	KUNIT_EXPECT_EQ(test, entry & _PAGE_GLOBAL, global);
	entry = entry_of(_text, &level);
	KUNIT_EXPECT_EQ(test, level, PG_LEVEL_4K);
	KUNIT_EXPECT_EQ(test, entry & _PAGE_GLOBAL, global);
	KUNIT_EXPECT_EQ(test, !!(cr4_or_zero() & X86_CR4_PGE),
			boot_cpu_has(X86_FEATURE_PGE));
}

/* Is no kernel page open to user mode? */
static void nothing_is_for_users(struct kunit *test)
{
	unsigned long i;

	for (i = KERNEL_PGD_BOUNDARY; i < PTRS_PER_PGD; i++)
		KUNIT_EXPECT_FALSE(test,
				   pgd_val(swapper_pg_dir[i]) & _PAGE_USER);
}

/* Was boot-only memory given back, so that its frames are ordinary now? */
static void init_memory_is_free(struct kunit *test)
{
	char *p;

	for (p = __init_begin; p < __init_end; p += PAGE_SIZE) {
		KUNIT_EXPECT_FALSE(test, PageReserved(virt_to_page(p)));
		KUNIT_EXPECT_TRUE(test, virt_addr_valid(p));
	}
	KUNIT_EXPECT_FALSE(test,
			   PageReserved(virt_to_page(__va(__boot_start))));
	KUNIT_EXPECT_TRUE(test, PageReserved(virt_to_page(_text)));
	KUNIT_EXPECT_TRUE(test, PageReserved(virt_to_page(last_byte(_end))));
}

/* Which addresses are logical ones? */
static void virt_addr_valid_answers(struct kunit *test)
{
	static int data;
	int on_stack;

	KUNIT_EXPECT_TRUE(test, virt_addr_valid(&data));
	/* stacks are vmalloc()ed */
	KUNIT_EXPECT_FALSE(test, virt_addr_valid(&on_stack));
	KUNIT_EXPECT_FALSE(test, virt_addr_valid(NULL));
	KUNIT_EXPECT_FALSE(test, virt_addr_valid(PAGE_OFFSET - 1));
	KUNIT_EXPECT_FALSE(test, virt_addr_valid(high_memory));
	KUNIT_EXPECT_FALSE(test, virt_addr_valid(VMALLOC_START));
	KUNIT_EXPECT_FALSE(test, virt_addr_valid(FIXADDR_START));
	/* video memory is no RAM */
	KUNIT_EXPECT_FALSE(test, virt_addr_valid(PAGE_OFFSET + 0xB8000));
}

/* Does a debug build report __pa() of an address that has none? */
static void wrong_pa_is_reported(struct kunit *test)
{
	unsigned long bad[] = { 0, PAGE_OFFSET - 1, VMALLOC_START, PKMAP_BASE,
				FIXADDR_TOP - 1 };
	unsigned int i;

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "debug builds only");
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		const char *text;

		capture_begin();
		(void)__pa(bad[i]);
		text = capture_end();
		KUNIT_EXPECT_TRUE_MSG(test,
				      strstr(text, "not a logical address"),
				      "__pa(%#lx) went unnoticed", bad[i]);
	}
}

/* Is a changed mapping seen at once, after each kind of flush? */
static void flushes_forget(struct kunit *test)
{
	struct tlb_flush_stats before = tlb_flush_stats();

	flush_tlb_one_kernel(PAGE_OFFSET + PAGE_SIZE);
	flush_tlb_kernel_range(PAGE_OFFSET, PAGE_OFFSET + PAGE_SIZE);
	flush_tlb_all();
	KUNIT_EXPECT_EQ(test, tlb_flush_stats().one, before.one + 1);
	KUNIT_EXPECT_EQ(test, tlb_flush_stats().range, before.range + 1);
	KUNIT_EXPECT_EQ(test, tlb_flush_stats().all, before.all + 1);
	KUNIT_EXPECT_EQ(test, !!(cr4_or_zero() & X86_CR4_PGE),
			boot_cpu_has(X86_FEATURE_PGE));
}

static struct kunit_case direct_map_cases[] = {
	KUNIT_CASE(image_rights),
	KUNIT_CASE(no_identity_map),
	KUNIT_CASE(ends_are_absent),
	KUNIT_CASE(exactly_ram_is_mapped),
	KUNIT_CASE(frames_are_where_pa_says),
	KUNIT_CASE(large_and_global),
	KUNIT_CASE(nothing_is_for_users),
	KUNIT_CASE(init_memory_is_free),
	KUNIT_CASE(virt_addr_valid_answers),
	KUNIT_CASE(wrong_pa_is_reported),
	KUNIT_CASE(flushes_forget),
	{}
};

static struct kunit_suite direct_map_suite = {
	.name = "direct_map",
	.test_cases = direct_map_cases,
};
kunit_test_suite(direct_map_suite);
