/* SPDX-License-Identifier: MIT */
/*
 * printk(): the kernel's log. Each message becomes a record of a ring buffer
 * (read back through <linux/kmsg_dump.h>) and, when its level is more urgent
 * than console_loglevel, is written to every registered console at once.
 *
 * All of it works in any context, from the first line of C on, with
 * interrupts on or off and inside fault handlers; nothing here sleeps.
 */
#ifndef _LINUX_PRINTK_H
#define _LINUX_PRINTK_H

#include <linux/atomic.h>
#include <linux/compiler_types.h>
#include <linux/kern_levels.h>
#include <linux/ratelimit_types.h>
#include <linux/stdarg.h>
#include <linux/types.h>

#define CONSOLE_LOGLEVEL_SILENT     0
#define CONSOLE_LOGLEVEL_MIN        1
#define CONSOLE_LOGLEVEL_QUIET      4
#define CONSOLE_LOGLEVEL_DEFAULT    7
#define CONSOLE_LOGLEVEL_DEBUG      10
#define CONSOLE_LOGLEVEL_MOTORMOUTH 15
#define MESSAGE_LOGLEVEL_DEFAULT    4

#define CONSOLE_EXT_LOG_MAX 8192
#define PRINTK_MESSAGE_MAX  1024 /* bytes of one message; rest is cut */

/* Messages whose level is below this number reach the consoles. */
extern int console_loglevel;
/* The level of messages that name none. */
extern int default_message_loglevel;
/* Not 0 while an oops is being printed; several CPUs may do so. */
extern atomic_t oops_depth;
#define oops_in_progress atomic_read(&oops_depth)

/*
 * Formats a message, puts it into the ring and on the consoles. The format
 * may start with a KERN_ level. A message that does not end in '\n' may be
 * continued by KERN_CONT; any other message starts a new line. Returns the
 * number of bytes of text. Any context.
 */
int printk(const char *fmt, ...) __printf(1, 2) __cold;
int vprintk(const char *fmt, va_list args) __printf(1, 0) __cold;

/* What Linux's printk() is a macro for: one function here. */
#define _printk printk

/* For messages from inside the scheduler; here the same as printk(). */
#define printk_deferred printk

