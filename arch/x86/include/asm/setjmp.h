#ifndef _ASM_X86_SETJMP_H
#define _ASM_X86_SETJMP_H

#include <linux/compiler.h>

/* The registers a function must preserve, and where to go on. */
struct __jmp_buf {
	unsigned long bx, sp, bp, si, di, ip;
};
typedef struct __jmp_buf jmp_buf[1];

/*
 * setjmp() returns 0, and returns again with value (not 0) when longjmp() is
 * called while its caller is still active. Locals that changed in between
 * must be volatile. Interrupts and locks are the caller's business.
 */
int setjmp(struct __jmp_buf *env) __attribute__((__returns_twice__));
void __noreturn longjmp(struct __jmp_buf *env, int value);

#endif
