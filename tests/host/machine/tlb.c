/* SPDX-License-Identifier: MIT */
/*
 * tests/host/machine/tlb.c - the TLB of each CPU, as mappings of the process
 *
 *	access -> no mapping -> SIGSEGV -> tlb_fill
 *	            1. the CPU's TLB has the page: mapped as it says
 *	            2. else the tables are walked; the entry goes into the TLB
 *	               and is mapped
 *	            3. else it is a page fault
 *
 * What is in the TLB stays until it is flushed, whatever becomes of the
 * tables: a stale entry goes on showing the old frame, as on a real CPU that
 * has not dropped it. So a missing flush is seen, as wrong data or, better, as
 * an entry that the tables contradict (host_stale_entry()).
 *
 * The process shows one CPU's TLB at a time. The direct map is the same for
 * all, and never changes once it stands, so what is mapped of it stays mapped.
 * The image, too, is mapped as the tables say, all at once.
 *
 * To fill it page by page would cost a signal each, so pages in a row that lie
 * in a row in memory come together, as a CPU may read ahead, too.
 *
 *  L1  a page above the direct map is mapped exactly if `shown` says so, and
 *      then as the entry of the CPU `cpu` says.
 *  L2  an entry not 0 has its page's number in the list of its CPU.
 *
 * Differs from a CPU: accessed and dirty bits are not set; memory types mean
 * nothing; no entry is ever dropped for want of room.
 */
#include "machine.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define NR_PAGES (KERNEL_SIZE / PAGE_SIZE)
#define FIXMAP_PAGE (NR_PAGES - 1024)
#define AHEAD 32 /* pages that may come into the TLB at once */

struct tlb {
	u32 *entry;    /* by page number; 0: none */
	u32 *list, nr; /* L2 */
};

static struct tlb tlbs[NR_CPUS];
static unsigned int cpu;
static bool shown[NR_PAGES]; /* L1 */
static unsigned long directory;

static unsigned long page_addr(u32 page)
{
	return KERNEL_BASE + page * PAGE_SIZE;
}

/* Before its end is known the direct map is just the image. */
static bool is_direct(unsigned long addr)
{
	return addr < (unsigned long)host_image_end ||
	       addr < *(unsigned long *)ram_of(&high_memory);
}

static void unmap_run(u32 page, u32 nr)
{
	if (nr)
		mmap((void *)page_addr(page), nr * PAGE_SIZE, PROT_NONE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE,
		     -1, 0);
}

/* Pages in a row go together. */
struct run {
	u32 page, nr;
};

static void unmap(struct run *run, u32 page)
{
	if (!shown[page])
		return;
	shown[page] = false;
	if (page != run->page + run->nr) {
		unmap_run(run->page, run->nr);
		*run = (struct run){ page, 0 };
	}
	run->nr++;
}

static bool map(unsigned long addr, unsigned long size, u32 entry)
{
	int prot = PROT_READ | PROT_EXEC | (entry & PTE_RW ? PROT_WRITE : 0);
	u64 frame = entry & PTE_FRAME;

	if (mmap64((void *)addr, size, prot, MAP_SHARED | MAP_FIXED, ram_fd,
		   frame) == MAP_FAILED)
		host_die("mapping a page");
	return true;
}

static u32 load(unsigned long phys)
{
	return *(u32 *)(ram + phys);
}

/* The directory's and the table's entry for addr; 0: the walk ends. */
static u32 walk(unsigned long addr, u32 *pde)
{
	*pde = load(directory + (addr >> 22) * 4);
	if (!(*pde & PTE_PRESENT))
		return 0;
	if (*pde & PTE_PSE)
		return *pde;
	return load((*pde & PTE_FRAME) + (addr >> 12 & 1023) * 4);
}

static bool allowed(u32 entry, bool write)
{
	return (entry & PTE_PRESENT) && (!write || (entry & PTE_RW));
}

/* The pages from addr on that continue its entry, in one mapping. */
static bool map_direct(unsigned long addr, u32 entry, u32 pde)
{
	unsigned long size = PAGE_SIZE;

	if (pde & PTE_PSE)
		return map(addr & ~(LARGE_SIZE - 1), LARGE_SIZE, pde);
	addr &= ~(PAGE_SIZE - 1);
	while ((addr + size) % LARGE_SIZE &&
	       walk(addr + size, &pde) == entry + size)
		size += PAGE_SIZE;
	return map(addr, size, entry);
}

static void insert(struct tlb *tlb, u32 page, u32 entry)
{
	if (!tlb->entry[page])
		tlb->list[tlb->nr++] = page;
	tlb->entry[page] = entry;
}

/*
 * How many pages from one on continue its entry: a CPU fills its TLB ahead,
 * too. Not in the fixmap, where each CPU has slots that the others never use.
 */
static u32 run_ahead(const struct tlb *tlb, u32 page, u32 entry)
{
	u32 nr = 1, pde;

	if (page + AHEAD >= FIXMAP_PAGE)
		return 1;
	while (nr < AHEAD && !tlb->entry[page + nr] && !shown[page + nr] &&
	       walk(page_addr(page + nr), &pde) == entry + nr * PAGE_SIZE)
		nr++;
	return nr;
}

