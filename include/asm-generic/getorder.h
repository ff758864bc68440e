#ifndef _ASM_GENERIC_GETORDER_H
#define _ASM_GENERIC_GETORDER_H

#include <asm/page_types.h>
#include <linux/log2.h>

/*
 * The smallest order whose block of 2^order pages holds size bytes. Not for
 * size 0. <asm/page.h> includes this file.
 */
static __always_inline __attribute_const__ int get_order(unsigned long size)
{
	return order_base_2(((size - 1) >> PAGE_SHIFT) + 1);
}

#endif
