#ifndef _LINUX_STDDEF_H
#define _LINUX_STDDEF_H

#define NULL ((void *)0)

#define offsetof(type, member) __builtin_offsetof(type, member)

/* Size of one member of a struct, without an object of it. */
#define sizeof_field(type, member) sizeof((((type *)0)->member))

/* Offset of the first byte after a member. */
#define offsetofend(type, member) \
	(offsetof(type, member) + sizeof_field(type, member))

#endif
