// SPDX-License-Identifier: MIT
/*
 * Checks on objects: every byte around and in a free object is known.
 *
 * The problem: code that writes past its object, or into one it has freed,
 * corrupts somebody else, who fails much later. So each byte that nobody may
 * write gets a value, and is looked at whenever the object changes hands:
 *
 *	            left zone   object       right zone  meta      padding
 *	new, free     bb bb bb  6b 6b .. a5    bb bb      ON_SLAB    5a 5a
 *	at hand       bb bb bb  6b 6b .. a5    bb bb      CACHED     5a 5a
 *	with a user   cc cc cc  the user's     cc cc      ACTIVE     5a 5a
 *
 * kmalloc(60) gets an object of 64 bytes: there the right zone begins behind
 * byte 60, so that an overrun by one byte is seen.
 *
 *	event                     what is checked
 *	kmem_cache_free, kfree    address, cache, state; zones and padding
 *	kmem_cache_alloc          state; all bytes: a write after free
 *	slab to array cache       the freelist: links, length, states
 *	slab to page allocator    all bytes of all objects
 *	validate_slab_cache()     everything
 *
 * What is found is reported once, with the object's two traces, and repaired:
 * bytes are written again, a freelist is built anew from the states of the
 * objects, a wrong free does not happen. Then the kernel goes on.
 *
 * Which caches: all, with all checks, unless the boot word says otherwise:
 *
 *	slab_debug=-		none
 *	slab_debug=ZU		red zones and traces only (F checks, P poison)
 *	slab_debug=P,dentry	poison in caches whose name begins so only
 *
 * Invariants:
 * D1 meta->state is ON_SLAB iff the object is on the freelist, CACHED iff in
 *    an array cache, ACTIVE iff with a user (S1 made visible).
 * D2 bytes [requested, offset) of an active object are its right zone.
 *
 * Context: any; what reads and writes a state has interrupts off. An object
 * goes from ACTIVE to CACHED by one instruction, so that of two CPUs that free
 * it the second is told. validate_slab_cache() is for when no other CPU uses
 * the cache.
 *
 * Cost: each pass over an object's bytes; traces go to the stack depot, which
 * keeps equal ones once.
 *
 * Differs from Linux: the state is a word of its own instead of being read
 * off the red zone; right zones follow the size asked for already here, as in
 * later versions. Linux: mm/slub.c (check_object, alloc_debug_processing).
 */
#include "slab_debug.h"

#include <linux/atomic.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/poison.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/stackdepot.h>
#include <linux/stacktrace.h>
#include <linux/string.h>
#include <linux/threads.h>
#include <quire/leak_scan.h>

#define TRACE_DEPTH	16

static slab_flags_t boot_flags = SLAB_DEBUG_FLAGS;
static const char *boot_name;	/* NULL: all caches */

void slab_debug_configure(const char *word)
{
	static const struct {
		char letter;
		slab_flags_t flag;
	} letters[] = {
		{ 'F', SLAB_CONSISTENCY_CHECKS }, { 'Z', SLAB_RED_ZONE },
		{ 'P', SLAB_POISON }, { 'U', SLAB_STORE_USER },
	};
	unsigned int i;

	boot_flags = 0;
	boot_name = NULL;
	for (; *word && *word != ','; word++) {
		for (i = 0; i < ARRAY_SIZE(letters); i++) {
			if (*word == letters[i].letter)
				boot_flags |= letters[i].flag;
		}
	}
	if (*word == ',' && word[1])
		boot_name = word + 1;
}

static int __init slab_debug_setup(char *word)
{
	slab_debug_configure(word ? word : "FZPU");
	return 0;
}
early_param("slab_debug", slab_debug_setup);

slab_flags_t slab_debug_flags(const char *name, slab_flags_t flags)
{
	if (flags & SLAB_NO_USER_FLAGS)
		return flags;
	if (boot_name && strncmp(name, boot_name, strlen(boot_name)))
		return flags;
	return flags | boot_flags;
}

/* --- ranges of bytes that have one value --- */

/*
 * True if [start, end) is all value; else reports the range from the first
 * to the last wrong byte and writes it again.
 */
static bool check_bytes(struct kmem_cache *cachep, void *obj, const char *what,
			u8 *start, u8 *end, u8 value)
{
	struct slab_fault fault = { .what = what, .expected = value };
	const u8 *wrong = memchr_inv(start, value, end - start);

	if (!wrong)
		return true;
	fault.start = wrong;
	while (end[-1] == value)
		end--;
	fault.end = end;
	slab_report(cachep, virt_to_slab(cachep, obj), obj, &fault);
	slab_fixed(cachep, "bytes %p-%p are 0x%02x again", wrong, end - 1,
		   value);
	memset((void *)wrong, value, end - wrong);
	return false;
}

