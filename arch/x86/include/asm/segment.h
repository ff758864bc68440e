#ifndef _ASM_X86_SEGMENT_H
#define _ASM_X86_SEGMENT_H

/*
 * Selectors of the one flat GDT [SDM3 3.4.2]. Logical and linear addresses
 * are equal in all of them: kernel and user differ by privilege only.
 */
#define GDT_ENTRY_KERNEL_CS 1
#define GDT_ENTRY_KERNEL_DS 2
#define GDT_ENTRY_DEFAULT_USER_CS 3
#define GDT_ENTRY_DEFAULT_USER_DS 4
#define GDT_ENTRY_TSS 5
#define GDT_ENTRY_DOUBLEFAULT_TSS 6
#define GDT_ENTRIES 7

#define SEGMENT_RPL_MASK 3
#define USER_RPL 3

#define __KERNEL_CS (GDT_ENTRY_KERNEL_CS * 8)
#define __KERNEL_DS (GDT_ENTRY_KERNEL_DS * 8)
#define __USER_CS (GDT_ENTRY_DEFAULT_USER_CS * 8 + 3)
#define __USER_DS (GDT_ENTRY_DEFAULT_USER_DS * 8 + 3)

#endif
