#ifndef _LINUX_COMPILER_ATTRIBUTES_H
#define _LINUX_COMPILER_ATTRIBUTES_H

/* GCC attributes under the names that kernel code uses for them. */

#define __alias(symbol) __attribute__((__alias__(#symbol)))
#define __aligned(x) __attribute__((__aligned__(x)))
#define __aligned_largest __attribute__((__aligned__))
#define __always_inline inline __attribute__((__always_inline__))
#define __always_unused __attribute__((__unused__))
#define __assume_aligned(a, ...) \
	__attribute__((__assume_aligned__(a, ##__VA_ARGS__)))
#define __attribute_const__ __attribute__((__const__))
#define __alloc_size__(x, ...) \
	__attribute__((__alloc_size__(x, ##__VA_ARGS__)))
#define __alloc_size(x, ...) __alloc_size__(x, ##__VA_ARGS__)
#define __cleanup(fn) __attribute__((__cleanup__(fn)))
#define __cold __attribute__((__cold__))
#define __copy(symbol)
#define __deprecated
#define __flatten __attribute__((__flatten__))
#define __gnu_inline __attribute__((__gnu_inline__))
#define __malloc __attribute__((__malloc__))
#define __maybe_unused __attribute__((__unused__))
#define __mode(x) __attribute__((__mode__(x)))
#define __must_check __attribute__((__warn_unused_result__))
#define __noclone __attribute__((__noclone__))
#define __no_kcsan __attribute__((__no_sanitize_thread__))
#define __no_stack_protector __attribute__((__no_stack_protector__))
#define __noreturn __attribute__((__noreturn__))
#define __nonstring __attribute__((__nonstring__))
#define __packed __attribute__((__packed__))
#define __printf(a, b) __attribute__((__format__(printf, a, b)))
#define __pure __attribute__((__pure__))
#define __scanf(a, b) __attribute__((__format__(scanf, a, b)))
#define __section(s) __attribute__((__section__(s)))
#define __used __attribute__((__used__))
#define __visible __attribute__((__externally_visible__))
#define __weak __attribute__((__weak__))

#define noinline __attribute__((__noinline__))
#define fallthrough __attribute__((__fallthrough__))

#endif
