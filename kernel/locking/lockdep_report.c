// SPDX-License-Identifier: MIT
/*
 * lockdep_report.c - what the lock checker prints
 *
 * Every report says: who wants which lock, what it holds, the chain that
 * forbids it with the trace of each link, how CPUs could come to wait for
 * each other, and the trace of now. The words are Linux's, so that whoever
 * knows those reports knows these.
 *
 *	&zone->lock/1{-.+.}	class / subclass, then its four marks:
 *	             ||||	hardirqs by writers, by readers,
 *	             		softirqs by writers, by readers
 *	.  not used in it, nor with it enabled
 *	-  used in it		+  with it enabled		?  both
 *
 * Differs from Linux: (kernel/locking/lockdep.c, print_*_bug()) all chains
 * are shown in one form, from what is held to what is wanted.
 */
#include "internal.h"

#include <asm/processor.h>
#include <linux/atomic.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/smp.h>

#define PATIENCE 100000000U /* loops: longer than any report takes */
#define RULER "======================================================\n"

const char *lockdep_class_name(u16 class_idx, char *buf, unsigned int size)
{
	const struct lock_class *class = &lock_classes[class_idx];

	if (!class_idx)
		scnprintf(buf, size, "(not checked)");
	else if (!class->name)
		scnprintf(buf, size, "%ps", class->key);
	else if (class->subclass)
		scnprintf(buf, size, "%s/%u", class->name, class->subclass);
	else
		scnprintf(buf, size, "%s", class->name);
	return buf;
}

const char *lockdep_usage_marks(u16 class_idx, char *buf)
{
	static const unsigned int uses[] = { 0, USE_READ, USE_SOFTIRQ,
					     USE_SOFTIRQ | USE_READ };
	u8 usage = lock_classes[class_idx].usage;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(uses); i++) {
		bool in = usage & USE_BIT(uses[i]);
		bool on = usage & USE_BIT(uses[i] | USE_ENABLED);

		buf[i] = ".-+?"[in + 2 * on];
	}
	buf[i] = '\0';
	return buf;
}

static void print_class(const char *before, u16 class_idx, const char *after)
{
	char name[LOCKDEP_NAME], marks[5];

	pr_warn("%s%s{%s}%s", before,
		lockdep_class_name(class_idx, name, sizeof(name)),
		lockdep_usage_marks(class_idx, marks), after);
}

static void print_lock(const struct held_lock *lock)
{
	char name[LOCKDEP_NAME], marks[5];

	pr_warn("%px (%s){%s}, at: %pS%s\n", lock->instance,
		lockdep_class_name(lock->class_idx, name, sizeof(name)),
		lockdep_usage_marks(lock->class_idx, marks),
		(void *)lock->acquire_ip, lock->read ? " (shared)" : "");
}

void lockdep_print_held(const struct task_struct *task)
{
	const struct held_locks *held = &task->held_locks;
	unsigned int depth = READ_ONCE(held->depth), i;
	char name[LOCKDEP_NAME], marks[5];

	if (!depth) {
		pr_warn("no locks held by %s/%d.\n", task->comm, task->pid);
		return;
	}
	pr_warn("%u lock%s held by %s/%d:\n", depth, depth == 1 ? "" : "s",
		task->comm, task->pid);
	for (i = 0; i < depth; i++) {
		const struct held_lock *lock = &held->lock[i];

		pr_warn(" #%u: %px (%s){%s}, at: %pS\n", i, lock->instance,
			lockdep_class_name(lock->class_idx, name, sizeof(name)),
			lockdep_usage_marks(lock->class_idx, marks),
			(void *)lock->acquire_ip);
	}
}

/* ------------------------------------------------------------- the frame */

static atomic_t reporting; /* 1: a CPU prints one */

/*
 * CPUs print one after the other, but do not insist on it: who prints may
 * wait for a lock of printk() that the next one holds.
 */
static void begin_report(const char *what)
{
	unsigned int patience = PATIENCE;

	while (patience-- && atomic_xchg(&reporting, 1))
		cpu_relax();
	pr_warn("\n");
	pr_warn(RULER);
	pr_warn("WARNING: %s\n", what);
	pr_warn("%s, CPU %d\n", print_tainted(), raw_smp_processor_id());
	pr_warn("------------------------------------------------------\n");
}

