/* SPDX-License-Identifier: MIT */
/*
 * kernel/kallsyms.c - from an address to a function's name
 *
 * The table is sorted by address, so a lookup is a binary search; a function
 * ends where the next one begins. Differs from Linux: names are not
 * compressed. (kernel/kallsyms.c)
 */
#include <linux/kallsyms.h>

#include <asm/sections.h>
#include <linux/sprintf.h>
#include <linux/string.h>

/* Made by scripts/kallsyms.py, see there. */
extern const unsigned int kallsyms_num;
extern const unsigned long kallsyms_addresses[];
extern const unsigned int kallsyms_offsets[];
extern const char kallsyms_names[];

static bool has_symbols(unsigned long addr)
{
	return core_kernel_text(addr) || is_kernel_inittext(addr);
}

/* Index of the last function that begins at or below addr. */
static unsigned int find_symbol(unsigned long addr)
{
	unsigned int low = 0, high = kallsyms_num;

	while (high - low > 1) {
		unsigned int middle = low + (high - low) / 2;

		if (kallsyms_addresses[middle] <= addr)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* The name, and where its function begins and ends; NULL if in none. */
static const char *lookup(unsigned long addr, unsigned long *size,
			  unsigned long *offset)
{
	unsigned long begin, end;
	unsigned int i;

	if (!kallsyms_num || !has_symbols(addr))
		return NULL;
	i = find_symbol(addr);
	begin = kallsyms_addresses[i];
	end = is_kernel_inittext(addr) ? (unsigned long)_einittext :
					 (unsigned long)_etext;
	if (addr < begin)
		return NULL;
	if (i + 1 < kallsyms_num && kallsyms_addresses[i + 1] < end)
		end = kallsyms_addresses[i + 1];
	*size = end - begin;
	*offset = addr - begin;
	return kallsyms_names + kallsyms_offsets[i];
}

const char *kallsyms_lookup(unsigned long addr, unsigned long *symbolsize,
			    unsigned long *offset, char **modname,
			    char *namebuf)
{
	unsigned long size, into;
	const char *name = lookup(addr, &size, &into);

	if (modname)
		*modname = NULL;
	if (!name)
		return NULL;
	if (symbolsize)
		*symbolsize = size;
	if (offset)
		*offset = into;
	return name;
}

int kallsyms_lookup_size_offset(unsigned long addr, unsigned long *symbolsize,
				unsigned long *offset)
{
	return kallsyms_lookup(addr, symbolsize, offset, NULL, NULL) != NULL;
}

unsigned long kallsyms_lookup_name(const char *name)
{
	unsigned int i;

	for (i = 0; i < kallsyms_num; i++) {
		if (!strcmp(kallsyms_names + kallsyms_offsets[i], name))
			return kallsyms_addresses[i];
	}
	return 0;
}

/* back is how far before addr to look for the name. */
static int print_symbol(char *buffer, unsigned long addr, unsigned int back)
{
	unsigned long size, offset;
	const char *name = lookup(addr - back, &size, &offset);

	if (!name)
		return snprintf(buffer, KSYM_SYMBOL_LEN, "0x%lx", addr);
	return snprintf(buffer, KSYM_SYMBOL_LEN, "%s+%#lx/%#lx", name,
			offset + back, size);
}

int sprint_symbol(char *buffer, unsigned long addr)
{
	return print_symbol(buffer, addr, 0);
}

int sprint_backtrace(char *buffer, unsigned long addr)
{
	return print_symbol(buffer, addr, 1);
}

int sprint_symbol_no_offset(char *buffer, unsigned long addr)
{
	unsigned long size, offset;
	const char *name = lookup(addr, &size, &offset);

	if (!name)
		return snprintf(buffer, KSYM_SYMBOL_LEN, "0x%lx", addr);
	return snprintf(buffer, KSYM_SYMBOL_LEN, "%s", name);
}
