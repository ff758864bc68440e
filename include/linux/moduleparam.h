#ifndef _LINUX_MODULEPARAM_H
#define _LINUX_MODULEPARAM_H

#include <linux/compiler.h>
#include <linux/init.h>
#include <linux/stringify.h>
#include <linux/types.h>

/*
 * Variables that the command line sets. "prefix.name=value" finds an entry
 * of section __param and calls its ops->set; kernel/params.c has the types.
 * The prefix is MODULE_PARAM_PREFIX, which a file defines (with its final
 * dot) before it includes this.
 */
#ifndef MODULE_PARAM_PREFIX
#ifdef KBUILD_MODNAME
#  define MODULE_PARAM_PREFIX KBUILD_MODNAME "."
#else
#  define MODULE_PARAM_PREFIX
#endif
#endif

struct kernel_param;

#define KERNEL_PARAM_OPS_FL_NOARG (1 << 0) /* "name" alone is fine */

struct kernel_param_ops {
	unsigned int flags;
	/* val is NULL for a name without '='; 0 or a negative errno. */
	int (*set)(const char *val, const struct kernel_param *kp);
	/* Text of the value into a buffer of PAGE_SIZE; its length. */
	int (*get)(char *buffer, const struct kernel_param *kp);
	void (*free)(void *arg);
};

struct kparam_string {
	unsigned int maxlen;
	char *string;
};

struct kernel_param {
	const char *name;
	const struct kernel_param_ops *ops;
	u16 perm;
	s8 level;
	u8 flags;
	union {
		void *arg;
		const struct kparam_string *str;
	};
};

extern const struct kernel_param_ops param_ops_byte;
extern const struct kernel_param_ops param_ops_short;
extern const struct kernel_param_ops param_ops_ushort;
extern const struct kernel_param_ops param_ops_int;
extern const struct kernel_param_ops param_ops_uint;
extern const struct kernel_param_ops param_ops_long;
extern const struct kernel_param_ops param_ops_ulong;
extern const struct kernel_param_ops param_ops_ullong;
extern const struct kernel_param_ops param_ops_charp;
extern const struct kernel_param_ops param_ops_bool;
extern const struct kernel_param_ops param_ops_string;

#define __module_param_call(prefix, pname, pops, parg, pperm)		\
	static const struct kernel_param __param_##pname __used		\
		__section("__param")					\
		__aligned(__alignof__(struct kernel_param)) = {		\
			.name = prefix #pname, .ops = pops,		\
			.perm = pperm, .level = -1, .arg = parg }

#define module_param_cb(name, ops, arg, perm) \
	__module_param_call(MODULE_PARAM_PREFIX, name, ops, arg, perm)
#define module_param_named(name, value, type, perm) \
	module_param_cb(name, &param_ops_##type, &(value), perm)
#define module_param(name, type, perm) \
	module_param_named(name, name, type, perm)
#define module_param_string(pname, str, len, perm)			\
	static const struct kparam_string __param_string_##pname =	\
		{ len, str };						\
	module_param_cb(pname, &param_ops_string,			\
			(void *)&__param_string_##pname, perm)
/* Without a prefix: "name=value". */
#define core_param(name, var, type, perm) \
	__module_param_call("", name, &param_ops_##type, &(var), perm)
#define core_param_cb(name, ops, arg, perm) \
	__module_param_call("", name, ops, arg, perm)

#define MODULE_PARM_DESC(parm, desc) \
	_Static_assert(sizeof(desc) > 0, "parameter description")

#endif
