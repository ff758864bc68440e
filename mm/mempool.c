// SPDX-License-Identifier: MIT
/*
 * mempool: an allocator that cannot fail those who give back what they take.
 *
 * The problem: writing a dirty page to disk frees memory, but needs some
 * itself. If that allocation fails when memory is out, nothing is ever
 * freed. So such a path keeps a few elements aside:
 *
 *	mempool_alloc()                           mempool_free()
 *	   | 1. the allocator, without a fight       | reserve not full
 *	   | 2. the reserve                          v        | full
 *	   | 3. the allocator, as the caller said    +---+    v
 *	   | 4. wait for a free                 +--->|   |  the allocator
 *	   v                                    |    +---+
 *	 element                        elements[curr_nr] of min_nr
 *
 * As long as each user returns his element without needing a second one, some
 * element always comes back, so a waiter gets one in the end.
 *
 * Step 4 is for callers who may sleep; others get NULL. A waiter joins the
 * queue before he looks at the reserve for the last time, and a free fills the
 * reserve before it wakes the queue, so whichever comes first, none is missed.
 * Memory may also come back by another way than mempool_free(): every five
 * seconds a waiter tries the allocator again.
 *
 * Invariants:
 * M1 0 <= curr_nr <= min_nr; elements[0 .. curr_nr) are free elements.
 * M2 an element goes to the allocator only when the reserve is full.
 * M3 the reserve is touched only after the allocator failed once.
 * M4 nobody sleeps, but for the time a wake-up takes, while there are elements
 *    in the reserve.
 *
 * Lock: pool->lock for curr_nr and elements[], with interrupts off, as freeing
 * happens in interrupts. The allocator is called without it.
 *
 * Cost: on the way without trouble two indirect calls; freeing adds a look at
 * curr_nr, without the lock.
 *
 * Differs from Linux: no poison in the reserve.
 * Linux: mm/mempool.c.
 */
#include <linux/mempool.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kconfig.h>
#include <linux/kernel.h>
#include <linux/jiffies.h>
#include <linux/kasan.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/wait.h>

/* How long a waiter leaves the allocator alone, in jiffies. */
#define MEMPOOL_RETRY (5 * HZ)

/* What is in the reserve is nobody's to touch, where the kind is known. */
static void element_poison(mempool_t *pool, void *element)
{
	if (pool->alloc == mempool_alloc_slab || pool->alloc == mempool_kmalloc)
		kasan_mempool_poison_object(element);
	else if (pool->alloc == mempool_alloc_pages)
		kasan_poison_pages(element, (unsigned long)pool->pool_data,
				   false);
}

static void element_unpoison(mempool_t *pool, void *element)
{
	if (pool->alloc == mempool_alloc_slab)
		kasan_mempool_unpoison_object(element,
					      kmem_cache_size(pool->pool_data));
	else if (pool->alloc == mempool_kmalloc)
		kasan_mempool_unpoison_object(element, (size_t)pool->pool_data);
	else if (pool->alloc == mempool_alloc_pages)
		kasan_unpoison_pages(element, (unsigned long)pool->pool_data,
				     false);
}

/* Takes the newest element of the reserve, NULL if it is empty. */
static void *reserve_take(mempool_t *pool)
{
	unsigned long flags;
	void *element = NULL;

	spin_lock_irqsave(&pool->lock, flags);
	if (pool->curr_nr) {
		WRITE_ONCE(pool->curr_nr, pool->curr_nr - 1);
		element = pool->elements[pool->curr_nr];
	}
	spin_unlock_irqrestore(&pool->lock, flags);
	if (IS_ENABLED(CONFIG_KASAN) && element)
		element_unpoison(pool, element);
	return element;
}

