#ifndef _LINUX_SMP_H
#define _LINUX_SMP_H

#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/irqflags.h>
#include <linux/llist.h>
#include <linux/percpu-defs.h>
#include <linux/types.h>

/*
 * Which CPU this is. Unless preemption or interrupts are off the answer may
 * be old when it is used: raw_ says that the caller knows, and without it debug
 * builds report who may move to another CPU.
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

#if defined(CONFIG_DEBUG) && defined(CONFIG_SMP)
# define smp_processor_id() debug_smp_processor_id()
#else
# define smp_processor_id() raw_smp_processor_id()
#endif
unsigned int debug_smp_processor_id(void);
#define __smp_processor_id() raw_smp_processor_id()
#define get_cpu() ({ preempt_disable(); smp_processor_id(); })
#define put_cpu() preempt_enable()

typedef void (*smp_call_func_t)(void *info);
typedef bool (*smp_cond_func_t)(int cpu, void *info);

/* One request to another CPU. Its memory is busy while flags is not 0. */
typedef struct __call_single_data {
	struct llist_node llist;
	unsigned int flags;
	smp_call_func_t func;
	void *info;
} call_single_data_t;

#define CSD_INIT(_func, _info) { .func = (_func), .info = (_info) }
#define INIT_CSD(csd, _func, _info) \
	(*(csd) = (call_single_data_t)CSD_INIT((_func), (_info)))

/*
 * func(info) runs on the other CPUs in their interrupt handlers, interrupts
 * off, and must be short; with wait the call returns when all are done, else
 * info must live longer than the call. What the caller wrote before is seen
 * by func, and with wait the other way round. CPUs that are not online are
 * left out.
 *
 * Callers: threads, interrupts enabled, as two CPUs that wait for each other
 * with interrupts off would wait for ever; debug builds report it. Only
 * smp_call_function_single_async() may come from anywhere: its caller sees to
 * csd not being used twice at once.
 *
 *	_single		one CPU, also the caller's; -ENXIO: not online
 *	_any		one of a set, the caller's own if that is in it
 *	_many		those of a set, without the caller; preemption off
 *	smp_call_function   all others
 *	on_each_cpu	all, the caller's too
 *	_mask, _cond	those of a set; those for which cond says true
 */
#ifdef CONFIG_SMP
int smp_call_function_single(int cpu, smp_call_func_t func, void *info,
			     int wait);
int smp_call_function_single_async(int cpu, call_single_data_t *csd);
int smp_call_function_any(const struct cpumask *mask, smp_call_func_t func,
			  void *info, int wait);
void smp_call_function_many(const struct cpumask *mask, smp_call_func_t func,
			    void *info, bool wait);
void smp_call_function(smp_call_func_t func, void *info, int wait);
void on_each_cpu_cond_mask(smp_cond_func_t cond, smp_call_func_t func,
			   void *info, bool wait, const struct cpumask *mask);
/* Every CPU has gone through an interrupt when it returns. */
void kick_all_cpus_sync(void);

/* For the machine's handlers of its two vectors: do what was asked for. */
void generic_smp_call_function_interrupt(void);

#include <asm/smp.h>
#else
void up_call(smp_call_func_t func, void *info);

static inline int smp_call_function_single(int cpu, smp_call_func_t func,
					   void *info, int wait)
{
	up_call(func, info);
	return 0;
}

static inline int smp_call_function_single_async(int cpu,
						 call_single_data_t *csd)
{
	up_call(csd->func, csd->info);
	return 0;
}

static inline int smp_call_function_any(const struct cpumask *mask,
					smp_call_func_t func, void *info,
					int wait)
{
	up_call(func, info);
	return 0;
}

static inline void smp_call_function_many(const struct cpumask *mask,
					  smp_call_func_t func, void *info,
					  bool wait)
{
}

static inline void smp_call_function(smp_call_func_t func, void *info, int wait)
{
}

static inline void on_each_cpu_cond_mask(smp_cond_func_t cond,
					 smp_call_func_t func, void *info,
					 bool wait, const struct cpumask *mask)
{
	if (cpumask_test_cpu(0, mask) && (!cond || cond(0, info)))
		up_call(func, info);
}

static inline void kick_all_cpus_sync(void)
{
}
static inline void smp_send_stop(void)
{
}
static inline void smp_send_reschedule(int cpu)
{
}
#endif

static inline void on_each_cpu(smp_call_func_t func, void *info, int wait)
{
	on_each_cpu_cond_mask(NULL, func, info, wait, cpu_online_mask);
}

static inline void on_each_cpu_mask(const struct cpumask *mask,
				    smp_call_func_t func, void *info, bool wait)
{
	on_each_cpu_cond_mask(NULL, func, info, wait, mask);
}

static inline void on_each_cpu_cond(smp_cond_func_t cond, smp_call_func_t func,
				    void *info, bool wait)
{
	on_each_cpu_cond_mask(cond, func, info, wait, cpu_online_mask);
}

#endif
