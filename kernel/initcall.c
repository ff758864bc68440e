/* SPDX-License-Identifier: MIT */
/*
 * kernel/initcall.c - functions that the rooms want called at start
 *
 * module_init() and its kin leave a pointer in a section per level; linker.ld
 * puts the levels in order, early before the others.
 */
#include "start.h"

#include <asm/sections.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/preempt.h>
#include <linux/printk.h>

static void __init do_one_initcall(initcall_t fn)
{
	int err = fn();

	if (err)
		pr_warn("initcall %ps returned %d\n", fn, err);
	if (preempt_count()) {
		pr_err("initcall %ps left preemption disabled\n", fn);
		__preempt_count_sub(preempt_count());
	}
	if (irqs_disabled()) {
		pr_err("initcall %ps left interrupts disabled\n", fn);
		local_irq_enable();
	}
}

void __init do_pre_smp_initcalls(void)
{
	initcall_t const *fn;

	for (fn = __start_initcalls; fn < __start_initcall0; fn++)
		do_one_initcall(*fn);
}

void __init do_initcalls(void)
{
	initcall_t const *fn;

	for (fn = __start_initcall0; fn < __stop_initcalls; fn++)
		do_one_initcall(*fn);
}