static u8 *left_zone(const struct kmem_cache *cachep, void *obj)
{
	return (u8 *)obj - cachep->red_left_pad;
}

static u8 *padding(const struct kmem_cache *cachep, void *obj)
{
	return obj + cachep->offset + sizeof(struct slab_meta);
}

static u8 *slot_end(const struct kmem_cache *cachep, void *obj)
{
	return left_zone(cachep, obj) + cachep->size;
}

/* Where the right zone begins: D2. */
static u8 *right_zone(const struct kmem_cache *cachep, void *obj, size_t used)
{
	return (u8 *)obj + min_t(size_t, used, cachep->object_size);
}

static bool check_zones(struct kmem_cache *cachep, void *obj, size_t used,
			u8 value)
{
	bool good = true;

	if (cachep->flags & SLAB_RED_ZONE) {
		good &= check_bytes(cachep, obj, "left red zone overwritten",
				    left_zone(cachep, obj), obj, value);
		good &= check_bytes(cachep, obj, "right red zone overwritten",
				    right_zone(cachep, obj, used),
				    obj + cachep->offset, value);
	}
	if (cachep->flags & SLAB_POISON)
		good &= check_bytes(cachep, obj, "padding overwritten",
				    padding(cachep, obj), slot_end(cachep, obj),
				    POISON_INUSE);
	return good;
}

static void fill_zones(struct kmem_cache *cachep, void *obj, size_t used,
		       u8 value)
{
	u8 *right = right_zone(cachep, obj, used);

	if (!(cachep->flags & SLAB_RED_ZONE))
		return;
	memset(left_zone(cachep, obj), value, cachep->red_left_pad);
	memset(right, value, (u8 *)obj + cachep->offset - right);
}

static void fill_poison(struct kmem_cache *cachep, void *obj)
{
	u8 *p = obj;

	if (!(cachep->flags & SLAB_POISON))
		return;
	memset(p, POISON_FREE, cachep->object_size - 1);
	p[cachep->object_size - 1] = POISON_END;
}

static bool check_poison(struct kmem_cache *cachep, void *obj)
{
	static const char what[] = "written to after free";
	u8 *last = (u8 *)obj + cachep->object_size - 1;
	bool good;

	if (!(cachep->flags & SLAB_POISON))
		return true;
	good = check_bytes(cachep, obj, what, obj, last, POISON_FREE);
	good &= check_bytes(cachep, obj, what, last, last + 1, POISON_END);
	return good;
}

/* --- objects --- */

_Static_assert(STACK_DEPOT_BITS <= 16, "a handle fits struct slab_track");
_Static_assert(PID_MAX_DEFAULT <= 1 << 16, "a pid fits struct slab_track");

static void track(struct kmem_cache *cachep, struct slab_track *track)
{
	unsigned long entries[TRACE_DEPTH];
	unsigned int nr;

	if (!(cachep->flags & SLAB_STORE_USER))
		return;
	nr = stack_trace_save(entries, ARRAY_SIZE(entries), 2);
	track->trace = stack_depot_save(entries, nr, GFP_NOWAIT);
	track->pid = task_pid_nr(current);
	track->cpu = raw_smp_processor_id();
}

static void report_plain(struct kmem_cache *cachep, void *obj, const char *what)
{
	struct slab_fault fault = { .what = what };

	slab_report(cachep, virt_to_slab(cachep, obj), obj, &fault);
}

void slab_debug_init_object(struct kmem_cache *cachep, void *obj)
{
	struct slab_meta *meta = slab_meta(cachep, obj);

	fill_zones(cachep, obj, cachep->object_size, SLUB_RED_INACTIVE);
	fill_poison(cachep, obj);
	memset(padding(cachep, obj), POISON_INUSE,
	       slot_end(cachep, obj) - padding(cachep, obj));
	meta->state = OBJECT_ON_SLAB;
	meta->requested = cachep->object_size;
	meta->alloc.trace = 0;
	meta->freed.trace = 0;
}

/* A free object: its state, then all its bytes. */
static bool check_free_object(struct kmem_cache *cachep, void *obj,
			      enum slab_object_state state)
{
	struct slab_meta *meta = slab_meta(cachep, obj);
	bool good = true;

	if (meta->state != state) {
		report_plain(cachep, obj,
			     "the state of a free object was "
			     "overwritten");
		slab_fixed(cachep, "object %p is free again", obj);
		meta->state = state;
		good = false;
	}
	good &= check_poison(cachep, obj);
	good &= check_zones(cachep, obj, cachep->object_size,
			    SLUB_RED_INACTIVE);
	return good;
}

