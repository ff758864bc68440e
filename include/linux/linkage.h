#ifndef _LINUX_LINKAGE_H
#define _LINUX_LINKAGE_H

#include <linux/compiler_types.h>
#include <linux/export.h>
#include <linux/stringify.h>

/*
 * The kernel passes the first three arguments in registers (-mregparm=3).
 * What assembly calls with its arguments on the stack says so.
 */
#ifdef __i386__
# define asmlinkage __attribute__((__regparm__(0)))
#else
# define asmlinkage
#endif

#define __visible_asmlinkage __visible asmlinkage

#endif
