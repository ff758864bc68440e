/* SPDX-License-Identifier: MIT */
/*
 * Between the files of the lock checker: lockdep.c tells what it is and
 * names the invariants. All functions: interrupts off, inside of
 * lockdep_enter(); those of the graph with its lock held where it is said.
 */
#ifndef _KERNEL_LOCKING_INTERNAL_H
#define _KERNEL_LOCKING_INTERNAL_H

#include <linux/lockdep.h>
#include <linux/percpu.h>
#include <linux/types.h>

#ifdef CONFIG_DEBUG

#define LOCKDEP_CLASSES 512  /* index 0 stands for none */
#define LOCKDEP_EDGES   4096 /* each dependency takes two */
#define LOCKDEP_CHAIN_BITS 12 /* the table of known chains has 4096 slots */
#define LOCKDEP_CHAINS  (1 << LOCKDEP_CHAIN_BITS)
#define LOCKDEP_PATH    12   /* steps that a report can show */

/*
 * How a class is used, one bit each:
 *	bit 0	by readers
 *	bit 1	0: taken in the interrupt, 1: taken with it enabled
 *	bit 2	0: hardirqs, 1: softirqs
 */
#define USE_READ      1U
#define USE_ENABLED   2U
#define USE_SOFTIRQ   4U
#define LOCKDEP_USES  8U
#define USE_BIT(use)  (1U << (use))
/* All bits of one kind of interrupt (use & USE_SOFTIRQ) and side. */
#define USES_OF(side) (USE_BIT(side) | USE_BIT((side) | USE_READ))
#define USES_READ     0xaaU

/* Locks that are told apart by nobody but their addresses. */
struct lock_class {
	const struct lockdep_subclass_key *key; /* NULL: free */
	const char *name;
	unsigned long acquired;   /* times, about */
	u16 hash_next;            /* class in the same bucket, or 0 */
	u16 after, before;        /* first edge of each list, or 0 */
	u8 subclass;
	u8 usage;                 /* bits USE_* */
	u16 traces[LOCKDEP_USES]; /* who was the first, one for each bit */
};

extern struct lock_class lock_classes[LOCKDEP_CLASSES];

/*
 * What an edge's two ends are, one bit for each combination (a bit's number
 * is EDGE_FIRST | EDGE_SECOND): see strong paths in lockdep_graph.c.
 */
#define EDGE_FIRST  1U
#define EDGE_SECOND 2U

struct lock_edge {
	u16 next;
	u16 class_idx; /* where it leads */
	u16 trace;     /* who made it */
	u8 kinds;
};

/* A way through the graph: [0] is where it began. */
struct lock_path {
	unsigned int nr;
	struct {
		u16 class_idx;
		u16 trace; /* of the edge that leads here */
	} step[LOCKDEP_PATH];
};

enum lockdep_kind {
	LOCKDEP_FINE,
	LOCKDEP_RECURSION, /* one of the class is held */
	LOCKDEP_CYCLE,     /* the order is the other way round elsewhere */
	LOCKDEP_IRQ_ORDER, /* an irq-unsafe lock inside an irq-safe one */
	LOCKDEP_IRQ_STATE, /* one class is both */
};

/* What is wrong, to be told once the graph's lock is released. */
struct lockdep_finding {
	enum lockdep_kind kind;
	const struct held_lock *prev; /* held, or NULL */
	const struct held_lock *next; /* being taken */
	unsigned int use;             /* IRQ_*: what the safe one is used in */
	struct lock_path fore;        /* from next, with the edges */
	struct lock_path back;        /* from prev, against the edges */
};

/* ------------------------------------------------------------- lockdep.c */

DECLARE_PER_CPU(unsigned int, lockdep_recursion);

/* Validation goes on: no table was full. */
extern bool lockdep_validating;

/* Says which table is full, and ends validation. No graph lock. */
void lockdep_stop(const char *table);

/* The locks of who runs here. */
struct held_locks *lockdep_held(void);

void lockdep_graph_lock(void);
void lockdep_graph_unlock(void);

/* Who is here, but for skip callers, in a depot; 0 if that is full. */
u16 lockdep_save_trace(unsigned int skip);

/* -------------------------------------------------------- lockdep_class.c */

/* The class of a lock, new ones made; 0: none, or not to be checked. */
u16 lockdep_class(struct lockdep_map *lock, unsigned int subclass);
unsigned int lockdep_nr_classes(void);

/* -------------------------------------------------------- lockdep_graph.c */

/* With the graph's lock. False: the tables of edges or chains are full. */
bool lockdep_add_chain(const struct held_locks *held,
		       const struct held_lock *next, u16 trace,
		       struct lockdep_finding *finding);
/* Without the lock, or with it. */
bool lockdep_chain_known(u64 key);
/* With the graph's lock: all edges and chains of a class are forgotten. */
void lockdep_zap_class(u16 class_idx);
unsigned int lockdep_nr_edges(void);
unsigned int lockdep_nr_chains(void);
/* How many classes were taken inside of one, or (around) it inside of them. */
unsigned int lockdep_degree(u16 class_idx, bool around);
/* The nth class that was taken inside of one; 0: no more. */
u16 lockdep_inner(u16 class_idx, unsigned int nth);

/* A search for a class: match() says when it is found. */
struct lock_search {
	u16 from;
	bool weak;     /* the first step must be strong at its first end */
	bool backward; /* against the edges */
	bool (*match)(u16 class_idx, bool weak, struct lock_search *search);
	u16 target;    /* for match(): a class */
	bool strong;   /* ... that is found only so */
	u8 uses;       /* for match(): bits, wanted or gathered */
};

/* With the graph's lock. Fills in the path, unless it is NULL. */
bool lockdep_search(struct lock_search *search, struct lock_path *path);

/* -------------------------------------------------------- lockdep_usage.c */

/* The uses of a lock taken, or kept, in this context. */
unsigned int lockdep_uses(const struct held_lock *lock, bool irqs_on);
void lockdep_mark(const struct held_lock *lock, unsigned int uses);
/* With the graph's lock: may prev -> next be? */
bool lockdep_irq_order(const struct held_lock *prev,
		       const struct held_lock *next,
		       struct lockdep_finding *finding);

/* ------------------------------------------------------- lockdep_report.c */

void lockdep_report(const struct lockdep_finding *finding);
void lockdep_report_unlock(const struct lockdep_map *lock, unsigned long ip);
void lockdep_report_freed(const struct held_lock *held, const void *from,
			  unsigned long len);
void lockdep_report_key(const struct lockdep_map *lock);
void lockdep_report_exit(void);
void lockdep_print_held(const struct task_struct *task);
/* "name/1", "name", or an address, into buf. */
const char *lockdep_class_name(u16 class_idx, char *buf, unsigned int size);
/* As "+.-?": see lockdep_report.c. buf has 5 bytes. */
const char *lockdep_usage_marks(u16 class_idx, char *buf);
void lockdep_print_trace(u16 trace);

#define LOCKDEP_NAME 48

#endif /* CONFIG_DEBUG */

#endif
