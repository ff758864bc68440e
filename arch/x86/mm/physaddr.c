/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/mm/physaddr.c - which addresses are logical ones
 *
 * (arch/x86/mm/physaddr.c)
 */
#include <asm/page.h>

#include <asm/pgtable_areas.h>
#include <asm/sections.h>
#include <linux/bug.h>
#include <linux/mm.h>

/* Before the direct map stands only the image has logical addresses. */
static unsigned long logical_end(void)
{
	return high_memory ? (unsigned long)high_memory : (unsigned long)_end;
}

unsigned long __phys_addr_checked(unsigned long vaddr)
{
	/* one behind the last byte is how ends of ranges are written */
	WARN(vaddr < PAGE_OFFSET || vaddr > logical_end(),
	     "__pa(%08lx): not a logical address\n", vaddr);
	return vaddr - PAGE_OFFSET;
}

bool __virt_addr_valid(unsigned long kaddr)
{
	if (kaddr < PAGE_OFFSET || kaddr >= logical_end())
		return false;
	return pfn_valid((kaddr - PAGE_OFFSET) >> PAGE_SHIFT);
}
