/* SPDX-License-Identifier: MIT */
/*
 * Fake physical memory, for what reads tables that firmware left in it:
 *
 *	0x00400  the BIOS's variables     0xe0000  BIOS area, from its start
 *	0x9fc00  EBDA                     FAKE_TABLES and on: any other RAM
 *
 * Everywhere else nothing answers. Reads are counted, so that a parser that
 * walks in a circle is seen.
 */
#ifndef _TESTS_FAKE_MEMORY_H
#define _TESTS_FAKE_MEMORY_H

#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>

#define FAKE_BDA 0x400
#define FAKE_EBDA 0x9fc00
#define FAKE_BIOS 0xe0000
#define FAKE_BIOS_F 0xf0000
#define FAKE_TABLES 0x7fe0000
#define FAKE_TABLES_SIZE 0x4000
#define FAKE_READS_MAX 20000

struct fake_range {
	u64 start;
	u32 size;
	u8 *bytes;
};

#define FAKE_RANGES 5
static struct fake_range fake_ranges[FAKE_RANGES] = {
	{ FAKE_BDA, 0x100, NULL },
	{ FAKE_EBDA, 0x400, NULL },
	{ FAKE_BIOS, 0x100, NULL },
	{ FAKE_BIOS_F, 0x100, NULL },
	{ FAKE_TABLES, FAKE_TABLES_SIZE, NULL },
};
static unsigned int fake_reads;

static inline void *fake_address(u64 phys, u32 size)
{
	unsigned int i;

	for (i = 0; i < FAKE_RANGES; i++) {
		struct fake_range *r = &fake_ranges[i];

		if (phys >= r->start && phys + size <= r->start + r->size)
			return r->bytes + (phys - r->start);
	}
	return NULL;
}

static inline int fake_read(void *dst, u64 phys, u32 size)
{
	void *src = fake_address(phys, size);

	if (++fake_reads > FAKE_READS_MAX || !src)
		return -EFAULT;
	memcpy(dst, src, size);
	return 0;
}

static inline void fake_write(u64 phys, const void *src, u32 size)
{
	memcpy(fake_address(phys, size), src, size);
}

/* Makes the bytes of a table add up to 0, by the one at an offset. */
static inline void fake_sum(u64 phys, u32 size, u32 offset)
{
	u8 *bytes = fake_address(phys, size), sum = 0;
	u32 i;

	bytes[offset] = 0;
	for (i = 0; i < size; i++)
		sum += bytes[i];
	bytes[offset] = -sum;
}

/* All bytes 0, but the BIOS says where its EBDA is. */
static inline int fake_init(struct kunit *test)
{
	u16 segment = FAKE_EBDA >> 4, kib = 639;
	unsigned int i;

	for (i = 0; i < FAKE_RANGES; i++) {
		fake_ranges[i].bytes =
			kunit_kzalloc(test, fake_ranges[i].size, GFP_KERNEL);
		if (!fake_ranges[i].bytes)
			return -ENOMEM;
	}
	fake_write(0x40e, &segment, sizeof(segment));
	fake_write(0x413, &kib, sizeof(kib));
	fake_reads = 0;
	return 0;
}

#endif