static bool check_active_object(struct kmem_cache *cachep, void *obj)
{
	struct slab_meta *meta = slab_meta(cachep, obj);

	return check_zones(cachep, obj, meta->requested, SLUB_RED_ACTIVE);
}

void slab_debug_alloc(struct kmem_cache *cachep, void *obj, size_t requested)
{
	struct slab_meta *meta = slab_meta(cachep, obj);
	unsigned long irqflags;

	local_irq_save(irqflags);
	check_free_object(cachep, obj, OBJECT_CACHED);
	meta->requested = requested ? requested : cachep->object_size;
	meta->state = OBJECT_ACTIVE;
	track(cachep, &meta->alloc);
	meta->leak_mark = leak_new_mark();
	fill_zones(cachep, obj, meta->requested, SLUB_RED_ACTIVE);
	local_irq_restore(irqflags);
}

/* True if p is the address of an object of this slab. */
static bool object_in_slab(const struct kmem_cache *cachep,
			   const struct slab *slab, const void *p)
{
	unsigned long first = (unsigned long)slab_object(cachep, slab, 0);
	unsigned long at = (unsigned long)p - first;

	return (unsigned long)p >= first && at % cachep->size == 0 &&
	       at / cachep->size < cachep->num;
}

bool slab_object_valid(struct kmem_cache *cachep, const void *obj)
{
	return object_in_slab(cachep, virt_to_slab(cachep, obj), obj);
}

void *slab_slot_object(struct kmem_cache *cachep, const void *p)
{
	struct slab *slab = virt_to_slab(cachep, p);
	unsigned long at = p - slab_address(slab);
	unsigned long idx = 0;

	if (at > slab->colour)
		idx = (at - slab->colour) / cachep->size;
	if (idx >= cachep->num)
		idx = cachep->num - 1;
	return slab_object(cachep, slab, idx);
}

/* Whether the state lets an object be freed. */
static bool check_free_state(struct kmem_cache *cachep, void *obj)
{
	struct slab_meta *meta = slab_meta(cachep, obj);

	switch (meta->state) {
	case OBJECT_ACTIVE:
		return true;
	case OBJECT_CACHED:
	case OBJECT_ON_SLAB:
		report_plain(cachep, obj,
			     "object is already free: double free");
		slab_fixed(cachep, "object %p was not freed again", obj);
		return false;
	default:
		report_plain(cachep, obj,
			     "the state of an object was "
			     "overwritten");
		slab_fixed(cachep, "object %p is taken as in use", obj);
		meta->requested = cachep->object_size;
		return true;
	}
}

/* From its user's to free, if it is a user's: of two CPUs that try, by one. */
static bool take_back(struct slab_meta *meta)
{
	return cmpxchg(&meta->state, OBJECT_ACTIVE, OBJECT_CACHED) ==
	       OBJECT_ACTIVE;
}

bool slab_debug_free(struct kmem_cache *cachep, void *obj)
{
	struct slab_meta *meta = slab_meta(cachep, obj);
	unsigned long irqflags;
	bool good;

	if (!slab_object_valid(cachep, obj)) {
		slab_report_pointer(obj,
				    "free of a pointer that is not the "
				    "start of an object of %s",
				    cachep->name);
		report_plain(cachep, slab_slot_object(cachep, obj),
			     "a pointer into this object was freed");
		slab_fixed(cachep, "nothing was freed");
		return false;
	}
	debug_check_no_locks_freed(obj, cachep->object_size);
	local_irq_save(irqflags);
	good = take_back(meta) || check_free_state(cachep, obj);
	if (good) {
		check_active_object(cachep, obj);
		meta->state = OBJECT_CACHED;
		meta->requested = cachep->object_size;
		track(cachep, &meta->freed);
		fill_zones(cachep, obj, cachep->object_size, SLUB_RED_INACTIVE);
		fill_poison(cachep, obj);
	}
	local_irq_restore(irqflags);
	return good;
}

struct kmem_cache *slab_debug_owner(struct kmem_cache *cachep, void *obj)
{
	struct kmem_cache *owner;

	if (!lowmem_pointer(obj) || !PageSlab(lowmem_page(obj))) {
		slab_report_pointer(obj,
				    "free to %s of an address that is in "
				    "no slab",
				    cachep->name);
		return NULL;
	}
	owner = lowmem_page(obj)->slab_cache;
	if (owner != cachep) {
		slab_report_pointer(obj, "free to %s of an object of %s",
				    cachep->name, owner->name);
		slab_fixed(owner, "object %p goes back to its own cache", obj);
	}
	return owner;
}