/* Accepted and ignored: checks the arguments, prints nothing. */
#define no_printk(fmt, ...)                         \
	({                                          \
		if (0)                              \
			printk(fmt, ##__VA_ARGS__); \
		0;                                  \
	})

/* Makes every further message reach the consoles, whatever its level. */
void console_verbose(void);

/* Counts the oops in progress up (not 0) and down (0). */
void bust_spinlocks(int yes);

/* Returns the bytes of text that the ring can hold. */
int log_buf_len_get(void);

/* Parses the level at the start of text. Returns '0'..'7', 'c', or 0. */
static inline int printk_get_level(const char *text)
{
	if (text[0] != KERN_SOH_ASCII || !text[1])
		return 0;
	if ((text[1] >= '0' && text[1] <= '7') || text[1] == 'c')
		return text[1];
	return 0;
}

/* Returns text without the level in front of it. */
static inline const char *printk_skip_level(const char *text)
{
	return printk_get_level(text) ? text + 2 : text;
}

/* Each file may define pr_fmt before its includes, to prefix its messages. */
#ifndef pr_fmt
#define pr_fmt(fmt) fmt
#endif

#define pr_emerg(fmt, ...)  printk(KERN_EMERG pr_fmt(fmt), ##__VA_ARGS__)
#define pr_alert(fmt, ...)  printk(KERN_ALERT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_crit(fmt, ...)   printk(KERN_CRIT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_err(fmt, ...)    printk(KERN_ERR pr_fmt(fmt), ##__VA_ARGS__)
#define pr_warn(fmt, ...)   printk(KERN_WARNING pr_fmt(fmt), ##__VA_ARGS__)
#define pr_notice(fmt, ...) printk(KERN_NOTICE pr_fmt(fmt), ##__VA_ARGS__)
#define pr_info(fmt, ...)   printk(KERN_INFO pr_fmt(fmt), ##__VA_ARGS__)
#define pr_cont(fmt, ...)   printk(KERN_CONT fmt, ##__VA_ARGS__)

/* pr_devel() and pr_debug() print only in files that define DEBUG. */
#ifdef DEBUG
#define pr_devel(fmt, ...) printk(KERN_DEBUG pr_fmt(fmt), ##__VA_ARGS__)
#define pr_debug(fmt, ...) printk(KERN_DEBUG pr_fmt(fmt), ##__VA_ARGS__)
#else
#define pr_devel(fmt, ...) no_printk(KERN_DEBUG pr_fmt(fmt), ##__VA_ARGS__)
#define pr_debug(fmt, ...) no_printk(KERN_DEBUG pr_fmt(fmt), ##__VA_ARGS__)
#endif

/* Prints at the first call only. True when it printed. */
#define printk_once(fmt, ...)                       \
	({                                          \
		static bool __printed;              \
		bool __first = !__printed;          \
                                                    \
		__printed = true;                   \
		if (__first)                        \
			printk(fmt, ##__VA_ARGS__); \
		__first;                            \
	})

#define pr_emerg_once(fmt, ...) \
	printk_once(KERN_EMERG pr_fmt(fmt), ##__VA_ARGS__)
#define pr_alert_once(fmt, ...) \
	printk_once(KERN_ALERT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_crit_once(fmt, ...) printk_once(KERN_CRIT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_err_once(fmt, ...)  printk_once(KERN_ERR pr_fmt(fmt), ##__VA_ARGS__)
#define pr_warn_once(fmt, ...) \
	printk_once(KERN_WARNING pr_fmt(fmt), ##__VA_ARGS__)
#define pr_notice_once(fmt, ...) \
	printk_once(KERN_NOTICE pr_fmt(fmt), ##__VA_ARGS__)
#define pr_info_once(fmt, ...) printk_once(KERN_INFO pr_fmt(fmt), ##__VA_ARGS__)

/* Prints as long as the call site stays within its rate (10 in a burst). */
#define printk_ratelimited(fmt, ...)                                           \
	({                                                                     \
		static DEFINE_RATELIMIT_STATE(_rs, DEFAULT_RATELIMIT_INTERVAL, \
					      DEFAULT_RATELIMIT_BURST);        \
                                                                               \
		if (___ratelimit(&_rs, __func__))                              \
			printk(fmt, ##__VA_ARGS__);                            \
	})

#define pr_emerg_ratelimited(fmt, ...) \
	printk_ratelimited(KERN_EMERG pr_fmt(fmt), ##__VA_ARGS__)
#define pr_alert_ratelimited(fmt, ...) \
	printk_ratelimited(KERN_ALERT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_crit_ratelimited(fmt, ...) \
	printk_ratelimited(KERN_CRIT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_err_ratelimited(fmt, ...) \
	printk_ratelimited(KERN_ERR pr_fmt(fmt), ##__VA_ARGS__)
#define pr_warn_ratelimited(fmt, ...) \
	printk_ratelimited(KERN_WARNING pr_fmt(fmt), ##__VA_ARGS__)
#define pr_notice_ratelimited(fmt, ...) \
	printk_ratelimited(KERN_NOTICE pr_fmt(fmt), ##__VA_ARGS__)
#define pr_info_ratelimited(fmt, ...) \
	printk_ratelimited(KERN_INFO pr_fmt(fmt), ##__VA_ARGS__)

/* The call stack, at KERN_DEFAULT or at a level of the caller's choice. */
void dump_stack(void);
void dump_stack_lvl(const char *log_lvl);

/* How print_hex_dump() labels its lines. */
enum {
	DUMP_PREFIX_NONE,
	DUMP_PREFIX_ADDRESS,
	DUMP_PREFIX_OFFSET,
};

/*
 * Prints len bytes at buf in lines of rowsize (16 or 32), in groups of
 * groupsize (1, 2, 4 or 8) bytes, with the characters beside when ascii.
 */
void print_hex_dump(const char *level, const char *prefix_str, int prefix_type,
		    int rowsize, int groupsize, const void *buf, size_t len,
		    bool ascii);

#define print_hex_dump_bytes(prefix_str, prefix_type, buf, len)              \
	print_hex_dump(KERN_DEBUG, prefix_str, prefix_type, 16, 1, buf, len, \
		       true)

#endif
