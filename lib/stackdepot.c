// SPDX-License-Identifier: MIT
/*
 * stackdepot.c - stack traces, each kept once
 *
 * Problem: debug builds remember for every page and every object who
 * allocated and who freed it. A trace is 32 bytes and more, there are
 * hundreds of thousands of pages, but only some thousand different ways to
 * the allocator. So the traces stand in one pool, and users keep numbers.
 *
 *	buckets[]          pool, in units of 16 bytes
 *	 +---+             +--------+--------------+--------+----------
 *	 | 1 |------------>| next 5 | ret ret ret  | next 0 | ret ...
 *	 | 0 |             +--------+--------------+--------+----------
 *	 |...|        unit  1                       5
 *
 * A handle is the number of a record's first unit. Records are only ever
 * added, so a reader needs no lock and a pointer into the pool stays good.
 *
 * Invariants:
 *  D1  No two records hold the same trace.
 *  D2  A handle is 0 or below 2^STACK_DEPOT_BITS.
 *
 * Lock: depot_lock, for saving, with interrupts off. Cost: one hash of the
 * trace and about one comparison; buckets are as many as traces are likely.
 *
 * Differs from Linux: (lib/stackdepot.c) the pool has a fixed size, given
 * once; a full depot is no error, only a loss of detail.
 */
#include <linux/stackdepot.h>
#include <linux/hash.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/spinlock.h>
#include <linux/stacktrace.h>
#include <linux/string.h>

#define BUCKET_BITS 11

struct record {
	u16 next;		/* handle of the next in the bucket, or 0 */
	u16 nr;
	u32 hash;
	unsigned long entries[];
};

static DEFINE_RAW_SPINLOCK(depot_lock);
static u16 buckets[1 << BUCKET_BITS];
static char *pool;
static unsigned int pool_units;
static unsigned int next_unit = 1;
static unsigned int nr_traces;
static unsigned long nr_lost;

void stack_depot_init_pool(void *memory, size_t bytes)
{
	pool = memory;
	pool_units = min_t(size_t, bytes, STACK_DEPOT_MAX_BYTES) /
		     STACK_DEPOT_UNIT;
}

static struct record *record_of(depot_stack_handle_t handle)
{
	return (struct record *)(pool + (size_t)handle * STACK_DEPOT_UNIT);
}

static u32 hash_trace(const unsigned long *entries, unsigned int nr)
{
	u32 hash = nr;

	for (unsigned int i = 0; i < nr; i++)
		hash = hash_32(hash ^ (u32)entries[i], 32);
	return hash;
}

static depot_stack_handle_t lookup(u32 hash, const unsigned long *entries,
				   unsigned int nr)
{
	depot_stack_handle_t handle = buckets[hash >> (32 - BUCKET_BITS)];
	const struct record *record;

	for (; handle; handle = record->next) {
		record = record_of(handle);
		if (record->hash == hash && record->nr == nr &&
		    !memcmp(record->entries, entries, nr * sizeof(*entries)))
			return handle;
	}
	return 0;
}

/* A new record at the front of its bucket; 0 if there is no room. */
static depot_stack_handle_t add(u32 hash, const unsigned long *entries,
				unsigned int nr)
{
	u16 *bucket = &buckets[hash >> (32 - BUCKET_BITS)];
	size_t bytes = sizeof(struct record) + nr * sizeof(*entries);
	unsigned int units = DIV_ROUND_UP(bytes, STACK_DEPOT_UNIT);
	struct record *record;

	if (next_unit + units > pool_units) {
		nr_lost++;
		return 0;
	}
	record = record_of(next_unit);
	record->next = *bucket;
	record->nr = nr;
	record->hash = hash;
	memcpy(record->entries, entries, nr * sizeof(*entries));
	*bucket = next_unit;
	next_unit += units;
	nr_traces++;
	return *bucket;
}

depot_stack_handle_t stack_depot_save(unsigned long *entries,
				      unsigned int nr_entries,
				      gfp_t gfp_flags)
{
	unsigned int nr = min(nr_entries, (unsigned int)STACK_DEPOT_DEPTH);
	u32 hash = hash_trace(entries, nr);
	depot_stack_handle_t handle;
	unsigned long flags;

	if (!nr || !pool)
		return 0;
	raw_spin_lock_irqsave(&depot_lock, flags);
	handle = lookup(hash, entries, nr);
	if (!handle)
		handle = add(hash, entries, nr);
	raw_spin_unlock_irqrestore(&depot_lock, flags);
	return handle;
}

unsigned int stack_depot_fetch(depot_stack_handle_t handle,
			       unsigned long **entries)
{
	*entries = NULL;
	if (!handle || handle >= next_unit)
		return 0;
	*entries = record_of(handle)->entries;
	return record_of(handle)->nr;
}

void stack_depot_print(depot_stack_handle_t handle)
{
	unsigned long *entries;
	unsigned int nr = stack_depot_fetch(handle, &entries);

	if (nr)
		stack_trace_print(entries, nr, 1);
}

void stack_depot_usage(struct stack_depot_usage *usage)
{
	usage->traces = nr_traces;
	usage->used = (size_t)(next_unit - 1) * STACK_DEPOT_UNIT;
	usage->size = (size_t)pool_units * STACK_DEPOT_UNIT;
	usage->lost = nr_lost;
}
