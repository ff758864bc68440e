#ifndef _LINUX_KCONFIG_H
#define _LINUX_KCONFIG_H

/*
 * IS_ENABLED(CONFIG_X) is 1 where the macro CONFIG_X is defined as 1, else 0,
 * and so can stand in an ordinary if: both branches are always compiled.
 *
 * How: pasting the macro's value behind a prefix gives either a word which
 * expands to "0," (the 1 then is the second argument), or a junk word which
 * leaves the closing 0 in that place.
 */
#define __KCONFIG_PREFIX_1 0,
#define __kconfig_second(ignored, val, ...) val
#define __kconfig_pick(junk) __kconfig_second(junk 1, 0)
#define __kconfig_paste(val) __kconfig_pick(__KCONFIG_PREFIX_##val)
#define __kconfig_is_one(x) __kconfig_paste(x)

#define IS_BUILTIN(option) __kconfig_is_one(option)
#define IS_MODULE(option) 0
#define IS_ENABLED(option) __kconfig_is_one(option)
#define IS_REACHABLE(option) __kconfig_is_one(option)

#endif
