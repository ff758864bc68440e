// SPDX-License-Identifier: MIT
/*
 * console_text.c - texts in the formats of Linux's /proc files
 *
 * The rooms that own the numbers write the texts; here they only get a name.
 * Each is a command, and `cat /proc/NAME` shows the same.
 */
#include "console.h"

#include <linux/errno.h>
#include <linux/ioport.h>
#include <linux/irq.h>
#include <linux/kmsg_dump.h>
#include <linux/kstrtox.h>
#include <linux/percpu.h>
#include <linux/seq_file.h>
#include <linux/sched/stack.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <linux/vmalloc.h>
#include <linux/vmstat.h>

static const struct proc_text {
	const char *name;
	int (*show)(struct seq_file *m, void *unused);
} texts[] = {
	{ "buddyinfo", buddyinfo_show }, { "interrupts", interrupts_show },
	{ "iomem", iomem_show },
	{ "meminfo", meminfo_show },     { "pagetypeinfo", pagetypeinfo_show },
	{ "percpu_stats", percpu_stats_show },
	{ "slabinfo", slabinfo_show },   { "stacks", stacks_show },
	{ "threads", threads_show },     { "timer_list", timer_list_show },
	{ "vmallocinfo", vmallocinfo_show }, { "vmstat", vmstat_show },
	{ "zoneinfo", zoneinfo_show },
};

/* Through printf, so that the text can be caught. */
static void write_text(const char *text, size_t size)
{
	console_printf("%.*s", (int)size, text);
}

static int show_text(const char *name)
{
	struct seq_file m;
	unsigned int i;

	seq_init_write(&m, write_text);
	for (i = 0; i < ARRAY_SIZE(texts); i++)
		if (!strcmp(texts[i].name, name))
			return texts[i].show(&m, NULL);
	console_printf("%s: no such text; there are:", name);
	for (i = 0; i < ARRAY_SIZE(texts); i++)
		console_printf(" %s", texts[i].name);
	console_printf("\n");
	return -ENOENT;
}

static int cmd_text(int count, char **args)
{
	return count == 1 ? show_text(args[0]) : -EINVAL;
}
CONSOLE_COMMAND(buddyinfo, "", "free blocks of each order", cmd_text);
CONSOLE_COMMAND(stacks, "", "kernel stacks and how deep they were used",
		cmd_text);
CONSOLE_COMMAND(interrupts, "", "interrupts by line since boot", cmd_text);
CONSOLE_COMMAND(iomem, "", "the physical address space", cmd_text);
CONSOLE_COMMAND(meminfo, "", "where memory went, in kB", cmd_text);
CONSOLE_COMMAND(pagetypeinfo, "", "free blocks by mobility", cmd_text);
CONSOLE_COMMAND(percpu_stats, "", "memory of alloc_percpu()", cmd_text);
CONSOLE_COMMAND(slabinfo, "", "caches, their objects and slabs", cmd_text);
CONSOLE_COMMAND(vmallocinfo, "", "areas of the vmalloc window", cmd_text);
CONSOLE_COMMAND(vmstat, "", "counters of the memory system", cmd_text);
CONSOLE_COMMAND(zoneinfo, "", "zones: size, watermarks, reserves", cmd_text);

static int cmd_threads(int count, char **args)
{
	struct seq_file m;
	int pid;

	if (count == 1)
		return show_text("threads");
	if (count != 2 || kstrtoint(args[1], 0, &pid))
		return -EINVAL;
	seq_init_write(&m, write_text);
	if (!thread_show_trace(&m, pid))
		return 0;
	console_printf("no thread %d\n", pid);
	return -ESRCH;
}
CONSOLE_COMMAND(threads, "[PID]",
		"threads and where they sleep, or one's trace", cmd_threads);

static int cmd_timers(int count, char **args)
{
	return count == 1 ? show_text("timer_list") : -EINVAL;
}
CONSOLE_COMMAND(timers, "", "the clock, and what waits for it", cmd_timers);

static int cmd_cat(int count, char **args)
{
	const char *name;

	if (count != 2)
		return -EINVAL;
	name = args[1];
	if (!strncmp(name, "/proc/", 6))
		name += 6;
	return show_text(name);
}
CONSOLE_COMMAND(cat, "/proc/NAME", "the same texts by their Linux name",
		cmd_cat);

static int cmd_dmesg(int count, char **args)
{
	struct kmsg_dump_iter iter;
	char line[256];
	size_t length;

	kmsg_dump_rewind(&iter);
	while (kmsg_dump_get_line(&iter, false, line, sizeof(line), &length))
		write_text(line, length);
	return 0;
}
CONSOLE_COMMAND(dmesg, "", "the kernel's messages since boot", cmd_dmesg);
