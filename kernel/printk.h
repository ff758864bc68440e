/* SPDX-License-Identifier: MIT */
/*
 * Between the files of printk: the message entry (printk.c), the consoles
 * (printk_console.c) and the captures (capture.c).
 */
#ifndef _KERNEL_PRINTK_H
#define _KERNEL_PRINTK_H

#include <linux/stdarg.h>
#include <linux/types.h>

/* Where a message goes, besides what its level and captures decide. */
#define EMIT_LOG    1 /* into the ring */
#define EMIT_ALWAYS 2 /* past console_loglevel */
#define EMIT_RAW    4 /* no prefix; to the capture of the floor */
#define EMIT_HERE   8 /* where the cursor stands */

/* One message without its level mark, on its way out. */
struct message {
	const char *text;
	unsigned int len;
	int level;
	bool cont;        /* goes on with the line before */
	unsigned int how; /* EMIT_* */
};

/*
 * Formats and puts out. Any context; nested calls (a fault inside printk)
 * work to a depth of 4 and are dropped in silence beyond.
 */
int printk_emit(unsigned int how, const char *fmt, va_list args);

/* Gives the message to a capture. False: there is none, use the consoles. */
bool capture_message(const struct message *msg);

/* Writes to all consoles. */
void console_message(const struct message *msg);

#endif
