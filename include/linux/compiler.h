#ifndef _LINUX_COMPILER_H
#define _LINUX_COMPILER_H

#include <linux/compiler_types.h>
#include <linux/kcsan-checks.h>

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

/* Keeps the compiler from moving memory accesses across this point. */
#define barrier() __asm__ __volatile__("" : : : "memory")
#define barrier_data(ptr) __asm__ __volatile__("" : : "r"(ptr) : "memory")

#define unreachable() __builtin_unreachable()

/* Hides from the compiler where a value came from. */
#define OPTIMIZER_HIDE_VAR(var) __asm__("" : "=r"(var) : "0"(var))
#define RELOC_HIDE(ptr, off) ({						\
	unsigned long __ptr = (unsigned long)(ptr);			\
	OPTIMIZER_HIDE_VAR(__ptr);					\
	(typeof(ptr))(__ptr + (off));					\
})

/*
 * One access, neither torn, repeated nor left out. Accesses wider than a
 * machine word are made in two halves, so keep to words where it matters.
 */
#define READ_ONCE(x) (*(const volatile typeof(x) *)&(x))
#define WRITE_ONCE(x, val) do {						\
	*(volatile typeof(x) *)&(x) = (val);				\
} while (0)
/* Its accesses may meet others, which is known, and why stands beside it. */
#define data_race(expr) ({						\
	__auto_type __raced = ({ kcsan_disable_current(); (expr); });	\
									\
	kcsan_enable_current();						\
	__raced;							\
})

#define __UNIQUE_ID_JOIN2(a, b) a##b
#define __UNIQUE_ID_JOIN(a, b) __UNIQUE_ID_JOIN2(a, b)
#define __UNIQUE_ID(prefix) \
	__UNIQUE_ID_JOIN(__UNIQUE_ID_##prefix, __COUNTER__)

/* Zero where e is an array; an error where it is a pointer. */
#define __must_be_array(a) \
	((int)sizeof(struct { int : (-!!__same_type((a), &(a)[0])); }))

#define __is_constexpr(x) \
	(sizeof(int) == sizeof(*(8 ? ((void *)((long)(x) * 0l)) : (int *)8)))

#define __compiletime_error(msg) __attribute__((__error__(msg)))
#define __compiletime_warning(msg) __attribute__((__warning__(msg)))

#define __compiletime_assert2(cond, msg, name) do {			\
	__noreturn extern void name(void) __compiletime_error(msg);	\
	if (!(cond))							\
		name();							\
} while (0)
#define __compiletime_assert(cond, msg, id)				\
	__compiletime_assert2(cond, msg,				\
			__UNIQUE_ID_JOIN(__compiletime_assert_, id))
/* As static_assert, but for what is constant only after inlining. */
#define compiletime_assert(cond, msg)					\
	__compiletime_assert(cond, msg, __COUNTER__)

#define absolute_pointer(val) RELOC_HIDE((void *)(val), 0)

#endif
