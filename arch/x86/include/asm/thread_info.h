#ifndef _ASM_X86_THREAD_INFO_H
#define _ASM_X86_THREAD_INFO_H

/* THREAD_SIZE and the guard page below each stack are told here. */
#include <asm/page_types.h>

#endif
