#ifndef _ASM_X86_BARRIER_H
#define _ASM_X86_BARRIER_H

#include <linux/compiler.h>

/*
 * x86 keeps loads in order with loads and stores with stores; only a store
 * followed by a load of something else may pass it [SDM3 8.2.2]. A locked
 * instruction closes that gap on every CPU, also without SSE2's mfence.
 */
#define mb() asm volatile("lock; addl $0, (%%esp)" : : : "memory", "cc")
#define rmb() barrier()
#define wmb() barrier()

#ifdef CONFIG_SMP
#define smp_mb() mb()
#else
#define smp_mb() barrier()
#endif
#define smp_rmb() barrier()
#define smp_wmb() barrier()
#define smp_mb__before_atomic() barrier()
#define smp_mb__after_atomic() barrier()

#define smp_store_release(p, v) do { barrier(); WRITE_ONCE(*(p), v); } while (0)
#define smp_load_acquire(p) ({						\
	typeof(*(p)) ___value = READ_ONCE(*(p));			\
	barrier();							\
	___value;							\
})
#define smp_store_mb(var, value) do {					\
	WRITE_ONCE(var, value);						\
	smp_mb();							\
} while (0)

#endif
