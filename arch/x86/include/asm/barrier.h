#ifndef _ASM_X86_BARRIER_H
#define _ASM_X86_BARRIER_H

#include <asm/vdso/processor.h>
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

/* Taking a spin lock is a locked instruction already. */
#define smp_mb__after_spinlock() barrier()
#define smp_acquire__after_ctrl_dep() smp_rmb()
#define dma_rmb() barrier()
#define dma_wmb() barrier()

/*
 * Spins until cond, in which VAL is what *ptr was, holds; what it was then.
 * Nothing that follows is done earlier (acquire).
 */
#define smp_cond_load_acquire(ptr, cond) ({				\
	typeof(*(ptr)) VAL;						\
									\
	for (;;) {							\
		VAL = READ_ONCE(*(ptr));				\
		if (cond)						\
			break;						\
		cpu_relax();						\
	}								\
	barrier();							\
	VAL;								\
})
#define smp_cond_load_relaxed(ptr, cond) smp_cond_load_acquire(ptr, cond)

#endif
