#ifndef _LINUX_PERCPU_DEFS_H
#define _LINUX_PERCPU_DEFS_H

#include <linux/compiler.h>
#include <linux/threads.h>
#include <linux/types.h>

/*
 * One instance of a variable per CPU. With one CPU the instance is the
 * variable itself, and every accessor below comes to a plain address. With
 * several, the linker gathers the originals in .percpu, every CPU but the boot
 * CPU has a copy of that section, and the distance from an original to a CPU's
 * instance is __per_cpu_offset[cpu], which is also the base of its %fs
 * (arch/x86/kernel/setup_percpu.c):
 *
 *	__per_cpu_start        original = instance of CPU 0
 *	   + offset[1]         instance of CPU 1
 *	   + offset[2]         instance of CPU 2
 *
 * What alloc_percpu() gives (mm/percpu.c) is at the same distances, so all
 * that follows is for its pointers as well.
 */
#define PER_CPU_SECTION ".percpu"

#define DECLARE_PER_CPU(type, name) \
	extern __percpu __typeof__(type) name
#define DEFINE_PER_CPU(type, name) \
	__percpu __section(PER_CPU_SECTION) __typeof__(type) name
#define DECLARE_PER_CPU_ALIGNED(type, name) DECLARE_PER_CPU(type, name)
#define DEFINE_PER_CPU_ALIGNED(type, name) \
	DEFINE_PER_CPU(type, name) __aligned(64)
#define DECLARE_PER_CPU_SHARED_ALIGNED(type, name) DECLARE_PER_CPU(type, name)
#define DEFINE_PER_CPU_SHARED_ALIGNED(type, name) \
	DEFINE_PER_CPU_ALIGNED(type, name)
#define DECLARE_PER_CPU_READ_MOSTLY(type, name) DECLARE_PER_CPU(type, name)
#define DEFINE_PER_CPU_READ_MOSTLY(type, name) DEFINE_PER_CPU(type, name)
#define DECLARE_PER_CPU_PAGE_ALIGNED(type, name) DECLARE_PER_CPU(type, name)
#define DEFINE_PER_CPU_PAGE_ALIGNED(type, name) \
	DEFINE_PER_CPU(type, name) __aligned(4096)

#include <asm/percpu.h>

#define __verify_pcpu_ptr(ptr) ((void)sizeof(*(ptr)))
#define __shifted_ptr(ptr, offset) ((typeof(*(ptr)) __force *)		\
		((__force unsigned long)(ptr) + (offset)))

/*
 * per_cpu_ptr(): the instance of a CPU; ptr is the address of the original.
 * this_cpu_ptr(): of the CPU that asks. It stays that CPU's wherever the
 * caller goes on, so preemption must be off.
 */
#ifdef CONFIG_SMP
extern unsigned long __per_cpu_offset[NR_CPUS];
DECLARE_PER_CPU(unsigned long, this_cpu_off);

# define per_cpu_offset(cpu) (__per_cpu_offset[cpu])
# define per_cpu_ptr(ptr, cpu) __shifted_ptr(ptr, per_cpu_offset(cpu))
# define this_cpu_ptr(ptr) __shifted_ptr(ptr, __my_cpu_var(this_cpu_off))
#else
# define per_cpu_offset(cpu) ((void)(cpu), 0UL)
# define per_cpu_ptr(ptr, cpu) ((void)(cpu), __shifted_ptr(ptr, 0))
# define this_cpu_ptr(ptr) __shifted_ptr(ptr, 0)
#endif
#define raw_cpu_ptr(ptr) this_cpu_ptr(ptr)

#define per_cpu(var, cpu) (*per_cpu_ptr(&(var), cpu))
#define get_cpu_var(var) (*({ preempt_disable(); this_cpu_ptr(&(var)); }))
#define put_cpu_var(var) do { (void)&(var); preempt_enable(); } while (0)
#define get_cpu_ptr(ptr) ({ preempt_disable(); this_cpu_ptr(ptr); })
#define put_cpu_ptr(ptr) do { (void)(ptr); preempt_enable(); } while (0)

/*
 * Each of these is one read, write or change of this CPU's instance that an
 * interrupt cannot split, without locks and without disabling interrupts or
 * preemption. The _return, xchg and cmpxchg forms are for 1, 2 and 4 bytes.
 */
#define raw_cpu_read(var) ({						\
	typeof(var) __value =						\
		*(volatile typeof(var) __percpu_seg *)__my_cpu_ptr(&(var));\
	__value;							\
})
#define raw_cpu_write(var, val) do {					\
	*(volatile typeof(var) __percpu_seg *)__my_cpu_ptr(&(var)) = (val);\
} while (0)
#define raw_cpu_add(var, val) __cpu_add(__my_cpu_var(var), (val))
/* One less; true if that made it 0. For an int. */
#define raw_cpu_dec_and_test(var) __cpu_dec_and_test(__my_cpu_var(var))

#define this_cpu_read(var) raw_cpu_read(var)
#define this_cpu_write(var, val) raw_cpu_write(var, val)
#define this_cpu_add(var, val) raw_cpu_add(var, val)
#define this_cpu_sub(var, val) raw_cpu_add(var, -(typeof(var))(val))
#define this_cpu_inc(var) raw_cpu_add(var, 1)
#define this_cpu_dec(var) raw_cpu_add(var, -1)
#define this_cpu_and(var, val) __cpu_op("and", __my_cpu_var(var), (val))
#define this_cpu_or(var, val) __cpu_op("or", __my_cpu_var(var), (val))
#define this_cpu_add_return(var, val) \
	((typeof(var))(__cpu_xadd(var, val) + (val)))
#define this_cpu_sub_return(var, val) \
	this_cpu_add_return(var, -(typeof(var))(val))
#define this_cpu_inc_return(var) this_cpu_add_return(var, 1)
#define this_cpu_dec_return(var) this_cpu_add_return(var, -1)
#define this_cpu_cmpxchg(var, old, new) __cpu_cmpxchg(var, old, new)
/* xchg itself would lock the bus. */
#define this_cpu_xchg(var, val) ({					\
	typeof(var) __was = raw_cpu_read(var);				\
	typeof(var) __now = (val);					\
	typeof(var) __found;						\
									\
	while ((__found = __cpu_cmpxchg(var, __was, __now)) != __was)	\
		__was = __found;					\
	__was;								\
})

/*
 * The __ forms: the caller has interrupts or preemption off. The compiler tells
 * the race detector of addresses without %fs, as if all CPUs had one variable:
 * so there they are assembly, of which it tells nothing.
 */
#ifdef CONFIG_KCSAN
# define __this_cpu_add(var, val) raw_cpu_add(var, val)
# define __this_cpu_sub(var, val) this_cpu_sub(var, val)
# define __this_cpu_add_return(var, val) this_cpu_add_return(var, val)
#else
# define __this_cpu_add(var, val) ((void)(__my_cpu_var(var) += (val)))
# define __this_cpu_sub(var, val) ((void)(__my_cpu_var(var) -= (val)))
# define __this_cpu_add_return(var, val) \
	((typeof(var))(__my_cpu_var(var) += (val)))
#endif
#define __this_cpu_read(var) raw_cpu_read(var)
#define __this_cpu_write(var, val) raw_cpu_write(var, val)
#define __this_cpu_inc(var) __this_cpu_add(var, 1)
#define __this_cpu_dec(var) __this_cpu_sub(var, 1)
#define __this_cpu_inc_return(var) __this_cpu_add_return(var, 1)
#define __this_cpu_dec_return(var) __this_cpu_add_return(var, -1)

#endif
