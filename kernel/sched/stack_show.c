// SPDX-License-Identifier: MIT
/*
 * stack_show.c - every kernel stack, and how much of it was ever used
 *
 * One line for each thread, then those of each CPU for interrupts. A line is
 * put together under tasklist_lock, so that the stack does not go away, and
 * written without it, as writing may take long. In between threads may come
 * and go: the next line is that of the next higher number.
 */
#include <linux/sched/stack.h>

#include <asm/irq_stack.h>
#include <asm/stacktrace.h>
#include <linux/cpumask.h>
#include <linux/kconfig.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>
#include <linux/string.h>

#include "internal.h"

struct stack_line {
	char name[TASK_COMM_LEN];
	int pid; /* -1: not a thread's */
	unsigned int cpu;
	const void *stack;
	unsigned long size, used;
};

static void show_line(struct seq_file *m, const struct stack_line *line)
{
	seq_printf(m, "%-16s ", line->name);
	if (line->pid >= 0)
		seq_printf(m, "%5d ", line->pid);
	else
		seq_printf(m, "%5s ", "-");
	seq_printf(m, "%4u  %p %6lu", line->cpu, line->stack, line->size);
	if (IS_ENABLED(CONFIG_DEBUG))
		seq_printf(m, " %6lu %6lu", line->used,
			   line->size - line->used);
	seq_putc(m, '\n');
}

static void task_line(struct stack_line *line, const struct task_struct *p)
{
	strscpy(line->name, p->comm, sizeof(line->name));
	line->pid = p->pid;
	line->cpu = task_cpu(p);
	line->stack = p->stack;
	line->size = THREAD_SIZE;
	line->used = stack_most_used(p->stack, THREAD_SIZE);
}

/* The thread with the lowest number above pid. False: there is none. */
static bool next_line(struct stack_line *line, int pid)
{
	struct task_struct *p, *next = NULL;
	unsigned long flags;

	read_lock_irqsave(&tasklist_lock, flags);
	for_each_process(p)
		if (p->stack && p->pid > pid && (!next || p->pid < next->pid))
			next = p;
	if (next)
		task_line(line, next);
	read_unlock_irqrestore(&tasklist_lock, flags);
	return next;
}

/* top: one past the last byte; NULL: the CPU has none. */
static void show_cpu_stack(struct seq_file *m, const char *name,
			   unsigned int cpu, const void *top,
			   unsigned long size)
{
	struct stack_line line = { .pid = -1, .cpu = cpu, .size = size };

	if (!top)
		return;
	line.stack = top - size;
	strscpy(line.name, name, sizeof(line.name));
	line.used = stack_most_used(line.stack, size);
	show_line(m, &line);
}

int stacks_show(struct seq_file *m, void *unused)
{
	struct stack_line line = { .pid = 0 };
	int cpu;

	seq_printf(m, "%-16s %5s %4s  %8s %6s", "stack", "pid", "cpu", "begin",
		   "bytes");
	seq_printf(m, IS_ENABLED(CONFIG_DEBUG) ? "   used   left\n" : "\n");
	for_each_online_cpu(cpu) {
		task_line(&line, cpu_rq(cpu)->idle);
		show_line(m, &line);
	}
	while (next_line(&line, line.pid))
		show_line(m, &line);
	for_each_online_cpu(cpu) {
		show_cpu_stack(m, "hardirq", cpu,
			       per_cpu(hardirq_stack_ptr, cpu), IRQ_STACK_SIZE);
		show_cpu_stack(m, "softirq", cpu,
			       per_cpu(softirq_stack_ptr, cpu), IRQ_STACK_SIZE);
		show_cpu_stack(m, "double fault", cpu,
			       per_cpu(doublefault_stack_ptr, cpu),
			       DOUBLEFAULT_STACK_SIZE);
	}
	seq_printf(m, "%u of threads, %u kept for new ones\n",
		   nr_thread_stacks(), nr_kept_thread_stacks());
	if (IS_ENABLED(CONFIG_DEBUG))
		seq_printf(m, "least left by a thread that ended: %lu bytes\n",
			   stack_least_left());
	return 0;
}
