// SPDX-License-Identifier: MIT
/*
 * lockdep_graph.c - which class was taken inside which
 *
 *	held a, took b:     A ---> B      an edge, with the trace of who
 *	held b, took c:     B ---> C
 *	holds c, takes a:   is there a way from A to C?  yes: a cycle
 *
 *	        A ---> B ---> C
 *	        ^             |
 *	        +-- refused --+
 *
 * Three CPUs, each just before its second lock, would wait for one another.
 * The edge that would close the cycle is reported and left out, so that the
 * graph has none, and the next report is about something else.
 *
 * Readers share, so not every way is a deadlock. The ends of an edge are
 * weak or strong: its first end is strong if the lock was held exclusively;
 * its second if the lock waits for any holder (all but readers that may
 * recur: those pass other readers). At each class in the middle of a way, the
 * one who waits must really wait for the one who holds:
 *
 *	   waits  holds
 *	... ---> B ---> ...     a weak arrival and a weak departure do not add
 *	                        up: reader waits for reader
 *
 * An edge may have been seen in all four combinations; a way that never has
 * weak meet weak is a strong path, and only such are looked for. The search
 * goes by breadth, so that the report shows the shortest. It visits each class
 * at most twice: arrived at weakly, and strongly.
 *
 * Chains: most code takes its locks in the same order for ever. A hash of the
 * whole stack of one context is kept once its pairs were checked (L4).
 *
 * Invariants (further ones in lockdep.c):
 *  G1  An edge in A's list after to B has a twin in B's list before to A.
 *  G2  No strong path leads from a class back to itself.
 *
 * Lock: the graph's, for all but lockdep_chain_known(). Cost: a chain that is
 * known one look into a table; else edges + classes for each lock held.
 *
 * Differs from Linux: (kernel/locking/lockdep.c) chains are only counted, not
 * kept to be shown; indices in place of pointers.
 */
#include "internal.h"

#include <linux/hash.h>
#include <linux/kernel.h>

/* A search's note of a class, arrived at strongly [i] or weakly [i + 1]. */
struct visit {
	u32 search; /* number of the search that came here */
	u16 parent; /* where from: a visit, or 0 */
	u16 trace;  /* of the edge */
};

#define VISIT(class_idx, weak) (2 * (class_idx) + !!(weak))
#define VISITS (2 * LOCKDEP_CLASSES)
#define CHAINS_MAX (LOCKDEP_CHAINS * 3 / 4)

static struct lock_edge edges[LOCKDEP_EDGES]; /* [0] stands for none */
static u16 free_edges;		/* a list */
static unsigned int used_edges; /* from the array, ever */
static unsigned int nr_edges;

static struct visit visits[VISITS];
static u16 queue[VISITS];
static u32 nr_searches;

static u64 chains[LOCKDEP_CHAINS]; /* 0: empty */
static unsigned int nr_chains;

unsigned int lockdep_nr_edges(void)
{
	return nr_edges / 2;
}

unsigned int lockdep_nr_chains(void)
{
	return nr_chains;
}

unsigned int lockdep_degree(u16 class_idx, bool around)
{
	const struct lock_class *class = &lock_classes[class_idx];
	u16 e = around ? class->before : class->after;
	unsigned int nr = 0;

	for (; e && nr < LOCKDEP_CLASSES; e = edges[e].next)
		nr++;
	return nr;
}

u16 lockdep_inner(u16 class_idx, unsigned int nth)
{
	u16 e = lock_classes[class_idx].after;

	while (e && nth--)
		e = edges[e].next;
	return e ? edges[e].class_idx : 0;
}

/* ------------------------------------------------------------------ search */

static void show_path(u16 visit, struct lock_path *path)
{
	unsigned int nr = 0, i;
	u16 v;

	for (v = visit; v; v = visits[v].parent)
		nr++;
	path->nr = min(nr, (unsigned int)LOCKDEP_PATH);
	/* a way that is too long keeps its beginning */
	for (v = visit; nr > LOCKDEP_PATH; nr--)
		v = visits[v].parent;
	for (i = path->nr; i-- > 0; v = visits[v].parent) {
		path->step[i].class_idx = v / 2;
		path->step[i].trace = visits[v].trace;
	}
}

