#ifndef _ASM_X86_SEGMENT_H
#define _ASM_X86_SEGMENT_H

/*
 * Selectors of the flat GDT [SDM3 3.4.2]. Logical and linear addresses are
 * equal in all of them: kernel and user differ by privilege only. The one
 * exception is %fs in the kernel, whose base leads to this CPU's data; so each
 * CPU has a GDT, and a selector means the same in all of them.
 */
#define GDT_ENTRY_KERNEL_CS 1
#define GDT_ENTRY_KERNEL_DS 2
#define GDT_ENTRY_DEFAULT_USER_CS 3
#define GDT_ENTRY_DEFAULT_USER_DS 4
#define GDT_ENTRY_TSS 5
#define GDT_ENTRY_DOUBLEFAULT_TSS 6
#define GDT_ENTRY_PERCPU 7
#define GDT_ENTRIES 8

#define SEGMENT_RPL_MASK 3
#define USER_RPL 3

#define __KERNEL_CS (GDT_ENTRY_KERNEL_CS * 8)
#define __KERNEL_DS (GDT_ENTRY_KERNEL_DS * 8)
#ifdef CONFIG_SMP
# define __KERNEL_PERCPU (GDT_ENTRY_PERCPU * 8)
#else
# define __KERNEL_PERCPU 0
#endif
#define __USER_CS (GDT_ENTRY_DEFAULT_USER_CS * 8 + 3)
#define __USER_DS (GDT_ENTRY_DEFAULT_USER_DS * 8 + 3)

#endif
