// SPDX-License-Identifier: MIT
/*
 * gcov_count.c - one more passage through a branch of the program: GCOV=1
 *
 * What the compiler calls for each, as 64 bits are more than it knows to add
 * in one step. Two steps do as well: no addition is lost, whatever comes in
 * between, and nobody reads before all is over.
 */
#include <linux/types.h>

u64 gcov_count(u64 *counter, u64 n, int order) asm("__atomic_fetch_add_8");

u64 gcov_count(u64 *counter, u64 n, int order)
{
	u32 *half = (u32 *)counter;
	u32 high = n >> 32;

	asm volatile("lock addl %3, %0\n\t"
		     "adcl $0, %2\n\t"
		     "lock addl %2, %1"
		     : "+m"(half[0]), "+m"(half[1]), "+r"(high)
		     : "ri"((u32)n)
		     : "cc");
	return 0; /* what it was before: nobody asks */
}
