// SPDX-License-Identifier: MIT
/*
 * Ranges of the vmalloc window that are unmapped, but not yet forgotten by
 * every TLB: one queue for each CPU, and the purge that empties them all.
 *
 * The problem: after an entry is cleared, each CPU may still have it in its
 * TLB, and must be interrupted to drop it. Doing that for each vfree() would
 * cost more than all the rest. As long as nobody uses the range again nothing
 * is lost by waiting, so freed ranges queue up, and one flush serves all:
 *
 *	CPU 0  vfree --> [range][range]...          |
 *	CPU 1  vfree --> [range]...                 | purge: take all queues,
 *	CPU 2  vfree --> [range][range][range]...   | flush all CPUs once,
 *	CPU 3            (empty)                    | make the ranges free
 *
 * A queue is its CPU's own: two CPUs that free do not wait for each other. Its
 * lock is contended by a purge only. A range that touches the one freed before
 * it is merged into that at once, so freeing in order leaves one lazy range
 * however many areas there were.
 *
 * A purge is made when the queue of one CPU exceeds its share of
 * VMAP_LAZY_MOST bytes, when the window has no room, or when memory is short.
 *
 * V4  No entry is present in a lazy range.
 * V5  A range is flushed from all TLBs after its entries are cleared and
 *     before it becomes free.
 *
 * Lock: queue->lock, which may be taken under vmap_area_lock; vmap_purge_lock,
 * a mutex, for a whole purge: who waited for another's finds the ranges free.
 *
 * Context: process. A purge waits for other CPUs, so interrupts are on.
 *
 * Cost: about 15 instructions to queue a range; a purge O(log n) per range and
 * an interrupt of each other CPU.
 *
 * Differs from Linux: (mm/vmalloc.c) there the queue is a tree for all CPUs,
 * under one lock; what is per CPU are blocks for vm_map_ram().
 */
#include "vmap.h"

#include <asm/tlbflush.h>
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/minmax.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/shrinker.h>
#include <linux/spinlock.h>

/* Never more than this is left lazy, however large the window. */
#define VMAP_LAZY_MOST (32UL << 20)

/* Lock key: [q] lock. */
struct lazy_queue {
	spinlock_t lock;
	struct vmap_area *first;	/* [q] freed last first */
	unsigned long bytes;		/* [q] */
	unsigned long nr;		/* [q] ranges */
};

static DEFINE_MUTEX(vmap_purge_lock);
static DEFINE_PER_CPU(struct lazy_queue, lazy_queue);
static unsigned long lazy_most;		/* [b] bytes of one queue */

static void queue_add(struct lazy_queue *queue, struct vmap_area *va)
{
	struct vmap_area *last = queue->first;

	queue->bytes += vmap_size(va);
	if (last && last->va_end == va->va_start) {
		last->va_end = va->va_end;
		vmap_descriptor_free(va);
	} else if (last && last->va_start == va->va_end) {
		last->va_start = va->va_start;
		vmap_descriptor_free(va);
	} else {
		va->next_lazy = last;
		queue->first = va;
		queue->nr++;
	}
}

void vmap_area_defer(struct vmap_area *va)
{
	/* the lock makes it right where the caller moves to another CPU */
	struct lazy_queue *queue = raw_cpu_ptr(&lazy_queue);
	bool purge;

	spin_lock(&queue->lock);
	queue_add(queue, va);
	purge = queue->bytes > lazy_most;
	spin_unlock(&queue->lock);
	if (unlikely(purge))
		vmap_area_purge();
}

/* Take all that one CPU has queued. */
static struct vmap_area *queue_take(struct lazy_queue *queue)
{
	struct vmap_area *list;

	spin_lock(&queue->lock);
	list = queue->first;
	queue->first = NULL;
	queue->bytes = 0;
	queue->nr = 0;
	spin_unlock(&queue->lock);
	return list;
}

/* What [*start, *end) has to be for a flush of it to serve the list, too. */
static void list_bounds(const struct vmap_area *va, unsigned long *start,
			unsigned long *end)
{
	for (; va; va = va->next_lazy) {
		*start = min(*start, va->va_start);
		*end = max(*end, va->va_end);
	}
}

static void list_release(struct vmap_area *va)
{
	while (va) {
		struct vmap_area *next = va->next_lazy;

		vmap_area_release(va);
		va = next;
	}
}

