// SPDX-License-Identifier: MIT
/*
 * Stale mappings: does any CPU still reach the old frame through an address
 * that means another one by now?
 *
 *	all CPUs  read *addr     addr -> frame A    A is in each one's TLB
 *	this CPU  unmap, flush, map
 *	all CPUs  read *addr     addr -> frame B    A, if one was forgotten
 *
 * The reading is done by an interrupt on every CPU, which leaves the TLB as it
 * was, and in between nothing else runs there that could evict the entry.
 */
#include "windows_test.h"

#include "test_workers.h"

#include <linux/io.h>
#include <linux/jiffies.h>
#include <linux/smp.h>
#include <linux/vmalloc.h>

#include "../../mm/kmap.h"

#define ROUNDS 200

/* What all CPUs look at, and what they should see. */
struct look {
	const volatile u32 *addr;
	u32 expected;
	atomic_t wrong;
	atomic_t looked;
};

static void look_here(void *info)
{
	struct look *look = info;

	if (*look->addr != look->expected)
		atomic_inc(&look->wrong);
	atomic_inc(&look->looked);
}

/* Every CPU reads a word. How many saw another one than expected. */
static int look_everywhere(const volatile void *addr, u32 expected)
{
	struct look look = { .addr = addr, .expected = expected };

	on_each_cpu(look_here, &look, 1);
	if (atomic_read(&look.looked) != num_online_cpus())
		return num_online_cpus();
	return atomic_read(&look.wrong);
}

static struct page *two_pages[2];

static u32 stamp_of(unsigned int i)
{
	return 0x57a1e000 | i;
}

static int pages_init(struct kunit *test)
{
	unsigned int i;

	two_pages[0] = two_pages[1] = NULL;
	for (i = 0; i < 2; i++) {
		two_pages[i] = alloc_page(GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, two_pages[i]);
		*(u32 *)page_address(two_pages[i]) = stamp_of(i);
	}
	return 0;
}

static void pages_exit(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < 2; i++) {
		if (two_pages[i])
			__free_page(two_pages[i]);
	}
}

static void expect_reuse(struct kunit *test, unsigned int reused)
{
	if (num_online_cpus() < 2)
		kunit_info(test, "one CPU: nobody else can be stale\n");
	KUNIT_EXPECT_GT(test, reused, ROUNDS / 2U);
}

/* Is an address of vmap() the new page's for all CPUs after a purge? */
static void vmap_after_purge(struct kunit *test)
{
	unsigned int i, reused = 0;
	void *last = NULL;
	int wrong = 0;

	for (i = 0; i < ROUNDS; i++) {
		void *addr = vmap(&two_pages[i & 1], 1, VM_MAP, PAGE_KERNEL);

		KUNIT_ASSERT_NOT_NULL(test, addr);
		reused += addr == last;
		wrong += look_everywhere(addr, stamp_of(i & 1));
		last = addr;
		vunmap(addr);
		vm_unmap_aliases();
	}
	expect_reuse(test, reused);
	KUNIT_EXPECT_EQ(test, wrong, 0);
}

#define MAX_REST 128

/* Takes the window up to a few pages; how many areas that are. */
static unsigned int fill_vmalloc(struct vm_struct **rest)
{
	unsigned long size = VMALLOC_END - VMALLOC_START;
	unsigned int nr = 0;

	for (; size >= 16 * PAGE_SIZE; size /= 2)
		while (nr < MAX_REST &&
		       (rest[nr] = get_vm_area(size - PAGE_SIZE, VM_MAP)))
			nr++;
	return nr;
}

/*
 * And when nobody asks for the purge, but lazy ranges have to be used again, as
 * the window is taken but for a few pages?
 */
