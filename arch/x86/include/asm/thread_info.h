#ifndef _ASM_X86_THREAD_INFO_H
#define _ASM_X86_THREAD_INFO_H

/* A kernel stack: two pages, aligned to its size, a guard page below. */
#define THREAD_SIZE_ORDER 1
#define THREAD_SIZE (4096 << THREAD_SIZE_ORDER)

#endif
