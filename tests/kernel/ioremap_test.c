// SPDX-License-Identifier: MIT
/*
 * ioremap and early_ioremap: what is refused, what stands in the entries, and
 * devices that are there on every PC.
 */
#include "fail_nth.h"
#include "kasan_skip.h"
#include "windows_test.h"

#include <asm/cpufeature.h>
#include <asm/fixmap.h>
#include <linux/io.h>
#include <linux/pfn.h>
#include <linux/smp.h>
#include <linux/vmalloc.h>

#include "../../mm/vmap.h"
#include "kasan_skip.h"

#define VGA_TEXT	0xb8000		/* 32 KiB of character cells */
#define LOCAL_APIC	0xfee00000
#define APIC_VERSION	0x30		/* [SDM3 11.4.8] */
#define FAR_DEVICE	0xfd000000	/* no RAM below 4 GiB lies there */

static unsigned long pte_of(const volatile void *addr)
{
	unsigned int level;
	pte_t *ptep = lookup_address((unsigned long)addr, &level);

	return ptep ? pte_val(*ptep) : 0;
}

struct mode {
	const char *name;
	void __iomem *(*map)(phys_addr_t phys, unsigned long size);
	unsigned long (*bits)(void);
};

static unsigned long bits_uc(void)
{
	return _PAGE_CACHE_UC;
}

static unsigned long bits_wb(void)
{
	return _PAGE_CACHE_WB;
}

/* Write-combining needs a PAT; without one it is uncached. */
static unsigned long bits_wc(void)
{
	return boot_cpu_has(X86_FEATURE_PAT) ? _PAGE_CACHE_WC : _PAGE_CACHE_UC;
}

static const struct mode modes[] = {
	{ "ioremap", ioremap, bits_uc },
	{ "ioremap_uc", ioremap_uc, bits_uc },
	{ "ioremap_wc", ioremap_wc, bits_wc },
	{ "ioremap_wt", ioremap_wt, bits_uc },
	{ "ioremap_cache", ioremap_cache, bits_wb },
};

KUNIT_ARRAY_PARAM_DESC(mode, modes, name);

/* Is every entry of the area for the right frame, in the right mode? */
static void ioremap_entries(struct kunit *test)
{
	const struct mode *mode = test->param_value;
	char __iomem *addr = mode->map(FAR_DEVICE, 3 * PAGE_SIZE);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, addr);
	for (i = 0; i < 3; i++) {
		unsigned long pte = pte_of(addr + i * PAGE_SIZE);

		KUNIT_EXPECT_EQ(test, pte & PAGE_MASK,
				FAR_DEVICE + i * PAGE_SIZE);
		KUNIT_EXPECT_EQ(test, pte & _PAGE_CACHE_MASK, mode->bits());
		KUNIT_EXPECT_TRUE(test, pte & _PAGE_PRESENT);
	}
	KUNIT_EXPECT_FALSE(test, pte_of(addr + 3 * PAGE_SIZE) & _PAGE_PRESENT);
	iounmap(addr);
	KUNIT_EXPECT_FALSE(test, pte_of(addr) & _PAGE_PRESENT);
}

/*
 * Any address and size: are the whole pages around mapped, and the address
 * returned the byte asked for?
 */
static void ioremap_unaligned(struct kunit *test)
{
	char __iomem *addr = ioremap(FAR_DEVICE + 0xffe, 4);
	struct vm_struct *vm;

	KUNIT_ASSERT_NOT_NULL(test, addr);
	KUNIT_EXPECT_EQ(test, offset_in_page(addr), 0xffeUL);
	vm = find_vm_area((void *)((unsigned long)addr & PAGE_MASK));
	KUNIT_ASSERT_NOT_NULL(test, vm);
	KUNIT_EXPECT_EQ(test, get_vm_area_size(vm), 2 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, vm->phys_addr, (phys_addr_t)FAR_DEVICE);
	KUNIT_EXPECT_TRUE(test, vm->flags & VM_IOREMAP);
	KUNIT_EXPECT_NULL(test, vm->pages);
	KUNIT_EXPECT_NULL(test, vmalloc_to_page(addr));
	KUNIT_EXPECT_EQ(test, vmalloc_to_pfn(addr), PFN_DOWN(FAR_DEVICE));
	iounmap(addr);
}

/* A range that may not be mapped, and the word that says why. */
struct refusal {
	const char *name;
	phys_addr_t phys;
	unsigned long size;
	const char *word;
};

static const struct refusal refusals[] = {
	{ "nothing", FAR_DEVICE, 0, "empty or wraps" },
	{ "wrapping", ~(phys_addr_t)0, 2, "empty or wraps" },
	{ "above 4 GiB", 1ULL << 32, 4096, "above 4 GiB" },
	{ "across 4 GiB", 0xfffff000, 8192, "above 4 GiB" },
	{ "RAM", 0x200000, 4096, "contains RAM" },
	{ "VGA and RAM", 0xff000, 8192, "contains RAM" },
};

