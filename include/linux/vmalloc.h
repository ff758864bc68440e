/* SPDX-License-Identifier: MIT */
/*
 * Kernel virtual memory: addresses in a row over frames that are not.
 *
 * Context: what allocates or frees an area may sleep, and must not be called
 * from an interrupt or under a spinlock. Questions about an area may be asked
 * in any context unless said otherwise.
 */
#ifndef _LINUX_VMALLOC_H
#define _LINUX_VMALLOC_H

#include <asm/page.h>
#include <asm/pgtable.h>
#include <linux/list.h>
#include <linux/types.h>

struct page;
struct seq_file;

/* What an area is used for. */
#define VM_IOREMAP		0x00000001	/* device memory */
#define VM_ALLOC		0x00000002	/* vmalloc() */
#define VM_MAP			0x00000004	/* vmap() */
#define VM_USERMAP		0x00000008	/* may be shown to programs */
#define VM_DMA_COHERENT		0x00000010
#define VM_UNINITIALIZED	0x00000020	/* not yet all set up */
#define VM_NO_GUARD		0x00000040	/* no guard page behind */
#define VM_MAP_PUT_PAGES	0x00000200	/* vfree() puts the pages */
#define VM_FLUSH_RESET_PERMS	0x00000100

/*
 * One area. size is in bytes and includes the guard page; pages is NULL where
 * there is no struct page behind (ioremap). Read-only for everybody else.
 */
struct vm_struct {
	struct vm_struct *next;
	void *addr;
	unsigned long size;
	unsigned long flags;
	struct page **pages;
	unsigned int nr_pages;
	phys_addr_t phys_addr;
	const void *caller;
};

/*
 * size bytes, rounded up to pages, page-aligned; highmem frames first. NULL
 * without memory or room, with one warning. Contents undefined, except that
 * vzalloc() and the _user forms give zeroes. The _32 forms use lowmem.
 */
void *vmalloc(unsigned long size);
void *vzalloc(unsigned long size);
void *vmalloc_user(unsigned long size);
void *vmalloc_32(unsigned long size);
void *vmalloc_32_user(unsigned long size);
void *vmalloc_node(unsigned long size, int node);
void *vzalloc_node(unsigned long size, int node);

/* The same with flags of one's own: zone, __GFP_ZERO, __GFP_NOWARN, ... */
void *__vmalloc(unsigned long size, gfp_t gfp_mask);
void *__vmalloc_caller(unsigned long size, gfp_t gfp_mask, unsigned long flags,
		       const void *caller);

/* n elements of size bytes; NULL also where the product overflows. */
void *__vmalloc_array(size_t n, size_t size, gfp_t flags);
void *vmalloc_array(size_t n, size_t size);
void *__vcalloc(size_t n, size_t size, gfp_t flags);
void *vcalloc(size_t n, size_t size);

/*
 * Give back what one of the calls above returned, frames and range. NULL is
 * fine. Also for vmap() areas with VM_MAP_PUT_PAGES. May sleep, but in an
 * interrupt, where the work is left to a thread: the area must be mapped then.
 */
void vfree(const void *addr);

/* The same left to a thread: for code that holds a spin lock. Any but NMI. */
void vfree_atomic(const void *addr);

/* Wait until all that was left to the thread is done. May sleep. */
void vfree_deferred_flush(void);

/*
 * Map count pages in a row; flags say what for (VM_MAP). The pages stay the
 * caller's, unless VM_MAP_PUT_PAGES hands one reference of each, and the
 * kvmalloc'ed array, to vfree(). NULL without room or memory.
 */
void *vmap(struct page **pages, unsigned int count, unsigned long flags,
	   pgprot_t prot);
void vunmap(const void *addr);

/* vmap() for short use: no area in vmallocinfo, no protection to choose. */
void *vm_map_ram(struct page **pages, unsigned int count, int node);
void vm_unmap_ram(const void *mem, unsigned int count);

/*
 * Finish all unmapping that was put off: flush the TLB once, and make the
 * ranges of freed areas usable again. May sleep.
 */
void vm_unmap_aliases(void);

/* The page, or frame, behind an address in an area; NULL or 0 for none. */
struct page *vmalloc_to_page(const void *addr);
unsigned long vmalloc_to_pfn(const void *addr);

static inline bool is_vmalloc_addr(const void *x)
{
	unsigned long addr = (unsigned long)x;

	return addr >= VMALLOC_START && addr < VMALLOC_END;
}

/* There are no modules, so no second window. */
static inline int is_vmalloc_or_module_addr(const void *x)
{
	return is_vmalloc_addr(x);
}

/* Bytes of an area that are mapped: without its guard page. */
static inline unsigned long get_vm_area_size(const struct vm_struct *area)
{
	if (area->flags & VM_NO_GUARD)
		return area->size;
	return area->size - PAGE_SIZE;
}

/* Reserve a range with nothing mapped in it. NULL without room. */
struct vm_struct *get_vm_area(unsigned long size, unsigned long flags);
struct vm_struct *get_vm_area_caller(unsigned long size, unsigned long flags,
				     const void *caller);
struct vm_struct *__get_vm_area(unsigned long size, unsigned long flags,
				unsigned long start, unsigned long end);

/* The area that begins at the address, or NULL. */
struct vm_struct *find_vm_area(const void *addr);

/*
 * Take the area that begins at the address out of the list and unmap it. It
 * is the caller's then, to be read and given to free_vm_area() or kfree'd by
 * nobody else. NULL where no area begins there.
 */
struct vm_struct *remove_vm_area(const void *addr);
void free_vm_area(struct vm_struct *area);

/*
 * Map frames or pages into a range that the caller holds; 0 or -ENOMEM, with
 * nothing left mapped then. The range must be unmapped before.
 */
int map_kernel_range(unsigned long start, unsigned long size, pgprot_t prot,
		     struct page **pages);
int ioremap_page_range(unsigned long addr, unsigned long end,
		       phys_addr_t phys_addr, pgprot_t prot);

/* Clear the entries of a range, and flush the TLB at once. */
void unmap_kernel_range(unsigned long addr, unsigned long size);
/* Clear only: the caller must see to the flush before the range is reused. */
void vunmap_range_noflush(unsigned long start, unsigned long end);

/* Areas that exist now, free ranges between them, pages behind the former. */
unsigned long vm_area_count(void);
unsigned long vm_free_range_count(void);
unsigned long vmalloc_nr_pages(void);

/* The text of /proc/vmallocinfo, lowest address first. */
int vmallocinfo_show(struct seq_file *m, void *unused);

/* Boot: the window is there, slab works; from now on all of this does. */
void vmalloc_init(void);

#endif
