#ifndef _LINUX_MINMAX_H
#define _LINUX_MINMAX_H

#include <linux/compiler.h>
#include <linux/const.h>

/*
 * Both sides must have one type (a warning tells where they do not), each is
 * computed once, and constants stay constant expressions.
 */
#define __mm_typecheck(x, y) \
	(!!(sizeof((typeof(x) *)1 == (typeof(y) *)1)))
#define __mm_constant(x, y) (__is_constexpr(x) && __is_constexpr(y))
#define __mm_cmp(x, y, op) ((x) op (y) ? (x) : (y))
#define __mm_once(x, y, ux, uy, op) ({					\
	typeof(x) ux = (x);						\
	typeof(y) uy = (y);						\
	__mm_cmp(ux, uy, op);						\
})
#define __careful_cmp(x, y, op)						\
	__builtin_choose_expr(__mm_typecheck(x, y) && __mm_constant(x, y), \
		__mm_cmp(x, y, op),					\
		__mm_once(x, y, __UNIQUE_ID(mmx), __UNIQUE_ID(mmy), op))

#define min(x, y) __careful_cmp(x, y, <)
#define max(x, y) __careful_cmp(x, y, >)
#define min3(x, y, z) min((typeof(x))min(x, y), z)
#define max3(x, y, z) max((typeof(x))max(x, y), z)

#define min_t(type, x, y) __careful_cmp((type)(x), (type)(y), <)
#define max_t(type, x, y) __careful_cmp((type)(x), (type)(y), >)

/* The smaller of the two that are not zero; zero if both are. */
#define min_not_zero(x, y) ({						\
	typeof(x) __mnz_x = (x);					\
	typeof(y) __mnz_y = (y);					\
	__mnz_x == 0 ? __mnz_y :					\
		((__mnz_y == 0) ? __mnz_x : min(__mnz_x, __mnz_y));	\
})

#define clamp(val, lo, hi) min((typeof(val))max(val, lo), hi)
#define clamp_t(type, val, lo, hi) \
	min_t(type, max_t(type, val, lo), hi)
#define clamp_val(val, lo, hi) clamp_t(typeof(val), val, lo, hi)

#define swap(a, b) do {							\
	typeof(a) __swap_tmp = (a);					\
	(a) = (b);							\
	(b) = __swap_tmp;						\
} while (0)

#endif
