/* SPDX-License-Identifier: MIT */
/*
 * Where the shadow byte of an address is: (address / 8) + a constant.
 *
 *	memory   c0000000 ................................. 100000000
 *	shadow   f7800000 .. ff800000
 *
 * The compiler puts the constant into the code of each function that has
 * variables on its stack, so scripts/make/sanitize.mk knows it, too.
 */
#ifndef _ASM_X86_KASAN_H
#define _ASM_X86_KASAN_H

#include <asm/pgtable_areas.h>
#include <linux/types.h>

#define KASAN_SHADOW_SCALE_SHIFT 3
#define KASAN_SHADOW_OFFSET	\
	(KASAN_SHADOW_START - (PAGE_OFFSET >> KASAN_SHADOW_SCALE_SHIFT))

#ifdef CONFIG_KASAN

_Static_assert(KASAN_SHADOW_OFFSET == CONFIG_KASAN_SHADOW_OFFSET,
	       "the compiler knows where the shadow is");

/* The shadow of vmalloc addresses where no area is. */
extern u8 kasan_no_area_page[PAGE_SIZE];

/* All shadow is one page, before the first C that the compiler checks. */
void kasan_early_init(void);

/*
 * Gives lowmem a shadow of its own, once memblock has memory to give, and
 * takes up the checks. Boot only.
 */
void kasan_init(void);

#else

static inline void kasan_early_init(void)
{
}
static inline void kasan_init(void)
{
}

#endif
#endif
