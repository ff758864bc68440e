// SPDX-License-Identifier: MIT
/*
 * kmap: mappings of highmem pages that may be held for long.
 *
 * The window is one page table: LAST_PKMAP entries from PKMAP_BASE on. All
 * users of a page share its entry, and each entry counts them:
 *
 *	pkmap_count[n]
 *	   0   nothing is mapped; the entry may be used at once
 *	   1   nobody holds it, but the page is still mapped: a kmap() of the
 *	       same page finds it again for nothing, and another page may have
 *	       it only after the TLB was flushed
 *	  >1   count - 1 kmaps hold it
 *
 *	     kmap, new page      kmap                  kmap
 *	  0 ---------------> 2 <------- 1    2 ---> 3 ---> ...
 *	  ^                  |          ^      <---
 *	  |                  +----------+      kunmap
 *	  |                    kunmap   |
 *	  +-----------------------------+
 *	        flush, for all entries with count 1 at once
 *
 * An entry for a new page is sought from the last one used upwards, round and
 * round: each time the search passes entry 0, all entries with count 1 are
 * cleared and the TLB is flushed, once for up to 1024 kunmaps.
 *
 * A page finds its entry through a hash of its descriptor's address: the heads
 * are links, that is, entry numbers plus one, and the chains run through an
 * array beside the counts, so nothing is ever allocated. Link 0 ends a chain;
 * the array has a place for it, which no page matches.
 *
 *	pkmap_hash[h] --> entry 17 --> entry 903 --> 0
 *
 * K1  pkmap_count[n] == 0 if and only if entry n of the page table is clear.
 * K2  A page has at most one entry, and is in the hash exactly while it has.
 * K3  Between clearing an entry and using it again the TLB is flushed.
 * K4  pkmap_count[n] - 1 is the number of kmaps not yet undone.
 *
 * When every entry is held, kmap() sleeps until a kunmap() brings a count down
 * to 1. It joins the queue of waiters under kmap_lock, and kunmap() wakes the
 * queue after it had that lock, so none is missed. So as not to look at the
 * queue in each kunmap(), who waits raises pkmap_quiet: a count of that or less
 * is where kunmap() has more to do than to count.
 *
 * Lock: kmap_lock for all of it, in process context only; it is held over the
 * flush, for which the other CPUs are interrupted: who spins on it has
 * interrupts on. page_address(), which any context may call, takes only
 * pkmap_hash_lock, with interrupts off. So entries leave their chains under
 * that as well; but one is added without: its new head is stored last, and who
 * looks finds the chain with it or without.
 *
 * Cost: kmap of a mapped page: a hash look-up and a count; if the page is the
 * first of its chain, as most are, about 15 instructions. Of a new one: a
 * search for an entry, which on average looks at few, and 1/1024 of a flush.
 *
 * Differs from Linux: there the hash is a second array of structures, under a
 * lock per chain.
 * Linux: mm/highmem.c.
 */
#include "kmap.h"

#include <linux/bug.h>
#include <linux/hash.h>
#include <linux/highmem.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

#include "irq_lock.h"
#include "vmap.h"

#define PKMAP_HASH_BITS 10

/* What hangs on an entry, beside its count. */
struct pkmap_entry {
	const struct page *page;	/* [k] mapped here, or NULL */
	unsigned int next;		/* [k] next in the chain, plus one */
};

static DEFINE_SPINLOCK(kmap_lock);		/* [k] */
static DEFINE_SPINLOCK(pkmap_hash_lock);	/* to leave; in kmap_lock */
static DECLARE_WAIT_QUEUE_HEAD(pkmap_map_wait);	/* for an entry */

static pte_t *pkmap_page_table;
static int pkmap_count[LAST_PKMAP];			/* [k] */
static int pkmap_quiet = 1;				/* [k] see above */
static unsigned int last_pkmap_nr;			/* [k] */
static struct pkmap_entry pkmap_entry[LAST_PKMAP + 1];	/* by link */
static unsigned short pkmap_hash[1 << PKMAP_HASH_BITS];	/* [k] entry + 1 */

_Static_assert(LAST_PKMAP < 0xffff, "an entry number fits in a chain head");

static unsigned short *pkmap_chain(const struct page *page)
{
	return &pkmap_hash[hash_32((unsigned long)page, PKMAP_HASH_BITS)];
}

/* The entry of a page, or -1. Under either lock. */
static __always_inline int pkmap_find(const struct page *page)
{
	unsigned int link = READ_ONCE(*pkmap_chain(page));

	while (link && pkmap_entry[link].page != page)
		link = pkmap_entry[link].next;
	return (int)link - 1;
}

/* The same if the page is the first of its chain, else -1. */
static __always_inline int pkmap_find_first(const struct page *page)
{
	unsigned int link = *pkmap_chain(page);

	return likely(pkmap_entry[link].page == page) ? (int)link - 1 : -1;
}

static void pkmap_hash_add(unsigned int nr, const struct page *page)
{
	unsigned short *head = pkmap_chain(page);

	pkmap_entry[nr + 1].page = page;
	pkmap_entry[nr + 1].next = *head;
	smp_store_release(head, nr + 1);
}

static void pkmap_hash_del(unsigned int nr)
{
	struct pkmap_entry *entry = &pkmap_entry[nr + 1];
	unsigned short *head = pkmap_chain(entry->page);
	unsigned int link = *head;

	if (link == nr + 1) {
		*head = entry->next;
	} else {
		while (pkmap_entry[link].next != nr + 1)
			link = pkmap_entry[link].next;
		pkmap_entry[link].next = entry->next;
	}
	entry->page = NULL;
}

