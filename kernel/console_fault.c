// SPDX-License-Identifier: MIT
/*
 * console_fault.c - failing allocations on purpose
 *
 *	fault                               all settings
 *	fault failslab                      of one attribute
 *	fault failslab probability=100 times=3 ignore-gfp-wait=0
 *	fault failslab reset                nothing fails
 *	fault nth 2                         this thread's second attempt
 *	fault task 1 on                     marks a thread for task-filter
 *	fault cache kmalloc-64 on           marks a cache for cache-filter
 *	fault seed 7                        the dice start again
 */
#include "console.h"

#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/fault-inject.h>
#include <linux/kconfig.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/string.h>

static void write_text(const char *text, size_t size)
{
	console_printf("%.*s", (int)size, text);
}

static void show_one(const struct fault_attr *attr)
{
	struct seq_file m;

	seq_init_write(&m, write_text);
	fault_attr_show(&m, attr);
}

static int show_all(void)
{
	struct seq_file m;

	seq_init_write(&m, write_text);
	return fault_show(&m, NULL);
}

/* The words in turn, up to one that is wrong. */
static int set_words(struct fault_attr *attr, int count, char **words)
{
	char why[96];
	int i;

	for (i = 0; i < count; i++) {
		if (!strcmp(words[i], "reset")) {
			fault_attr_reset(attr);
			continue;
		}
		if (fault_attr_set(attr, words[i], why, sizeof(why))) {
			console_printf("%s\n", why);
			return -EINVAL;
		}
	}
	show_one(attr);
	return 0;
}

static int parse_switch(const char *word, bool *on)
{
	if (!kstrtobool(word, on))
		return 0;
	console_printf("%s: neither on nor off\n", word);
	return -EINVAL;
}

/* The thread is only found, marked and forgotten under the lock. */
static bool mark_thread(unsigned long pid, bool on)
{
	struct task_struct *p;
	unsigned long flags;
	bool found = false;

	read_lock_irqsave(&tasklist_lock, flags);
	for_each_process(p) {
		if ((unsigned long)task_pid_nr(p) == pid) {
			fault_mark_task(p, on);
			found = true;
		}
	}
	read_unlock_irqrestore(&tasklist_lock, flags);
	return found;
}

static int fault_task(int count, char **args)
{
	unsigned long pid;
	bool on;

	if (count != 2 || parse_number(args[0], &pid) ||
	    parse_switch(args[1], &on))
		return -EINVAL;
	if (mark_thread(pid, on))
		return 0;
	console_printf("no thread %lu\n", pid);
	return -ESRCH;
}

static int fault_cache(int count, char **args)
{
	bool on;

	if (count != 2 || parse_switch(args[1], &on))
		return -EINVAL;
	if (!failslab_mark(args[0], on))
		return 0;
	console_printf("%s: no cache has this name\n", args[0]);
	return -ENOENT;
}

static int fault_nth(int count, char **args)
{
	unsigned long nth;

	if (count != 1 || parse_number(args[0], &nth))
		return -EINVAL;
	fault_nth_set(nth);
	return 0;
}

static int fault_seed_word(int count, char **args)
{
	unsigned long seed;

	if (count != 1 || parse_number(args[0], &seed))
		return -EINVAL;
	fault_seed(seed);
	return 0;
}

static const struct {
	const char *name;
	int (*run)(int count, char **args);
} words[] = {
	{ "task", fault_task },
	{ "cache", fault_cache },
	{ "nth", fault_nth },
	{ "seed", fault_seed_word },
};

static int cmd_fault(int count, char **args)
{
	struct fault_attr *attr;
	unsigned int i;

	if (!IS_ENABLED(CONFIG_DEBUG)) {
		console_printf("allocations fail on purpose in the checked "
			       "build only\n");
		return 0;
	}
	if (count == 1)
		return show_all();
	for (i = 0; i < ARRAY_SIZE(words); i++) {
		if (!strcmp(args[1], words[i].name))
			return words[i].run(count - 2, args + 2);
	}
	attr = fault_attr_find(args[1]);
	if (attr)
		return set_words(attr, count - 2, args + 2);
	console_printf("%s: no such attribute; fault shows them all\n",
		       args[1]);
	return -ENOENT;
}
CONSOLE_COMMAND(fault,
		"[NAME [SETTING=NUMBER...|reset]] | task PID on|off | "
		"cache NAME on|off | nth N | seed N",
		"fail allocations on purpose: settings, and who is failed",
		cmd_fault);
