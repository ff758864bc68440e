// SPDX-License-Identifier: MIT
/* The model of the fuzz target "kmap": what is mapped, where, how often. */
#include "kmap_model.h"

#include <linux/kernel.h>
#include <linux/string.h>

struct shown shown[PAGES];
struct slot slots[KM_MAX_IDX + KM_TYPE_NR];
unsigned int nr_slots;

unsigned int slots_atomic(void)
{
	unsigned int i, n = 0;

	for (i = 0; i < nr_slots; i++)
		n += slots[i].kind != SLOT_LOCAL;
	return n;
}

void check_words(const struct shown *s, const void *addr)
{
	const u32 *p = addr;

	fuzz_check(p[0] == s->word && p[1023] == ~s->word,
		   "%p: %#x and %#x, not %#x", addr, p[0], p[1023], s->word);
}

void write_words(struct shown *s, void *addr, u32 word)
{
	u32 *p = addr;

	p[0] = word;
	p[1023] = ~word;
	s->word = word;
}

bool type_is_open(enum km_type type)
{
	unsigned int i;

	for (i = 0; i < nr_slots; i++)
		if (slots[i].kind == SLOT_TYPED && slots[i].type == type)
			return true;
	return false;
}

unsigned int stack_depth(void)
{
	unsigned int i, n = 0;

	for (i = 0; i < nr_slots; i++)
		n += slots[i].kind != SLOT_TYPED &&
		     PageHighMem(slots[i].what->page);
	return n;
}

void slot_close(unsigned int i)
{
	struct slot slot = slots[i];
	char c;

	check_words(slot.what, slot.addr);
	if (slot.kind == SLOT_ATOMIC)
		kunmap_atomic(slot.addr);
	else if (slot.kind == SLOT_LOCAL)
		kunmap_local(slot.addr);
	else
		kunmap_atomic(slot.addr, slot.type);
	if (PageHighMem(slot.what->page))
		fuzz_check(copy_from_kernel_nofault(&c, slot.addr, 1),
			   "%p is still there", slot.addr);
	memmove(&slots[i], &slots[i + 1], (--nr_slots - i) * sizeof(slots[0]));
}

static void check_page(const struct shown *s)
{
	if (s->count || !PageHighMem(s->page))
		fuzz_check(page_address(s->page) ==
				   (s->count ? s->addr :
					       lowmem_page_address(s->page)),
			   "%p", page_address(s->page));
	if (!s->count)
		return;
	check_words(s, s->addr);
	fuzz_check(kmap_to_page(s->addr) == s->page, "%p", s->addr);
}

void kmap_check_all(void)
{
	unsigned int i, held = 0, open = 0;

	for (i = 0; i < PAGES; i++) {
		held += shown[i].count && PageHighMem(shown[i].page);
		check_page(&shown[i]);
	}
	for (i = 0; i < nr_slots; i++) {
		open += PageHighMem(slots[i].what->page);
		check_words(slots[i].what, slots[i].addr);
		fuzz_check(kmap_to_page(slots[i].addr) == slots[i].what->page,
			   "%p", slots[i].addr);
	}
	fuzz_check(kmap_in_use() == held, "%u, not %u", kmap_in_use(), held);
	fuzz_check(kmap_atomic_depth() == open, "%u, not %u",
		   kmap_atomic_depth(), open);
}
