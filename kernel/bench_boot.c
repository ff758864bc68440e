// SPDX-License-Identifier: MIT
/*
 * bench_boot.c - what boot has cost
 *
 *	_start: boot_tsc      end of the initcalls: boot_end
 *	|---- tables, memory map, zones, caches, initcalls ----|
 *
 * boot_total is all of it, boot_per_page the same divided by the frames of
 * RAM. Text on the consoles is part of it: loglevel=0 leaves that out.
 */
#include <quire/bench.h>
#include <asm/tsc.h>
#include <linux/mmzone.h>

u64 boot_tsc __attribute__((__section__(".data")));
static u64 boot_end;

void bench_boot_done(void)
{
	boot_end = get_cycles();
}

static unsigned long ram_frames(void)
{
	unsigned long frames = 0;
	struct zone *zone;

	for_each_zone(zone)
		frames += zone->present_pages;
	return frames;
}

/* arg: divide by the frames of RAM? */
static void boot_cost(struct bench *b)
{
	if (!boot_tsc || boot_end <= boot_tsc)
		bench_skip(b, "no cycles were counted");
	else
		bench_add(b, NULL, boot_end - boot_tsc,
			  b->arg ? ram_frames() : 1);
}
BENCH_ARG(boot_total, 1, boot_cost, 0);
BENCH_ARG(boot_per_page, 1, boot_cost, 1);
