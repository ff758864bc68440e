#ifndef _LINUX_COMPILER_TYPES_H
#define _LINUX_COMPILER_TYPES_H

#include <linux/compiler_attributes.h>

/*
 * Address spaces and annotations that only sparse looks at: a pointer into
 * user or device memory must not be followed as if it were a kernel pointer.
 */
#ifdef __CHECKER__
# define __kernel __attribute__((address_space(0)))
# define __user __attribute__((noderef, address_space(__user)))
# define __iomem __attribute__((noderef, address_space(__iomem)))
# define __percpu __attribute__((noderef, address_space(__percpu)))
# define __rcu
# define __force __attribute__((force))
# define __bitwise __attribute__((bitwise))
# define __must_hold(x) __attribute__((context(x, 1, 1)))
# define __acquires(x) __attribute__((context(x, 0, 1)))
# define __releases(x) __attribute__((context(x, 1, 0)))
# define __acquire(x) __context__(x, 1)
# define __release(x) __context__(x, -1)
#else
# define __kernel
# define __user
# define __iomem
# define __percpu
# define __rcu
# define __force
# define __bitwise
# define __must_hold(x)
# define __acquires(x)
# define __releases(x)
# define __acquire(x) ((void)0)
# define __release(x) ((void)0)
#endif

#define __private
#define __nocast
#define __safe
#define __chk_user_ptr(x) ((void)0)

#define notrace
#define noinstr noinline __no_kcsan
#define __no_sanitize_or_inline __always_inline
#define noinline_for_stack noinline
#define __no_kasan_or_inline __always_inline
#define __randomize_layout
#define __designated_init __attribute__((__designated_init__))
#define __compiletime_object_size(obj) __builtin_object_size(obj, 0)
#define __diag_push()
#define __diag_pop()
#define __diag_ignore(...)
#define __diag_ignore_all(...)

#define __same_type(a, b) \
	__builtin_types_compatible_p(typeof(a), typeof(b))

#define __native_word(t) (sizeof(t) == sizeof(char) || \
	sizeof(t) == sizeof(short) || sizeof(t) == sizeof(int) || \
	sizeof(t) == sizeof(long))

#endif
