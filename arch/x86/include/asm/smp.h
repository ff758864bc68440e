#ifndef _ASM_X86_SMP_H
#define _ASM_X86_SMP_H

/* Included by <linux/smp.h>; a kernel for several CPUs only. */

#include <linux/types.h>

struct cpumask;

/*
 * Interrupts for others. Any context. A CPU that is told to reschedule looks
 * for a better thread when it leaves the interrupt.
 */
void smp_send_reschedule(int cpu);
void arch_send_call_function_single_ipi(int cpu);
void arch_send_call_function_ipi_mask(const struct cpumask *mask);

/*
 * Stops all other CPUs for good, those that have interrupts off by an NMI.
 * Any context; what they held stays held.
 */
void smp_send_stop(void);

/*
 * Which CPUs are possible, from what the firmware said and nr_cpus=; and a
 * place below 1 MiB for their first instructions. Before memory is given out.
 */
void prefill_possible_map(void);

/* Starts one CPU. 0, or a negative errno if it does not come. Boot only. */
int native_cpu_up(unsigned int cpu);

/* Called by trampoline.asm on the CPU that starts. */
void start_secondary(void);

#endif
