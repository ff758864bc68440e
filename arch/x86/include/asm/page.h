/* SPDX-License-Identifier: MIT */
/*
 * Addresses of lowmem: physical <-> kernel logical, and frame numbers.
 *
 *	physical          pfn                struct page       logical
 *	0x00001000  <->   1        <->       mem_map[1]   <->  0xC0001000
 *
 * Lowmem is mapped once, at PAGE_OFFSET, so every conversion on this line is
 * an addition or a shift. Highmem frames have the first three only.
 */
#ifndef _ASM_X86_PAGE_H
#define _ASM_X86_PAGE_H

#include <asm-generic/getorder.h>
#include <asm/page_types.h>
#include <linux/instrumented.h>
#include <linux/kconfig.h>
#include <linux/types.h>

/*
 * __pa() checked: reports an address that is not a logical one (a vmalloc,
 * kmap, fixmap or user address), then converts it all the same. Any context.
 */
unsigned long __phys_addr_checked(unsigned long vaddr);

/*
 * Logical address -> physical. Only for lowmem. As in Linux the value is an
 * unsigned long: a frame that has a logical address lies below 896 MiB.
 */
static inline unsigned long __phys_addr(unsigned long vaddr)
{
	if (IS_ENABLED(CONFIG_DEBUG))
		return __phys_addr_checked(vaddr);
	return vaddr - PAGE_OFFSET;
}

#define __pa(x)			__phys_addr((unsigned long)(x))
#define __pa_nodebug(x)		((unsigned long)(x) - PAGE_OFFSET)
#define __va(x)			((void *)((unsigned long)(x) + PAGE_OFFSET))

#define pfn_to_kaddr(pfn)	__va((unsigned long)(pfn) << PAGE_SHIFT)
#define virt_to_pfn(kaddr)	(__pa(kaddr) >> PAGE_SHIFT)
#define pfn_to_virt(pfn)	pfn_to_kaddr(pfn)

/* True for an address inside lowmem RAM's direct map. Any context. */
bool __virt_addr_valid(unsigned long kaddr);
#define virt_addr_valid(kaddr)	__virt_addr_valid((unsigned long)(kaddr))

/* Zero or copy one page through mapped addresses. Any context. */
void __clear_page(void *page);
void __copy_page(void *to, const void *from);

static __always_inline void clear_page(void *page)
{
	instrument_write(page, PAGE_SIZE);
	__clear_page(page);
}

static __always_inline void copy_page(void *to, const void *from)
{
	instrument_read(from, PAGE_SIZE);
	instrument_write(to, PAGE_SIZE);
	__copy_page(to, from);
}

static inline phys_addr_t virt_to_phys(volatile void *address)
{
	return __pa(address);
}

static inline void *phys_to_virt(phys_addr_t address)
{
	return __va(address);
}

#endif
