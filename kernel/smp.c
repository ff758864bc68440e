/* SPDX-License-Identifier: MIT */
/*
 * kernel/smp.c - work that one CPU asks others to do
 *
 * (kernel/smp.c)
 */
#include <linux/smp.h>

unsigned int nr_cpu_ids = 1;