KUNIT_ARRAY_PARAM_DESC(refusal, refusals, name);

/* Is it refused, for the reason that is true, with nothing left behind? */
static void ioremap_refuses(struct kunit *test)
{
	const struct refusal *r = test->param_value;
	unsigned long areas = vm_area_count();
	void __iomem *addr;
	const char *text;

	capture_begin();
	addr = ioremap(r->phys, r->size);
	text = capture_end();
	KUNIT_EXPECT_NULL(test, addr);
	KUNIT_EXPECT_TRUE(test, text_has(text, r->word));
	KUNIT_EXPECT_EQ(test, vm_area_count(), areas);
}

/* Is the last page below 4 GiB still within reach? */
static void ioremap_last_page(struct kunit *test)
{
	void __iomem *addr = ioremap(0xfffff000, PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, addr);
	KUNIT_EXPECT_EQ(test, pte_of(addr) & PAGE_MASK, 0xfffff000UL);
	iounmap(addr);
}

/* Is an address that ioremap did not give reported, and left alone? */
static void iounmap_of_wrong_addresses(struct kunit *test)
{
	void *area = vmalloc(PAGE_SIZE);
	const char *text;

	capture_begin();
	iounmap(area);
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "was not returned by ioremap"));
	KUNIT_EXPECT_FALSE(test, read_faults(area));
	vfree(area);
	iounmap(NULL);
}

/* Does memremap give lowmem its logical address, and devices a new one? */
static void memremap_kinds(struct kunit *test)
{
	unsigned long page = __get_free_page(GFP_KERNEL);
	void *addr;

	KUNIT_ASSERT_NE(test, page, 0UL);
	addr = memremap(__pa(page) + 8, 16, MEMREMAP_WB);
	KUNIT_EXPECT_PTR_EQ(test, addr, (void *)(page + 8));
	memunmap(addr);
	free_page(page);
	addr = memremap(FAR_DEVICE, PAGE_SIZE, MEMREMAP_WB);
	KUNIT_ASSERT_NOT_NULL(test, addr);
	KUNIT_EXPECT_EQ(test, pte_of(addr) & _PAGE_CACHE_MASK, _PAGE_CACHE_WB);
	memunmap(addr);
	KUNIT_EXPECT_FALSE(test, pte_of(addr) & _PAGE_PRESENT);
}

/* Is a range that begins and ends in lowmem refused for a hole within it? */
static void memremap_hole(struct kunit *test)
{
	unsigned long first = 1, next;
	const char *text;

	while (first < max_low_pfn &&
	       !(pfn_valid(first) && !pfn_valid(first + 1)))
		first++;
	for (next = first + 1; next < max_low_pfn && !pfn_valid(next);)
		next++;
	if (next >= max_low_pfn)
		kunit_skip(test, "lowmem has no hole");
	capture_begin();
	KUNIT_EXPECT_NULL(test,
			  memremap(PFN_PHYS(first), PFN_PHYS(next + 1 - first),
				   MEMREMAP_WB));
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "contains RAM"));
}

/* Do memremap's other flags choose the mode, also over what is lowmem? */
static void memremap_modes(struct kunit *test)
{
	void *wc = memremap(FAR_DEVICE, PAGE_SIZE, MEMREMAP_WC);
	void *wt = memremap(FAR_DEVICE, PAGE_SIZE, MEMREMAP_WT);
	const char *text;

	KUNIT_ASSERT_NOT_NULL(test, wc);
	KUNIT_ASSERT_NOT_NULL(test, wt);
	KUNIT_EXPECT_EQ(test, pte_of(wc) & _PAGE_CACHE_MASK, bits_wc());
	KUNIT_EXPECT_EQ(test, pte_of(wt) & _PAGE_CACHE_MASK, bits_uc());
	memunmap(wc);
	memunmap(wt);
	/* one mode for all aliases: RAM is refused any but the direct map's */
	capture_begin();
	KUNIT_EXPECT_NULL(test, memremap(0x200000, PAGE_SIZE, MEMREMAP_WC));
	/* neither nothing nor what wraps is lowmem */
	KUNIT_EXPECT_NULL(test, memremap(0x200000, 0, MEMREMAP_WB));
	KUNIT_EXPECT_NULL(test, memremap(0x200000, -1UL, MEMREMAP_WB));
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "contains RAM"));
	KUNIT_EXPECT_TRUE(test, text_has(text, "empty or wraps"));
}

