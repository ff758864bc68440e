#ifndef _LINUX_BUG_H
#define _LINUX_BUG_H

#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/panic.h>
#include <linux/types.h>

#define BUGFLAG_WARNING (1 << 0)
#define BUGFLAG_ONCE (1 << 1)
#define BUGFLAG_DONE (1 << 2)
#define BUGFLAG_NO_CUT_HERE (1 << 3) /* __warn_printk() has printed it */
#define BUGFLAG_TAINT(taint) ((taint) << 8)
#define BUG_GET_TAINT(bug) ((bug)->flags >> 8)

#define CUT_HERE "------------[ cut here ]------------\n"

enum bug_trap_type {
	BUG_TRAP_TYPE_NONE = 0,
	BUG_TRAP_TYPE_WARN = 1,
	BUG_TRAP_TYPE_BUG = 2,
};

/* The line "cut here" and the caller's message, before the report itself. */
void __warn_printk(const char *fmt, ...) __printf(1, 2);

/*
 * The machine's part:
 *   BUG()               report file, line and callers; does not return
 *   __WARN_FLAGS(flags) the same, taint BUG_GET_TAINT, and go on;
 *                       flags is a constant of BUGFLAG_*
 */
#include <asm/bug.h>

/* A broken invariant after which going on would do harm. */
#define BUG_ON(cond) do { if (unlikely(cond)) BUG(); } while (0)

#define __WARN() __WARN_FLAGS(BUGFLAG_WARNING | BUGFLAG_TAINT(TAINT_WARN))
#define __WARN_printf(taint, fmt...) do {				\
	__warn_printk(fmt);						\
	__WARN_FLAGS(BUGFLAG_WARNING | BUGFLAG_NO_CUT_HERE |		\
		     BUGFLAG_TAINT(taint));				\
} while (0)

/*
 * Report what should not be, with the callers, and go on. All of them have
 * the condition's value, so that they stand in an if.
 */
#define WARN_ON(cond) ({						\
	int __warn_on = !!(cond);					\
	if (unlikely(__warn_on))					\
		__WARN();						\
	unlikely(__warn_on);						\
})

#define WARN_TAINT(cond, taint, fmt...) ({				\
	int __warn_on = !!(cond);					\
	if (unlikely(__warn_on))					\
		__WARN_printf(taint, fmt);				\
	unlikely(__warn_on);						\
})
#define WARN(cond, fmt...) WARN_TAINT(cond, TAINT_WARN, fmt)

/* True the first time the condition is true at this place. */
#define __warn_first_time(cond) ({					\
	static bool __section(".data.once") __already_warned;		\
	bool __first = (cond) && !__already_warned;			\
	if (unlikely(__first))						\
		__already_warned = true;				\
	unlikely(__first);						\
})

#define WARN_ON_ONCE(cond) ({						\
	int __warn_once = !!(cond);					\
	if (__warn_first_time(__warn_once))				\
		__WARN();						\
	unlikely(__warn_once);						\
})

#define WARN_TAINT_ONCE(cond, taint, fmt...) ({				\
	int __warn_once = !!(cond);					\
	if (__warn_first_time(__warn_once))				\
		__WARN_printf(taint, fmt);				\
	unlikely(__warn_once);						\
})
#define WARN_ONCE(cond, fmt...) WARN_TAINT_ONCE(cond, TAINT_WARN, fmt)

#define CHECK_DATA_CORRUPTION(cond, fmt...) WARN(cond, fmt)

#endif
