// SPDX-License-Identifier: MIT
/*
 * console_locks.c - what the lock checker knows
 */
#include "console.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <quire/capture.h>

/* The locks of who may run meanwhile are a hint; they are not waited for. */
static void show_held(void)
{
	struct task_struct *p;
	unsigned long flags;
	unsigned int shown = 0;

	read_lock_irqsave(&tasklist_lock, flags);
	for_each_process(p) {
		if (!lockdep_depth(p) || p == current)
			continue;
		debug_show_held_locks(p);
		shown++;
	}
	read_unlock_irqrestore(&tasklist_lock, flags);
	if (!shown)
		pr_info("no other thread holds a lock\n");
}

static void write_text(const char *text, size_t size)
{
	console_printf("%.*s", (int)size, text);
}

static int cmd_locks(int count, char **args)
{
	struct seq_file m;
	int err;

	if (count > 2 || (count == 2 && strcmp(args[1], "order")))
		return -EINVAL;
	if (!IS_ENABLED(CONFIG_DEBUG)) {
		console_printf("locks are watched in the checked build only\n");
		return 0;
	}
	seq_init_write(&m, write_text);
	if (count == 2)
		return lockdep_order_show(&m, NULL);
	err = lockdep_show(&m, NULL);
	capture_begin();
	show_held();
	show_captured();
	return err;
}
CONSOLE_COMMAND(locks, "[order]",
		"classes of locks, their use, and who holds which; or their "
		"order",
		cmd_locks);
