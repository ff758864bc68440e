/* SPDX-License-Identifier: MIT */
/*
 * Resources: who uses which physical addresses, as a tree of ranges.
 */
#ifndef _LINUX_IOPORT_H
#define _LINUX_IOPORT_H

#include <linux/types.h>

struct resource {
	resource_size_t start;
	resource_size_t end;		/* the last byte, not the next */
	const char *name;
	unsigned long flags;
	struct resource *parent, *sibling, *child;
};

#define IORESOURCE_IO		0x00000100
#define IORESOURCE_MEM		0x00000200
#define IORESOURCE_SYSRAM	0x01000000
#define IORESOURCE_EXCLUSIVE	0x08000000
#define IORESOURCE_BUSY		0x80000000UL
#define IORESOURCE_SYSTEM_RAM	(IORESOURCE_MEM | IORESOURCE_SYSRAM)

#define DEFINE_RES_NAMED(_start, _size, _name, _flags)			\
	{								\
		.start = (_start),					\
		.end = (_start) + (_size) - 1,				\
		.name = (_name),					\
		.flags = (_flags),					\
	}
#define DEFINE_RES_MEM(_start, _size) \
	DEFINE_RES_NAMED((_start), (_size), NULL, IORESOURCE_MEM)

extern struct resource iomem_resource;
extern struct resource ioport_resource;

static inline resource_size_t resource_size(const struct resource *res)
{
	return res->end - res->start + 1;
}

static inline bool resource_contains(const struct resource *outer,
				     const struct resource *inner)
{
	return outer->start <= inner->start && outer->end >= inner->end;
}

/*
 * Put a resource under root. 0, -EBUSY when it overlaps one that is there or
 * does not fit into root. Process context.
 */
int request_resource(struct resource *root, struct resource *res);

/* The same, and returns whom it would overlap; root if it does not fit. */
struct resource *request_resource_conflict(struct resource *root,
					   struct resource *res);

/*
 * Put a resource in its place anywhere below parent: inside of what covers
 * it, around what it covers. 0, or -EBUSY for a partial overlap.
 */
int insert_resource(struct resource *parent, struct resource *res);

/* Take a resource out, with all below it. 0, -EINVAL if it is not in. */
int release_resource(struct resource *res);

/*
 * Claim a range for a driver, at the deepest place. The new resource, NULL
 * when it is busy or memory is short. May sleep.
 */
struct resource *__request_region(struct resource *parent,
				  resource_size_t start, resource_size_t n,
				  const char *name, int flags);
void __release_region(struct resource *parent, resource_size_t start,
		      resource_size_t n);

#define request_mem_region(start, n, name) \
	__request_region(&iomem_resource, (start), (n), (name), 0)
#define request_region(start, n, name) \
	__request_region(&ioport_resource, (start), (n), (name), 0)
#define release_mem_region(start, n) \
	__release_region(&iomem_resource, (start), (n))
#define release_region(start, n) \
	__release_region(&ioport_resource, (start), (n))

/* The text of /proc/iomem. */
struct seq_file;
int iomem_show(struct seq_file *m, void *unused);

#endif
