// SPDX-License-Identifier: MIT
/*
 * stackprotector.c - arrays on the stack that are written over their end
 *
 *	higher   | arguments            |
 *	         | return address       |
 *	         | saved EBP, registers |
 *	         | guard                |  first to be hit by an overrun
 *	         | arrays of the frame  |  ^ written upwards
 *	lower    | other variables      |
 *
 * In each function with an array, or with a variable whose address is taken,
 * the compiler (-fstack-protector-strong) puts a copy of the guard above them
 * and compares it before the return. So an overrun is known for what it is
 * while the function's name is, instead of by a jump to a wild address.
 *
 * Each thread has a guard of its own: that of another, read where its stack
 * leaked, is of no use here. A function that is entered with one guard and
 * left with another would be taken for damaged, so the guard is changed by
 * the switch between stacks only, and at boot where nobody returns.
 *
 * Differs from Linux: the lowest byte is 0 on 32 bits as well; the sequence of
 * tests' random numbers is not used, so that it stays the same in every boot.
 * (kernel/panic.c, arch/x86/include/asm/stackprotector.h)
 */
#include <linux/stackprotector.h>

#include <asm/tsc.h>
#include <linux/panic.h>
#include <linux/random.h>
#include <linux/spinlock.h>

#define CANARY_MASK (~0xffUL)

DEFINE_PER_CPU(unsigned long, __stack_chk_guard);

static DEFINE_RAW_SPINLOCK(canary_lock);
static struct rnd_state canary_state;

unsigned long get_random_canary(void)
{
	unsigned long flags;
	u32 canary;

	raw_spin_lock_irqsave(&canary_lock, flags);
	canary = prandom_u32_state(&canary_state) ^ (u32)get_cycles();
	prandom_seed_state(&canary_state, canary);
	canary = prandom_u32_state(&canary_state);
	raw_spin_unlock_irqrestore(&canary_lock, flags);
	return canary & CANARY_MASK;
}

void __stack_chk_fail(void)
{
	panic("stack-protector: Kernel stack is corrupted in: %pB",
	      __builtin_return_address(0));
}
