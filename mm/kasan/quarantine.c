// SPDX-License-Identifier: MIT
/*
 * The quarantine: freed objects that nobody gets for a while.
 *
 * The problem: the object that was freed last is the next to be handed out, as
 * it is in the CPU's cache. A stale pointer to it then leads to memory that is
 * in use again, and no checker can tell that the access is a wrong one.
 *
 * So a freed object waits in a queue, poisoned, until many others have been
 * freed after it:
 *
 *	kfree() --> [newest] ... [object] ... [oldest] --> slab_free_kept()
 *	            |<---------- at most quarantine_max ->|
 *
 * The queue runs through the objects, by the word that links free objects of
 * a slab, which is not in use here.
 *
 * Objects so large that few would fill the queue are not kept.
 *
 * When an object more would be too much, the oldest go until a quarter of the
 * queue is empty, not all at once, as this may be in an interrupt: so many
 * with each object that comes. The queue is emptied before a cache is shrunk,
 * and so when memory is short, and before leaks are looked for.
 *
 * Invariants:
 *  Q1  bytes is the sum of the sizes of the slots in the queue;
 *  Q2  an object is freed for good without quarantine_lock.
 *
 * Lock: quarantine_lock, raw, with interrupts off. Context: any.
 *
 * Cost: about 20 instructions for each object, and a walk along the queue
 * when one cache is emptied.
 *
 * Differs from Linux: one queue instead of one for each CPU and batches of
 * them for all. (mm/kasan/quarantine.c)
 */
#include "kasan.h"

#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/spinlock.h>

#define QUARANTINE_FRACTION 32	/* of all memory that is in use by the buddy */
#define QUARANTINE_BATCH    16	/* objects that go when one comes */
#define QUARANTINE_LEAST    16	/* objects for which there is always room */

static DEFINE_RAW_SPINLOCK(quarantine_lock);
static void *oldest, *newest;
static unsigned long quarantine_bytes;	/* Q1 */
static bool shrinking;

/* What is taken out of the queue, linked as it was in there. */
struct batch {
	void *first, *last;
};

static struct kmem_cache *object_cache(void *object)
{
	return lowmem_page(object)->slab_cache;
}

static void append(void **first, void **last, void *object)
{
	struct kmem_cache *cachep = object_cache(object);

	set_freepointer(cachep, object, NULL);
	if (*first)
		set_freepointer(object_cache(*last), *last, object);
	else
		*first = object;
	*last = object;
}

/* Q2 */
static void free_batch(struct batch *batch)
{
	void *object = batch->first;

	while (object) {
		struct kmem_cache *cachep = object_cache(object);
		void *next = get_freepointer(cachep, object);

		slab_free_kept(cachep, object);
		object = next;
	}
}

static void take_oldest(struct batch *batch)
{
	struct kmem_cache *cachep = object_cache(oldest);
	void *object = oldest;

	oldest = get_freepointer(cachep, object);
	quarantine_bytes -= cachep->size;
	append(&batch->first, &batch->last, object);
}

static unsigned long quarantine_max(void)
{
	return totalram_pages() * PAGE_SIZE / QUARANTINE_FRACTION;
}

static void take_surplus(struct batch *batch)
{
	unsigned long most = quarantine_max();
	unsigned int i;

	if (quarantine_bytes > most)
		shrinking = true;
	for (i = 0; shrinking && i < QUARANTINE_BATCH && oldest; i++) {
		take_oldest(batch);
		shrinking = quarantine_bytes > most / 4 * 3;
	}
}

bool kasan_quarantine_put(struct kmem_cache *cachep, void *object)
{
	struct batch batch = { NULL };
	unsigned long flags;

	if (cachep->size > quarantine_max() / QUARANTINE_LEAST)
		return false;
	raw_spin_lock_irqsave(&quarantine_lock, flags);
	append(&oldest, &newest, object);
	quarantine_bytes += cachep->size;
	take_surplus(&batch);
	raw_spin_unlock_irqrestore(&quarantine_lock, flags);
	free_batch(&batch);
	return true;
}

unsigned long kasan_kept_objects(const struct kmem_cache *cachep)
{
	unsigned long flags, nr = 0;
	void *object;

	raw_spin_lock_irqsave(&quarantine_lock, flags);
	object = oldest;
	while (object) {
		struct kmem_cache *owner = object_cache(object);

		nr += !cachep || owner == cachep;
		object = get_freepointer(owner, object);
	}
	raw_spin_unlock_irqrestore(&quarantine_lock, flags);
	return nr;
}

void kasan_quarantine_remove(struct kmem_cache *cachep)
{
	struct batch batch = { NULL }, rest = { NULL };
	unsigned long flags;

	raw_spin_lock_irqsave(&quarantine_lock, flags);
	while (oldest) {
		struct kmem_cache *owner = object_cache(oldest);
		void *object = oldest;

		oldest = get_freepointer(owner, object);
		if (!cachep || owner == cachep) {
			quarantine_bytes -= owner->size;
			append(&batch.first, &batch.last, object);
		} else {
			append(&rest.first, &rest.last, object);
		}
	}
	oldest = rest.first;
	newest = rest.last;
	raw_spin_unlock_irqrestore(&quarantine_lock, flags);
	free_batch(&batch);
}