static bool fill_run(struct tlb *tlb, u32 page, u32 entry)
{
	u32 nr = run_ahead(tlb, page, entry);

	for (u32 i = 0; i < nr; i++) {
		insert(tlb, page + i, entry + i * PAGE_SIZE);
		shown[page + i] = true;
	}
	return map(page_addr(page), nr * PAGE_SIZE, entry);
}

bool tlb_fill(unsigned long addr, bool write)
{
	struct tlb *tlb = &tlbs[cpu];
	u32 page, entry, pde;

	if (addr < KERNEL_BASE || addr >= KERNEL_BASE + KERNEL_SIZE)
		return false;
	page = (addr - KERNEL_BASE) / PAGE_SIZE;
	entry = tlb->entry[page];
	/* a CPU asks the tables again before it refuses */
	if (!allowed(entry, write)) {
		entry = walk(addr, &pde);
		if (!allowed(entry, write))
			return false;
		if ((pde & PTE_PSE) || is_direct(addr))
			return map_direct(addr, entry, pde);
		return fill_run(tlb, page, entry);
	}
	shown[page] = true;
	return map(page_addr(page), PAGE_SIZE, entry);
}

/* Drops an entry, unless the tables would give the same again. */
static bool forget(struct tlb *tlb, u32 page, struct run *run)
{
	u32 pde;

	if (walk(page_addr(page), &pde) == tlb->entry[page])
		return false;
	tlb->entry[page] = 0;
	unmap(run, page);
	return true;
}

/* A page of the stack in use that goes comes back at once: behind nr. */
void host_flush_tlb(void)
{
	struct tlb *tlb = &tlbs[cpu];
	u32 i, nr = tlb->nr, kept = 0;
	struct run run = { 0 };

	for (i = 0; i < nr; i++)
		if (!forget(tlb, tlb->list[i], &run))
			tlb->list[kept++] = tlb->list[i];
	unmap_run(run.page, run.nr);
	for (; i < tlb->nr; i++)
		tlb->list[kept++] = tlb->list[i];
	tlb->nr = kept;
}

void host_invlpg(unsigned long addr)
{
	struct tlb *tlb = &tlbs[cpu];
	u32 i, page = (addr - KERNEL_BASE) / PAGE_SIZE;
	struct run run = { 0 };

	if (page >= NR_PAGES || !tlb->entry[page] || !forget(tlb, page, &run))
		return;
	unmap_run(run.page, run.nr);
	for (i = tlb->nr - 1; tlb->list[i] != page; i--)
		;
	tlb->list[i] = tlb->list[--tlb->nr];
}

/* Also the direct map goes, of which the lists know nothing. */
void host_load_cr3(unsigned long phys)
{
	directory = phys;
	host_flush_tlb();
	mmap((void *)KERNEL_BASE, KERNEL_SIZE, PROT_NONE,
	     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0);
}

/*
 * May what is shown of a page stay for the next CPU? Yes if its TLB has the
 * same, or nothing and the tables say the same: CPUs fill their TLBs ahead. Not
 * so in the fixmap, where each has slots that the others never use.
 */
static bool may_stay(struct tlb *next, u32 page, u32 entry)
{
	u32 pde;

	if (next->entry[page])
		return next->entry[page] == entry;
	if (page >= FIXMAP_PAGE || walk(page_addr(page), &pde) != entry)
		return false;
	insert(next, page, entry);
	return true;
}

void tlb_use(unsigned int next)
{
	struct tlb *tlb = &tlbs[cpu];
	struct run run = { 0 };

	for (u32 i = 0; i < tlb->nr; i++) {
		u32 page = tlb->list[i];

		if (shown[page] &&
		    !may_stay(&tlbs[next], page, tlb->entry[page]))
			unmap(&run, page);
	}
	unmap_run(run.page, run.nr);
	cpu = next;
}

/* Does an entry show a frame, or grant a right, that the tables do not? */
static bool is_stale(u32 page, u32 entry)
{
	u32 pde, now = walk(page_addr(page), &pde);

	return (now & PTE_PRESENT) &&
	       ((now ^ entry) & PTE_FRAME || (entry & ~now & PTE_RW));
}

/* The address of one, or 0. */
static unsigned long stale_entry_of(const struct tlb *tlb)
{
	for (u32 i = 0; i < tlb->nr; i++)
		if (is_stale(tlb->list[i], tlb->entry[tlb->list[i]]))
			return page_addr(tlb->list[i]);
	return 0;
}

int host_stale_entry(unsigned long *addr)
{
	for (int i = 0; i < NR_CPUS; i++) {
		*addr = stale_entry_of(&tlbs[i]);
		if (*addr)
			return i;
	}
	return -1;
}

void tlb_init(void)
{
	for (int i = 0; i < NR_CPUS; i++) {
		tlbs[i].entry = calloc(NR_PAGES, sizeof(u32));
		tlbs[i].list = calloc(NR_PAGES, sizeof(u32));
		if (!tlbs[i].entry || !tlbs[i].list)
			host_die("TLB");
	}
}
