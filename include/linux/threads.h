/* SPDX-License-Identifier: MIT */
/* How many CPUs and threads the kernel is built for. */
#ifndef _LINUX_THREADS_H
#define _LINUX_THREADS_H

#ifdef CONFIG_SMP
#define NR_CPUS		32
#else
#define NR_CPUS		1
#endif

/* Numbers of threads are below. */
#define PID_MAX_DEFAULT	0x8000

#endif
