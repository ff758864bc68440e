// SPDX-License-Identifier: MIT
/*
 * bench.c - counting the instructions of small operations
 *
 *	bench_start  |---- the loop ----|  bench_stop
 *	             ^ TSC              ^ TSC
 *
 * Under QEMU's -icount shift=0 the time-stamp counter advances by one per
 * guest instruction, so the difference is a count. What start and stop cost
 * between the two readings themselves is measured once, with an empty loop,
 * and taken off. The rest of the loop (two or three instructions per turn)
 * is part of the figure, as in the figures it is compared with.
 *
 * A bench is run twice and the second run counts: caches, per-CPU lists and
 * page tables are as they are in a kernel that has been up for a while.
 *
 * The arithmetic: a part's mean is cycles / ops; the bench's figure is the
 * sum of its parts' means, less those named BENCH_SUBTRACT, rounded.
 */
#define pr_fmt(fmt) "bench: " fmt

#include <quire/bench.h>
#include <asm/sections.h>
#include <asm/tsc.h>
#include <linux/errno.h>
#include <linux/glob.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <quire/capture.h>

#define SCALE 1000 /* means are kept in thousandths */

const char *bench_glob_arg;

static u64 overhead; /* cycles between start and stop */

/* The part of that name, made when it is new. */
static struct bench_part *find_part(struct bench *b, const char *name)
{
	struct bench_part *part;

	for (part = b->part; part < b->part + b->nr_parts; part++) {
		if (name == part->name)
			return part;
		if (name && part->name && !strcmp(name, part->name))
			return part;
	}
	if (b->nr_parts == BENCH_PARTS) {
		bench_skip(b, "too many parts");
		return part - 1;
	}
	part->name = name;
	part->cycles = 0;
	part->ops = 0;
	b->nr_parts++;
	return part;
}

unsigned long bench_start(struct bench *b, const char *part, unsigned long ops)
{
	if (b->running)
		bench_skip(b, "a loop was left before its end");
	b->running = find_part(b, part);
	b->running->ops += ops;
	b->started = get_cycles();
	return ops;
}

bool bench_stop(struct bench *b)
{
	u64 cycles = get_cycles() - b->started;

	b->running->cycles += cycles > overhead ? cycles - overhead : 0;
	b->running = NULL;
	return false;
}

void bench_add(struct bench *b, const char *part, u64 cycles, unsigned long ops)
{
	struct bench_part *p = find_part(b, part);

	p->cycles += cycles;
	p->ops += ops;
}

void bench_skip(struct bench *b, const char *why)
{
	b->skip = why;
}

static u64 scaled_mean(const struct bench_part *part)
{
	return part->ops ? div_u64(part->cycles * SCALE, part->ops) : 0;
}

static unsigned long rounded(u64 scaled)
{
	return div_u64(scaled + SCALE / 2, SCALE);
}

unsigned long bench_part_mean(const struct bench_part *part)
{
	return rounded(scaled_mean(part));
}

static bool is_subtracted(const struct bench_part *part)
{
	return part->name && !strcmp(part->name, BENCH_SUBTRACT);
}

unsigned long bench_mean(const struct bench *b)
{
	u64 sum = 0, less = 0;
	unsigned int i;

	for (i = 0; i < b->nr_parts; i++) {
		if (is_subtracted(&b->part[i]))
			less += scaled_mean(&b->part[i]);
		else
			sum += scaled_mean(&b->part[i]);
	}
	return sum > less ? rounded(sum - less) : 0;
}

static void measure_overhead(void)
{
	struct bench b = { .name = "overhead", .iterations = 0 };

	overhead = 0;
	bench_loop(&b)
		;
	b.part[0].cycles = 0;
	bench_loop(&b)
		;
	overhead = b.part[0].cycles;
}

static void print_result(const struct bench *b)
{
	unsigned int i;

	for (i = 0; i < b->nr_parts; i++) {
		const struct bench_part *part = &b->part[i];

		if (part->name && !is_subtracted(part))
			printk_raw(KERN_INFO "# bench: %s.%s %lu %lu\n",
				   b->name, part->name, bench_part_mean(part),
				   part->ops);
	}
	printk_raw(KERN_INFO "# bench: %s %lu %lu\n", b->name, bench_mean(b),
		   b->part[0].ops);
}

static void run_once(const struct bench_entry *entry, struct bench *b)
{
	memset(b, 0, sizeof(*b));
	b->name = entry->name;
	b->iterations = entry->iterations;
	b->arg = entry->arg;
	entry->run(b);
	if (!b->skip && (b->running || !b->nr_parts))
		b->skip = "it did not end its loop";
}

int bench_run(const struct bench_entry *entry)
{
	struct bench b;

	run_once(entry, &b);
	if (!b.skip)
		run_once(entry, &b);
	if (b.skip) {
		printk_raw(KERN_INFO "# bench %s skipped: %s\n", b.name,
			   b.skip);
		return 1;
	}
	print_result(&b);
	return 0;
}

/* Does one of the globs match, which commas separate? */
static bool any_matches(const char *globs, const char *name)
{
	char glob[64];

	for (;;) {
		size_t len = strcspn(globs, ",");

		if (len < sizeof(glob)) {
			memcpy(glob, globs, len);
			glob[len] = '\0';
			if (glob_match(glob, name))
				return true;
		}
		if (!globs[len])
			return false;
		globs += len + 1;
	}
}

int bench_run_glob(const char *globs)
{
	const struct bench_entry *const *entry;
	int count = 0;

	if (!get_cycles()) {
		printk_raw(KERN_INFO
			   "# bench: skipped, this CPU counts no cycles\n");
		return -ENODEV;
	}
	measure_overhead();
	for (entry = __start_bench; entry < __stop_bench; entry++) {
		if (any_matches(globs, (*entry)->name)) {
			bench_run(*entry);
			count++;
		}
	}
	return count;
}

static int __init bench_setup(char *arg)
{
	bench_glob_arg = arg && *arg ? arg : "*";
	return 0;
}
early_param("bench", bench_setup);
