/* SPDX-License-Identifier: MIT */
/*
 * kernel/panic.c - the end, and the reports that are not the end
 *
 * panic() stops the other CPUs, prints why and from where, then powers off
 * with a status that the runner understands. A panic inside of a panic says
 * only its first line; of two CPUs that panic the first one tells.
 *
 * Differs from Linux: there is no waiting and no reboot. (kernel/panic.c)
 */
#include <linux/panic.h>

#include <linux/bug.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/reboot.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <quire/capture.h>
#include <quire/printk_thread.h>

#include "printk.h"

#define PANIC_TEXT_MAX 256

int panic_on_warn;
int panic_timeout;

void panic(const char *fmt, ...)
{
	static char text[PANIC_TEXT_MAX];
	static int depth;
	va_list args;
	int length;

	local_irq_disable();
	bust_spinlocks(1);
	smp_send_stop();
	printk_seize();
	if (depth++ > 1)
		machine_power_off_status(EXIT_PANIC);
	printk_direct_forever();
	capture_abort();
	console_verbose();
	va_start(args, fmt);
	length = vscnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	/* The text stands inside of a line below. */
	while (length && text[length - 1] == '\n')
		text[--length] = '\0';
	pr_emerg("Kernel panic: %s\n", text);
	pr_emerg("CPU: %d PID: %d Comm: %s %s\n", raw_smp_processor_id(),
		 current->pid, current->comm, print_tainted());
	if (depth == 1)
		dump_stack_lvl(KERN_EMERG);
	pr_emerg("---[ end Kernel panic: %s ]---\n", text);
	machine_power_off_status(EXIT_PANIC);
}

void __warn_printk(const char *fmt, ...)
{
	va_list args;

	printk(KERN_WARNING CUT_HERE);
	va_start(args, fmt);
	printk(KERN_WARNING);
	vprintk(fmt, args);
	va_end(args);
}

void __might_sleep(const char *file, int line)
{
	if (system_state != SYSTEM_RUNNING)
		return;
	if (!preempt_count() && !irqs_disabled())
		return;
	pr_err("BUG: sleeping function called from invalid context at %s:%d\n",
	       file, line);
	pr_err("preempt_count: %x, irqs_disabled(): %d\n", preempt_count(),
	       irqs_disabled());
	debug_show_held_locks(NULL);
	dump_stack_lvl(KERN_ERR);
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
}
