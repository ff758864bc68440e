#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H

#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>

/*
 * What modules are made of, so that their source compiles into the image.
 * Nothing is loaded or unloaded: the init function is an initcall.
 */
struct module;

#define __MODULE_INFO(tag, info) \
	_Static_assert(sizeof(info) > 0, "module info")
#define MODULE_INFO(tag, info) __MODULE_INFO(tag, info)
#define MODULE_LICENSE(text) __MODULE_INFO(license, text)
#define MODULE_AUTHOR(text) __MODULE_INFO(author, text)
#define MODULE_DESCRIPTION(text) __MODULE_INFO(description, text)
#define MODULE_VERSION(text) __MODULE_INFO(version, text)
#define MODULE_ALIAS(text) __MODULE_INFO(alias, text)
#define MODULE_IMPORT_NS(ns) __MODULE_INFO(import, #ns)
#define MODULE_SOFTDEP(text) __MODULE_INFO(softdep, text)
#define MODULE_DEVICE_TABLE(type, name) extern char __unused_##name

#define module_init(fn) device_initcall(fn)
#define module_exit(fn) __exitcall(fn)

static inline bool try_module_get(struct module *module)
{
	return true;
}

static inline void module_put(struct module *module)
{
}

#endif
