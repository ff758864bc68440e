/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/mm/walk.c - a page-table walk, for code and in words
 *
 *	CR3 --> directory[address 31..22] --> table[21..12] --> byte [11..0]
 *	                      \-- PS set: 4 MiB page, byte [21..0]
 *
 * Differs from Linux: the walk prints what each bit means. (mm/pageattr.c
 * lookup_address(), mm/fault.c dump_pagetable())
 */
#include <asm/pgtable.h>

#include <asm/setup.h>
#include <asm/special_insns.h>
#include <linux/printk.h>
#include <linux/sprintf.h>

pte_t *lookup_address(unsigned long address, unsigned int *level)
{
	pmd_t *pmd = pmd_off_k(address);
	pte_t *pte;

	*level = PG_LEVEL_NONE;
	if (!pmd_present(*pmd))
		return NULL;
	if (pmd_large(*pmd)) {
		*level = PG_LEVEL_4M;
		return (pte_t *)pmd;
	}
	pte = pte_offset_kernel(pmd, address);
	if (!pte_present(*pte))
		return NULL;
	*level = PG_LEVEL_4K;
	return pte;
}

static const char *cache_words(unsigned long entry)
{
	switch (entry & (_PAGE_PCD | _PAGE_PWT)) {
	case _PAGE_CACHE_WB:
		return "cached";
	case _PAGE_CACHE_WC:
		return "write-combining";
	default:
		return "uncached";
	}
}

void pte_words(char *buf, size_t size, unsigned long entry)
{
	snprintf(buf, size, "%s, %s, %s%s%s%s",
		 entry & _PAGE_RW ? "writable" : "read-only",
		 entry & _PAGE_USER ? "user" : "kernel", cache_words(entry),
		 entry & _PAGE_GLOBAL ? ", global" : "",
		 entry & _PAGE_ACCESSED ? ", accessed" : "",
		 entry & _PAGE_DIRTY ? ", dirty" : "");
}

static void show_pte(const char *level, pmd_t *pmd, unsigned long address)
{
	unsigned long index = pte_index(address);
	pte_t pte = *pte_offset_kernel(pmd, address);
	char words[96];

	if (!pte_present(pte)) {
		printk("%s  table[%lu] = %08lx: not present, the walk ends\n",
		       level, index, pte_val(pte));
		return;
	}
	pte_words(words, sizeof(words), pte_val(pte));
	printk("%s  table[%lu] = %08lx: frame %#lx, %s\n", level, index,
	       pte_val(pte), pte_pfn(pte), words);
	printk("%s  => physical %08lx\n", level,
	       (pte_val(pte) & PAGE_MASK) | (address & ~PAGE_MASK));
}

void show_pte_walk(const char *level, unsigned long address)
{
	unsigned long index = pgd_index(address);
	pmd_t *pmd = pmd_off_k(address);
	unsigned long entry = pmd_val(*pmd);
	char words[96];

	printk("%swalk of %08lx: CR3 = %08lx\n", level, address, __read_cr3());
	if (!pmd_present(*pmd)) {
		printk("%s  directory[%lu] = %08lx: not present, %s\n", level,
		       index, entry, "the walk ends");
		return;
	}
	pte_words(words, sizeof(words), entry);
	if (pmd_large(*pmd)) {
		printk("%s  directory[%lu] = %08lx: 4 MiB page, %s\n", level,
		       index, entry, words);
		printk("%s  => physical %08lx\n", level,
		       (entry & PMD_MASK) | (address & ~PMD_MASK));
		return;
	}
	printk("%s  directory[%lu] = %08lx: page table at %08lx\n", level,
	       index, entry, entry & PAGE_MASK);
	show_pte(level, pmd, address);
}