static void vmap_in_a_full_window(struct kunit *test)
{
	static struct vm_struct *rest[MAX_REST];
	unsigned int i, nr, reused = 0;
	void *last = NULL, *addr;
	int wrong = 0;

	vm_unmap_aliases();
	nr = fill_vmalloc(rest);
	free_vm_area(rest[--nr]); /* some windows are taken to the last page */
	for (i = 0; i < 4 * ROUNDS; i++) {
		addr = vmap(&two_pages[i & 1], 1, VM_MAP, PAGE_KERNEL);
		if (!addr)
			break;
		reused += addr <= last;
		wrong += look_everywhere(addr, stamp_of(i & 1));
		last = addr;
		vunmap(addr);
	}
	while (nr--)
		free_vm_area(rest[nr]);
	KUNIT_EXPECT_EQ(test, i, 4U * ROUNDS);
	KUNIT_EXPECT_GT(test, reused, 0U);
	KUNIT_EXPECT_EQ(test, wrong, 0);
}

/* Is an area of vmalloc() the new frames' for all CPUs? */
static void vmalloc_after_purge(struct kunit *test)
{
	unsigned int i, reused = 0;
	u32 *last = NULL;
	int wrong = 0;

	for (i = 0; i < ROUNDS; i++) {
		struct page *hot = alloc_page(GFP_HIGHUSER);
		u32 *p = vmalloc(PAGE_SIZE);

		KUNIT_ASSERT_NOT_NULL(test, p);
		reused += p == last;
		*p = stamp_of(i);
		wrong += look_everywhere(p, stamp_of(i));
		last = p;
		vfree(p);
		vm_unmap_aliases();
		/* the next area must not get the same frame */
		if (hot)
			__free_page(hot);
	}
	expect_reuse(test, reused);
	KUNIT_EXPECT_EQ(test, wrong, 0);
}

/* Does each entry of the kmap window mean its new page to all CPUs? */
static void kmap_after_flush(struct kunit *test)
{
	unsigned int i, n = 3 * LAST_PKMAP;
	int wrong = 0;

	/* each round finds other pages behind the same entries */
	for (i = 0; i < n; i++) {
		struct page *page = two_pages[i / LAST_PKMAP & 1];
		void *addr = kmap_high(page);

		wrong += look_everywhere(addr, stamp_of(i / LAST_PKMAP & 1));
		kunmap_high(page);
		/* moves the search on, or the entry is just kept */
		page = pfn_to_page(256 + i % (LAST_PKMAP + 1));
		kmap_high(page);
		kunmap_high(page);
		if (i % 64 == 63)
			kmap_flush_unused();
	}
	KUNIT_EXPECT_EQ(test, wrong, 0);
}

/* Two device pages whose first words differ, found in the BIOS area. */
static bool find_rom(phys_addr_t *a, phys_addr_t *b, u32 *word)
{
	phys_addr_t phys;

	for (phys = 0xc0000; phys < 0x100000; phys += PAGE_SIZE) {
		u32 __iomem *p = ioremap(phys, PAGE_SIZE);
		u32 found;

		if (!p)
			continue;
		found = readl(p);
		iounmap(p);
		if (!*a) {
			*a = phys;
			word[0] = found;
		} else if (found != word[0]) {
			*b = phys;
			word[1] = found;
			return true;
		}
	}
	return false;
}

/* Is an address of ioremap() the new device's for all CPUs? */
static void ioremap_after_purge(struct kunit *test)
{
	phys_addr_t rom[2] = { 0, 0 };
	unsigned int i, reused = 0;
	void __iomem *last = NULL;
	u32 word[2];
	int wrong = 0;

	if (!find_rom(&rom[0], &rom[1], word))
		kunit_skip(test, "no two different pages of ROM");
	vm_unmap_aliases();
	for (i = 0; i < ROUNDS; i++) {
		void __iomem *p = ioremap(rom[i & 1], PAGE_SIZE);

		KUNIT_ASSERT_TRUE(test, p);
		reused += p == last;
		wrong += look_everywhere((void __force *)p, word[i & 1]);
		last = p;
		iounmap(p);
		vm_unmap_aliases();
	}
	expect_reuse(test, reused);
	KUNIT_EXPECT_EQ(test, wrong, 0);
}

