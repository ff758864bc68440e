// SPDX-License-Identifier: MIT
/*
 * printk_console.c - the registered consoles and lines on them
 *
 * All consoles get the same text, so one state tells for all of them
 * whether the cursor stands in the middle of a line. A message that does
 * not continue it first ends that line.
 */
#include <linux/console.h>
#include <linux/errno.h>
#include <linux/irqflags.h>
#include <linux/kmsg_dump.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <quire/capture.h>
#include "printk.h"

struct console *console_drivers;

static const char *prefix; /* in front of each line, or NULL */
static bool mid_line;      /* the cursor is not at a line's start */
static bool last_shown;    /* so is what continues the last message */

static void write_all(const char *text, unsigned int len)
{
	struct console *con;

	for_each_console(con) {
		if (con->flags & CON_ENABLED)
			con->write(con, text, len);
	}
}

/* Bytes up to the end of the first line, its '\n' included. */
static unsigned int line_length(const char *text, unsigned int len)
{
	const char *end = memchr(text, '\n', len);

	return end ? end - text + 1 : len;
}

static void write_lines(const char *text, unsigned int len, const char *head)
{
	while (len) {
		unsigned int part = line_length(text, len);

		if (head && !mid_line)
			write_all(head, strlen(head));
		write_all(text, part);
		mid_line = text[part - 1] != '\n';
		text += part;
		len -= part;
	}
}

void console_end_line(void)
{
	if (mid_line)
		write_all("\n", 1);
	mid_line = false;
}

void console_text(const char *text, unsigned int len)
{
	write_lines(text, len, prefix);
}

unsigned int console_room(void)
{
	unsigned int room = UINT_MAX;
	struct console *con;

	for_each_console(con)
		if (con->flags & CON_ENABLED && con->room)
			room = min(room, con->room(con));
	return room;
}

void console_flush(void)
{
	struct console *con;

	for_each_console(con)
		if (con->flags & CON_ENABLED && con->flush)
			con->flush(con);
}

bool console_wants(const struct message *msg)
{
	if (!msg->cont)
		last_shown = (msg->how & EMIT_ALWAYS) ||
			     msg->level < console_loglevel;
	return last_shown;
}

void console_message(const struct message *msg)
{
	if (!console_wants(msg))
		return;
	if (!msg->cont && !(msg->how & EMIT_HERE))
		console_end_line();
	write_lines(msg->text, msg->len, msg->how & EMIT_RAW ? NULL : prefix);
}

const char *printk_set_prefix(const char *new_prefix)
{
	const char *old = prefix;

	prefix = new_prefix;
	return old;
}

void console_write(const char *text, size_t count)
{
	unsigned long flags;

	bool locked;

	local_irq_save(flags);
	locked = log_lock_enter();
	if (locked)
		printk_drain();
	write_lines(text, count, NULL);
	if (locked)
		log_lock_leave();
	local_irq_restore(flags);
}

int console_printf(const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = printk_emit(EMIT_ALWAYS | EMIT_HERE, fmt, args);
	va_end(args);
	return len;
}

/* Shows a console what was said before it came. */
static void replay(struct console *con)
{
	static char line[PRINTK_MESSAGE_MAX + 8];
	struct kmsg_dump_iter iter;
	size_t len;

	kmsg_dump_rewind(&iter);
	while (kmsg_dump_get_line(&iter, true, line, sizeof(line), &len)) {
		if (line[1] - '0' < console_loglevel)
			con->write(con, line + 3, len - 3);
	}
}

static void remove_boot_consoles(void)
{
	struct console *con = console_drivers, *next;

	for (; con; con = next) {
		next = con->next;
		if (con->flags & CON_BOOT)
			unregister_console(con);
	}
}

void register_console(struct console *con)
{
	struct console **link = &console_drivers;

	if (con->flags & CON_ENABLED)
		return;
	if (con->setup && con->setup(con, NULL))
		return;
	if (con->flags & CON_PRINTBUFFER)
		replay(con);
	if (!(con->flags & CON_BOOT))
		remove_boot_consoles();

	/* The preferred one is first, the others keep their order. */
	while (*link && !(con->flags & CON_CONSDEV))
		link = &(*link)->next;
	con->next = *link;
	*link = con;
	con->flags |= CON_ENABLED;
}

int unregister_console(struct console *con)
{
	struct console **link;

	for (link = &console_drivers; *link; link = &(*link)->next) {
		if (*link != con)
			continue;
		*link = con->next;
		con->next = NULL;
		con->flags &= ~CON_ENABLED;
		if (con->exit)
			con->exit(con);
		return 0;
	}
	return -ENODEV;
}
