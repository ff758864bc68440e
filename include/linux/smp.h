#ifndef _LINUX_SMP_H
#define _LINUX_SMP_H

#include <linux/cpumask.h>
#include <linux/irqflags.h>
#include <linux/percpu-defs.h>
#include <linux/types.h>

/*
 * Which CPU this is. Unless preemption or interrupts are off the answer may
 * be old when it is used; raw_ says that the caller knows.
 */
#ifdef CONFIG_SMP
DECLARE_PER_CPU_READ_MOSTLY(int, cpu_number);
# define raw_smp_processor_id() this_cpu_read(cpu_number)
#else
static inline int raw_smp_processor_id(void)
{
	return 0;
}
#endif

#define smp_processor_id() raw_smp_processor_id()
#define __smp_processor_id() raw_smp_processor_id()
#define get_cpu() ({ preempt_disable(); smp_processor_id(); })
#define put_cpu() preempt_enable()

typedef void (*smp_call_func_t)(void *info);

/* Run func on the CPUs of a set, this one included if it is in it. */
#define on_each_cpu_mask(mask, func, info, wait) do {			\
	if (!cpumask_empty(mask))					\
		on_each_cpu(func, info, wait);				\
} while (0)

/* Run func on every CPU, this one included. */
#define on_each_cpu(func, info, wait) do {				\
	unsigned long __oec_flags;					\
									\
	(void)(wait);							\
	local_irq_save(__oec_flags);					\
	(func)(info);							\
	local_irq_restore(__oec_flags);					\
} while (0)

#endif