/* Does ioremap_prot() take the cache mode of the bits, and nothing else? */
static void ioremap_prot_bits(struct kunit *test)
{
	void __iomem *addr;
	unsigned long pte;

	addr = ioremap_prot(FAR_DEVICE, PAGE_SIZE, _PAGE_CACHE_UC | _PAGE_USER);
	KUNIT_ASSERT_NOT_NULL(test, addr);
	pte = pte_of(addr);
	KUNIT_EXPECT_EQ(test, pte & _PAGE_CACHE_MASK, _PAGE_CACHE_UC);
	KUNIT_EXPECT_TRUE(test, pte & _PAGE_RW);
	KUNIT_EXPECT_FALSE(test, pte & _PAGE_USER);
	iounmap(addr);
}

/*
 * When one of the allocations behind a mapping fails, is nothing left of it?
 * 24 MiB: the first time, page tables are among them.
 */
static void ioremap_without_memory(struct kunit *test)
{
	skip_with_kasan(test, "takes more pages, which may fail");

	unsigned long areas = vm_area_count();
	void __iomem *addr = NULL;
	unsigned int nth;

	skip_with_kasan(test, "the window is smaller");
	fail_nth_begin(test);
	for (nth = 1; !addr && nth < 20; nth++) {
		fault_nth_set(nth);
		addr = ioremap(FAR_DEVICE, 24 << 20);
		fault_nth_set(0);
		KUNIT_EXPECT_EQ(test, vm_area_count(), areas + !!addr);
	}
	fail_nth_end(test);
	KUNIT_EXPECT_GT(test, nth, 2U);
	KUNIT_ASSERT_NOT_NULL(test, addr);
	KUNIT_EXPECT_EQ(test,
			pte_of((char __iomem *)addr + (23 << 20)) & PAGE_MASK,
			FAR_DEVICE + (23UL << 20));
	iounmap(addr);
}

/* Does the screen's memory keep what is written to it through a window? */
static void ioremap_of_vga(struct kunit *test)
{
	/* The last cell of the last of eight screens: nobody sees it. */
	u8 __iomem *screen = ioremap_wc(VGA_TEXT, 32768);
	u16 old;

	KUNIT_ASSERT_NOT_NULL(test, screen);
	old = readw(screen + 32766);
	writew(0x1f51, screen + 32766);
	if (readw(screen + 32766) == 0x1f51) {
		KUNIT_EXPECT_EQ(test, readb(screen + 32766), 0x51);
		writeb(0x52, screen + 32766);
		KUNIT_EXPECT_EQ(test, readw(screen + 32766), 0x1f52);
		writew(old, screen + 32766);
	} else {
		kunit_mark_skipped(test, "there is no VGA text memory");
	}
	iounmap(screen);
}

/* Does the local APIC answer, uncached, with a version that exists? */
static void ioremap_of_local_apic(struct kunit *test)
{
	u8 __iomem *apic;
	u32 version;

	if (!boot_cpu_has(X86_FEATURE_APIC))
		kunit_skip(test, "this CPU has no local APIC");
	apic = ioremap(LOCAL_APIC, PAGE_SIZE);
	KUNIT_ASSERT_NOT_NULL(test, apic);
	version = readl(apic + APIC_VERSION);
	/* 0xffffffff where nobody answers; else version, last LVT entry. */
	if (version != ~0U) {
		KUNIT_EXPECT_GE(test, version & 0xff, 0x10U);
		KUNIT_EXPECT_GE(test, (version >> 16) & 0xff, 2U);
	}
	iounmap(apic);
}

static struct kunit_case ioremap_cases[] = {
	KUNIT_CASE_PARAM(ioremap_entries, mode_gen_params),
	KUNIT_CASE(ioremap_unaligned),
	KUNIT_CASE_PARAM(ioremap_refuses, refusal_gen_params),
	KUNIT_CASE(ioremap_last_page),
	KUNIT_CASE(iounmap_of_wrong_addresses),
	KUNIT_CASE(memremap_kinds),
	KUNIT_CASE(memremap_hole),
	KUNIT_CASE(memremap_modes),
	KUNIT_CASE(ioremap_prot_bits),
	KUNIT_CASE(ioremap_without_memory),
	KUNIT_CASE(ioremap_of_vga),
	KUNIT_CASE(ioremap_of_local_apic),
	{}
};

static struct kunit_suite ioremap_suite = {
	.name = "ioremap",
	.test_cases = ioremap_cases,
};

/* Does an early mapping show the frame, and go away entirely? */
static void early_ioremap_maps(struct kunit *test)
{
	u32 *page = (u32 *)__get_free_page(GFP_KERNEL);
	u32 *addr;

	KUNIT_ASSERT_NOT_NULL(test, page);
	page[0x10] = 77;
	addr = early_memremap(__pa(page) + 0x40, 8);
	KUNIT_ASSERT_NOT_NULL(test, addr);
	KUNIT_EXPECT_EQ(test, *addr, 77U);
	KUNIT_EXPECT_GE(test, (unsigned long)addr, FIXADDR_START);
	KUNIT_EXPECT_EQ(test, early_ioremap_in_use(), 1U);
	early_memunmap(addr, 8);
	KUNIT_EXPECT_TRUE(test, read_faults(addr));
	KUNIT_EXPECT_EQ(test, early_ioremap_in_use(), 0U);
	free_page((unsigned long)page);
}

