#ifndef _LINUX_KERNEL_H
#define _LINUX_KERNEL_H

#include <linux/align.h>
#include <linux/array_size.h>
#include <linux/bitops.h>
#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/hex.h>
#include <linux/init.h>
#include <linux/instruction_pointer.h>
#include <linux/kconfig.h>
#include <linux/kstrtox.h>
#include <linux/limits.h>
#include <linux/linkage.h>
#include <linux/log2.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sprintf.h>
#include <linux/stdarg.h>
#include <linux/stddef.h>
#include <linux/stringify.h>
#include <linux/typecheck.h>
#include <linux/types.h>

/* A pointer or word repeated over all bytes, and halves of a u64. */
#define REPEAT_BYTE(x) ((~0ul / 0xff) * (x))
#define upper_32_bits(n) ((u32)(((n) >> 16) >> 16))
#define lower_32_bits(n) ((u32)((n) & 0xffffffff))
#define upper_16_bits(n) ((u16)((n) >> 16))
#define lower_16_bits(n) ((u16)((n) & 0xffff))

/* User pointers that came in a u64. */
#define u64_to_user_ptr(x) ((void __user *)(uintptr_t)(u64)(x))

/* 1 while x is of the type, for macros that must not be misused. */
#define PTR_IF(cond, ptr) ((cond) ? (ptr) : NULL)

/* How far boot has come. */
enum system_states {
	SYSTEM_BOOTING,
	SYSTEM_SCHEDULING,
	SYSTEM_FREEING_INITMEM,
	SYSTEM_RUNNING,
	SYSTEM_HALT,
	SYSTEM_POWER_OFF,
	SYSTEM_RESTART,
};
extern enum system_states system_state;

/*
 * Says "this function may sleep": debug builds report a call of it from
 * where sleeping is forbidden, even if it would not have slept this time.
 */
void __might_sleep(const char *file, int line);

/*
 * Values of the command line; any context. memparse(): a number with a unit
 * K, M, G, T, P or E (powers of 1024); *retp, unless retp is NULL, becomes
 * the first character behind it.
 */
unsigned long long memparse(const char *ptr, char **retp);

/*
 * An int at *str, which moves behind it and a following ','. Returns 0: no
 * int; 1: an int, and the end; 2: an int and a ','; 3: an int and a '-',
 * which stays: a range.
 */
int get_option(char **str, int *pint);

/*
 * A list "1,2,5-8" into ints[1..], their count into ints[0]; nints counts
 * the whole array, 0: only count. What does not fit is left out. Returns where
 * the list ended.
 */
char *get_options(const char *str, int nints, int *ints);

/* Is option one of the comma-separated words of str? */
bool parse_option_str(const char *str, const char *option);

#define might_sleep() do {						\
	if (IS_ENABLED(CONFIG_DEBUG))					\
		__might_sleep(__FILE__, __LINE__);			\
} while (0)
#define might_sleep_if(cond) do { if (cond) might_sleep(); } while (0)
#define cant_sleep() do { } while (0)
#define non_block_start() do { } while (0)
#define non_block_end() do { } while (0)
#define might_fault() do { } while (0)

#endif
