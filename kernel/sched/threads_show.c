// SPDX-License-Identifier: MIT
/*
 * threads_show.c - what the threads are doing
 *
 * One line for each: its state, and where it sleeps. As in stack_show.c a line
 * is put together under locks and written without them; in between threads
 * come and go, and the next line is that of the next higher number.
 *
 * A thread that sleeps is kept asleep, by the lock of its run queue, while its
 * stack is looked at. One that runs is not stopped: where it is, is not told.
 *
 * Differs from Linux: /proc has a folder for each. (fs/proc/base.c)
 */
#include <linux/sched/task.h>

#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/stacktrace.h>
#include <linux/string.h>

#include "internal.h"

#define DEPTH 24

struct thread_line {
	char comm[TASK_COMM_LEN];
	int pid;
	char state, running;
	unsigned int cpu;
	int nice, rt;
	unsigned long waits, preempted;
	unsigned long trace[DEPTH];
	unsigned int nr;
};

/* The letters of Linux's ps. */
static char state_letter(const struct task_struct *p)
{
	unsigned int state = READ_ONCE(p->__state);

	if ((state & TASK_IDLE) == TASK_IDLE)
		return 'I';
	if (state & TASK_DEAD)
		return 'X';
	if (state & TASK_PARKED)
		return 'P';
	if (state & TASK_UNINTERRUPTIBLE)
		return 'D';
	return state & TASK_INTERRUPTIBLE ? 'S' : 'R';
}

/* The caller holds tasklist_lock. */
static void take_line(struct thread_line *line, struct task_struct *p)
{
	unsigned long flags;
	struct rq *rq = task_rq_lock(p, &flags);

	strscpy(line->comm, p->comm, sizeof(line->comm));
	line->pid = p->pid;
	line->state = state_letter(p);
	line->running = p->on_cpu ? '*' : ' ';
	line->cpu = task_cpu(p);
	line->nice = task_nice(p);
	line->rt = rt_task(p) ? p->rt_priority : 0;
	line->waits = p->nvcsw;
	line->preempted = p->nivcsw;
	line->nr = stack_trace_save_tsk(p, line->trace, DEPTH, 0);
	if (p == current)
		line->nr = 0;
	task_rq_unlock(rq, p, flags);
}

/* The thread with the lowest number from pid on. False: there is none. */
static bool line_from(struct thread_line *line, int pid)
{
	struct task_struct *p, *next = NULL;
	unsigned long flags;

	read_lock_irqsave(&tasklist_lock, flags);
	for_each_process(p)
		if (p->stack && p->pid >= pid && (!next || p->pid < next->pid))
			next = p;
	if (next)
		take_line(line, next);
	read_unlock_irqrestore(&tasklist_lock, flags);
	return next;
}

/* Is this a way to sleep, and so of no interest to who asks where? */
static bool is_way_to_sleep(unsigned long addr)
{
	static const char *const ways[] = {
		"__schedule", "schedule", "preempt_schedule", "__switch_to",
		"wait_", "do_wait", "__wait", "kthread_parkme", "__mutex",
		"mutex_lock", "rwsem", "down", "__down",
	};
	const char *name = kallsyms_lookup(addr - 1, NULL, NULL, NULL, NULL);
	unsigned int i;

	for (i = 0; name && i < ARRAY_SIZE(ways); i++)
		if (strstarts(name, ways[i]))
			return true;
	return false;
}

static void show_line(struct seq_file *m, const struct thread_line *line)
{
	unsigned int i = 0;

	seq_printf(m, "%5d %c%c %4u ", line->pid, line->state, line->running,
		   line->cpu);
	if (line->rt)
		seq_printf(m, "rt%2d", line->rt);
	else
		seq_printf(m, "%4d", line->nice);
	seq_printf(m, " %8lu %9lu  %-16s", line->waits, line->preempted,
		   line->comm);
	while (i < line->nr && is_way_to_sleep(line->trace[i]))
		i++;
	if (i < line->nr)
		seq_printf(m, " %pB", (void *)line->trace[i]);
	seq_putc(m, '\n');
}

int threads_show(struct seq_file *m, void *unused)
{
	struct thread_line line = { .pid = 0 };

	seq_printf(m, "%5s st %4s %4s %8s %9s  %-16s %s\n", "pid", "cpu",
		   "nice", "waits", "preempted", "name", "sleeps in");
	while (line_from(&line, line.pid + 1))
		show_line(m, &line);
	seq_printf(m, "%u threads\n", nr_threads_alive());
	return 0;
}

int thread_show_trace(struct seq_file *m, int pid)
{
	struct thread_line line;
	unsigned int i;

	if (pid < 1 || !line_from(&line, pid) || line.pid != pid)
		return -ESRCH;
	show_line(m, &line);
	if (!line.nr)
		seq_puts(m, " (it runs)\n");
	for (i = 0; i < line.nr; i++)
		seq_printf(m, " %pB\n", (void *)line.trace[i]);
	return 0;
}
