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

/* For a panic, when all other CPUs have stopped: the log is this one's. */
void printk_seize(void);

/* Gives the message to a capture. False: there is none, use the consoles. */
bool capture_message(const struct message *msg);

/* Is the message, or what it goes on with, urgent enough to be seen? */
bool console_wants(const struct message *msg);

/*
 * The rest: with the log's lock, interrupts off. Write to all consoles: a
 * message as it is; text of a record; the end of its line.
 */
void console_message(const struct message *msg);
void console_text(const char *text, unsigned int len);
void console_end_line(void);
unsigned int console_room(void);
void console_flush(void);

/* ------------------------------------------- printk.c <-> printk_thread.c */

/* Takes the log's lock, interrupts off; false: this CPU has it already. */
bool log_lock_enter(void);
void log_lock_leave(void);

struct log_ring;
extern struct log_ring log_ring; /* under the log's lock */

/* With the lock: writes all that the thread has not written yet. */
void printk_drain(void);

/* With the lock: all in the ring has been written by who added it. */
void printk_drained(void);

/* With the lock: is the ring so full that the caller must help? */
bool printk_is_behind(void);

/* There is something for the thread. Any context, without the lock. */
void printk_kick(void);

#endif
