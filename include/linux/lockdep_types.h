/* SPDX-License-Identifier: MIT */
/*
 * What stands inside of locks and threads for the lock checker; empty in
 * release builds. <linux/lockdep.h> tells what it is for.
 */
#ifndef _LINUX_LOCKDEP_TYPES_H
#define _LINUX_LOCKDEP_TYPES_H

#include <linux/types.h>

/* Levels for locks of one class that nest in a known order. */
#define MAX_LOCKDEP_SUBCLASSES 8UL

/* Locks that one thread, with the interrupts on top of it, may hold. */
#define MAX_LOCK_DEPTH 32

#ifdef CONFIG_DEBUG

struct lockdep_subclass_key {
	u8 dynamic; /* of the first: lockdep_register_key() knows it */
};

/* Its address is what names a class; the bytes are its subclasses' names. */
struct lock_class_key {
	struct lockdep_subclass_key subkeys[MAX_LOCKDEP_SUBCLASSES];
};

/* One lock. A static one needs no key: its own address is one. */
struct lockdep_map {
	struct lock_class_key *key;
	const char *name;
	u16 class_idx; /* class found last, for speed; 0: none yet */
	u8 subclass;   /* lockdep_set_subclass() */
};

/* One lock that is held. */
struct held_lock {
	struct lockdep_map *instance;
	struct lockdep_map *nest_lock; /* orders those of one class, or NULL */
	unsigned long acquire_ip;
	u64 prev_chain_key;  /* hash of the locks below */
	u16 class_idx;       /* 0: not checked */
	u8 irq_context;      /* 0 thread, 1 softirq, 2 and 3 hardirq */
	u8 read : 2;         /* 0 exclusive, 1 shared, 2 shared, may recur */
	u8 trylock : 1;      /* it did not wait */
	u8 check : 1;        /* the order matters */
	u8 hardirqs_off : 1; /* interrupts, when it was taken */
};

/* The locks of one thread, the newest last. */
struct held_locks {
	unsigned int depth;
	unsigned int off;  /* lockdep_off() */
	unsigned int lost; /* held, but beyond MAX_LOCK_DEPTH */
	u64 chain_key;     /* hash of all of the innermost context */
	struct held_lock lock[MAX_LOCK_DEPTH];
};

#else

struct lock_class_key {};
struct lockdep_map {};
struct held_locks {};

#endif

#endif
