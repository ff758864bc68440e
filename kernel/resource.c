// SPDX-License-Identifier: MIT
/*
 * Resources: a tree of address ranges and their users.
 *
 * Problem: RAM, ROM, device registers and the kernel's own image share one
 * physical address space. Before a range is given to a driver someone must
 * know that it is free; and people want to see who has what.
 *
 *	iomem_resource  0 ............................................ max
 *	  |- Reserved          |- System RAM               |- a device
 *	                          |- Kernel code
 *	                          |- Kernel data
 *
 * Each node covers its children; children are sorted by address, disjoint,
 * and linked by sibling. So "is this range free" is a walk along one level,
 * and the text of /proc/iomem is the tree, indented by depth.
 *
 *	insert_resource() finds the level by itself:
 *	  covered by a node: go down.  Covers nodes: they become its children.
 *	  Overlaps in part: refused.
 *
 * Invariants:
 *  Q1  a child lies inside its parent;
 *  Q2  siblings are sorted and disjoint.
 *
 * Lock: none yet; process context on one CPU only.
 *
 * Differs from Linux (kernel/resource.c): no waiting for muxed regions, no
 * allocation of ranges.
 */
#include <linux/ioport.h>

#include <asm/page.h>
#include <asm/sections.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <quire/boot_info.h>
#include <quire/firmware_map.h>

struct resource iomem_resource = {
	.name = "PCI mem",
	.start = 0,
	.end = ~(resource_size_t)0,
	.flags = IORESOURCE_MEM,
};

struct resource ioport_resource = {
	.name = "PCI IO",
	.start = 0,
	.end = 0xffff,
	.flags = IORESOURCE_IO,
};

struct resource *request_resource_conflict(struct resource *root,
					   struct resource *res)
{
	struct resource **link = &root->child;

	if (res->end < res->start || !resource_contains(root, res))
		return root;
	while (*link && (*link)->end < res->start)
		link = &(*link)->sibling;
	if (*link && (*link)->start <= res->end)
		return *link;
	res->sibling = *link;
	res->parent = root;
	*link = res;
	return NULL;
}

int request_resource(struct resource *root, struct resource *res)
{
	return request_resource_conflict(root, res) ? -EBUSY : 0;
}

/* Put res around the siblings from first on that it covers. */
static int adopt(struct resource *res, struct resource *first)
{
	struct resource *parent = first->parent;
	struct resource **link = &parent->child;
	struct resource *last = first;

	if (first->start < res->start)
		return -EBUSY;
	while (last->sibling && last->sibling->start <= res->end)
		last = last->sibling;
	if (last->end > res->end)
		return -EBUSY;
	while (*link != first)
		link = &(*link)->sibling;
	*link = res;
	res->parent = parent;
	res->sibling = last->sibling;
	res->child = first;
	last->sibling = NULL;
	for (; first; first = first->sibling)
		first->parent = res;
	return 0;
}

int insert_resource(struct resource *parent, struct resource *res)
{
	for (;;) {
		struct resource *other = request_resource_conflict(parent, res);

		if (!other)
			return 0;
		if (other == parent)
			return -EBUSY;
		if (!resource_contains(other, res))
			return adopt(res, other);
		parent = other;
	}
}

int release_resource(struct resource *res)
{
	struct resource **link;

	if (!res->parent)
		return -EINVAL;
	link = &res->parent->child;
	while (*link && *link != res)
		link = &(*link)->sibling;
	if (!*link)
		return -EINVAL;
	*link = res->sibling;
	res->parent = NULL;
	return 0;
}

struct resource *__request_region(struct resource *parent,
				  resource_size_t start, resource_size_t n,
				  const char *name, int flags)
{
	struct resource *res = kzalloc(sizeof(*res), GFP_KERNEL);
	struct resource *other;

	if (!res)
		return NULL;
	*res = (struct resource)DEFINE_RES_NAMED(
		start, n, name, parent->flags | IORESOURCE_BUSY | flags);
	/* inside what is not busy itself, such as a bus */
	while ((other = request_resource_conflict(parent, res))) {
		if (other == parent || other->flags & IORESOURCE_BUSY ||
		    !resource_contains(other, res)) {
			kfree(res);
			return NULL;
		}
		parent = other;
	}
	return res;
}

