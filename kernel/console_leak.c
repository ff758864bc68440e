// SPDX-License-Identifier: MIT
/*
 * console_leak.c - the search for memory that nothing leads to
 */
#include <quire/leak_scan.h>

#include "console.h"

#include <linux/errno.h>
#include <linux/kconfig.h>
#include <linux/kstrtox.h>
#include <linux/seq_file.h>
#include <linux/string.h>

#define SECS_SCAN_WAIT 600	/* of scan=on */

static void write_text(const char *text, size_t size)
{
	console_printf("%.*s", (int)size, text);
}

static int say_if_off(int error)
{
	if (error == -EPERM)
		console_printf("it is off: kmemleak=off was given\n");
	return error;
}

static int leak_scan(void)
{
	int found = kmemleak_scan();

	if (found < 0)
		return say_if_off(found);
	console_printf("%d new\n", found);
	return 0;
}

/* on, off, or seconds from one scan to the next. */
static int leak_scan_every(const char *word)
{
	unsigned int secs = SECS_SCAN_WAIT;

	if (!strcmp(word, "off"))
		secs = 0;
	else if (strcmp(word, "on") && (kstrtouint(word, 10, &secs) || !secs))
		return -EINVAL;
	return say_if_off(kmemleak_scan_every(secs));
}

/* Why is it no leak? The first word that a search comes to it by. */
static int leak_why(const char *word)
{
	unsigned long addr, way;

	if (parse_address(word, &addr))
		return -EINVAL;
	way = kmemleak_find_way(addr);
	if (!way)
		console_printf("nothing leads to %08lx, or it is no object\n",
			       addr);
	else
		console_printf("%08lx: %08lx leads there, %pS\n", way,
			       *(unsigned long *)way, (void *)way);
	return 0;
}

static int leak_list(void)
{
	struct seq_file m;

	seq_init_write(&m, write_text);
	return kmemleak_show(&m, NULL);
}

static int leak_dump(const char *word)
{
	struct seq_file m;
	unsigned long addr;
	int error;

	if (parse_address(word, &addr))
		return -EINVAL;
	seq_init_write(&m, write_text);
	error = kmemleak_dump(&m, addr);
	if (error == -ENOENT)
		console_printf("%08lx is in no object\n", addr);
	return error == -ENOENT ? 0 : error;
}

static int leak_clear(void)
{
	kmemleak_clear();
	return 0;
}

static int cmd_kmemleak(int count, char **args)
{
	const char *what = count > 1 ? args[1] : "list";

	if (!IS_ENABLED(CONFIG_DEBUG)) {
		console_printf("leaks are found in the checked build only\n");
		return 0;
	}
	if (count == 3 && !strcmp(what, "why"))
		return leak_why(args[2]);
	if (count > 2)
		return -EINVAL;
	if (!strcmp(what, "list"))
		return leak_list();
	if (!strcmp(what, "scan"))
		return leak_scan();
	if (!strcmp(what, "clear"))
		return leak_clear();
	if (strstarts(what, "scan="))
		return leak_scan_every(strchr(what, '=') + 1);
	if (strstarts(what, "dump="))
		return leak_dump(strchr(what, '=') + 1);
	return -EINVAL;
}
CONSOLE_COMMAND(kmemleak,
		"[scan|scan=on|scan=off|scan=SECS|list|clear|dump=ADDRESS|"
		"why ADDRESS]",
		"look for lost memory, once or often; show or forget it; what "
		"is known of an object; what leads to one",
		cmd_kmemleak);
