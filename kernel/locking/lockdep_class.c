// SPDX-License-Identifier: MIT
/*
 * lockdep_class.c - from a lock to its class
 *
 * Of a million locks in a million objects nothing can be learnt one by one;
 * but they are prepared at one place and treated alike. So what the checker
 * knows, it knows of classes:
 *
 *	spin_lock_init(&o->lock)	key: a static word at this place
 *	DEFINE_SPINLOCK(lock)		key: the lock's own address
 *	spin_lock_nested(&lock, 1)	key + 1: subclass 1 of it
 *
 *	lock.class_idx --right key?--> class          (nearly always)
 *	      | no
 *	      v
 *	buckets[hash(key)] --> class --> class        no lock to look
 *	      | none
 *	      v
 *	a free class is filled in, with the graph's lock
 *
 * A class is looked up without the lock while another CPU may be freeing it:
 * the search may then end too early, and is repeated with the lock.
 *
 * Invariants (further ones in lockdep.c):
 *  C1  A class with a key is in the bucket of that key; one without is free.
 *  C2  A key is static data, or registered: else its address may come to mean
 *      another lock, and what was learnt would be wrong.
 *  C3  lock.class_idx is a guess that the key confirms.
 *
 * Lock: the graph's. Cost: one comparison; else a few.
 *
 * Differs from Linux: (kernel/locking/lockdep.c, register_lock_class()) a
 * registered key is marked in itself; classes are freed at once, not after a
 * grace period.
 */
#include "internal.h"

#include <asm/barrier.h>
#include <asm/sections.h>
#include <linux/hash.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/string.h>

#define BUCKET_BITS 9
#define KEY_DYNAMIC 0xd1 /* mark of a registered key */

struct lock_class_key __lockdep_no_validate__;
struct lock_class lock_classes[LOCKDEP_CLASSES];

static u16 buckets[1 << BUCKET_BITS];
static unsigned int nr_classes;

unsigned int lockdep_nr_classes(void)
{
	return nr_classes;
}

void lockdep_init_map(struct lockdep_map *lock, const char *name,
		      struct lock_class_key *key, int subclass)
{
	lock->key = key;
	lock->name = name ? name : "(unnamed)";
	lock->class_idx = 0;
	lock->subclass = subclass;
}

static u16 *bucket_of(const struct lockdep_subclass_key *key)
{
	return &buckets[hash_ptr(key, BUCKET_BITS)];
}

static u16 find_class(const struct lockdep_subclass_key *key)
{
	u16 i = READ_ONCE(*bucket_of(key));

	while (i && lock_classes[i].key != key)
		i = READ_ONCE(lock_classes[i].hash_next);
	return i;
}

static u16 free_class(void)
{
	u16 i;

	for (i = 1; i < LOCKDEP_CLASSES; i++)
		if (!lock_classes[i].key)
			return i;
	return 0;
}

/* With the graph's lock. 0: no class is free. */
static u16 add_class(const struct lockdep_map *lock,
		     const struct lockdep_subclass_key *key,
		     unsigned int subclass)
{
	u16 i = free_class(), *bucket = bucket_of(key);

	if (!i)
		return 0;
	lock_classes[i] = (struct lock_class){
		.name = lock->name,
		.hash_next = *bucket,
		.subclass = subclass,
	};
	barrier();
	lock_classes[i].key = key;
	smp_store_release(bucket, i); /* complete before it is found */
	nr_classes++;
	return i;
}

/* C2 */
static bool key_is_known(const struct lock_class_key *key)
{
	return core_kernel_data((unsigned long)key) ||
	       is_kernel_rodata((unsigned long)key) ||
	       in_range_of(key, __init_begin, __init_end) ||
	       key->subkeys[0].dynamic == KEY_DYNAMIC;
}

/* Of a lock that each CPU has one of, the original; else the lock itself. */
static struct lock_class_key *own_key(const struct lockdep_map *lock)
{
	unsigned long original;
	int cpu;

	for_each_possible_cpu(cpu) {
		original = (unsigned long)lock - per_cpu_offset(cpu);
		if (in_range_of((void *)original, __per_cpu_start,
				__per_cpu_end))
			return (struct lock_class_key *)original;
	}
	return (struct lock_class_key *)lock;
}

/* A static lock that was not prepared at run time is its own key. */
static bool give_key(struct lockdep_map *lock)
{
	struct lock_class_key *key = READ_ONCE(lock->key);

	if (!key)
		key = own_key(lock);
	if (likely(key_is_known(key))) {
		WRITE_ONCE(lock->key, key);
		return true;
	}
	lockdep_report_key(lock);
	WRITE_ONCE(lock->key, &__lockdep_no_validate__);
	return false;
}

static u16 new_class(struct lockdep_map *lock, unsigned int subclass)
{
	const struct lockdep_subclass_key *key;
	u16 i;

	if (subclass >= MAX_LOCKDEP_SUBCLASSES || !give_key(lock))
		return 0;
	key = &lock->key->subkeys[subclass];
	i = find_class(key);
	if (i || !lockdep_validating)
		return i;
	lockdep_graph_lock();
	i = find_class(key);
	if (!i)
		i = add_class(lock, key, subclass);
	lockdep_graph_unlock();
	if (!i)
		lockdep_stop("classes");
	return i;
}

u16 lockdep_class(struct lockdep_map *lock, unsigned int subclass)
{
	u16 i = smp_load_acquire(&lock->class_idx);
	struct lock_class_key *lock_key = READ_ONCE(lock->key);
	u8 level = subclass ? subclass : lock->subclass;

	if (likely(i && lock_classes[i].key == &lock_key->subkeys[level]))
		return i; /* C3 */
	if (lock_key == &__lockdep_no_validate__)
		return 0;
	i = new_class(lock, level);
	smp_store_release(&lock->class_idx, i);
	return i;
}

/* ----------------------------------------------------------- dynamic keys */

void lockdep_register_key(struct lock_class_key *key)
{
	WARN_ON(core_kernel_data((unsigned long)key));
	memset(key, 0, sizeof(*key));
	key->subkeys[0].dynamic = KEY_DYNAMIC;
}

static void unlink_class(u16 gone)
{
	u16 *link = bucket_of(lock_classes[gone].key);

	while (*link != gone)
		link = &lock_classes[*link].hash_next;
	*link = lock_classes[gone].hash_next;
	lock_classes[gone].key = NULL; /* C1 */
	nr_classes--;
}

void lockdep_unregister_key(struct lock_class_key *key)
{
	unsigned long flags;
	unsigned int sub;
	u16 i;

	raw_local_irq_save(flags);
	__this_cpu_inc(lockdep_recursion);
	lockdep_graph_lock();
	for (sub = 0; sub < MAX_LOCKDEP_SUBCLASSES; sub++) {
		i = find_class(&key->subkeys[sub]);
		if (!i)
			continue;
		lockdep_zap_class(i);
		unlink_class(i);
	}
	key->subkeys[0].dynamic = 0;
	lockdep_graph_unlock();
	__this_cpu_dec(lockdep_recursion);
	raw_local_irq_restore(flags);
}