/* ------------------------------- several CPUs map, others read all the time */

#define SHARED 8

/* What a mapping thread shows to all, and what is behind it. */
static struct shown {
	const volatile u32 *addr;
	u32 stamp;
} shown[SHARED];
static spinlock_t shown_lock[SHARED];
static bool reading;

static void read_always(struct worker *worker)
{
	while (READ_ONCE(reading)) {
		unsigned int i = worker_below(worker, SHARED);

		spin_lock(&shown_lock[i]);
		if (shown[i].addr)
			worker->wrong += *shown[i].addr != shown[i].stamp;
		spin_unlock(&shown_lock[i]);
		worker->steps++;
		cond_resched();
	}
}

static void show(unsigned int i, const volatile u32 *addr, u32 stamp)
{
	spin_lock(&shown_lock[i]);
	shown[i].addr = addr;
	shown[i].stamp = stamp;
	spin_unlock(&shown_lock[i]);
}

/* Maps by kmap or vmalloc, shows it for a while, unmaps. */
static void map_always(struct worker *worker)
{
	unsigned int i, slot = worker->nr % SHARED;
	unsigned long end = jiffies + HZ / 2; /* of a host that is busy */

	for (i = 0; i < ROUNDS && time_before(jiffies, end); i++) {
		struct page *page = alloc_page(GFP_KERNEL);
		u32 *area = vmalloc(PAGE_SIZE);
		u32 *p;

		if (!page || !area) {
			worker->failed++;
		} else if (worker_below(worker, 2)) {
			*area = worker->nr << 16 | i;
			show(slot, area, worker->nr << 16 | i);
			cond_resched();
			show(slot, NULL, 0);
		} else {
			p = kmap_high(page);
			*p = worker->nr << 16 | i | 0x8000;
			show(slot, p, worker->nr << 16 | i | 0x8000);
			cond_resched();
			show(slot, NULL, 0);
			kunmap_high(page);
		}
		if (page)
			__free_page(page);
		vfree(area);
		if (worker_below(worker, 8) == 0)
			kmap_flush_unused();
		if (worker_below(worker, 8) == 0)
			vm_unmap_aliases();
	}
}

/* Do readers on all CPUs ever see another word than the mapper wrote? */
static void mapped_and_read_at_once(struct kunit *test)
{
	unsigned int i, readers = 0, mappers = 2;
	unsigned int cpus = min(num_online_cpus(), 4U);

	for (i = 0; i < SHARED; i++)
		spin_lock_init(&shown_lock[i]);
	memset(shown, 0, sizeof(shown));
	WRITE_ONCE(reading, true);
	for (i = 0; i < mappers; i++)
		worker_start(test, i, -1, map_always, NULL);
	for (readers = 0; readers < cpus; readers++)
		worker_start(test, mappers + readers, readers, read_always,
			     NULL);
	for (i = 0; i < mappers; i++)
		wait_for_completion(&workers[i].ended);
	WRITE_ONCE(reading, false);
	for (i = 0; i < mappers; i++)
		complete(&workers[i].ended);
	workers_stop(test, mappers + readers);
}

static struct kunit_case stale_mapping_cases[] = {
	KUNIT_CASE(vmap_after_purge),
	KUNIT_CASE(vmap_in_a_full_window),
	KUNIT_CASE(vmalloc_after_purge),
	KUNIT_CASE(kmap_after_flush),
	KUNIT_CASE(ioremap_after_purge),
	KUNIT_CASE_SLOW(mapped_and_read_at_once),
	{}
};

static struct kunit_suite stale_mapping = {
	.name = "stale_mapping",
	.init = pages_init,
	.exit = pages_exit,
	.test_cases = stale_mapping_cases,
};
kunit_test_suite(stale_mapping);
