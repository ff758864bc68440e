/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_INTERRUPT_H
#define _LINUX_INTERRUPT_H

#include <linux/compiler.h>
#include <linux/hardirq.h>
#include <linux/irqflags.h>
#include <linux/irqreturn.h>
#include <linux/types.h>

/*
 * Interrupts of devices. docs/contexts.md tells what a handler may call.
 *
 * IRQF_SHARED: others may use the line too, if they say so as well. Of the
 * triggers the 8259 takes what the board wired, so those are only accepted.
 */
#define IRQF_TRIGGER_NONE 0x0
#define IRQF_TRIGGER_RISING 0x1
#define IRQF_TRIGGER_FALLING 0x2
#define IRQF_TRIGGER_HIGH 0x4
#define IRQF_TRIGGER_LOW 0x8
#define IRQF_SHARED 0x80
#define __IRQF_TIMER 0x200
#define IRQF_PERCPU 0x400
#define IRQF_NOBALANCING 0x800
#define IRQF_NO_SUSPEND 0x4000
#define IRQF_NO_THREAD 0x10000
#define IRQF_NO_AUTOEN 0x80000
#define IRQF_TIMER (__IRQF_TIMER | IRQF_NO_SUSPEND | IRQF_NO_THREAD)

/*
 * Called with interrupts off, in_hardirq(); must not sleep. On a shared line
 * all handlers are called, and one whose device was silent says IRQ_NONE.
 */
typedef irqreturn_t (*irq_handler_t)(int irq, void *dev_id);

/*
 * Calls handler(irq, dev) at each interrupt of the line from now on. dev
 * tells the users of a shared line apart and must not be NULL there. May
 * sleep. Returns 0; -EINVAL: no such line, no handler, or shared without dev;
 * -EBUSY: someone has the line and not both want to share; -ENOMEM.
 */
int __must_check request_irq(unsigned int irq, irq_handler_t handler,
			     unsigned long flags, const char *name, void *dev);

/*
 * Ends what request_irq() with the same dev began; the handler does not run
 * any more when this returns. May sleep. Returns the name that was given, or
 * NULL, with a report, if there is no such user.
 */
const void *free_irq(unsigned int irq, void *dev_id);

/*
 * Keeps a line quiet, and ends that; nests. Any context. An interrupt that
 * comes meanwhile arrives afterwards. disable_irq() also waits until no
 * handler of the line runs; with one CPU, that is already so.
 */
void disable_irq_nosync(unsigned int irq);
void disable_irq(unsigned int irq);
void enable_irq(unsigned int irq);
void synchronize_irq(unsigned int irq);

#endif