/* Of an edge's combinations those that may follow; then how it arrives. */
static u8 kinds_after(bool weak, u8 kinds)
{
	u8 first_strong = BIT(EDGE_FIRST) | BIT(EDGE_FIRST | EDGE_SECOND);

	return weak ? kinds & first_strong : kinds;
}

static bool arrives_weakly(u8 kinds)
{
	u8 second_strong = BIT(EDGE_SECOND) | BIT(EDGE_FIRST | EDGE_SECOND);

	return !(kinds & second_strong);
}

/* A visit to be made, unless a stronger one has been. */
static void enqueue(u16 *tail, u16 class_idx, bool weak, struct visit from)
{
	struct visit *v = &visits[VISIT(class_idx, weak)];

	if (v->search == nr_searches ||
	    visits[VISIT(class_idx, false)].search == nr_searches)
		return;
	*v = from;
	queue[(*tail)++] = VISIT(class_idx, weak);
}

static void visit_neighbours(u16 visit, bool backward, u16 *tail)
{
	const struct lock_class *class = &lock_classes[visit / 2];
	u16 e = backward ? class->before : class->after;

	for (; e; e = edges[e].next) {
		u8 kinds = kinds_after(visit & 1, edges[e].kinds);

		if (kinds)
			enqueue(tail, edges[e].class_idx, arrives_weakly(kinds),
				(struct visit){ nr_searches, visit,
						edges[e].trace });
	}
}

bool lockdep_search(struct lock_search *search, struct lock_path *path)
{
	u16 head = 0, tail = 0, visit;

	nr_searches++;
	enqueue(&tail, search->from, search->weak,
		(struct visit){ nr_searches, 0, 0 });
	while (head < tail) {
		visit = queue[head++];
		if (search->match(visit / 2, visit & 1, search)) {
			if (path)
				show_path(visit, path);
			return true;
		}
		visit_neighbours(visit, search->backward, &tail);
	}
	return false;
}

/* ------------------------------------------------------------------- edges */

static u16 take_edge(void)
{
	u16 e = free_edges;

	if (e)
		free_edges = edges[e].next;
	else if (used_edges + 1 < LOCKDEP_EDGES)
		e = ++used_edges;
	else
		return 0;
	nr_edges++;
	return e;
}

static void drop_edge(u16 e)
{
	edges[e].next = free_edges;
	free_edges = e;
	nr_edges--;
}

/* An edge at the front of a list. False: there is none left. */
static bool push_edge(u16 *list, u16 class_idx, u8 kind, u16 trace)
{
	u16 e = take_edge();

	if (!e)
		return false;
	edges[e] = (struct lock_edge){
		.next = *list,
		.class_idx = class_idx,
		.trace = trace,
		.kinds = BIT(kind),
	};
	*list = e;
	return true;
}

static struct lock_edge *find_edge(u16 list, u16 class_idx)
{
	for (; list; list = edges[list].next)
		if (edges[list].class_idx == class_idx)
			return &edges[list];
	return NULL;
}

static bool add_edge(const struct held_lock *prev, const struct held_lock *next,
		     u16 trace)
{
	struct lock_class *from = &lock_classes[prev->class_idx];
	struct lock_class *to = &lock_classes[next->class_idx];
	bool holds = !prev->read, waits = next->read != 2;
	u8 fore = (holds ? EDGE_FIRST : 0) | (waits ? EDGE_SECOND : 0);
	u8 back = (waits ? EDGE_FIRST : 0) | (holds ? EDGE_SECOND : 0);
	struct lock_edge *edge = find_edge(from->after, next->class_idx);

	if (edge) {
		edge->kinds |= BIT(fore);
		find_edge(to->before, prev->class_idx)->kinds |= BIT(back);
		return true;
	}
	return push_edge(&from->after, next->class_idx, fore, trace) &&
	       push_edge(&to->before, prev->class_idx, back, trace); /* G1 */
}

static bool edge_is_known(const struct held_lock *prev,
			  const struct held_lock *next)
{
	struct lock_edge *edge =
		find_edge(lock_classes[prev->class_idx].after, next->class_idx);
	u8 kind = (!prev->read ? EDGE_FIRST : 0) |
		  (next->read != 2 ? EDGE_SECOND : 0);

	return edge && edge->kinds & BIT(kind);
}