bool vmap_area_purge(void)
{
	unsigned long start = VMALLOC_END, end = VMALLOC_START;
	struct vmap_area *list[NR_CPUS];
	unsigned int cpu;

	mutex_lock(&vmap_purge_lock);
	for_each_possible_cpu(cpu) {
		list[cpu] = queue_take(per_cpu_ptr(&lazy_queue, cpu));
		list_bounds(list[cpu], &start, &end);
	}
	if (start < end)
		flush_tlb_kernel_range(start, end);	/* V5 */
	for_each_possible_cpu(cpu)
		list_release(list[cpu]);
	mutex_unlock(&vmap_purge_lock);
	return start < end;
}

unsigned long vmap_lazy_bytes(void)
{
	unsigned long bytes = 0;
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		bytes += READ_ONCE(per_cpu(lazy_queue, cpu).bytes);
	return bytes;
}

static unsigned long vmap_lazy_ranges(void)
{
	unsigned long nr = 0;
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		nr += READ_ONCE(per_cpu(lazy_queue, cpu).nr);
	return nr;
}

void vmap_lazy_for_each(void (*fn)(const struct vmap_area *va, void *arg),
			void *arg)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct lazy_queue *queue = per_cpu_ptr(&lazy_queue, cpu);
		struct vmap_area *va;

		spin_lock(&queue->lock);
		for (va = queue->first; va; va = va->next_lazy)
			fn(va, arg);
		spin_unlock(&queue->lock);
	}
}

/* An address that is sought, and whether it was found. */
struct lazy_search {
	unsigned long addr;
	bool found;
};

static void lazy_look(const struct vmap_area *va, void *arg)
{
	struct lazy_search *search = arg;

	if (search->addr >= va->va_start && search->addr < va->va_end)
		search->found = true;
}

bool vmap_addr_is_lazy(unsigned long addr)
{
	struct lazy_search search = { .addr = addr };

	vmap_lazy_for_each(lazy_look, &search);
	return search.found;
}

/* ---- checks ------------------------------------------------------------ */

struct lazy_sum {
	unsigned long bytes, nr;
	const char *wrong;
};

static void lazy_check_one(const struct vmap_area *va, void *arg)
{
	struct lazy_sum *sum = arg;

	if (vmap_free_overlaps(va->va_start, va->va_end))
		sum->wrong = "V5: a lazy range is free too";
	if (vmap_busy_overlaps(va->va_start, va->va_end))
		sum->wrong = "V5: a lazy range is busy too";
	if (!vmap_range_empty(va->va_start, va->va_end))
		sum->wrong = "V4: an entry is present in a lazy range";
	sum->bytes += vmap_size(va);
	sum->nr++;
}

const char *vmap_lazy_check(unsigned long *bytes)
{
	struct lazy_sum sum = { 0 };

	vmap_lazy_for_each(lazy_check_one, &sum);
	*bytes += sum.bytes;
	if (!sum.wrong && sum.bytes != vmap_lazy_bytes())
		sum.wrong = "the lazy bytes are wrong";
	if (!sum.wrong && sum.nr != vmap_lazy_ranges())
		sum.wrong = "the lazy ranges are miscounted";
	return sum.wrong;
}

/* ---- memory is short, and the start ------------------------------------ */

/* Lazy descriptors are memory, if little of it. */
static unsigned long vmap_shrink_count(struct shrinker *shrinker,
				       struct shrink_control *sc)
{
	return vmap_lazy_ranges();
}

static unsigned long vmap_shrink_scan(struct shrinker *shrinker,
				      struct shrink_control *sc)
{
	unsigned long nr = vmap_lazy_ranges();

	return vmap_area_purge() ? nr : SHRINK_STOP;
}

static struct shrinker vmap_shrinker = {
	.count_objects = vmap_shrink_count,
	.scan_objects = vmap_shrink_scan,
	.seeks = DEFAULT_SEEKS,
};

/* Once it is known how many CPUs share what may be lazy. */
static int __init vmap_lazy_share(void)
{
	lazy_most /= num_online_cpus();
	return 0;
}
late_initcall(vmap_lazy_share);

void __init vmap_lazy_init(void)
{
	unsigned long window = VMALLOC_END - VMALLOC_START;
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		spin_lock_init(&per_cpu(lazy_queue, cpu).lock);
	lazy_most = min_t(unsigned long, VMAP_LAZY_MOST, window / 4);
	register_shrinker(&vmap_shrinker, "vmap-lazy");
}