/* Puts an element into the reserve; false if it is full: M1. */
static bool reserve_put(mempool_t *pool, void *element)
{
	unsigned long flags;
	bool room;

	spin_lock_irqsave(&pool->lock, flags);
	room = pool->curr_nr < pool->min_nr;
	if (room) {
		if (IS_ENABLED(CONFIG_KASAN))
			element_poison(pool, element);
		pool->elements[pool->curr_nr] = element;
		WRITE_ONCE(pool->curr_nr, pool->curr_nr + 1);
	}
	spin_unlock_irqrestore(&pool->lock, flags);
	return room;
}

/* Fills the reserve from the allocator: 0 or -ENOMEM. */
static int reserve_fill(mempool_t *pool)
{
	void *element;

	/* without the lock, as reserve_put() asks again */
	while (READ_ONCE(pool->curr_nr) < READ_ONCE(pool->min_nr)) {
		element = pool->alloc(GFP_KERNEL, pool->pool_data);
		if (!element)
			return -ENOMEM;
		if (!reserve_put(pool, element))
			pool->free(element, pool->pool_data);
	}
	return 0;
}

static void reserve_empty(mempool_t *pool)
{
	void *element;

	while ((element = reserve_take(pool)))
		pool->free(element, pool->pool_data);
}

int mempool_init(mempool_t *pool, int min_nr, mempool_alloc_t *alloc_fn,
		 mempool_free_t *free_fn, void *pool_data)
{
	if (WARN_ON(min_nr < 1))
		return -EINVAL;
	spin_lock_init(&pool->lock);
	init_waitqueue_head(&pool->wait);
	pool->min_nr = min_nr;
	pool->curr_nr = 0;
	pool->alloc = alloc_fn;
	pool->free = free_fn;
	pool->pool_data = pool_data;
	pool->elements = kmalloc_array(min_nr, sizeof(void *), GFP_KERNEL);
	if (!pool->elements)
		return -ENOMEM;
	if (reserve_fill(pool)) {
		mempool_exit(pool);
		return -ENOMEM;
	}
	return 0;
}
EXPORT_SYMBOL(mempool_init);

mempool_t *mempool_create(int min_nr, mempool_alloc_t *alloc_fn,
			  mempool_free_t *free_fn, void *pool_data)
{
	mempool_t *pool = kzalloc(sizeof(*pool), GFP_KERNEL);

	if (!pool)
		return NULL;
	if (mempool_init(pool, min_nr, alloc_fn, free_fn, pool_data)) {
		kfree(pool);
		return NULL;
	}
	return pool;
}
EXPORT_SYMBOL(mempool_create);

void mempool_exit(mempool_t *pool)
{
	if (!pool->elements)
		return;
	reserve_empty(pool);
	kfree(pool->elements);
	pool->elements = NULL;
}
EXPORT_SYMBOL(mempool_exit);

void mempool_destroy(mempool_t *pool)
{
	if (!pool)
		return;
	mempool_exit(pool);
	kfree(pool);
}
EXPORT_SYMBOL(mempool_destroy);

/* Frees the elements that a smaller reserve has no place for. */
static void reserve_trim(mempool_t *pool, int min_nr)
{
	void *element;

	while (READ_ONCE(pool->curr_nr) > min_nr) {
		element = reserve_take(pool);
		if (element)
			pool->free(element, pool->pool_data);
	}
}

int mempool_resize(mempool_t *pool, int new_min_nr)
{
	void **elements, **old;
	unsigned long flags;

	if (WARN_ON(new_min_nr < 1))
		return -EINVAL;
	might_sleep();
	elements = kmalloc_array(new_min_nr, sizeof(void *), GFP_KERNEL);
	if (!elements)
		return -ENOMEM;

	/* Frees must not refill what is being trimmed. */
	spin_lock_irqsave(&pool->lock, flags);
	pool->min_nr = min(pool->min_nr, new_min_nr);
	spin_unlock_irqrestore(&pool->lock, flags);
	reserve_trim(pool, new_min_nr);

	spin_lock_irqsave(&pool->lock, flags);
	old = pool->elements;
	memcpy(elements, old, pool->curr_nr * sizeof(void *));
	pool->elements = elements;
	pool->min_nr = new_min_nr;
	spin_unlock_irqrestore(&pool->lock, flags);
	kfree(old);

	/* As far as memory allows; frees do the rest. */
	reserve_fill(pool);
	return 0;
}
EXPORT_SYMBOL(mempool_resize);

