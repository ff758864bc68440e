/* SPDX-License-Identifier: MIT */
/*
 * Commands of the console. A command is one small function; this line makes
 * it known, in any file of the image (those of EXTRA too):
 *
 *	CONSOLE_COMMAND(free, "HANDLE", "give pages back", cmd_free);
 */
#ifndef _QUIRE_COMMAND_H
#define _QUIRE_COMMAND_H

#include <linux/compiler.h>
#include <linux/types.h>

#define COMMAND_MAX_ARGS 16

struct console_command {
	const char *name;
	const char *usage; /* the arguments, "" for none */
	const char *help;  /* one line */
	/*
	 * args[0] is the command's name, args[count] is NULL. Returns 0 or a
	 * negative errno; after -EINVAL the console shows the usage.
	 */
	int (*run)(int count, char **args);
};

#define CONSOLE_COMMAND(_name, _usage, _help, _run)                   \
	static const struct console_command console_command_##_name   \
		__attribute__((__used__, __aligned__(4),              \
			       __section__(".console_commands"))) = { \
			.name = #_name,                               \
			.usage = _usage,                              \
			.help = _help,                                \
			.run = _run,                                  \
		}

extern const struct console_command __start_console_commands[];
extern const struct console_command __stop_console_commands[];

#define for_each_console_command(c) \
	for (c = __start_console_commands; c < __stop_console_commands; c++)

/* The command of this name, or NULL. Any context. */
const struct console_command *command_find(const char *name);

/* The index-th command whose name starts so, in alphabetical order. */
const struct console_command *
command_with_prefix(const char *prefix, size_t length, unsigned int index);

/*
 * Cuts line at its blanks, in place. args gets at most COMMAND_MAX_ARGS
 * pointers and a NULL. Returns how many, or -E2BIG.
 */
int command_split(char *line, char **args);

/*
 * Runs one line, which is cut up. Empty lines and those that start with '#'
 * do nothing. Returns what the command returned, -ENOENT for an unknown one.
 * Process context.
 */
int command_run(char *line);

/* Reads lines from the consoles and runs them, for ever. */
void console_main(void);

#endif
