#ifndef _LINUX_NMI_H
#define _LINUX_NMI_H

#include <linux/types.h>

struct cpumask;

/*
 * CPUs say where they are, also those that have interrupts off: by NMI, one
 * after the other. Any context. False: there is no way to send one; the
 * caller's own CPU has said so nevertheless if it was meant.
 */
bool trigger_all_cpu_backtrace(void);
bool trigger_allbutself_cpu_backtrace(void);
bool trigger_single_cpu_backtrace(int cpu);

/* NMIs that came to a CPU since boot. */
unsigned long nmi_count_cpu(int cpu);

/* Seconds after which a CPU is taken to hang; 0: never. [b] */
extern unsigned int watchdog_thresh;

/*
 * For a loop that waits for another CPU; starts as all zeroes. True when it
 * has waited for watchdog_thresh, and again after each further such time.
 */

struct hang_watch {
	unsigned int rounds;
	unsigned long long since; /* in ns, 0: not yet asked */
};

bool hang_watch_expired(struct hang_watch *watch);

/* A CPU has not answered for so long: says so, and has it say where it is. */
void report_silent_cpu(int cpu, const void *what);

#endif
