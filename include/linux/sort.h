/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SORT_H
#define _LINUX_SORT_H

#include <linux/types.h>

/*
 * Sort num elements of size bytes in place, O(n log n) at worst, no memory;
 * equal elements may change places. cmp_func is negative, 0 or positive;
 * swap_func NULL exchanges the bytes. May be slow: process context.
 */
void sort(void *base, size_t num, size_t size, cmp_func_t cmp_func,
	  swap_func_t swap_func);
void sort_r(void *base, size_t num, size_t size, cmp_r_func_t cmp_func,
	    swap_r_func_t swap_func, const void *priv);

#endif
