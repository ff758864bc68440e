#ifndef _LINUX_TYPECHECK_H
#define _LINUX_TYPECHECK_H

/* 1, with a warning where x is not of the type. */
#define typecheck(type, x) ({						\
	type __tc_type;							\
	typeof(x) __tc_x;						\
	(void)(&__tc_type == &__tc_x);					\
	1;								\
})

#endif
