/* SPDX-License-Identifier: MIT */
/*
 * Consoles: where printk() text goes. A driver fills in a struct console and
 * registers it; several may be registered, each gets the same text.
 */
#ifndef _LINUX_CONSOLE_H
#define _LINUX_CONSOLE_H

#include <linux/compiler_types.h>
#include <linux/types.h>

#define CON_PRINTBUFFER (1)  /* replay the ring when registered */
#define CON_CONSDEV     (2)  /* the preferred one */
#define CON_ENABLED     (4)  /* set by register_console() */
#define CON_BOOT        (8)  /* early: goes when a real one comes */
#define CON_ANYTIME     (16) /* usable at any time */

struct console {
	char name[16];
	/*
	 * Takes count bytes; never sleeps. '\n' alone ends a line. Unless
	 * console_is_direct() it may put them by and let interrupts write
	 * them; what does not fit is polled out.
	 */
	void (*write)(struct console *con, const char *text, unsigned count);
	/* How many bytes write() takes without polling. NULL: any number. */
	unsigned int (*room)(struct console *con);
	/* Polls out what was put by. NULL: nothing ever is. */
	void (*flush)(struct console *con);
	int (*read)(struct console *con, char *text, unsigned count);
	int (*setup)(struct console *con, char *options);
	int (*exit)(struct console *con);
	short flags;
	short index;
	void *data;
	struct console *next;
};

/* The registered consoles; the preferred one is first. */
extern struct console *console_drivers;

#define for_each_console(con) for (con = console_drivers; con; con = con->next)

/*
 * Adds a console, which then gets every message that is urgent enough. With
 * CON_PRINTBUFFER it first gets what the ring holds. A real console removes
 * those with CON_BOOT. Any context.
 */
void register_console(struct console *con);

/* Takes a console away. Returns 0, or -ENODEV if it was not registered. */
int unregister_console(struct console *con);

/*
 * Is text to be on the consoles when printk() returns? So it is at boot, in
 * tests and benches, in an oops, and for good after a panic; else a thread
 * of its own, "printk", writes it. See kernel/printk_thread.c.
 */
bool console_is_direct(void);

/* A console's room() has grown. Any context, with no lock of a console. */
void console_room_grew(void);

/*
 * Writes text to the consoles only, neither filtered by level nor kept in
 * the ring: for what a person asked to see. Any context.
 */
int console_printf(const char *fmt, ...) __printf(1, 2);

/* As console_printf() for count bytes that are text already. */
void console_write(const char *text, size_t count);

#endif
