// SPDX-License-Identifier: MIT
/*
 * The forms of vmalloc(): one function, by different flags.
 *
 *	call            frames from      contents   flag on the area
 *	vmalloc         highmem first    any
 *	vzalloc         highmem first    zero
 *	vmalloc_user    highmem first    zero       VM_USERMAP
 *	vmalloc_32      lowmem           any
 *	vmalloc_32_user lowmem           zero       VM_USERMAP
 *	__vmalloc       as the flags say
 *
 * A device of 32 address bits reaches all of lowmem and, without PAE, all of
 * highmem as well; vmalloc_32() stays with lowmem as Linux's does.
 *
 * The array forms multiply with a check: an element count from outside must
 * not wrap around into a small area.
 *
 * Each form notes its own caller, which vmallocinfo and warnings name.
 *
 * Lock: none.
 *
 * Cost: that of __vmalloc_caller(), and for zeroes one store per word.
 *
 * Differs from Linux: all forms ignore the node, there is one.
 * Linux: mm/vmalloc.c, mm/util.c.
 */
#include <linux/vmalloc.h>

#include <linux/gfp.h>
#include <linux/overflow.h>

#define GFP_VMALLOC32 (GFP_DMA32 | GFP_KERNEL)

void *__vmalloc(unsigned long size, gfp_t gfp_mask)
{
	return __vmalloc_caller(size, gfp_mask, 0, __builtin_return_address(0));
}

void *vmalloc(unsigned long size)
{
	return __vmalloc_caller(size, GFP_KERNEL, 0,
				__builtin_return_address(0));
}

void *vzalloc(unsigned long size)
{
	return __vmalloc_caller(size, GFP_KERNEL | __GFP_ZERO, 0,
				__builtin_return_address(0));
}

void *vmalloc_node(unsigned long size, int node)
{
	return __vmalloc_caller(size, GFP_KERNEL, 0,
				__builtin_return_address(0));
}

void *vzalloc_node(unsigned long size, int node)
{
	return __vmalloc_caller(size, GFP_KERNEL | __GFP_ZERO, 0,
				__builtin_return_address(0));
}

void *vmalloc_user(unsigned long size)
{
	return __vmalloc_caller(size, GFP_KERNEL | __GFP_ZERO, VM_USERMAP,
				__builtin_return_address(0));
}

void *vmalloc_32(unsigned long size)
{
	return __vmalloc_caller(size, GFP_VMALLOC32, 0,
				__builtin_return_address(0));
}

void *vmalloc_32_user(unsigned long size)
{
	return __vmalloc_caller(size, GFP_VMALLOC32 | __GFP_ZERO, VM_USERMAP,
				__builtin_return_address(0));
}

/* n * size bytes, or NULL where that cannot be said in a size_t. */
static void *vmalloc_product(size_t n, size_t size, gfp_t flags,
			     const void *caller)
{
	size_t bytes;

	if (unlikely(check_mul_overflow(n, size, &bytes)))
		return NULL;
	return __vmalloc_caller(bytes, flags, 0, caller);
}

void *__vmalloc_array(size_t n, size_t size, gfp_t flags)
{
	return vmalloc_product(n, size, flags, __builtin_return_address(0));
}

void *vmalloc_array(size_t n, size_t size)
{
	return vmalloc_product(n, size, GFP_KERNEL,
			       __builtin_return_address(0));
}

void *__vcalloc(size_t n, size_t size, gfp_t flags)
{
	return vmalloc_product(n, size, flags | __GFP_ZERO,
			       __builtin_return_address(0));
}

void *vcalloc(size_t n, size_t size)
{
	return vmalloc_product(n, size, GFP_KERNEL | __GFP_ZERO,
			       __builtin_return_address(0));
}
