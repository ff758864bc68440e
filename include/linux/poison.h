#ifndef _LINUX_POISON_H
#define _LINUX_POISON_H

/*
 * Values written over memory that nobody may use, chosen to be recognised in
 * a dump and to fault when followed as a pointer: the first page of the
 * address space is never mapped.
 */
#define POISON_POINTER_DELTA 0

/* The links of a list entry after list_del(). */
#define LIST_POISON1 ((void *)0x100 + POISON_POINTER_DELTA)
#define LIST_POISON2 ((void *)0x122 + POISON_POINTER_DELTA)

/* Whole pages, while free (debug builds). */
#define PAGE_POISON 0xaa

/* Slab objects: red zones of a free and of a live object, ... */
#define SLUB_RED_INACTIVE 0xbb
#define SLUB_RED_ACTIVE 0xcc
/* ... never written, freed, the last byte of a poisoned object. */
#define POISON_INUSE 0x5a
#define POISON_FREE 0x6b
#define POISON_END 0xa5

/* Boot memory after it was given to the page allocator. */
#define POISON_FREE_INITMEM 0xcc

#endif
