#ifndef _ASM_X86_RMWCC_H
#define _ASM_X86_RMWCC_H

/* With one CPU one instruction is already atomic; a device does not look. */
#ifdef CONFIG_SMP
#define LOCK_PREFIX "lock; "
#else
#define LOCK_PREFIX ""
#endif

#endif