/* Takes all edges to class_idx (0: all) out of a list. */
static void drop_edges(u16 *list, u16 class_idx)
{
	u16 *link = list, e;

	while ((e = *link)) {
		if (!class_idx || edges[e].class_idx == class_idx) {
			*link = edges[e].next;
			drop_edge(e);
		} else {
			link = &edges[e].next;
		}
	}
}

void lockdep_zap_class(u16 class_idx)
{
	struct lock_class *class = &lock_classes[class_idx];
	unsigned int i;
	u16 e;

	for (e = class->after; e; e = edges[e].next)
		drop_edges(&lock_classes[edges[e].class_idx].before, class_idx);
	for (e = class->before; e; e = edges[e].next)
		drop_edges(&lock_classes[edges[e].class_idx].after, class_idx);
	drop_edges(&class->after, 0);
	drop_edges(&class->before, 0);
	/* The number will mean another class: no chain may be taken for it. */
	for (i = 0; i < LOCKDEP_CHAINS; i++)
		chains[i] = 0;
	nr_chains = 0;
}

/* ------------------------------------------------------------------ chains */

/* The slot of a chain: its own, or the empty one where it belongs. */
static u64 *chain_slot(u64 key)
{
	unsigned int i = hash_64(key, LOCKDEP_CHAIN_BITS);

	while (chains[i] && chains[i] != key)
		i = (i + 1) % LOCKDEP_CHAINS;
	return &chains[i];
}

bool lockdep_chain_known(u64 key)
{
	return *chain_slot(key) == key;
}

static bool match_cycle(u16 class_idx, bool weak, struct lock_search *search)
{
	return class_idx == search->target && (search->strong || !weak);
}

/* False: the edge may not be, or could not be made. */
static bool add_dependency(const struct held_lock *prev,
			   const struct held_lock *next, u16 trace,
			   struct lockdep_finding *finding)
{
	struct lock_search cycle = {
		.from = next->class_idx,
		.weak = next->read == 2,
		.match = match_cycle,
		.target = prev->class_idx,
		.strong = !prev->read,
	};

	if (edge_is_known(prev, next))
		return true;
	finding->prev = prev;
	finding->next = next;
	if (lockdep_search(&cycle, &finding->fore)) {
		finding->kind = LOCKDEP_CYCLE;
		return false;
	}
	if (!lockdep_irq_order(prev, next, finding))
		return false;
	return add_edge(prev, next, trace);
}

/* May next be taken though one of its class is held? True: it is wrong. */
static bool recursion(const struct held_locks *held,
		      const struct held_lock *next,
		      struct lockdep_finding *finding)
{
	const struct held_lock *prev;

	for (prev = held->lock; prev < next; prev++) {
		if (next->nest_lock && prev->instance == next->nest_lock)
			return false;
		if (prev->class_idx != next->class_idx ||
		    (next->read == 2 && prev->read))
			continue;
		finding->kind = LOCKDEP_RECURSION;
		finding->prev = prev;
		finding->next = next;
		return true;
	}
	return false;
}

/*
 * Every lock between next and the first that was not a mere try gets an
 * edge: that one has edges from all below it.
 */
static bool add_dependencies(const struct held_locks *held,
			     const struct held_lock *next, u16 trace,
			     struct lockdep_finding *finding)
{
	const struct held_lock *prev = next;

	while (prev-- != held->lock && prev->irq_context == next->irq_context) {
		if (!prev->check || !prev->class_idx)
			continue;
		if (prev->class_idx != next->class_idx &&
		    !add_dependency(prev, next, trace, finding))
			return finding->kind != LOCKDEP_FINE;
		if (!prev->trylock)
			break;
	}
	return true;
}

bool lockdep_add_chain(const struct held_locks *held,
		       const struct held_lock *next, u16 trace,
		       struct lockdep_finding *finding)
{
	u64 *slot = chain_slot(held->chain_key);

	if (!recursion(held, next, finding) &&
	    !add_dependencies(held, next, trace, finding))
		return false;
	*slot = held->chain_key; /* L4 */
	return ++nr_chains < CHAINS_MAX;
}
