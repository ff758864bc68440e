/* SPDX-License-Identifier: MIT */
/*
 * kernel/up.c - the calls to other CPUs of a kernel that has one
 *
 * What would run on each of them runs here, with interrupts off as in their
 * handlers. (kernel/up.c)
 */
#include <linux/smp.h>

void up_call(smp_call_func_t func, void *info)
{
	unsigned long flags;

	local_irq_save(flags);
	func(info);
	local_irq_restore(flags);
}