void slab_debug_resize(struct kmem_cache *cachep, void *obj, size_t size,
		       bool zero)
{
	struct slab_meta *meta = slab_meta(cachep, obj);
	unsigned long irqflags;

	if (!slab_object_valid(cachep, obj) || meta->state != OBJECT_ACTIVE)
		return;
	local_irq_save(irqflags);
	check_active_object(cachep, obj);
	if (zero && size > meta->requested)
		memset(obj + meta->requested, 0, size - meta->requested);
	meta->requested = size;
	fill_zones(cachep, obj, size, SLUB_RED_ACTIVE);
	local_irq_restore(irqflags);
}

/* --- freelists --- */

void slab_debug_moved(struct kmem_cache *cachep, void *obj,
		      enum slab_object_state state)
{
	slab_meta(cachep, obj)->state = state;
}

/* D1 read backwards: what is ON_SLAB belongs on the freelist. */
static void rebuild_freelist(struct kmem_cache *cachep, struct slab *slab)
{
	unsigned int idx, nr_free = 0;

	slab->freelist = NULL;
	for (idx = cachep->num; idx--;) {
		void *obj = slab_object(cachep, slab, idx);

		if (slab_meta(cachep, obj)->state != OBJECT_ON_SLAB)
			continue;
		set_freepointer(cachep, obj, slab->freelist);
		slab->freelist = obj;
		nr_free++;
	}
	slab->inuse = cachep->num - nr_free;
	slab_fixed(cachep,
		   "the freelist of slab %p was built anew: %u of %u "
		   "free",
		   slab_address(slab), nr_free, cachep->num);
}

/* What is wrong with a freelist; *at: the object where. NULL: nothing. */
static const char *freelist_fault(struct kmem_cache *cachep, struct slab *slab,
				  void **at)
{
	unsigned int nr_free = 0;
	void *obj;

	*at = slab_object(cachep, slab, 0);
	for (obj = slab->freelist; obj; obj = get_freepointer(cachep, obj)) {
		if (!object_in_slab(cachep, slab, obj))
			return "free pointer leads out of the slab";
		*at = obj;
		if (slab_meta(cachep, obj)->state != OBJECT_ON_SLAB)
			return "an object on the freelist is not free";
		if (++nr_free > cachep->num)
			return "the freelist is a circle";
	}
	if (nr_free + slab->inuse != cachep->num)
		return "objects are missing from the freelist";
	return NULL;
}

static bool check_freelist(struct kmem_cache *cachep, struct slab *slab)
{
	void *at;
	const char *what = freelist_fault(cachep, slab, &at);

	if (!what)
		return true;
	report_plain(cachep, at, what);
	rebuild_freelist(cachep, slab);
	return false;
}

void slab_debug_freelist(struct kmem_cache *cachep, struct slab *slab)
{
	check_freelist(cachep, slab);
}

void slab_debug_release(struct kmem_cache *cachep, struct slab *slab)
{
	unsigned int idx;

	for (idx = 0; idx < cachep->num; idx++)
		check_free_object(cachep, slab_object(cachep, slab, idx),
				  OBJECT_ON_SLAB);
}

/* --- all of a cache --- */

static bool validate_object(struct kmem_cache *cachep, void *obj)
{
	u32 state = slab_meta(cachep, obj)->state;

	if (state == OBJECT_CACHED || state == OBJECT_ON_SLAB)
		return check_free_object(cachep, obj, state);
	if (state == OBJECT_ACTIVE)
		return check_active_object(cachep, obj);
	check_free_state(cachep, obj);
	return false;
}

static long validate_slabs(struct kmem_cache *cachep, struct list_head *slabs)
{
	struct slab *slab;
	unsigned int idx;
	long wrong = 0;

	list_for_each_entry(slab, slabs, slab_list) {
		wrong += !check_freelist(cachep, slab);
		for (idx = 0; idx < cachep->num; idx++)
			wrong += !validate_object(cachep,
						  slab_object(cachep, slab,
							      idx));
	}
	return wrong;
}

long validate_slab_cache(struct kmem_cache *cachep)
{
	unsigned long irqflags;
	long wrong = 0;

	if (!cache_debug(cachep))
		return 0;
	spin_lock_irqsave(&cachep->list_lock, irqflags);
	wrong += validate_slabs(cachep, &cachep->partial);
	wrong += validate_slabs(cachep, &cachep->full);
	wrong += validate_slabs(cachep, &cachep->empty);
	spin_unlock_irqrestore(&cachep->list_lock, irqflags);
	return wrong;
}
