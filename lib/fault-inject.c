// SPDX-License-Identifier: MIT
/*
 * fault-inject.c - which attempts fail on purpose
 *
 *	attempt of a thread
 *	  | fail_nth counts it: n-th > fails, others pass, nothing else is asked
 *	  | probability 0 -----------> passes
 *	  | task-filter, not marked -> passes
 *	  | times is 0 --------------> passes
 *	  | space is left -----------> passes, and uses it up
 *	  | not the interval's turn -> passes
 *	  | the dice say no ---------> passes
 *	  v
 *	fails: a message, times goes down
 *
 * The dice have a sequence of their own, so that what else asks for random
 * numbers does not move it: a run repeats under the seed that is printed with
 * the settings (fault_seed=).
 *
 * Lock: dice_lock for the sequence. The numbers are read as they are; who
 * changes them while others allocate gets some attempts by the old ones.
 *
 * Differs from Linux: numbers are ints with limits, and set from the console;
 * no filter by callers' addresses. Linux: lib/fault-inject.c.
 */
#include <linux/fault-inject.h>

#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/prandom.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#define DEFAULT_SEED 1

static LIST_HEAD(fault_attrs); /* written while booting only */

static DEFINE_RAW_SPINLOCK(dice_lock);
static struct rnd_state dice;
static u64 dice_seed;

#define COMMON(_name, _field, _min, _max) \
	FAULT_KNOB(struct fault_attr, _name, _field, _min, _max)

/* What every attribute has; the first four as in "failslab=". */
static const struct fault_knob common[] = {
	COMMON("interval", interval, 0, INT_MAX),
	COMMON("probability", probability, 0, 100),
	COMMON("space", space.counter, 0, INT_MAX),
	COMMON("times", times.counter, -1, INT_MAX),
	COMMON("verbose", verbose, 0, 2),
	COMMON("task-filter", task_filter, 0, 1),
	{ },
};

#define NR_SETUP 4

/* ------------------------------------------------------------- the decision */

void fault_seed(u64 seed)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&dice_lock, flags);
	dice_seed = seed;
	prandom_seed_state(&dice, seed);
	raw_spin_unlock_irqrestore(&dice_lock, flags);
}

u64 fault_current_seed(void)
{
	return dice_seed;
}

/* True in that many of 100 cases. */
static bool dice_say(int probability)
{
	unsigned long flags;
	u32 value;

	if (probability >= 100)
		return true;
	raw_spin_lock_irqsave(&dice_lock, flags);
	value = prandom_u32_state(&dice);
	raw_spin_unlock_irqrestore(&dice_lock, flags);
	return reciprocal_scale(value, 100) < probability;
}

/* Uses up what may still be had without failing. */
static bool space_left(struct fault_attr *attr, ssize_t size)
{
	if (atomic_read(&attr->space) <= size)
		return false;
	atomic_sub(size, &attr->space);
	return true;
}

static bool by_attribute(struct fault_attr *attr, ssize_t size)
{
	if (likely(!attr->probability))
		return false;
	if (attr->task_filter && !(in_task() && current->make_it_fail))
		return false;
	if (!atomic_read(&attr->times) || space_left(attr, size))
		return false;
	if (attr->interval > 1 &&
	    atomic_inc_return(&attr->count) % attr->interval)
		return false;
	return dice_say(attr->probability);
}

static void fail_tell(struct fault_attr *attr, ssize_t size)
{
	if (!attr->verbose)
		return;
	pr_notice("FAULT_INJECTION: %s fails %zd bytes of %s/%d\n", attr->name,
		  size, in_task() ? current->comm : "an interrupt over",
		  current->pid);
	if (attr->verbose > 1)
		dump_stack();
}

bool fault_nth_counts(void)
{
	return in_task() && current->fail_nth;
}

bool should_fail_ex(struct fault_attr *attr, ssize_t size, int flags)
{
	if (fault_nth_counts()) {
		if (--current->fail_nth)
			return false;
		flags = 0;	/* who chose this one wants to know it */
	} else if (!by_attribute(attr, size)) {
		return false;
	} else if (atomic_read(&attr->times) != -1 &&
		   !atomic_add_unless(&attr->times, -1, 0)) {
		return false;	/* another CPU was faster */
	}
	atomic_inc(&attr->injected);
	if (!(flags & FAULT_NOWARN))
		fail_tell(attr, size);
	return true;
}

bool should_fail(struct fault_attr *attr, ssize_t size)
{
	return should_fail_ex(attr, size, 0);
}

void fault_nth_set(unsigned int nth)
{
	current->fail_nth = nth;
	current->fail_nth_own = true;
}

unsigned int fault_nth_left(void)
{
	return current->fail_nth;
}

void fault_nth_arm(unsigned int nth)
{
	current->fail_nth = nth;
	current->fail_nth_own = false;
}

unsigned int fault_nth_disarm(bool *own)
{
	unsigned int left = current->fail_nth;

	*own = current->fail_nth_own;
	current->fail_nth = 0;
	return left;
}

void fault_mark_task(struct task_struct *p, bool on)
{
	WRITE_ONCE(p->make_it_fail, on);
}

/* ------------------------------------------------------------- the settings */

