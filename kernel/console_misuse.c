// SPDX-License-Identifier: MIT
/*
 * console_misuse.c - the classic mistakes, to see how they are reported
 *
 * Each does one thing wrong; a checked build names page or object, cache,
 * offset and callers, and goes on. A release build has no such checks and
 * would be damaged, so there the command refuses.
 */
#include "console.h"

#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/kconfig.h>
#include <linux/slab.h>
#include <linux/string.h>

#define SIZE 40

/* An object whose size and fate the compiler cannot follow. */
static char *object(void)
{
	char *p = kmalloc(SIZE, GFP_KERNEL);

	OPTIMIZER_HIDE_VAR(p);
	return p;
}

static void misuse_double_free(char *p)
{
	char *again = p;

	OPTIMIZER_HIDE_VAR(again);
	kfree(p);
	kfree(again);
}

static void misuse_overrun(char *p)
{
	p[SIZE] = 'x';
	kfree(p);
}

/* Seen when the object is handed out again: the last freed comes first. */
static void misuse_after_free(char *p)
{
	char *stale = p;

	OPTIMIZER_HIDE_VAR(stale);
	kfree(p);
	stale[2] = 'x';
	kfree(object());
}

static void misuse_wild_free(char *p)
{
	kfree(p + 4);
	kfree(p);
}

static void misuse_page(char *p)
{
	struct page *page = alloc_page(GFP_KERNEL);

	kfree(p);
	if (!page)
		return;
	__free_page(page);
	__free_page(page);
}

/* Nothing is seen until "kmemleak scan" looks for it. */
static void misuse_leak(char *p)
{
	strscpy(p, "nobody knows where I am", SIZE);
}

static const struct misuse {
	const char *name;
	void (*act)(char *p);
} misuses[] = {
	{ "double-free", misuse_double_free },
	{ "overrun", misuse_overrun },
	{ "use-after-free", misuse_after_free },
	{ "wild-free", misuse_wild_free },
	{ "page-double-free", misuse_page },
	{ "leak", misuse_leak },
};

static int cmd_misuse(int count, char **args)
{
	unsigned int i;
	char *p;

	if (count != 2)
		return -EINVAL;
	if (!IS_ENABLED(CONFIG_DEBUG)) {
		console_printf("This build has no checks: memory would be "
			       "damaged in silence.\n");
		return -EPERM;
	}
	for (i = 0; i < ARRAY_SIZE(misuses); i++) {
		if (strcmp(misuses[i].name, args[1]))
			continue;
		p = object();
		if (!p)
			return -ENOMEM;
		misuses[i].act(p);
		return 0;
	}
	console_printf("%s: not one of these\n", args[1]);
	return -EINVAL;
}
CONSOLE_COMMAND(
	misuse,
	"double-free|overrun|use-after-free|wild-free|page-double-free|leak",
	"make a mistake with memory, to see its report", cmd_misuse);