void __release_region(struct resource *parent, resource_size_t start,
		      resource_size_t n)
{
	resource_size_t end = start + n - 1;
	struct resource *res = parent->child;

	while (res) {
		if (res->start == start && res->end == end &&
		    res->flags & IORESOURCE_BUSY)
			break;
		res = res->start <= start && res->end >= end ? res->child :
							       res->sibling;
	}
	if (!res) {
		pr_warn("Trying to free nonexistent resource <%016llx-%016llx>\n",
			start, end);
		return;
	}
	release_resource(res);
	kfree(res);
}

static void show_level(struct seq_file *m, const struct resource *res,
		       int depth)
{
	for (; res; res = res->sibling) {
		seq_printf(m, "%*s%08llx-%08llx : %s\n", depth * 2, "",
			   res->start, res->end,
			   res->name ? res->name : "<BAD>");
		show_level(m, res->child, depth + 1);
	}
}

int iomem_show(struct seq_file *m, void *unused)
{
	show_level(m, iomem_resource.child, 0);
	return 0;
}

/* ------------------------------------------------- what is there at boot */

static struct resource firmware_resources[FIRMWARE_RANGES_MAX];
static struct resource module_resources[BOOT_MODULES_MAX];
static struct resource image_resources[] = {
	{ .name = "Kernel code" }, { .name = "Kernel rodata" },
	{ .name = "Kernel data" }, { .name = "Kernel bss" },
};
static struct resource first_page =
	DEFINE_RES_NAMED(0, PAGE_SIZE, "Reserved", IORESOURCE_MEM);

static const char *resource_name(u32 type)
{
	switch (type) {
	case BOOT_MEM_RAM:
		return "System RAM";
	case BOOT_MEM_ACPI:
		return "ACPI Tables";
	case BOOT_MEM_NVS:
		return "ACPI Non-volatile Storage";
	case BOOT_MEM_BAD:
		return "Unusable memory";
	default:
		return "Reserved";
	}
}

static void __init add_firmware_range(struct resource *res,
				      const struct firmware_range *range)
{
	bool ram = range->type == BOOT_MEM_RAM;

	res->start = range->start;
	res->end = range->end - 1;
	res->name = resource_name(range->type);
	res->flags = IORESOURCE_BUSY |
		     (ram ? IORESOURCE_SYSTEM_RAM : IORESOURCE_MEM);
	/* frame 0 is the BIOS's, whatever the map says */
	if (ram && !res->start)
		res->start = PAGE_SIZE;
	if (res->start <= res->end)
		insert_resource(&iomem_resource, res);
}

/* Files the loader left in RAM. */
static void __init add_module(struct resource *res,
			      const struct boot_module *module)
{
	res->start = module->start;
	res->end = module->end - 1;
	res->name = "Boot module";
	res->flags = IORESOURCE_SYSTEM_RAM | IORESOURCE_BUSY;
	if (module->end > module->start)
		insert_resource(&iomem_resource, res);
}

static void __init add_image_part(int part, const char *start, const char *end)
{
	struct resource *res = &image_resources[part];

	res->start = __pa(start);
	res->end = __pa(end) - 1;
	res->flags = IORESOURCE_SYSTEM_RAM | IORESOURCE_BUSY;
	insert_resource(&iomem_resource, res);
}

static int __init iomem_init(void)
{
	u32 i;

	request_resource(&iomem_resource, &first_page);
	for (i = 0; i < (u32)nr_firmware_map; i++)
		add_firmware_range(&firmware_resources[i], &firmware_map[i]);
	add_image_part(0, _stext, _etext);
	add_image_part(1, __start_rodata, __end_rodata);
	add_image_part(2, _sdata, _edata);
	add_image_part(3, __bss_start, __bss_stop);
	for (i = 0; i < boot_info.nr_modules; i++)
		add_module(&module_resources[i], &boot_info.modules[i]);
	return 0;
}
core_initcall(iomem_init);
