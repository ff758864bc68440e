/* SPDX-License-Identifier: MIT */
/*
 * What the kernel and the process around it want of each other.
 *
 * Both sides include this header: arch/host/kernel as a part of the kernel,
 * arch/host/user with the C library's headers. So it has plain types only.
 */
#ifndef _ASM_HOST_H
#define _ASM_HOST_H

struct pt_regs;
struct boot_info;

/* ------------------------------------------ of the process, for the kernel */

/* To standard output. Any context. */
void host_write(const char *text, unsigned int len);

/* Ends the process: 0 is success. Any context. */
void host_exit(int status) __attribute__((__noreturn__));

/* The page directory that the TLB is filled from; drops every entry. */
void host_load_cr3(unsigned long phys);

/*
 * Drop what this CPU's TLB holds of one page, or all of it. An access then
 * walks the tables again.
 */
void host_invlpg(unsigned long addr);
void host_flush_tlb(void);

/* From now on accesses are those of another CPU, which has its own TLB. */
void host_use_tlb(unsigned int cpu);

/* A CPU whose TLB has an entry, of addr, that the tables contradict; or -1. */
int host_stale_entry(unsigned long *addr);

/* A range of addresses may be accessed: no sanitizer has reasons against it. */
void host_unpoison(const void *addr, unsigned long size);

/* ------------------------------------------ of the kernel, for the process */

/* Runs the kernel from its first line on, on the stack it is called on. */
void host_boot(void) __attribute__((__noreturn__));

/*
 * From now on where turns of CPUs end depends on this number alone; 0: they do
 * not, but where one gives way by itself.
 */
void host_seed_turns(unsigned int seed);

/* Filled before host_boot(): the firmware's map and the command line. */
extern struct boot_info boot_info;

/* Where a trap's frame, put on the stack, is taken up: entry.asm. */
void host_trap_entry(void);

/* The CPU's state that a trap saves and changes. */
extern unsigned long host_flags, host_cr2;

#endif
