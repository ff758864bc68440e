#ifndef _LINUX_PERCPU_DEFS_H
#define _LINUX_PERCPU_DEFS_H

#include <linux/compiler.h>
#include <linux/types.h>

/*
 * One instance of a variable per CPU. With one CPU the instance is the
 * variable itself, and every accessor below comes to a plain address. With
 * several, the linker gathers the originals in .data..percpu, each CPU has a
 * copy of that section, and %fs holds the distance from original to copy:
 * all users go through these accessors, so nothing but this file changes.
 */
#define PER_CPU_SECTION ".data..percpu"

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

#define __verify_pcpu_ptr(ptr) ((void)sizeof(*(ptr)))
#define __this_cpu_address(ptr) \
	((typeof(*(ptr)) __force *)(ptr))

/* Pointer to the instance of a CPU; ptr is the address of the original. */
#define per_cpu_ptr(ptr, cpu) ((void)(cpu), __this_cpu_address(ptr))
#define this_cpu_ptr(ptr) __this_cpu_address(ptr)
#define raw_cpu_ptr(ptr) __this_cpu_address(ptr)

#define per_cpu(var, cpu) (*per_cpu_ptr(&(var), cpu))
#define get_cpu_var(var) (*({ preempt_disable(); this_cpu_ptr(&(var)); }))
#define put_cpu_var(var) do { (void)&(var); preempt_enable(); } while (0)
#define get_cpu_ptr(ptr) ({ preempt_disable(); this_cpu_ptr(ptr); })
#define put_cpu_ptr(ptr) do { (void)(ptr); preempt_enable(); } while (0)

/*
 * Each of these is one read, write or change of this CPU's instance that an
 * interrupt cannot split, without locks and without disabling interrupts.
 * An increment of memory is one instruction on x86; <asm/percpu.h> says so
 * to the compiler where the machine has it.
 */
#if __has_include(<asm/percpu.h>)
#include <asm/percpu.h>
#endif
#ifndef __cpu_add
# define __cpu_add(lval, val) ((void)((lval) += (val)))
#endif

#define raw_cpu_read(var) READ_ONCE(*this_cpu_ptr(&(var)))
#define raw_cpu_write(var, val) WRITE_ONCE(*this_cpu_ptr(&(var)), (val))
#define raw_cpu_add(var, val) __cpu_add(*this_cpu_ptr(&(var)), (val))

#define this_cpu_read(var) raw_cpu_read(var)
#define this_cpu_write(var, val) raw_cpu_write(var, val)
#define this_cpu_add(var, val) raw_cpu_add(var, val)
#define this_cpu_sub(var, val) raw_cpu_add(var, -(typeof(var))(val))
#define this_cpu_inc(var) raw_cpu_add(var, 1)
#define this_cpu_dec(var) raw_cpu_add(var, -1)

/* The __ forms: the caller has interrupts or preemption off. */
#define __this_cpu_read(var) raw_cpu_read(var)
#define __this_cpu_write(var, val) raw_cpu_write(var, val)
#define __this_cpu_add(var, val) ((void)(*this_cpu_ptr(&(var)) += (val)))
#define __this_cpu_sub(var, val) ((void)(*this_cpu_ptr(&(var)) -= (val)))
#define __this_cpu_inc(var) __this_cpu_add(var, 1)
#define __this_cpu_dec(var) __this_cpu_sub(var, 1)
#define __this_cpu_add_return(var, val) (*this_cpu_ptr(&(var)) += (val))
#define __this_cpu_inc_return(var) __this_cpu_add_return(var, 1)
#define __this_cpu_dec_return(var) __this_cpu_add_return(var, -1)

#endif
