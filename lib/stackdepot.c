// SPDX-License-Identifier: MIT
/*
 * stackdepot.c - stack traces, each kept once
 *
 * Problem: debug builds remember for every page and every object who
 * allocated and who freed it. A trace is 32 bytes and more, there are
 * hundreds of thousands of pages, but only some thousand different ways to
 * the allocator. So the traces stand in one pool, and users keep numbers.
 *
 *	buckets[]          pool, in units of 32 bytes
 *	 +---+             +--------+--------------+--------+----------
 *	 | 1 |------------>| next 3 | ret ret ret  | next 0 | ret ...
 *	 | 0 |             +--------+--------------+--------+----------
 *	 |...|        unit  1                       3
 *
 * A handle is the number of a record's first unit. Records are only ever
 * added, so a reader needs no lock and a pointer into the pool stays good.
 *
 * A trace from an interrupt ends at the interrupt's entry: what goes on there
 * may be anything, and each pair of the two would be one more trace.
 *
 * Invariants:
 *  D1  No two records hold the same trace.
 *  D2  A handle is 0 or below 2^STACK_DEPOT_BITS.
 *
 * Lock: depot_lock, with interrupts off, for adding a record only: nearly all
 * traces have been seen before, and every CPU saves one for each page and
 * object. A record is complete before its bucket leads to it.
 *
 * Cost: one hash of the trace and about one comparison; buckets are as many as
 * traces are likely.
 *
 * Differs from Linux: (lib/stackdepot.c) the pool has a fixed size, given
 * once; a full depot is no error, only a loss of detail.
 */
#include <linux/stackdepot.h>
#include <asm/barrier.h>
#include <linux/hash.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/spinlock.h>
#include <linux/stacktrace.h>
#include <linux/string.h>

struct record {
	u16 next;		/* handle of the next in the bucket, or 0 */
	u16 nr;
	u32 hash;
	unsigned long entries[];
};

static DEFINE_RAW_SPINLOCK(depot_lock);
static struct stack_depot common;

void depot_init(struct stack_depot *depot, void *pool, size_t bytes)
{
	memset(depot, 0, sizeof(*depot));
	depot->pool = pool;
	depot->pool_units =
		min_t(size_t, bytes, STACK_DEPOT_MAX_BYTES) / STACK_DEPOT_UNIT;
	depot->next_unit = 1;
}

static struct record *record_of(const struct stack_depot *depot,
				depot_stack_handle_t handle)
{
	return (struct record *)(depot->pool +
				 (size_t)handle * STACK_DEPOT_UNIT);
}

static u32 hash_trace(const unsigned long *entries, unsigned int nr)
{
	u32 hash = nr;

	for (unsigned int i = 0; i < nr; i++)
		hash = hash_32(hash ^ (u32)entries[i], 32);
	return hash;
}

static u16 *bucket_of(struct stack_depot *depot, u32 hash)
{
	return &depot->buckets[hash >> (32 - STACK_DEPOT_BUCKET_BITS)];
}

static depot_stack_handle_t lookup(struct stack_depot *depot, u32 hash,
				   const unsigned long *entries,
				   unsigned int nr)
{
	depot_stack_handle_t handle = smp_load_acquire(bucket_of(depot, hash));
	const struct record *record;

	for (; handle; handle = record->next) {
		record = record_of(depot, handle);
		if (record->hash == hash && record->nr == nr &&
		    !memcmp(record->entries, entries, nr * sizeof(*entries)))
			return handle;
	}
	return 0;
}

/* A new record at the front of its bucket; 0 if there is no room. */
static depot_stack_handle_t add(struct stack_depot *depot, u32 hash,
				const unsigned long *entries, unsigned int nr)
{
	u16 *bucket = bucket_of(depot, hash);
	size_t bytes = sizeof(struct record) + nr * sizeof(*entries);
	unsigned int units = DIV_ROUND_UP(bytes, STACK_DEPOT_UNIT);
	depot_stack_handle_t handle;
	struct record *record;

	if (depot->next_unit + units > depot->pool_units) {
		depot->lost++;
		return 0;
	}
	handle = depot->next_unit;
	record = record_of(depot, handle);
	record->next = *bucket;
	record->nr = nr;
	record->hash = hash;
	memcpy(record->entries, entries, nr * sizeof(*entries));
	depot->next_unit += units;
	depot->traces++;
	smp_store_release(bucket, handle);
	return handle;
}

depot_stack_handle_t depot_save(struct stack_depot *depot,
				const unsigned long *entries,
				unsigned int nr_entries)
{
	unsigned int nr = min(filter_irq_stacks(entries, nr_entries),
			      (unsigned int)STACK_DEPOT_DEPTH);
	u32 hash = hash_trace(entries, nr);
	depot_stack_handle_t handle;
	unsigned long flags;

	if (!nr || !depot->pool)
		return 0;
	handle = lookup(depot, hash, entries, nr);
	if (likely(handle))
		return handle;
	raw_spin_lock_irqsave(&depot_lock, flags);
	handle = lookup(depot, hash, entries, nr);
	if (!handle)
		handle = add(depot, hash, entries, nr);
	raw_spin_unlock_irqrestore(&depot_lock, flags);
	if (unlikely(!handle) && depot == &common)
		pr_warn_once("stackdepot: full with %u traces, reports will "
			     "name fewer callers\n",
			     depot->traces);
	return handle;
}

unsigned int depot_fetch(const struct stack_depot *depot,
			 depot_stack_handle_t handle, unsigned long **entries)
{
	*entries = NULL;
	if (!handle || handle >= depot->next_unit)
		return 0;
	*entries = record_of(depot, handle)->entries;
	return record_of(depot, handle)->nr;
}

void stack_depot_init_pool(void *pool, size_t bytes)
{
	depot_init(&common, pool, bytes);
}

depot_stack_handle_t stack_depot_save(unsigned long *entries,
				      unsigned int nr_entries, gfp_t gfp_flags)
{
	return depot_save(&common, entries, nr_entries);
}

unsigned int stack_depot_fetch(depot_stack_handle_t handle,
			       unsigned long **entries)
{
	return depot_fetch(&common, handle, entries);
}

void stack_depot_print(depot_stack_handle_t handle)
{
	unsigned long *entries;
	unsigned int nr = stack_depot_fetch(handle, &entries);

	if (nr)
		stack_trace_print(entries, nr, 1);
}
