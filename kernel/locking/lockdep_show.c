// SPDX-License-Identifier: MIT
/*
 * lockdep_show.c - the checker's tables as text
 *
 * One line for each class: how often it was taken (about: CPUs count without
 * a lock), how many classes were taken inside of it and around it, its four
 * marks (lockdep_report.c explains them), its name.
 *
 * The order has a line for each pair that was taken one inside the other.
 *
 * Lock: none. What changes meanwhile may show twice or not at all.
 *
 * Differs from Linux: /proc/lockdep and /proc/lockdep_stats in one.
 * (kernel/locking/lockdep_proc.c)
 */
#include "internal.h"

#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/seq_file.h>

unsigned int lockdep_depth(const struct task_struct *task)
{
	return READ_ONCE(task->held_locks.depth);
}

static void show_class(struct seq_file *m, u16 i)
{
	char name[LOCKDEP_NAME], marks[5];

	seq_printf(m, "%10lu %6u %6u  %s  %s\n", lock_classes[i].acquired,
		   lockdep_degree(i, false), lockdep_degree(i, true),
		   lockdep_usage_marks(i, marks),
		   lockdep_class_name(i, name, sizeof(name)));
}

int lockdep_show(struct seq_file *m, void *unused)
{
	u16 i;

	seq_printf(m, "%10s %6s %6s  %s  %s\n", "taken", "inside", "around",
		   "use ", "class");
	for (i = 1; i < LOCKDEP_CLASSES; i++)
		if (lock_classes[i].key)
			show_class(m, i);
	seq_printf(m,
		   "%u of %u classes, %u of %u dependencies, %u of %u chains",
		   lockdep_nr_classes(), LOCKDEP_CLASSES - 1,
		   lockdep_nr_edges(), LOCKDEP_EDGES / 2 - 1,
		   lockdep_nr_chains(), LOCKDEP_CHAINS * 3 / 4);
	seq_printf(m, "%s\n", lockdep_validating ? "" : "; a table was full");
	return 0;
}

int lockdep_order_show(struct seq_file *m, void *unused)
{
	char outer[LOCKDEP_NAME], inner[LOCKDEP_NAME];
	u16 i, to;
	unsigned int n;

	for (i = 1; i < LOCKDEP_CLASSES; i++) {
		if (!lock_classes[i].key)
			continue;
		lockdep_class_name(i, outer, sizeof(outer));
		for (n = 0; (to = lockdep_inner(i, n)); n++)
			seq_printf(m, "%s -> %s\n", outer,
				   lockdep_class_name(to, inner,
						      sizeof(inner)));
	}
	return 0;
}
