/* SPDX-License-Identifier: MIT */
/*
 * memblock: who owns physical memory before the buddy does.
 *
 * Two sorted lists of ranges, "memory" and "reserved"; free is what is in the
 * first and not in the second. All addresses and sizes are physical, in
 * bytes. Boot only: one CPU, no locks, not from interrupts. After mem_init()
 * nothing may be allocated here; asking is still allowed.
 */
#ifndef _LINUX_MEMBLOCK_H
#define _LINUX_MEMBLOCK_H

#include <linux/types.h>

struct memblock_region {
	phys_addr_t base;
	phys_addr_t size;
};

struct memblock_type {
	unsigned long cnt;		/* regions in use */
	unsigned long max;		/* room for regions */
	phys_addr_t total_size;		/* bytes of all regions */
	struct memblock_region *regions;
	const char *name;
};

struct memblock {
	phys_addr_t current_limit;	/* allocate below this only */
	bool allow_resize;		/* may the lists grow? */
	struct memblock_type memory;
	struct memblock_type reserved;
};

extern struct memblock memblock;

#define MEMBLOCK_ALLOC_ANYWHERE		(~(phys_addr_t)0)
#define MEMBLOCK_ALLOC_ACCESSIBLE	0	/* below current_limit */
#define MEMBLOCK_LOW_LIMIT		0

/*
 * Add to or cut out of a list. Ranges may overlap what is there. 0, or
 * -ENOMEM when the list is full and cannot grow (then nothing has changed).
 */
int memblock_add(phys_addr_t base, phys_addr_t size);
int memblock_remove(phys_addr_t base, phys_addr_t size);
int memblock_reserve(phys_addr_t base, phys_addr_t size);
int memblock_phys_free(phys_addr_t base, phys_addr_t size);

/*
 * Reserve free memory, highest first. Physical address, 0 when there is none.
 * align is a power of two. _alloc() gives zeroed memory by its logical
 * address, below current_limit; NULL when there is none.
 */
phys_addr_t memblock_phys_alloc_range(phys_addr_t size, phys_addr_t align,
				      phys_addr_t start, phys_addr_t end);
phys_addr_t memblock_phys_alloc(phys_addr_t size, phys_addr_t align);
void *memblock_alloc(phys_addr_t size, phys_addr_t align);
void *memblock_alloc_raw(phys_addr_t size, phys_addr_t align);
void memblock_free(void *ptr, size_t size);

bool memblock_is_memory(phys_addr_t addr);
bool memblock_is_reserved(phys_addr_t addr);
bool memblock_is_region_memory(phys_addr_t base, phys_addr_t size);
bool memblock_is_region_reserved(phys_addr_t base, phys_addr_t size);

phys_addr_t memblock_phys_mem_size(void);
phys_addr_t memblock_reserved_size(void);
phys_addr_t memblock_start_of_DRAM(void);
phys_addr_t memblock_end_of_DRAM(void);

/* Allocate below limit only: what is mapped so far. */
void memblock_set_current_limit(phys_addr_t limit);

/* Forget memory until limit bytes are left (mem=), from the top. */
void memblock_enforce_memory_limit(phys_addr_t limit);

/* The lists may grow: what memblock allocates is mapped now. */
void memblock_allow_resize(void);

/* Print both lists. */
void memblock_dump_all(void);

/*
 * The next range of memory that is not reserved, from *idx on (begin with
 * 0); *idx becomes (u64)-1 after the last.
 */
void __next_free_mem_range(u64 *idx, struct memblock_type *memory,
			   struct memblock_type *reserved, phys_addr_t *start,
			   phys_addr_t *end);

#define for_each_free_mem_range(i, start, end)				\
	for (i = 0, __next_free_mem_range(&i, &memblock.memory,		\
				&memblock.reserved, start, end);	\
	     i != (u64)-1;						\
	     __next_free_mem_range(&i, &memblock.memory,		\
				&memblock.reserved, start, end))

#define for_each_memblock_region(type, region)				\
	for (region = (type)->regions;					\
	     region < (type)->regions + (type)->cnt; region++)
#define for_each_mem_region(region) \
	for_each_memblock_region(&memblock.memory, region)
#define for_each_reserved_mem_region(region) \
	for_each_memblock_region(&memblock.reserved, region)

/* The same on lists of one's own: what the calls above are made of. */
int memblock_add_range(struct memblock_type *type, phys_addr_t base,
		       phys_addr_t size);
int memblock_remove_range(struct memblock_type *type, phys_addr_t base,
			  phys_addr_t size);

#endif
