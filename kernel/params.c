/* SPDX-License-Identifier: MIT */
/*
 * kernel/params.c - the words of the command line
 *
 *	quire.elf  loglevel=8  kunit.filter_glob="buddy*"  test  -- ...
 *	           `--- word --'  `-- quotes keep blanks --'
 *
 * Words are separated by blanks. Each goes, in this order, to
 *	1. an early_param() of that name, before memory is set up;
 *	2. a __setup() whose string it begins with;
 *	3. a module_param() "file.name" (a dash counts as an underscore);
 *	4. a notice that nobody knows it.
 *
 * Differs from Linux: unknown words are not handed to a first process; only
 * a word that begins with two dashes ends the list. (kernel/params.c,
 * init/main.c)
 */
#include <quire/params.h>

#include "start.h"

#include <asm/param_sections.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/string.h>
#include <quire/boot_info.h>

/* Handlers may keep pointers into the words, so these stay. */
static char early_words[BOOT_CMDLINE_MAX];
static char words[BOOT_CMDLINE_MAX];

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static char fold_dash(char c)
{
	return c == '-' ? '_' : c;
}

bool parameqn(const char *a, const char *b, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (fold_dash(a[i]) != fold_dash(b[i]))
			return false;
	}
	return true;
}

bool parameq(const char *a, const char *b)
{
	return parameqn(a, b, strlen(a) + 1);
}

/* Ends the word at its first blank outside of quotes; where the next starts. */
static char *cut_word(char *word)
{
	bool quoted = false;

	while (*word && (quoted || !is_blank(*word))) {
		if (*word == '"')
			quoted = !quoted;
		word++;
	}
	if (*word)
		*word++ = 0;
	return word;
}

/* Takes the quotes around a value or a whole word away. */
static char *unquote(char *text)
{
	size_t len;

	if (*text != '"')
		return text;
	text++;
	len = strlen(text);
	if (len && text[len - 1] == '"')
		text[len - 1] = 0;
	return text;
}

char *next_arg(char *args, char **param, char **val)
{
	char *next;

	while (is_blank(*args))
		args++;
	next = cut_word(args);
	*param = unquote(args);
	*val = strchr(*param, '=');
	if (*val) {
		*(*val)++ = 0;
		*val = unquote(*val);
	}
	return next;
}

static int __init early_word(char *param, char *val)
{
	const struct obs_kernel_param *p;

	for (p = __start_setup_param; p < __stop_setup_param; p++) {
		if (!p->early || !parameq(param, p->str))
			continue;
		if (p->setup_func(val))
			pr_warn("Malformed early option '%s%s%s'\n", param,
				val ? "=" : "", val ? val : "");
	}
	return 0;
}

static bool __init is_early(const char *param)
{
	const struct obs_kernel_param *p;

	for (p = __start_setup_param; p < __stop_setup_param; p++) {
		if (p->early && parameq(param, p->str))
			return true;
	}
	return false;
}

/* Behind its '=': a value in quotes begins one further on, and moves. */
static char *__init join_word(char *param, char *val)
{
	char *joined = param + strlen(param) + 1;

	if (val != joined)
		memmove(joined, val, strlen(val) + 1);
	joined[-1] = '=';
	return joined;
}

/* __setup() strings contain their '=', so they see the word uncut. */
static bool __init setup_word(char *param, char **valp)
{
	const struct obs_kernel_param *p;
	char *val = *valp;
	bool taken = false;

	if (val)
		*valp = val = join_word(param, val);
	for (p = __start_setup_param; p < __stop_setup_param && !taken; p++) {
		size_t n = strlen(p->str);

		if (!p->early && strlen(param) >= n &&
		    parameqn(param, p->str, n))
			taken = p->setup_func(param + n);
	}
	if (val)
		val[-1] = 0;
	return taken;
}

static void __init set_param(const struct kernel_param *kp, const char *val)
{
	int err = -EINVAL;

	if (val || kp->ops->flags & KERNEL_PARAM_OPS_FL_NOARG)
		err = kp->ops->set(val, kp);
	if (err)
		pr_err("'%s' is not a value for %s (%d)\n", val ? val : "",
		       kp->name, err);
}

static int __init word(char *param, char *val)
{
	const struct kernel_param *kp;

	if (is_early(param) || setup_word(param, &val))
		return 0;
	for (kp = __start___param; kp < __stop___param; kp++) {
		if (parameq(param, kp->name)) {
			set_param(kp, val);
			return 0;
		}
	}
	/* some loaders put the image's name in front */
	if (param == words && !val)
		return 0;
	pr_notice("Unknown word on the command line: '%s%s%s'\n", param,
		  val ? "=" : "", val ? val : "");
	return 0;
}

int parse_words(char *args, int (*fn)(char *param, char *val))
{
	char *param, *val;
	int err;

	while (is_blank(*args))
		args++;
	while (*args) {
		args = next_arg(args, &param, &val);
		if (!strcmp(param, "--") && !val)
			return 0;
		err = *param ? fn(param, val) : 0;
		if (err)
			return err;
		while (is_blank(*args))
			args++;
	}
	return 0;
}

void __init parse_early_param(const char *cmdline)
{
	strscpy(early_words, cmdline, sizeof(early_words));
	parse_words(early_words, early_word);
}

void __init parse_params(const char *cmdline)
{
	strscpy(words, cmdline, sizeof(words));
	parse_words(words, word);
}