void *kmap_lookup(const struct page *page)
{
	unsigned long flags;
	int nr;

	irq_lock_save(&pkmap_hash_lock, flags);
	nr = pkmap_find(page);
	irq_unlock_restore(&pkmap_hash_lock, flags);
	return nr < 0 ? NULL : (void *)PKMAP_ADDR(nr);
}

/* Clear all entries nobody holds, then flush: K3. */
static void pkmap_flush_unused(void)
{
	unsigned long flags;
	bool flush = false;
	unsigned int nr;

	irq_lock_save(&pkmap_hash_lock, flags);
	for (nr = 0; nr < LAST_PKMAP; nr++) {
		if (pkmap_count[nr] != 1)
			continue;
		pkmap_count[nr] = 0;
		pkmap_hash_del(nr);
		pte_clear(&pkmap_page_table[nr]);
		flush = true;
	}
	irq_unlock_restore(&pkmap_hash_lock, flags);
	if (flush)
		flush_tlb_kernel_range(PKMAP_ADDR(0), PKMAP_ADDR(LAST_PKMAP));
}

/*
 * An entry with count 0, or -1 when all are held. The flush may free entries
 * the search has passed already, so the search then starts over.
 */
static int pkmap_get_free(void)
{
	unsigned int nr = last_pkmap_nr;
	unsigned int seen;

	for (seen = 0; seen < LAST_PKMAP; seen++) {
		nr = (nr + 1) & LAST_PKMAP_MASK;
		if (nr == 0) {
			pkmap_flush_unused();
			seen = 0;
		}
		if (!pkmap_count[nr]) {
			last_pkmap_nr = nr;
			return nr;
		}
	}
	return -1;
}

/* A page gets an entry, and its first kmap; -1 when all are held. */
static int pkmap_new(struct page *page)
{
	int nr = pkmap_get_free();

	if (nr < 0)
		return nr;
	if (IS_ENABLED(CONFIG_DEBUG))
		BUG_ON(!pte_none(pkmap_page_table[nr]));	/* K1 */
	set_pte(&pkmap_page_table[nr], mk_pte(page, kmap_prot));
	pkmap_hash_add(nr, page);
	pkmap_count[nr] = 2;
	return nr;
}

/*
 * Every entry is held: sleep until one may not be. Called with kmap_lock held,
 * which is given up meanwhile, and with it all that was found out.
 */
static noinline void kmap_wait(void)
{
	DEFINE_WAIT(wait);

	prepare_to_wait(&pkmap_map_wait, &wait, TASK_UNINTERRUPTIBLE);
	pkmap_quiet = 2;
	spin_unlock(&kmap_lock);
	schedule();
	finish_wait(&pkmap_map_wait, &wait);
	spin_lock(&kmap_lock);
}

/* The page is not the first of its chain. Gives up kmap_lock. */
static noinline void *kmap_high_slow(struct page *page)
{
	int nr;

	for (;;) {
		nr = pkmap_find(page);
		if (nr >= 0) {
			pkmap_count[nr]++;
			break;
		}
		nr = pkmap_new(page);
		if (likely(nr >= 0))
			break;
		kmap_wait();
	}
	spin_unlock(&kmap_lock);
	return (void *)PKMAP_ADDR(nr);
}

void *kmap_high(struct page *page)
{
	int nr;

	spin_lock(&kmap_lock);
	nr = pkmap_find_first(page);
	if (unlikely(nr < 0))
		return kmap_high_slow(page);
	pkmap_count[nr]++;
	spin_unlock(&kmap_lock);
	return (void *)PKMAP_ADDR(nr);
}

/*
 * The page is not the first of its chain, or its count is as low as
 * pkmap_quiet: the last kunmap while others wait, or one too many. Gives up
 * kmap_lock.
 */
static noinline void kunmap_high_slow(struct page *page)
{
	int nr = pkmap_find(page);
	int count = nr < 0 ? 0 : pkmap_count[nr];
	bool wake = count == 2 && pkmap_quiet == 2;

	if (count > 1)
		pkmap_count[nr] = count - 1;
	if (wake)
		pkmap_quiet = 1;
	spin_unlock(&kmap_lock);
	if (wake)
		wake_up_all(&pkmap_map_wait);
	WARN(count <= 1, "kunmap: nobody holds a kmap of pfn %lu\n",
	     page_to_pfn(page));
}

void kunmap_high(struct page *page)
{
	int nr;

	spin_lock(&kmap_lock);
	nr = pkmap_find_first(page);
	if (unlikely(nr < 0 || pkmap_count[nr] <= pkmap_quiet)) {
		kunmap_high_slow(page);
		return;
	}
	pkmap_count[nr]--;
	spin_unlock(&kmap_lock);
}

void kmap_flush_unused(void)
{
	spin_lock(&kmap_lock);
	pkmap_flush_unused();
	spin_unlock(&kmap_lock);
}

unsigned int kmap_in_use(void)
{
	unsigned int nr, held = 0;

	for (nr = 0; nr < LAST_PKMAP; nr++)
		held += READ_ONCE(pkmap_count[nr]) > 1;
	return held;
}

void __init kmap_init(void)
{
	pkmap_page_table = kernel_pte_alloc(PKMAP_BASE);
	BUG_ON(!pkmap_page_table);
}
