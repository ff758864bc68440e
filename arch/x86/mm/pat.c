/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/mm/pat.c - memory types of page-table entries
 *
 * The bits PAT, PCD and PWT of an entry choose one of eight fields of an MSR
 * [SDM3 12.12.4]. After reset field 1 (PWT alone) means write-through, which
 * nothing needs; it becomes write-combining. The others keep their meaning,
 * so entries made before are still right:
 *
 *	field   7   6    5   4   3   2    1   0
 *	type    UC  UC-  WT  WB  UC  UC-  WC  WB
 *
 * Without a PAT the same bits mean write-through, so write-combining turns
 * into uncached there. (arch/x86/mm/pat/memtype.c)
 */
#include <asm/pat.h>

#include <asm/cpufeature.h>
#include <asm/msr.h>
#include <asm/pgtable.h>
#include <linux/init.h>

#define PAT_UC 0ULL
#define PAT_WC 1ULL
#define PAT_WT 4ULL
#define PAT_WB 6ULL
#define PAT_UC_MINUS 7ULL
#define PAT(field, type) (PAT_##type << ((field) * 8))

void __init pat_init(void)
{
	if (!boot_cpu_has(X86_FEATURE_PAT))
		return;
	wrmsrl(MSR_IA32_CR_PAT, PAT(0, WB) | PAT(1, WC) | PAT(2, UC_MINUS) |
					PAT(3, UC) | PAT(4, WB) | PAT(5, WT) |
					PAT(6, UC_MINUS) | PAT(7, UC));
}

pgprot_t pgprot_writecombine(pgprot_t prot)
{
	unsigned long cache = boot_cpu_has(X86_FEATURE_PAT) ? _PAGE_CACHE_WC :
							      _PAGE_CACHE_UC;

	return __pgprot((pgprot_val(prot) & ~_PAGE_CACHE_MASK) | cache);
}
