#ifndef _LINUX_CACHE_H
#define _LINUX_CACHE_H

#include <linux/align.h>
#include <linux/compiler_types.h>

/*
 * 64 bytes is the line of every x86 since the Pentium 4; older ones have 32
 * or less, for which 64 only wastes a little.
 */
#define L1_CACHE_SHIFT 6
#define L1_CACHE_BYTES (1 << L1_CACHE_SHIFT)
#define SMP_CACHE_BYTES L1_CACHE_BYTES
#define INTERNODE_CACHE_SHIFT L1_CACHE_SHIFT

#define L1_CACHE_ALIGN(x) ALIGN(x, L1_CACHE_BYTES)

#define ____cacheline_aligned __aligned(SMP_CACHE_BYTES)
#define __cacheline_aligned __aligned(SMP_CACHE_BYTES)
#ifdef CONFIG_SMP
# define ____cacheline_aligned_in_smp ____cacheline_aligned
# define __cacheline_aligned_in_smp __cacheline_aligned
#else
# define ____cacheline_aligned_in_smp
# define __cacheline_aligned_in_smp
#endif

/* Written while booting, read ever after. */
#define __read_mostly __section(".data..read_mostly")
#define __ro_after_init __section(".data..ro_after_init")

static inline int cache_line_size(void)
{
	return L1_CACHE_BYTES;
}

#endif
