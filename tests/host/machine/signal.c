/* SPDX-License-Identifier: MIT */
/*
 * tests/host/machine/signal.c - exceptions: a signal that becomes a trap
 *
 *	SIGSEGV  in the kernel's gigabyte, and the page tables allow it: the
 *	         TLB is filled, the instruction is done again
 *	         else a page fault
 *	SIGILL   ud2 of BUG() and WARN(), another invalid opcode
 *	SIGFPE   divide error
 *	SIGTRAP  breakpoint, single step
 *
 * The handler runs on a stack of its own. A trap is handled by the kernel
 * where the CPU would have done so, on the interrupted stack: the handler puts
 * a struct pt_regs below its end and goes on in host_trap_entry.
 *
 *	                 | interrupted frame |
 *	ESP then      -> +-------------------+ <- regs.sp would be here
 *	                 | struct pt_regs    |
 *	ESP at entry  -> +-------------------+
 */
#include "machine.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>

#define X86_EFLAGS_IF 0x200
#define X86_PF_WRITE 2
#define KERNEL_CS 0x08
#define KERNEL_DS 0x10
#define STACK_SIZE 65536

/* struct pt_regs of arch/x86, up to what the CPU pushes in the kernel. */
struct trap_frame {
	unsigned long bx, cx, dx, si, di, bp, ax;
	unsigned long ds, es, fs, gs;
	unsigned long trapnr, orig_ax;
	unsigned long ip, cs, flags;
};

static struct sigaction before[NSIG];

static unsigned long vector_of(int sig)
{
	switch (sig) {
	case SIGFPE:
		return 0;
	case SIGTRAP:
		return 3;
	case SIGILL:
		return 6;
	default:
		return 14;
	}
}

static void enter_trap(ucontext_t *uc, unsigned long vector)
{
	greg_t *g = uc->uc_mcontext.gregs;
	struct trap_frame *frame = (void *)g[REG_ESP];

	frame--;
	*frame = (struct trap_frame){
		.bx = g[REG_EBX], .cx = g[REG_ECX], .dx = g[REG_EDX],
		.si = g[REG_ESI], .di = g[REG_EDI], .bp = g[REG_EBP],
		.ax = g[REG_EAX],
		.ds = KERNEL_DS, .es = KERNEL_DS, .fs = KERNEL_DS,
		.trapnr = vector, .orig_ax = g[REG_ERR] & 7 & ~4,
		.ip = g[REG_EIP], .cs = KERNEL_CS,
		.flags = (g[REG_EFL] & ~X86_EFLAGS_IF) | host_flags,
	};
	g[REG_ESP] = (greg_t)frame;
	g[REG_EIP] = (greg_t)host_trap_entry;
}

static bool in_image(unsigned long addr)
{
	return addr >= (unsigned long)host_image_start &&
	       addr < (unsigned long)host_image_end;
}

static void on_signal(int sig, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;
	greg_t *g = uc->uc_mcontext.gregs;
	unsigned long addr = (unsigned long)info->si_addr;
	bool fault = sig == SIGSEGV || sig == SIGBUS;

	if (fault && tlb_fill(addr, g[REG_ERR] & X86_PF_WRITE))
		return;
	if (!in_image(g[REG_EIP])) {
		/* not the kernel's: as if we were not here */
		fprintf(stderr, "quire-host: signal %d at %#x, address %#lx\n",
			sig, g[REG_EIP], addr);
		sigaction(sig, &before[sig], NULL);
		return;
	}
	if (fault)
		host_cr2 = addr;
	enter_trap(uc, vector_of(sig));
}

void signal_init(void)
{
	static const int sigs[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP };
	stack_t stack = { .ss_size = STACK_SIZE };
	struct sigaction action = {
		.sa_sigaction = on_signal,
		.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER,
	};

	stack.ss_sp = malloc(STACK_SIZE);
	if (!stack.ss_sp || sigaltstack(&stack, NULL))
		host_die("signal stack");
	for (size_t i = 0; i < sizeof(sigs) / sizeof(sigs[0]); i++)
		if (sigaction(sigs[i], &action, &before[sigs[i]]))
			host_die("signal handler");
}
