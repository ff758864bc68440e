// SPDX-License-Identifier: MIT
/*
 * Fuzz target "depot": what debugging rests on: the depot of stack traces, and
 * the decision which attempts fail.
 *
 * Bytes: how large the depot is; then steps:
 *
 *	0-3	save a trace: how deep, and its addresses
 *	4	fetch what a handle, any number, stands for
 *	5	interval, probability, space, times, as on the command line
 *	6-7	attempts of a size: so many
 *
 * The model: all traces that were saved, in a list; four numbers.
 *
 * After every step: a trace has one handle (D1) and comes out as it went in; it
 * is lost only if the depot is full; a handle that was never given has no
 * trace; an attempt fails exactly when the numbers say so.
 */
#include "fuzz.h"

#include <linux/fault-inject.h>
#include <linux/kernel.h>
#include <linux/sprintf.h>
#include <linux/stackdepot.h>
#include <linux/string.h>

#define POOL	4096
#define TRACES	(POOL / STACK_DEPOT_UNIT)
#define HEAD	8	/* bytes of a record before its addresses */

static char pool[POOL] __aligned(STACK_DEPOT_UNIT);
static struct stack_depot depot;
static struct trace {
	unsigned long entries[STACK_DEPOT_DEPTH];
	unsigned int nr;
	depot_stack_handle_t handle;
} traces[TRACES];
static unsigned int nr_traces, used, room;	/* in units */

static struct fault_attr attr;
static int interval, probability, space, times, count;

static struct trace *find(const unsigned long *entries, unsigned int nr)
{
	struct trace *t;

	for (t = traces; t < traces + nr_traces; t++)
		if (t->nr == nr &&
		    !memcmp(t->entries, entries, nr * sizeof(*entries)))
			return t;
	return NULL;
}

static void check_fetch(const struct trace *t)
{
	unsigned long *entries;

	fuzz_check(depot_fetch(&depot, t->handle, &entries) == t->nr &&
			   !memcmp(entries, t->entries,
				   t->nr * sizeof(*entries)),
		   "handle %u, %u addresses", t->handle, t->nr);
}

/* Addresses of so small a choice that some traces come again. */
static void step_save(struct fuzz_input *in)
{
	unsigned int deep = fuzz_u8(in) % (STACK_DEPOT_DEPTH + 4), i, units;
	unsigned long entries[STACK_DEPOT_DEPTH + 4];
	unsigned int nr = min(deep, (unsigned int)STACK_DEPOT_DEPTH);
	depot_stack_handle_t handle;
	struct trace *t;

	for (i = 0; i < deep; i++)
		entries[i] = 1 + fuzz_u8(in) % 8;
	handle = depot_save(&depot, entries, deep);
	t = find(entries, nr);
	units = DIV_ROUND_UP(HEAD + nr * sizeof(*entries), STACK_DEPOT_UNIT);
	if (!nr || t || used + units > room) {
		fuzz_check(handle == (t && nr ? t->handle : 0),
			   "handle %u, %u of %u units", handle, used, room);
		return;
	}
	fuzz_check(handle == used, "handle %u, not %u", handle, used);
	t = &traces[nr_traces++];
	memcpy(t->entries, entries, nr * sizeof(*entries));
	t->nr = nr;
	t->handle = handle;
	used += units;
	check_fetch(t);
}

static void step_fetch(struct fuzz_input *in)
{
	unsigned long *entries;
	u16 handle = fuzz_u16(in);

	if (!handle || handle >= used)
		fuzz_check(!depot_fetch(&depot, handle, &entries) && !entries,
			   "handle %u", handle);
	else if (nr_traces)
		check_fetch(&traces[handle % nr_traces]);
}

static void step_setup(struct fuzz_input *in)
{
	char text[64];

	interval = fuzz_u8(in) % 6;
	probability = fuzz_u8(in) % 4 ? 100 : 0;
	space = fuzz_u16(in);
	times = fuzz_u8(in) % 8 - 1;
	snprintf(text, sizeof(text), "%d,%d,%d,%d", interval, probability,
		 space, times);
	fuzz_check(setup_fault_attr(&attr, text), "'%s'", text);
	count = atomic_read(&attr.count);
}

static bool fails(int size)
{
	if (!probability || !times)
		return false;
	if (space > size) {
		space -= size;
		return false;
	}
	if (interval > 1 && ++count % interval)
		return false;
	times -= times > 0;
	return true;
}

static void step_attempts(struct fuzz_input *in)
{
	unsigned int nr = fuzz_below(in, 40), size = fuzz_u16(in), i;

	for (i = 0; i < nr; i++) {
		bool want = fails(size);

		fuzz_check(should_fail(&attr, size) == want,
			   "%u bytes: not %d; times %d, space %d", size, want,
			   times, space);
	}
}

static void run(struct fuzz_input *in)
{
	static const struct fault_attr fresh =
		FAULT_ATTR_INITIALIZER(fuzz, NULL);
	static void (*const steps[])(struct fuzz_input *) = {
		[0 ... 3] = step_save, [4] = step_fetch, [5] = step_setup,
		[6 ... 7] = step_attempts,
	};
	unsigned int i;

	room = 1 + fuzz_below(in, POOL / STACK_DEPOT_UNIT);
	depot_init(&depot, pool, room * STACK_DEPOT_UNIT);
	nr_traces = 0;
	used = 1;
	attr = fresh;
	attr.verbose = 0;
	probability = 0;
	while (fuzz_left(in))
		steps[fuzz_below(in, ARRAY_SIZE(steps))](in);
	for (i = 0; i < nr_traces; i++)
		check_fetch(&traces[i]);
}

const struct fuzz_target fuzz_depot = { .name = "depot", .run = run };