static void end_report(void)
{
	pr_warn("\n");
	lockdep_print_held(current);
	pr_warn("\nstack backtrace:\n");
	dump_stack_lvl(KERN_WARNING);
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
	atomic_set(&reporting, 0);
}

static void print_wanted(const struct lockdep_finding *finding)
{
	pr_warn("%s/%d is trying to acquire lock:\n", current->comm,
		current->pid);
	print_lock(finding->next);
	if (!finding->prev)
		return;
	pr_warn("\nbut it is already holding lock:\n");
	print_lock(finding->prev);
}

/* Links in the order in which they were found, each with its trace. */
static void print_path(const struct lock_path *path)
{
	unsigned int i;
	char link[16];

	for (i = path->nr; i-- > 0;) {
		scnprintf(link, sizeof(link), "-> #%u (", i);
		print_class(link, path->step[i].class_idx, "):\n");
		if (i)
			lockdep_print_trace(path->step[i].trace);
	}
}

/* ----------------------------------------------------------------- kinds */

static u16 last_class(const struct lock_path *path, u16 otherwise)
{
	return path->nr ? path->step[path->nr - 1].class_idx : otherwise;
}

static void print_row(const char *left, u16 left_class, const char *right,
		      u16 right_class)
{
	char a[LOCKDEP_NAME] = "", b[LOCKDEP_NAME] = "";

	if (left_class)
		lockdep_class_name(left_class, a, sizeof(a));
	if (right_class)
		lockdep_class_name(right_class, b, sizeof(b));
	if (*right)
		pr_warn("  %-30s  %s%s%s\n", "", right, b,
			right_class ? ");" : "");
	else
		pr_warn("  %s%s%s\n", left, a, left_class ? ");" : "");
}

static void print_two_cpus(void)
{
	pr_warn("\nother info that might help us debug this:\n");
	pr_warn(" Possible unsafe locking scenario:\n");
	pr_warn("\n");
	pr_warn("  %-30s  CPU1\n", "CPU0");
	pr_warn("  %-30s  ----\n", "----");
}

static void report_cycle(const struct lockdep_finding *finding)
{
	u16 wanted = finding->next->class_idx, held = finding->prev->class_idx;
	const struct lock_path *path = &finding->fore;
	u16 before = path->nr > 1 ? path->step[path->nr - 2].class_idx : wanted;

	begin_report("possible circular locking dependency detected");
	print_wanted(finding);
	pr_warn("\nwhich lock already depends on the new lock.\n");
	pr_warn("\nthe existing dependency chain (in reverse order) is:\n");
	print_path(path);
	print_two_cpus();
	print_row("lock(", held, "", 0);
	print_row("", 0, "lock(", before);
	print_row("", 0, "lock(", held);
	print_row("lock(", wanted, "", 0);
	pr_warn("\n *** DEADLOCK ***\n");
	end_report();
}

static void report_recursion(const struct lockdep_finding *finding)
{
	begin_report("possible recursive locking detected");
	print_wanted(finding);
	pr_warn("\nother info that might help us debug this:\n");
	pr_warn(" Possible unsafe locking scenario:\n\n");
	pr_warn("  CPU0\n  ----\n");
	print_row("lock(", finding->prev->class_idx, "", 0);
	print_row("lock(", finding->next->class_idx, "", 0);
	pr_warn("\n *** DEADLOCK ***\n");
	pr_warn("\n May be due to missing lock nesting notation\n");
	end_report();
}

static const char *irq_name(unsigned int use)
{
	return use & USE_SOFTIRQ ? "SOFTIRQ" : "HARDIRQ";
}

/* Who used a class in the interrupt, or with it enabled, first. */
static void print_use(u16 class_idx, unsigned int use)
{
	unsigned int bits = lock_classes[class_idx].usage & USES_OF(use);

	if (!bits)
		return;
	if (!(bits & USE_BIT(use)))
		use |= USE_READ;
	pr_warn("{%s%s%s-%c} was first at:\n", use & USE_ENABLED ? "" : "IN-",
		irq_name(use), use & USE_ENABLED ? "-ON" : "",
		use & USE_READ ? 'R' : 'W');
	lockdep_print_trace(lock_classes[class_idx].traces[use]);
}

