/* SPDX-License-Identifier: MIT */
/*
 * Failing on purpose: allocations that could fail are made to, so that the
 * way back out of each caller is walked while nothing is really wrong.
 *
 *	failslab=1,10,0,-1	command line: interval,probability,space,times
 *	fault failslab times=5	console
 *	current->fail_nth = 3	the third attempt of this thread, of any kind
 *
 * Only checked kernels can; elsewhere the questions are constants, and cost
 * nothing.
 */
#ifndef _LINUX_FAULT_INJECT_H
#define _LINUX_FAULT_INJECT_H

#include <linux/atomic.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/stddef.h>
#include <linux/types.h>

struct kmem_cache;
struct seq_file;
struct task_struct;

/* A number that can be set by name, of one attribute. */
struct fault_knob {
	const char *name;
	int offset;		/* of the int, in bytes from the attribute */
	int min, max;
};

/* One of a struct whose first member, attr, is the attribute. */
#define FAULT_KNOB(_type, _name, _field, _min, _max)			\
	{								\
		.name = _name, .offset = offsetof(_type, _field),	\
		.min = _min, .max = _max,				\
	}

/* When one kind of attempt fails. All of the conditions must hold. */
struct fault_attr {
	int probability;	/* of 100; 0: never, by this attribute */
	int interval;		/* every n-th that gets as far; 0, 1: each */
	atomic_t times;		/* failures left, -1: no end */
	atomic_t space;		/* bytes that are still let through first */
	int verbose;		/* 0: silent, 1: a line, 2: and who called */
	int task_filter;	/* only threads with make_it_fail */

	atomic_t count;		/* for the interval */
	atomic_t injected;	/* failures so far, of fail_nth as well */
	const char *name;
	const struct fault_knob *knobs;	/* further ones, NULL or ended by {} */
	struct list_head list;
};

#define FAULT_ATTR_INITIALIZER(_name, _knobs)				\
	{								\
		.interval = 1,						\
		.times = ATOMIC_INIT(1),				\
		.verbose = 2,						\
		.name = #_name,						\
		.knobs = _knobs,					\
	}

#define DECLARE_FAULT_ATTR(name)					\
	struct fault_attr name = FAULT_ATTR_INITIALIZER(name, NULL)

/*
 * Sets interval, probability, space and times from "1,10,0,-1". 1, or 0 with
 * nothing changed after a message about what is wrong with the text.
 */
int setup_fault_attr(struct fault_attr *attr, char *str);

/*
 * Is this attempt, at size bytes, to fail? Says so if it is. Any context; the
 * filters and fail_nth are about threads, not about interrupts on top of them.
 */
bool should_fail(struct fault_attr *attr, ssize_t size);

/* The same for who was asked not to warn: nothing is said. */
#define FAULT_NOWARN 1
bool should_fail_ex(struct fault_attr *attr, ssize_t size, int flags);

/* Makes the attribute known by its name, to the console. Boot only. */
void fault_attr_register(struct fault_attr *attr);

/* The attribute of that name, or NULL. */
struct fault_attr *fault_attr_find(const char *name);

/*
 * Sets one number from "probability=10" and the like. 0, or -EINVAL with why
 * (of size bytes) telling what is wrong. Process context.
 */
int fault_attr_set(struct fault_attr *attr, const char *word, char *why,
		   size_t size);

/* As it was when made: nothing fails. */
void fault_attr_reset(struct fault_attr *attr);

/* One line with all numbers of an attribute; of each that is known. */
void fault_attr_show(struct seq_file *m, const struct fault_attr *attr);
int fault_show(struct seq_file *m, void *unused);

/* The numbers by which probability is decided start again from here. */
void fault_seed(u64 seed);
u64 fault_current_seed(void);

#ifdef CONFIG_DEBUG

/* mm/failslab.c: 0, or -ENOMEM if an object of this cache is to be refused. */
int should_failslab(struct kmem_cache *s, gfp_t gfpflags);

/* Marks the caches of that name for cache-filter, or not. 0 or -ENOENT. */
int failslab_mark(const char *name, bool on);

/* mm/fail_page_alloc.c, mm/failvmap.c, mm/fail_percpu.c */
bool should_fail_alloc_page(gfp_t gfp_mask, unsigned int order);
bool should_fail_vmap(unsigned long size, gfp_t gfp_mask);
bool should_fail_percpu(size_t size, gfp_t gfp_mask);

/*
 * The n-th attempt of this thread from now on fails, whatever the attributes
 * say; 0: none. Only __GFP_NOFAIL is not counted. What is left of the count:
 * 0 once it failed.
 */
void fault_nth_set(unsigned int nth);
unsigned int fault_nth_left(void);

/* Is this attempt one that the count is about? Then no filter is. */
bool fault_nth_counts(void);

/*
 * The same for who runs a case that may count for itself: what is left when it
 * has ended, with *own telling whether it did.
 */
void fault_nth_arm(unsigned int nth);
unsigned int fault_nth_disarm(bool *own);

/* Marks a thread for task-filter, or takes the mark away. */
void fault_mark_task(struct task_struct *p, bool on);

#else

static __always_inline int should_failslab(struct kmem_cache *s, gfp_t gfpflags)
{
	return 0;
}

static inline int failslab_mark(const char *name, bool on)
{
	return -ENOENT;
}

static __always_inline bool should_fail_alloc_page(gfp_t gfp_mask,
						   unsigned int order)
{
	return false;
}

static __always_inline bool should_fail_vmap(unsigned long size, gfp_t gfp_mask)
{
	return false;
}

static __always_inline bool should_fail_percpu(size_t size, gfp_t gfp_mask)
{
	return false;
}

static __always_inline void fault_nth_set(unsigned int nth)
{
}

static __always_inline unsigned int fault_nth_left(void)
{
	return 0;
}

static __always_inline void fault_nth_arm(unsigned int nth)
{
}

static __always_inline unsigned int fault_nth_disarm(bool *own)
{
	*own = false;
	return 0;
}

static inline void fault_mark_task(struct task_struct *p, bool on)
{
}

#endif

#endif
