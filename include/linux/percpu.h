#ifndef _LINUX_PERCPU_H
#define _LINUX_PERCPU_H

#include <linux/compiler.h>
#include <linux/cpumask.h>
#include <linux/percpu-defs.h>
#include <linux/smp.h>
#include <linux/threads.h>
#include <linux/types.h>

/* From one CPU's copy to the next, in bytes. */
#define PCPU_MIN_UNIT_SIZE	(32UL << 10)
#define PCPU_UNIT_SIZE		PCPU_MIN_UNIT_SIZE

/*
 * per_cpu() and the rest stand in percpu-defs.h.
 *
 * Gives every possible CPU its copy of the section; boot, once it is known
 * which those are, and before anything looks at the instances of all CPUs.
 */
#ifdef CONFIG_SMP
void setup_per_cpu_areas(void);
#else
static inline void setup_per_cpu_areas(void)
{
}
#endif

#endif
