// SPDX-License-Identifier: MIT
/*
 * The text of /proc/vmallocinfo: one line per area, lowest address first.
 *
 *	0xf8802000-0xf8805000   12288 load+0x41/0x90 pages=2 vmalloc
 *	0xf8806000-0xf8808000    8192 apic_map+0x1c/0x60 phys=0xfee00000 ioremap
 *	|          |            |     |              |      |
 *	first byte first behind bytes who asked      frames what for
 *
 * A kernel that runs out of window is debugged here: many areas of one caller
 * are a leak, few large ones are a window that is too small (vmalloc=).
 *
 * The size includes the guard page, as the end address does. An area from
 * vm_map_ram() has no vm_struct in Linux, and just that word here.
 *
 * Lock: the text is made under vmap_area_lock, so it shows one moment; the
 * seq_file has its memory before, and nothing sleeps. An area whose frames
 * are still being found is shown without them: its range is what is taken.
 *
 * Cost: O(n) in the number of areas; interrupts stay on, and no other CPU can
 * make or free an area meanwhile.
 *
 * Differs from Linux: addresses are printed as they are, not hashed; lazy
 * ranges, "unpurged", stand at the end. Linux: mm/vmalloc.c.
 */
#include "vmap.h"

#include <linux/array_size.h>
#include <linux/mm.h>
#include <linux/seq_file.h>

/* A word for each use an area may have, in the order they are printed. */
static const struct {
	unsigned long flag;
	const char *word;
} vm_words[] = {
	{ VM_IOREMAP, " ioremap" },
	{ VM_ALLOC, " vmalloc" },
	{ VM_MAP, " vmap" },
	{ VM_USERMAP, " user" },
	{ VM_DMA_COHERENT, " dma-coherent" },
};

static void vmallocinfo_area(const struct vmap_area *va, void *arg)
{
	const struct vm_struct *vm = &va->vm;
	struct seq_file *m = arg;
	unsigned int i;

	seq_printf(m, "0x%08lx-0x%08lx %7lu", va->va_start, va->va_end,
		   vmap_size(va));
	if (!vm->flags) {
		seq_puts(m, " vm_map_ram\n");
		return;
	}
	if (vm->caller)
		seq_printf(m, " %pS", vm->caller);
	if (vm->nr_pages)
		seq_printf(m, " pages=%u", vm->nr_pages);
	if (vm->phys_addr)
		seq_printf(m, " phys=%pa", &vm->phys_addr);
	for (i = 0; i < ARRAY_SIZE(vm_words); i++) {
		if (vm->flags & vm_words[i].flag)
			seq_puts(m, vm_words[i].word);
	}
	if (is_vmalloc_addr(vm->pages))
		seq_puts(m, " vpages");
	seq_putc(m, '\n');
}

/* Freed, but its range waits for the next flush of the TLB. */
static void vmallocinfo_lazy(const struct vmap_area *va, void *arg)
{
	seq_printf(arg, "0x%08lx-0x%08lx %7lu unpurged vm_area\n", va->va_start,
		   va->va_end, vmap_size(va));
}

int vmallocinfo_show(struct seq_file *m, void *unused)
{
	vmap_area_for_each(vmallocinfo_area, m);
	vmap_lazy_for_each(vmallocinfo_lazy, m);
	return 0;
}
