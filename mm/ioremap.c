// SPDX-License-Identifier: MIT
/*
 * ioremap: giving device memory an address.
 *
 * A device's registers answer at physical addresses where there is no RAM.
 * To reach them the kernel lays a range of the vmalloc window over them:
 *
 *	physical   ...|   page   |   page   |   page   |...
 *	                    ^^^^^^^^^^^^ size bytes asked, at any offset
 *	window     ...|   page   |   page   | guard |...
 *	                    ^ the address returned
 *
 * Each entry says how the CPU may cache what it reads and writes there:
 *
 *	call             mode              for
 *	ioremap, _uc     uncached          registers: each access counts
 *	ioremap_wc       write-combining   frame buffers: writes in bursts
 *	ioremap_wt       uncached here     (write-through is not in the PAT)
 *	ioremap_cache    write-back        tables left by firmware
 *
 * RAM is refused: it is mapped already, write-back, and two mappings of one
 * frame with different modes are undefined [SDM3 12.12.4].
 *
 * I1  Every entry of an ioremap area has the mode that was asked for.
 * I2  No frame with a struct page is ever mapped here.
 *
 * Lock: none; see mm/vmap_area.c. Cost: two trips through the range trees and
 * one entry per page.
 *
 * Differs from Linux: an area is aligned to a page, not to its size; there is
 * no table of the modes in use, since only RAM could be mapped twice.
 * Linux: arch/x86/mm/ioremap.c, mm/ioremap.c, kernel/iomem.c.
 */
#include <linux/io.h>

#include <asm/pgtable.h>
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/pfn.h>
#include <linux/printk.h>
#include <linux/vmalloc.h>

/* Whether a physical address fits into a page-table entry. */
static bool phys_reachable(phys_addr_t phys)
{
	return (pteval_t)phys == phys;
}

static bool range_has_ram(unsigned long pfn, unsigned long last_pfn)
{
	for (; pfn <= last_pfn && pfn < max_mapnr; pfn++) {
		if (pfn_valid(pfn))
			return true;
	}
	return false;
}

/* Why a range cannot be mapped, or NULL. last is its last byte. */
static const char *ioremap_refusal(phys_addr_t phys, phys_addr_t last)
{
	if (last < phys)
		return "it is empty or wraps around";
	if (!phys_reachable(last))
		return "it ends above 4 GiB, which page tables cannot reach";
	if (range_has_ram(PFN_DOWN(phys), PFN_DOWN(last)))
		return "it contains RAM";
	return NULL;
}

static void __iomem *ioremap_caller(phys_addr_t phys, unsigned long size,
				    pgprot_t prot, const void *caller)
{
	unsigned long offset = offset_in_page(phys);
	phys_addr_t last = phys + size - 1;
	struct vm_struct *vm;
	const char *why;
	unsigned long addr;

	might_sleep();
	why = ioremap_refusal(phys, last);
	if (unlikely(why)) {
		pr_warn("ioremap: %lu bytes at %pa refused: %s (%pS)\n", size,
			&phys, why, caller);
		return NULL;
	}
	size = PAGE_ALIGN(offset + size);
	vm = get_vm_area_caller(size, VM_IOREMAP, caller);
	if (unlikely(!vm))
		return NULL;
	vm->phys_addr = phys - offset;
	addr = (unsigned long)vm->addr;
	if (ioremap_page_range(addr, addr + size, phys - offset, prot)) {
		free_vm_area(vm);
		return NULL;
	}
	return (void __iomem *)(addr + offset);
}

void __iomem *ioremap(phys_addr_t phys_addr, unsigned long size)
{
	return ioremap_caller(phys_addr, size, PAGE_KERNEL_IO_NOCACHE,
			      __builtin_return_address(0));
}

void __iomem *ioremap_uc(phys_addr_t phys_addr, unsigned long size)
{
	return ioremap_caller(phys_addr, size, PAGE_KERNEL_IO_NOCACHE,
			      __builtin_return_address(0));
}

void __iomem *ioremap_wc(phys_addr_t phys_addr, unsigned long size)
{
	return ioremap_caller(phys_addr, size,
			      pgprot_writecombine(PAGE_KERNEL_IO),
			      __builtin_return_address(0));
}

void __iomem *ioremap_wt(phys_addr_t phys_addr, unsigned long size)
{
	return ioremap_caller(phys_addr, size, PAGE_KERNEL_IO_NOCACHE,
			      __builtin_return_address(0));
}

void __iomem *ioremap_cache(phys_addr_t phys_addr, unsigned long size)
{
	return ioremap_caller(phys_addr, size, PAGE_KERNEL_IO,
			      __builtin_return_address(0));
}

void __iomem *ioremap_prot(phys_addr_t phys_addr, unsigned long size,
			   unsigned long prot_val)
{
	pgprot_t prot = __pgprot(pgprot_val(PAGE_KERNEL_IO) |
				 (prot_val & _PAGE_CACHE_MASK));

	return ioremap_caller(phys_addr, size, prot,
			      __builtin_return_address(0));
}

void iounmap(volatile void __iomem *addr)
{
	unsigned long start = (unsigned long)addr & PAGE_MASK;
	struct vm_struct *vm;

	might_sleep();
	if (!addr)
		return;
	vm = find_vm_area((void *)start);
	if (WARN(!vm || !(vm->flags & VM_IOREMAP),
		 "iounmap: %p was not returned by ioremap\n",
		 (__force void *)addr))
		return;
	free_vm_area(vm);
}

/* All of a range is lowmem RAM, without a hole: it has a logical address. */
static bool range_is_lowmem(phys_addr_t phys, size_t size)
{
	phys_addr_t last = phys + size - 1;
	unsigned long pfn;

	if (!size || last < phys || last >= PFN_PHYS(max_low_pfn))
		return false;
	for (pfn = PFN_DOWN(phys); pfn <= PFN_DOWN(last); pfn++) {
		if (!pfn_valid(pfn))
			return false;
	}
	return true;
}

void *memremap(phys_addr_t offset, size_t size, unsigned long flags)
{
	const void *caller = __builtin_return_address(0);
	pgprot_t prot = PAGE_KERNEL_IO_NOCACHE;

	if ((flags & MEMREMAP_WB) && range_is_lowmem(offset, size))
		return phys_to_virt(offset);
	if (flags & MEMREMAP_WB)
		prot = PAGE_KERNEL_IO;
	else if (flags & MEMREMAP_WC)
		prot = pgprot_writecombine(PAGE_KERNEL_IO);
	return (void __force *)ioremap_caller(offset, size, prot, caller);
}

void memunmap(void *addr)
{
	if (is_vmalloc_addr(addr))
		iounmap((void __iomem *)addr);
}