static int *knob_value(const struct fault_attr *attr,
		       const struct fault_knob *knob)
{
	return (int *)((char *)attr + knob->offset);
}

/* 0, or -EINVAL with why filled in. */
static int knob_parse(const struct fault_knob *knob, const char *text,
		      int *value, char *why, size_t size)
{
	if (kstrtoint(text, 0, value)) {
		snprintf(why, size, "%s: \"%s\" is not a number", knob->name,
			 text);
		return -EINVAL;
	}
	if (*value < knob->min || *value > knob->max) {
		snprintf(why, size, "%s: %d is not in %d..%d", knob->name,
			 *value, knob->min, knob->max);
		return -EINVAL;
	}
	return 0;
}

static const struct fault_knob *knob_find(const struct fault_knob *knob,
					  const char *name, size_t length)
{
	for (; knob && knob->name; knob++) {
		if (strlen(knob->name) == length &&
		    !strncmp(knob->name, name, length))
			return knob;
	}
	return NULL;
}

int fault_attr_set(struct fault_attr *attr, const char *word, char *why,
		   size_t size)
{
	const char *equals = strchr(word, '=');
	const struct fault_knob *knob = NULL;
	int value;

	if (!equals) {
		snprintf(why, size, "\"%s\" is no NAME=NUMBER", word);
		return -EINVAL;
	}
	knob = knob_find(common, word, equals - word);
	if (!knob)
		knob = knob_find(attr->knobs, word, equals - word);
	if (!knob) {
		snprintf(why, size, "%s has no \"%.*s\"", attr->name,
			 (int)(equals - word), word);
		return -EINVAL;
	}
	if (knob_parse(knob, equals + 1, &value, why, size))
		return -EINVAL;
	WRITE_ONCE(*knob_value(attr, knob), value);
	return 0;
}

void fault_attr_reset(struct fault_attr *attr)
{
	attr->probability = 0;
	attr->interval = 1;
	atomic_set(&attr->times, 1);
	atomic_set(&attr->space, 0);
	attr->verbose = 2;
	attr->task_filter = 0;
	atomic_set(&attr->count, 0);
	atomic_set(&attr->injected, 0);
}

/* Cuts "1,10,0,-1" into the first four numbers. */
static int setup_parse(const char *str, int *values, char *why, size_t size)
{
	char copy[64], *rest = copy, *word;
	int i;

	if (!str || strscpy(copy, str, sizeof(copy)) < 0) {
		snprintf(why, size, "no numbers, or too many");
		return -EINVAL;
	}
	for (i = 0; i < NR_SETUP; i++) {
		word = strsep(&rest, ",");
		if (!word) {
			snprintf(why, size, "%s is missing", common[i].name);
			return -EINVAL;
		}
		if (knob_parse(&common[i], word, &values[i], why, size))
			return -EINVAL;
	}
	if (!rest)
		return 0;
	snprintf(why, size, "more than interval,probability,space,times");
	return -EINVAL;
}

int setup_fault_attr(struct fault_attr *attr, char *str)
{
	int i, values[NR_SETUP];
	char why[80];

	if (setup_parse(str, values, why, sizeof(why))) {
		pr_warn("FAULT_INJECTION: %s=%s: %s\n", attr->name,
			str ? str : "", why);
		return 0;
	}
	for (i = 0; i < NR_SETUP; i++)
		*knob_value(attr, &common[i]) = values[i];
	pr_info("FAULT_INJECTION: %s=%s, fault_seed=%llu\n", attr->name, str,
		fault_current_seed());
	return 1;
}

/* ----------------------------------------------------------------- by name */

void fault_attr_register(struct fault_attr *attr)
{
	list_add_tail(&attr->list, &fault_attrs);
}

struct fault_attr *fault_attr_find(const char *name)
{
	struct fault_attr *attr;

	list_for_each_entry(attr, &fault_attrs, list) {
		if (!strcmp(attr->name, name))
			return attr;
	}
	return NULL;
}

static void show_knobs(struct seq_file *m, const struct fault_attr *attr,
		       const struct fault_knob *knob)
{
	for (; knob && knob->name; knob++)
		seq_printf(m, " %s=%d", knob->name, *knob_value(attr, knob));
}

void fault_attr_show(struct seq_file *m, const struct fault_attr *attr)
{
	seq_printf(m, "%s:", attr->name);
	show_knobs(m, attr, common);
	show_knobs(m, attr, attr->knobs);
	seq_printf(m, "; failed so far: %d\n", atomic_read(&attr->injected));
}

int fault_show(struct seq_file *m, void *unused)
{
	struct fault_attr *attr;

	list_for_each_entry(attr, &fault_attrs, list)
		fault_attr_show(m, attr);
	seq_printf(m, "fault_seed: %llu\n", fault_current_seed());
	return 0;
}

static int __init seed_setup(char *arg)
{
	u64 seed;

	if (!arg || kstrtou64(arg, 0, &seed))
		return -EINVAL;
	fault_seed(seed);
	return 0;
}
early_param("fault_seed", seed_setup);

static int __init fault_init(void)
{
	if (!dice_seed)
		fault_seed(DEFAULT_SEED);
	return 0;
}
early_initcall(fault_init);
