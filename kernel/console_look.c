// SPDX-License-Identifier: MIT
/*
 * console_look.c - commands that show one address, page or function
 */
#include "console.h"

#include <asm/cpufeature.h>
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <quire/capture.h>

#define EXAMINE_DEFAULT 64 /* bytes */
#define EXAMINE_MAX     4096

/* The one object at an address of a slab, and who had it. */
static void show_object(unsigned long address)
{
	if (!kmem_valid_obj((void *)address))
		return;
	capture_begin();
	kmem_dump_obj((void *)address);
	show_captured();
}

static int cmd_page(int count, char **args)
{
	unsigned long address;
	struct page *page;

	if (count != 2 || parse_page(args[1], &page))
		return -EINVAL;
	show_page(page);
	if (!parse_address(args[1], &address))
		show_object(address);
	return 0;
}
CONSOLE_COMMAND(page,
		"PFN|ADDRESS (0..0xfffff: a frame; below 0xc0000000: "
		"physical; else virtual)",
		"all about one page", cmd_page);

static int cmd_pt(int count, char **args)
{
	unsigned long address;

	if (count != 2 || parse_address(args[1], &address))
		return -EINVAL;
	show_walk(address);
	return 0;
}
CONSOLE_COMMAND(pt, "ADDRESS|FUNCTION",
		"the page-table walk for an address, in words", cmd_pt);

/* One row: address, up to 16 bytes in hexadecimal, then as characters. */
static void show_row(unsigned long address, const u8 *bytes, unsigned int n)
{
	unsigned int i;

	console_printf("%08lx:", address);
	for (i = 0; i < 16; i++) {
		if (i < n)
			console_printf(" %02x", bytes[i]);
		else
			console_printf("   ");
	}
	console_printf("  ");
	for (i = 0; i < n; i++)
		console_printf("%c", isprint(bytes[i]) && bytes[i] < 0x7f ?
					     bytes[i] :
					     '.');
	console_printf("\n");
}

static int cmd_x(int count, char **args)
{
	unsigned long address, size = EXAMINE_DEFAULT, done, n;
	u8 bytes[16];

	if (count < 2 || count > 3 || parse_address(args[1], &address))
		return -EINVAL;
	if (count == 3 && parse_size(args[2], &size))
		return -EINVAL;
	if (size > EXAMINE_MAX) {
		console_printf("%lu bytes: at most %d at a time\n", size,
			       EXAMINE_MAX);
		return -EINVAL;
	}
	for (done = 0; done < size; done += n) {
		n = min(size - done, 16UL);
		if (copy_from_kernel_nofault(bytes, (void *)(address + done),
					     n)) {
			console_printf("%08lx: not mapped (pt 0x%lx tells "
				       "why)\n",
				       address + done, address + done);
			return -EFAULT;
		}
		show_row(address + done, bytes, n);
	}
	return 0;
}
CONSOLE_COMMAND(x, "ADDRESS|FUNCTION [BYTES]", "show memory", cmd_x);

static int cmd_sym(int count, char **args)
{
	unsigned long address;

	if (count != 2 || parse_address(args[1], &address))
		return -EINVAL;
	console_printf("0x%08lx is %pS\n", address, (void *)address);
	return 0;
}
CONSOLE_COMMAND(sym, "ADDRESS|FUNCTION", "the function at an address", cmd_sym);

static int cmd_memblock(int count, char **args)
{
	capture_begin();
	memblock_dump_all();
	show_captured();
	return 0;
}
CONSOLE_COMMAND(memblock, "", "what the early allocator had and kept",
		cmd_memblock);

static int cmd_cpu(int count, char **args)
{
	capture_begin();
	print_cpu_info();
	show_captured();
	return 0;
}
CONSOLE_COMMAND(cpu, "", "the processor and its features", cmd_cpu);

static int cmd_backtrace(int count, char **args)
{
	dump_stack();
	return 0;
}
CONSOLE_COMMAND(backtrace, "", "the functions that led here", cmd_backtrace);
