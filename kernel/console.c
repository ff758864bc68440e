// SPDX-License-Identifier: MIT
/*
 * console.c - the interactive console: lines in, commands run
 *
 *	serial port --read--> line editor --line--> command table --> function
 *	     ^                     |                                      |
 *	     +---- console_write --+-------------- console_printf --------+
 *
 * The table is a section of the image, filled by CONSOLE_COMMAND, so a new
 * command needs no change here. The CPU halts while nobody
 * types.
 */
#include "console.h"

#include <asm/sections.h>
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <quire/lineedit.h>
#include <quire/serial.h>

static struct lineedit editor;

/* -------------------------------------------------------------- the table */

const struct console_command *command_find(const char *name)
{
	const struct console_command *c;

	for_each_console_command(c)
		if (!strcmp(c->name, name))
			return c;
	return NULL;
}

/* Of the commands that start so, the first one behind after (NULL: all). */
static const struct console_command *
command_behind(const char *prefix, size_t length,
	       const struct console_command *after)
{
	const struct console_command *c, *best = NULL;

	for_each_console_command(c) {
		if (strncmp(c->name, prefix, length))
			continue;
		if (after && strcmp(c->name, after->name) <= 0)
			continue;
		if (!best || strcmp(c->name, best->name) < 0)
			best = c;
	}
	return best;
}

const struct console_command *
command_with_prefix(const char *prefix, size_t length, unsigned int index)
{
	const struct console_command *c = NULL;

	do {
		c = command_behind(prefix, length, c);
	} while (c && index--);
	return c;
}

/* ------------------------------------------------------------- one line */

int command_split(char *line, char **args)
{
	int count = 0;

	for (;;) {
		while (isspace(*line))
			*line++ = '\0';
		if (!*line)
			break;
		if (count == COMMAND_MAX_ARGS)
			return -E2BIG;
		args[count++] = line;
		while (*line && !isspace(*line))
			line++;
	}
	args[count] = NULL;
	return count;
}

int command_run(char *line)
{
	char *args[COMMAND_MAX_ARGS + 1];
	const struct console_command *c;
	int count = command_split(line, args), err;

	if (count < 0) {
		console_printf("more than %d words\n", COMMAND_MAX_ARGS);
		return count;
	}
	if (!count || args[0][0] == '#')
		return 0;
	c = command_find(args[0]);
	if (!c) {
		console_printf("%s: no such command; try help\n", args[0]);
		return -ENOENT;
	}
	err = c->run(count, args);
	if (err == -EINVAL)
		console_printf("usage: %s %s\n", c->name, c->usage);
	return err;
}

/* ------------------------------------------------------------------ help */

static int cmd_help(int count, char **args)
{
	const struct console_command *c = NULL;

	if (count > 2)
		return -EINVAL;
	if (count == 2) {
		c = command_find(args[1]);
		if (!c) {
			console_printf("%s: no such command\n", args[1]);
			return -ENOENT;
		}
		console_printf("%s %s\n  %s\n", c->name, c->usage, c->help);
		return 0;
	}
	while ((c = command_behind("", 0, c)))
		console_printf("  %-13s %s\n", c->name, c->help);
	console_printf("help COMMAND tells its arguments.\n");
	return 0;
}
CONSOLE_COMMAND(help, "[COMMAND]", "this list, or one command's arguments",
		cmd_help);

/* ----------------------------------------------------------------- shell */

static const char *complete(const char *prefix, size_t length,
			    unsigned int index)
{
	const struct console_command *c;

	c = command_with_prefix(prefix, length, index);
	return c ? c->name : NULL;
}

void console_main(void)
{
	char line[LINEEDIT_SIZE];

	editor.prompt = "quire> ";
	editor.emit = console_write;
	editor.complete = complete;
	lineedit_init(&editor);
	console_printf("Type help for the commands.\n");
	for (;;) {
		lineedit_start(&editor);
		while (lineedit_key(&editor, serial_wait()) == LINEEDIT_EDITING)
			;
		strscpy(line, editor.line, sizeof(line));
		command_run(line);
	}
}