/* Are all slots usable at once, each over its full length, and distinct? */
static void early_ioremap_slots(struct kunit *test)
{
	enum { SIZE = NR_FIX_BTMAPS * 4096 };
	u8 __iomem *addr[FIX_BTMAPS_SLOTS];
	const char *text;
	unsigned int i, k;

	for (i = 0; i < FIX_BTMAPS_SLOTS; i++) {
		addr[i] = early_ioremap(FAR_DEVICE + i * SIZE, SIZE);
		KUNIT_ASSERT_NOT_NULL(test, addr[i]);
	}
	for (i = 0; i < FIX_BTMAPS_SLOTS; i++) {
		for (k = 0; k < NR_FIX_BTMAPS; k++) {
			unsigned long pte = pte_of(addr[i] + k * PAGE_SIZE);

			KUNIT_EXPECT_EQ(test, pte & PAGE_MASK,
					FAR_DEVICE + i * SIZE + k * PAGE_SIZE);
			KUNIT_EXPECT_EQ(test, pte & _PAGE_CACHE_MASK,
					_PAGE_CACHE_UC);
		}
	}
	capture_begin();
	KUNIT_EXPECT_NULL(test, early_ioremap(FAR_DEVICE, 1));
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "slots are open"));
	for (i = 0; i < FIX_BTMAPS_SLOTS; i++)
		early_iounmap(addr[i], SIZE);
	KUNIT_EXPECT_EQ(test, early_ioremap_in_use(), 0U);
}

static atomic_t nr_read;

static void try_to_read(void *addr)
{
	u32 value;

	if (!copy_from_kernel_nofault(&value, addr, sizeof(value)))
		atomic_inc(&nr_read);
}

/* Does no CPU know of a mapping any more that was taken away? */
static void early_ioremap_is_forgotten(struct kunit *test)
{
	u32 *page = (u32 *)__get_free_page(GFP_KERNEL);
	void *addr;

	KUNIT_ASSERT_NOT_NULL(test, page);
	addr = early_memremap(__pa(page), 8);
	KUNIT_ASSERT_NOT_NULL(test, addr);
	atomic_set(&nr_read, 0);
	on_each_cpu(try_to_read, addr, 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&nr_read), (int)num_online_cpus());
	early_memunmap(addr, 8);
	atomic_set(&nr_read, 0);
	on_each_cpu(try_to_read, addr, 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&nr_read), 0);
	free_page((unsigned long)page);
}

/* Can the last page below 4 GiB be mapped, to its last byte? */
static void early_ioremap_to_the_end(struct kunit *test)
{
	void __iomem *addr = early_ioremap(0xfffff000, PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, addr);
	KUNIT_EXPECT_EQ(test, pte_of(addr) & PAGE_MASK, 0xfffff000ul);
	early_iounmap(addr, PAGE_SIZE);
}

/* Are ranges that fit no slot, and wrong unmaps, reported? */
static void early_ioremap_misuse(struct kunit *test)
{
	void __iomem *addr;
	const char *text;

	capture_begin();
	KUNIT_EXPECT_NULL(test, early_ioremap(FAR_DEVICE, 0));
	KUNIT_EXPECT_NULL(test, early_ioremap(FAR_DEVICE + 1,
					      NR_FIX_BTMAPS * PAGE_SIZE));
	KUNIT_EXPECT_NULL(test, early_ioremap(1ULL << 32, 1));
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "do not fit a slot"));

	addr = early_ioremap(FAR_DEVICE, 100);
	capture_begin();
	early_iounmap(addr, 200);
	early_iounmap(addr, 100);
	text = capture_end();
	KUNIT_EXPECT_TRUE(test, text_has(text, "has 100 bytes, not 200"));
	KUNIT_EXPECT_TRUE(test, text_has(text, "is in no open slot"));
	KUNIT_EXPECT_EQ(test, early_ioremap_in_use(), 0U);
}

static struct kunit_case early_ioremap_cases[] = {
	KUNIT_CASE(early_ioremap_maps),
	KUNIT_CASE(early_ioremap_slots),
	KUNIT_CASE(early_ioremap_is_forgotten),
	KUNIT_CASE(early_ioremap_to_the_end),
	KUNIT_CASE(early_ioremap_misuse),
	{}
};

static struct kunit_suite early_ioremap_suite = {
	.name = "early_ioremap",
	.test_cases = early_ioremap_cases,
};

kunit_test_suites(&ioremap_suite, &early_ioremap_suite);
