#ifndef _LINUX_INIT_H
#define _LINUX_INIT_H

#include <linux/compiler.h>
#include <linux/stringify.h>
#include <linux/types.h>

/*
 * Code and data that only booting needs: the linker gathers them between
 * __init_begin and __init_end, and the frames go to the page allocator when
 * boot is over. Calling or reading them later is a fault.
 */
#define __init __section(".init.text") __cold
#define __initdata __section(".init.data")
#define __initconst __section(".init.rodata")
#define __exit __maybe_unused __cold
#define __exitdata __maybe_unused
#define __exit_p(x) NULL
/* May refer to __init things, by promise only while these exist. */
#define __ref noinline
#define __refdata
#define __meminit
#define __meminitdata
#define __cpuinit

#ifndef __ASSEMBLY__

typedef int (*initcall_t)(void);
typedef initcall_t initcall_entry_t;
typedef void (*exitcall_t)(void);

/*
 * An initcall of level id is a pointer in section .initcall<id>.init. The
 * levels run in order, early first, then 0 .. 7; a result other than 0 is
 * reported and boot goes on.
 */
#define __define_initcall(fn, id)					\
	static initcall_t __initcall_##fn##id __used			\
		__section(".initcall" #id ".init") = fn

#define early_initcall(fn) __define_initcall(fn, early)
#define pure_initcall(fn) __define_initcall(fn, 0)
#define core_initcall(fn) __define_initcall(fn, 1)
#define core_initcall_sync(fn) __define_initcall(fn, 1s)
#define postcore_initcall(fn) __define_initcall(fn, 2)
#define arch_initcall(fn) __define_initcall(fn, 3)
#define subsys_initcall(fn) __define_initcall(fn, 4)
#define fs_initcall(fn) __define_initcall(fn, 5)
#define fs_initcall_sync(fn) __define_initcall(fn, 5s)
#define device_initcall(fn) __define_initcall(fn, 6)
#define late_initcall(fn) __define_initcall(fn, 7)
#define late_initcall_sync(fn) __define_initcall(fn, 7s)
#define __initcall(fn) device_initcall(fn)
#define console_initcall(fn) __define_initcall(fn, con)
/* Nothing is ever unloaded. */
#define __exitcall(fn) \
	static exitcall_t __exitcall_##fn __always_unused = fn

/*
 * One word of the command line and who handles it: "str" up to and with its
 * '=' is compared, the rest is handed over. Entries stand in .init.setup.
 */
struct obs_kernel_param {
	const char *str;
	int (*setup_func)(char *arg);
	int early;
};

#define __setup_param(word, id, fn, is_early)				\
	static const char __setup_str_##id[] __initconst		\
		__aligned(1) = word;					\
	static struct obs_kernel_param __setup_##id __used		\
		__section(".init.setup")				\
		__aligned(__alignof__(struct obs_kernel_param)) =	\
		{ __setup_str_##id, fn, is_early }

/* fn(rest) during boot, before the initcalls; returns 1 if it took it. */
#define __setup(str, fn) __setup_param(str, fn, fn, 0)
/* fn(value) before memory is set up, for "word" and "word=value"; 0 is ok. */
#define early_param(str, fn) __setup_param(str, fn, fn, 1)

#endif /* __ASSEMBLY__ */
#endif
