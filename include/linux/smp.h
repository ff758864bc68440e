#ifndef _LINUX_SMP_H
#define _LINUX_SMP_H

#include <linux/irqflags.h>
#include <linux/types.h>

/* One CPU, with number 0. */
#define nr_cpu_ids 1U

static inline int raw_smp_processor_id(void)
{
	return 0;
}

#define smp_processor_id() raw_smp_processor_id()
#define __smp_processor_id() raw_smp_processor_id()
#define get_cpu() ({ preempt_disable(); smp_processor_id(); })
#define put_cpu() preempt_enable()

#define num_online_cpus() 1U
#define num_possible_cpus() 1U
#define num_present_cpus() 1U

static inline bool cpu_online(unsigned int cpu)
{
	return cpu == 0;
}

#define cpu_possible(cpu) cpu_online(cpu)

typedef void (*smp_call_func_t)(void *info);

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
