/* SPDX-License-Identifier: MIT */
/*
 * kernel/param_types.c - texts to values and back, for module_param()
 *
 * (kernel/params.c)
 */
#include <linux/moduleparam.h>

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>

#define STANDARD_PARAM(name, type, format, parse)			\
	static int set_##name(const char *val,				\
			      const struct kernel_param *kp)		\
	{								\
		return parse(val, 0, (type *)kp->arg);			\
	}								\
	static int get_##name(char *buffer,				\
			      const struct kernel_param *kp)		\
	{								\
		return sprintf(buffer, format "\n", *(type *)kp->arg);	\
	}								\
	const struct kernel_param_ops param_ops_##name = {		\
		.set = set_##name,					\
		.get = get_##name,					\
	}

STANDARD_PARAM(byte, u8, "%hhu", kstrtou8);
STANDARD_PARAM(short, s16, "%hi", kstrtos16);
STANDARD_PARAM(ushort, u16, "%hu", kstrtou16);
STANDARD_PARAM(int, int, "%i", kstrtoint);
STANDARD_PARAM(uint, unsigned int, "%u", kstrtouint);
STANDARD_PARAM(long, long, "%li", kstrtol);
STANDARD_PARAM(ulong, unsigned long, "%lu", kstrtoul);
STANDARD_PARAM(ullong, unsigned long long, "%llu", kstrtoull);

/* The words of the command line stay, so a pointer to one will do. */
static int set_charp(const char *val, const struct kernel_param *kp)
{
	*(const char **)kp->arg = val;
	return 0;
}

static int get_charp(char *buffer, const struct kernel_param *kp)
{
	const char *text = *(char **)kp->arg;

	return sprintf(buffer, "%s\n", text ? text : "(null)");
}

const struct kernel_param_ops param_ops_charp = {
	.set = set_charp,
	.get = get_charp,
};

/* "name" alone means yes. */
static int set_bool(const char *val, const struct kernel_param *kp)
{
	return kstrtobool(val ? val : "1", kp->arg);
}

static int get_bool(char *buffer, const struct kernel_param *kp)
{
	return sprintf(buffer, "%c\n", *(bool *)kp->arg ? 'Y' : 'N');
}

const struct kernel_param_ops param_ops_bool = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = set_bool,
	.get = get_bool,
};

static int set_string(const char *val, const struct kernel_param *kp)
{
	if (strlen(val) >= kp->str->maxlen)
		return -ENOSPC;
	strscpy(kp->str->string, val, kp->str->maxlen);
	return 0;
}

static int get_string(char *buffer, const struct kernel_param *kp)
{
	return sprintf(buffer, "%s\n", kp->str->string);
}

const struct kernel_param_ops param_ops_string = {
	.set = set_string,
	.get = get_string,
};
