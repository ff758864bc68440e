// SPDX-License-Identifier: MIT
/*
 * console_parse.c - from words to values
 *
 * Nothing here trusts its input: a learner's typing error must end in a
 * message that tells the value and the limit, never in a fault.
 */
#include "console.h"

#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/string.h>

static int refuse(const char *word, const char *why)
{
	console_printf("%s: %s\n", word, why);
	return -EINVAL;
}

int parse_number(const char *word, unsigned long *value)
{
	if (!kstrtoul(word, 0, value))
		return 0;
	return refuse(word, "not a number (as 4096, 0x1000) of 32 bits");
}

int parse_size(const char *word, unsigned long *bytes)
{
	unsigned int shift = 0;
	unsigned long long n;
	char *end;

	n = simple_strtoull(word, &end, 0);
	if (end == word || *word == '-')
		return refuse(word, "not a size (as 100, 4K, 1M)");
	switch (*end) {
	case 'G':
	case 'g':
		shift += 10;
		fallthrough;
	case 'M':
	case 'm':
		shift += 10;
		fallthrough;
	case 'K':
	case 'k':
		shift += 10;
		end++;
	}
	if (*end)
		return refuse(word, "not a size (as 100, 4K, 1M)");
	if (n > (ULONG_MAX >> shift))
		return refuse(word, "more than 4 GiB");
	*bytes = (unsigned long)n << shift;
	return 0;
}

/* A function's address; word is restored before returning. */
static int parse_symbol(const char *word, unsigned long *address)
{
	char name[64];
	unsigned long offset = 0, base;
	const char *sign = strpbrk(word, "+-");
	size_t length = sign ? sign - word : strlen(word);

	if (length >= sizeof(name))
		return refuse(word, "no function has so long a name");
	memcpy(name, word, length);
	name[length] = '\0';
	base = kallsyms_lookup_name(name);
	if (!base)
		return refuse(word, "neither a number nor a function's name");
	if (sign && parse_number(sign + 1, &offset))
		return -EINVAL;
	*address = sign && *sign == '-' ? base - offset : base + offset;
	return 0;
}

int parse_address(const char *word, unsigned long *address)
{
	if (!kstrtoul(word, 0, address))
		return 0;
	if (word[0] >= '0' && word[0] <= '9')
		return refuse(word, "not an address of 32 bits");
	return parse_symbol(word, address);
}

/* -------------------------------------------------------------------- gfp */

static const struct {
	const char *name;
	gfp_t value;
} gfp_words[] = {
#define GFP(name)           \
	{                   \
#name, name \
	}
	GFP(GFP_KERNEL),
	GFP(GFP_ATOMIC),
	GFP(GFP_NOWAIT),
	GFP(GFP_NOIO),
	GFP(GFP_NOFS),
	GFP(GFP_USER),
	GFP(GFP_HIGHUSER),
	GFP(GFP_HIGHUSER_MOVABLE),
	GFP(GFP_DMA),
	GFP(__GFP_DMA),
	GFP(__GFP_HIGHMEM),
	GFP(__GFP_MOVABLE),
	GFP(__GFP_RECLAIMABLE),
	GFP(__GFP_HIGH),
	GFP(__GFP_ATOMIC),
	GFP(__GFP_MEMALLOC),
	GFP(__GFP_NOMEMALLOC),
	GFP(__GFP_IO),
	GFP(__GFP_FS),
	GFP(__GFP_DIRECT_RECLAIM),
	GFP(__GFP_KSWAPD_RECLAIM),
	GFP(__GFP_RECLAIM),
	GFP(__GFP_RETRY_MAYFAIL),
	GFP(__GFP_NOFAIL),
	GFP(__GFP_NORETRY),
	GFP(__GFP_NOWARN),
	GFP(__GFP_COMP),
	GFP(__GFP_ZERO),
	GFP(__GFP_COLD),
#undef GFP
};

const char *gfp_name(unsigned int index)
{
	return index < ARRAY_SIZE(gfp_words) ? gfp_words[index].name : NULL;
}

static int gfp_value(const char *name, size_t length, gfp_t *gfp)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(gfp_words); i++) {
		if (strlen(gfp_words[i].name) != length ||
		    strncasecmp(gfp_words[i].name, name, length))
			continue;
		*gfp |= gfp_words[i].value;
		return 0;
	}
	return -EINVAL;
}

static void list_gfp_names(void)
{
	const char *name;
	unsigned int i;

	console_printf("known are:");
	for (i = 0; (name = gfp_name(i)); i++)
		console_printf("%s%s", i % 4 ? " " : "\n  ", name);
	console_printf("\n");
}

int parse_gfp(const char *word, gfp_t *gfp)
{
	const char *part = word, *end;

	*gfp = 0;
	for (;;) {
		end = strchrnul(part, '|');
		if (gfp_value(part, end - part, gfp)) {
			console_printf("\"%.*s\": no such gfp flag; ",
				       (int)(end - part), part);
			list_gfp_names();
			return -EINVAL;
		}
		if (!*end)
			return 0;
		part = end + 1;
	}
}

/* ------------------------------------------------------------------ pages */

static int parse_frame(const char *word, unsigned long pfn, struct page **page)
{
	if (!pfn_valid(pfn)) {
		console_printf("%s: frame 0x%lx has no descriptor "
			       "(RAM ends at frame 0x%lx)\n",
			       word, pfn, max_pfn);
		return -EINVAL;
	}
	*page = pfn_to_page(pfn);
	return 0;
}

int parse_page(const char *word, struct page **page)
{
	unsigned long value, offset;
	unsigned int level;
	pte_t *pte;

	if (parse_address(word, &value))
		return -EINVAL;
	if (value < (1UL << (32 - PAGE_SHIFT)))
		return parse_frame(word, value, page);
	if (value < PAGE_OFFSET)
		return parse_frame(word, value >> PAGE_SHIFT, page);
	pte = lookup_address(value, &level);
	if (!pte || !pte_present(*pte))
		return refuse(word, "no page is mapped at this address");
	offset = level == PG_LEVEL_4M ? (value & ~PMD_MASK) >> PAGE_SHIFT : 0;
	return parse_frame(word, pte_pfn(*pte) + offset, page);
}
