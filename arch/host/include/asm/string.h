/* SPDX-License-Identifier: MIT */
#ifndef _ASM_HOST_STRING_H
#define _ASM_HOST_STRING_H

/* Those of lib/string_mem.c: plain C, in which a checker sees each access. */

#endif