/* Waits until an element may have returned. The element, or NULL: try again. */
static void *mempool_wait(mempool_t *pool)
{
	DEFINE_WAIT(wait);
	void *element;

	prepare_to_wait(&pool->wait, &wait, TASK_UNINTERRUPTIBLE);
	element = reserve_take(pool);
	if (!element)
		schedule_timeout(MEMPOOL_RETRY);
	finish_wait(&pool->wait, &wait);
	return element;
}

/* Steps 2 to 4 at the head of this file. */
static noinline void *mempool_alloc_slow(mempool_t *pool, gfp_t gfp)
{
	void *element = reserve_take(pool);

	if (!gfpflags_allow_blocking(gfp))
		return element;
	while (!element) {
		element = pool->alloc(gfp | __GFP_NOWARN, pool->pool_data);
		if (!element)
			element = mempool_wait(pool);
	}
	return element;
}

void *mempool_alloc(mempool_t *pool, gfp_t gfp)
{
	void *element;

	if (IS_ENABLED(CONFIG_DEBUG))
		WARN_ON_ONCE(gfp & __GFP_ZERO);
	might_sleep_if(gfpflags_allow_blocking(gfp));
	/* Neither emergency pages nor long reclaim: there is a reserve. */
	gfp |= __GFP_NOMEMALLOC | __GFP_NORETRY | __GFP_NOWARN;
	element = pool->alloc(gfp & ~(__GFP_DIRECT_RECLAIM | __GFP_IO),
			      pool->pool_data);
	if (likely(element))
		return element;
	return mempool_alloc_slow(pool, gfp);
}
EXPORT_SYMBOL(mempool_alloc);

static noinline void mempool_free_slow(void *element, mempool_t *pool)
{
	if (reserve_put(pool, element))
		wake_up(&pool->wait);
	else
		pool->free(element, pool->pool_data);
}

void mempool_free(void *element, mempool_t *pool)
{
	if (unlikely(!element))
		return;
	/*
	 * Without the lock: a reserve that is taken from at this moment by
	 * another CPU is refilled by the free of what was taken, and that
	 * wakes who waits.
	 */
	if (unlikely(READ_ONCE(pool->curr_nr) < READ_ONCE(pool->min_nr)))
		mempool_free_slow(element, pool);
	else
		pool->free(element, pool->pool_data);
}
EXPORT_SYMBOL(mempool_free);

void *mempool_alloc_slab(gfp_t gfp_mask, void *pool_data)
{
	return kmem_cache_alloc(pool_data, gfp_mask);
}
EXPORT_SYMBOL(mempool_alloc_slab);

void mempool_free_slab(void *element, void *pool_data)
{
	kmem_cache_free(pool_data, element);
}
EXPORT_SYMBOL(mempool_free_slab);

void *mempool_kmalloc(gfp_t gfp_mask, void *pool_data)
{
	return kmalloc((size_t)pool_data, gfp_mask);
}
EXPORT_SYMBOL(mempool_kmalloc);

void mempool_kfree(void *element, void *pool_data)
{
	kfree(element);
}
EXPORT_SYMBOL(mempool_kfree);

void *mempool_alloc_pages(gfp_t gfp_mask, void *pool_data)
{
	return alloc_pages(gfp_mask, (unsigned long)pool_data);
}
EXPORT_SYMBOL(mempool_alloc_pages);

void mempool_free_pages(void *element, void *pool_data)
{
	__free_pages(element, (unsigned long)pool_data);
}
EXPORT_SYMBOL(mempool_free_pages);
