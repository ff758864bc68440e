// SPDX-License-Identifier: MIT
/*
 * cmpxchg64.c - compare and exchange eight bytes
 *
 * The Pentium brought cmpxchg8b [SDM2 CMPXCHG8B]. A CPU before it has no
 * local APIC either and so is the only one: there it is enough to keep
 * interrupts away.
 *
 * Differs from Linux: asked each time, where Linux patches the code.
 * (arch/x86/lib/cmpxchg8b_emu.S)
 */
#include <asm/cmpxchg.h>

#include <asm/cpufeature.h>
#include <linux/irqflags.h>

static u64 without_cx8(u64 *ptr, u64 old, u64 new)
{
	unsigned long flags;
	u64 found;

	local_irq_save(flags);
	found = *ptr;
	if (found == old)
		*ptr = new;
	local_irq_restore(flags);
	return found;
}

u64 __cmpxchg64(u64 *ptr, u64 old, u64 new)
{
	u64 found = old;

	if (unlikely(!boot_cpu_has(X86_FEATURE_CX8)))
		return without_cx8(ptr, old, new);
	asm volatile(LOCK_PREFIX "cmpxchg8b %1"
		     : "+A"(found), "+m"(*ptr)
		     : "b"((u32)new), "c"((u32)(new >> 32))
		     : "memory", "cc");
	return found;
}
