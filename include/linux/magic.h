/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MAGIC_H
#define _LINUX_MAGIC_H

/* The lowest word of every thread's stack. */
#define STACK_END_MAGIC 0x57AC6E9DUL

#endif
