// SPDX-License-Identifier: MIT
/*
 * console_leak.c - the search for memory that nothing leads to
 */
#include <quire/leak_scan.h>

#include "console.h"

#include <linux/errno.h>
#include <linux/kconfig.h>
#include <linux/seq_file.h>
#include <linux/string.h>

static void write_text(const char *text, size_t size)
{
	console_printf("%.*s", (int)size, text);
}

static int leak_scan(void)
{
	int found = kmemleak_scan();

	if (found == -EPERM)
		console_printf("it is off: kmemleak=off was given\n");
	if (found < 0)
		return found;
	console_printf("%d new\n", found);
	return 0;
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

static int cmd_kmemleak(int count, char **args)
{
	struct seq_file m;

	if (!IS_ENABLED(CONFIG_DEBUG)) {
		console_printf("leaks are found in the checked build only\n");
		return 0;
	}
	if (count == 3 && !strcmp(args[1], "why"))
		return leak_why(args[2]);
	if (count > 2)
		return -EINVAL;
	if (count == 1 || !strcmp(args[1], "list")) {
		seq_init_write(&m, write_text);
		return kmemleak_show(&m, NULL);
	}
	if (!strcmp(args[1], "scan"))
		return leak_scan();
	if (strcmp(args[1], "clear"))
		return -EINVAL;
	kmemleak_clear();
	return 0;
}
CONSOLE_COMMAND(kmemleak, "[scan|list|clear|why ADDRESS]",
		"look for lost memory; show or forget it; what leads to an "
		"object",
		cmd_kmemleak);
