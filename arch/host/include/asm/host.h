/* SPDX-License-Identifier: MIT */
/*
 * What the kernel and the process around it want of each other.
 *
 * Both sides include this header: arch/host/kernel as a part of the kernel,
 * arch/host/user with the C library's headers. So it has plain types only.
 */
#ifndef _ASM_HOST_H
#define _ASM_HOST_H

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

/* A CPU whose TLB has an entry, of addr, that the tables contradict; or -1. */
int host_stale_entry(unsigned long *addr);

/* A range of addresses may be accessed: no sanitizer has reasons against it. */
void host_unpoison(const void *addr, unsigned long size);

/*
 * A CPU begins at its next turn, interrupts off, with what host_switch_stack()
 * takes from its stack; offset is that of its per-CPU data.
 */
void host_start_cpu(unsigned int cpu, unsigned long sp, unsigned long offset);

/* Interrupts were enabled: takes what waits. */
void host_interrupts_on(void);

/* An interrupt for a CPU. Any context. Vectors below HOST_VECTORS get lost. */
void host_send(unsigned int cpu, unsigned int vector);
#define HOST_VECTORS 0xe0
#define HOST_TIMER_VECTOR 0xec

/*
 * From now on where turns of CPUs end depends on this number alone; 0: they do
 * not, but where one gives way by itself.
 */
void host_seed_turns(unsigned int seed);

/* The compiler calls it in each basic block. */
void host_block(void);

/* Waits for an interrupt; for ever if they are off. */
void host_halt(void);

/* In a loop that waits for another CPU: its turn. Any context. */
void host_relax(void);

/* Nanoseconds since the start, which go on as the CPUs do. */
unsigned long long host_clock(void);

/* This CPU's timer interrupt, in so many nanoseconds. Any context. */
void host_set_timer(unsigned long long nsecs);
#define HOST_NEVER (~0ULL)

/* ------------------------------------------ of the kernel, for the process */

/* Runs the kernel from its first line on, on the stack it is called on. */
void host_boot(void) __attribute__((__noreturn__));

/* Filled before host_boot(): the firmware's map and the command line. */
extern struct boot_info boot_info;

/* Where a trap's frame, put on the stack, is taken up: entry.asm. */
void host_trap_entry(void);

/* Saves this CPU's registers, goes on with another's: entry.asm. */
void host_switch_stack(unsigned long *save, unsigned long sp);

/* An interrupt comes: this CPU has them enabled. */
void host_interrupt(unsigned int vector);

/* Tells that a CPU's TLB has an entry that the tables contradict. */
void host_flush_missing(int cpu, unsigned long addr);

/*
 * The state of the CPU that runs: EFLAGS, as far as it concerns interrupts;
 * from the originals of per-CPU data to its copies, %fs's base of a PC; where
 * its last page fault was.
 */
extern unsigned long host_flags, host_percpu_offset, host_cr2;

#endif