static void report_irq_order(const struct lockdep_finding *finding)
{
	unsigned int irq = finding->use & USE_SOFTIRQ;
	u16 next = finding->next->class_idx;
	u16 unsafe = last_class(&finding->fore, next);
	u16 safe = last_class(&finding->back, next);
	char what[64];

	scnprintf(what, sizeof(what),
		  "%s-safe -> %s-unsafe lock order detected", irq_name(irq),
		  irq_name(irq));
	begin_report(what);
	print_wanted(finding);
	print_class("\nThe irq-safe lock: ", safe, "\n");
	print_use(safe, irq);
	print_class("\nThe irq-unsafe lock: ", unsafe, "\n");
	print_use(unsafe, irq | USE_ENABLED);
	pr_warn("\nthe dependencies from the irq-safe lock:\n");
	print_path(&finding->back);
	pr_warn("\nthe dependencies to the irq-unsafe lock:\n");
	print_path(&finding->fore);
	print_two_cpus();
	print_row("lock(", unsafe, "", 0);
	print_row("", 0, "local_irq_disable();", 0);
	print_row("", 0, "lock(", safe);
	print_row("", 0, "lock(", unsafe);
	print_row("<Interrupt>", 0, "", 0);
	print_row("  lock(", safe, "", 0);
	pr_warn("\n *** DEADLOCK ***\n");
	end_report();
}

static void report_irq_state(const struct lockdep_finding *finding)
{
	unsigned int use = finding->use;
	u16 class_idx = finding->next->class_idx;

	begin_report("inconsistent lock state");
	pr_warn("taken both in a %s and with them enabled.\n", irq_name(use));
	print_wanted(finding);
	pr_warn("\n");
	print_use(class_idx, (use & ~USE_READ) ^ USE_ENABLED);
	pr_warn("\nother info that might help us debug this:\n");
	pr_warn(" Possible unsafe locking scenario:\n\n");
	pr_warn("  CPU0\n  ----\n");
	print_row("lock(", class_idx, "", 0);
	print_row("<Interrupt>", 0, "", 0);
	print_row("  lock(", class_idx, "", 0);
	pr_warn("\n *** DEADLOCK ***\n");
	end_report();
}

void lockdep_report(const struct lockdep_finding *finding)
{
	switch (finding->kind) {
	case LOCKDEP_CYCLE:
		return report_cycle(finding);
	case LOCKDEP_RECURSION:
		return report_recursion(finding);
	case LOCKDEP_IRQ_ORDER:
		return report_irq_order(finding);
	case LOCKDEP_IRQ_STATE:
		return report_irq_state(finding);
	case LOCKDEP_FINE:
		return;
	}
}

/* ------------------------------------------------------------ other misuse */

void lockdep_report_unlock(const struct lockdep_map *lock, unsigned long ip)
{
	begin_report("bad unlock balance detected!");
	pr_warn("%s/%d is trying to release lock (%s) at:\n%pS\n",
		current->comm, current->pid,
		lock->name ? lock->name : "unnamed", (void *)ip);
	pr_warn("but there are no more locks to release!\n");
	end_report();
}

void lockdep_report_freed(const struct held_lock *held, const void *from,
			  unsigned long len)
{
	begin_report("held lock freed!");
	pr_warn("%s/%d is freeing memory %px-%px, with a lock still held "
		"there!\n",
		current->comm, current->pid, from,
		(const char *)from + len - 1);
	print_lock(held);
	end_report();
}

void lockdep_report_key(const struct lockdep_map *lock)
{
	pr_err("INFO: trying to register non-static key %px, lock %px (%s).\n",
	       lock->key, lock, lock->name ? lock->name : "unnamed");
	pr_err("The code is fine but needs lockdep annotation, or maybe\n");
	pr_err("you didn't initialize this object before use?\n");
	pr_err("The lock is not checked from now on.\n");
	dump_stack_lvl(KERN_ERR);
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
}

void lockdep_report_exit(void)
{
	begin_report("lock held at exit!");
	pr_warn("%s/%d ends while it holds locks.\n", current->comm,
		current->pid);
	end_report();
}
