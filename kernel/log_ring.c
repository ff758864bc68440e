// SPDX-License-Identifier: MIT
/*
 * log_ring.c - the store under printk()
 *
 * Text of records lies end to end in a ring of bytes; a second ring has one
 * descriptor per record. Positions and record numbers are counted for ever
 * and only cut to the ring's size when used, so "how much is in it" is a
 * subtraction and there is no special case at the wrap:
 *
 *	descriptors   | 17 | 18 | 19 | 20 |  .  |  .  |
 *	                |    |    |    |     ^ next = 21
 *	                |    |    |     \________
 *	text   ...free |aaaaaa|bb|ccccccc|ddddddd| free...
 *	               ^ pos of first            ^ pos
 *
 * A new record pushes out as many of the oldest as its text or descriptor
 * needs: a record is there whole or not at all. The newest one can still
 * grow, which is what KERN_CONT needs, as its text ends where free room
 * starts.
 *
 * L1: first <= next, and next - first <= nr_desc.
 * L2: the text of the records held fits: pos - desc[first].pos <= text_size.
 * L3: each text starts where the one before ends.
 *
 * Locking is the caller's. Cost: copying the text, and one step per record
 * pushed out.
 *
 * Differs from Linux (kernel/printk/printk_ringbuffer.c): a lock outside
 * instead of a lock-free protocol; no timestamps, no caller ids.
 */
#include <quire/log_ring.h>
#include <linux/minmax.h>
#include <linux/string.h>

static struct log_desc *desc_of(const struct log_ring *ring, u64 seq)
{
	return &ring->desc[(u32)seq & (ring->nr_desc - 1)];
}

static u32 text_used(const struct log_ring *ring)
{
	if (ring->first == ring->next)
		return 0;
	return ring->pos - desc_of(ring, ring->first)->pos;
}

/* Pushes out old records until len bytes of text are free. */
static void make_room(struct log_ring *ring, unsigned int len)
{
	while (ring->first < ring->next &&
	       text_used(ring) + len > ring->text_size)
		ring->first++;
}

static void append_text(struct log_ring *ring, const char *text,
			unsigned int len)
{
	u32 start = ring->pos & (ring->text_size - 1);
	unsigned int before_wrap = min(len, ring->text_size - start);

	memcpy(ring->text + start, text, before_wrap);
	memcpy(ring->text, text + before_wrap, len - before_wrap);
	ring->pos += len;
}

void log_ring_add(struct log_ring *ring, u8 level, bool open, const char *text,
		  unsigned int len)
{
	struct log_desc *desc;

	len = min3(len, ring->text_size, 0xffffu);
	if (ring->next - ring->first == ring->nr_desc)
		ring->first++;
	make_room(ring, len);

	desc = desc_of(ring, ring->next);
	desc->pos = ring->pos;
	desc->len = len;
	desc->level = level;
	desc->open = open;
	desc->hidden = false;
	append_text(ring, text, len);
	ring->next++;
}

bool log_ring_extend(struct log_ring *ring, bool open, const char *text,
		     unsigned int len)
{
	struct log_desc *desc = desc_of(ring, ring->next - 1);

	if (ring->first == ring->next || !desc->open)
		return false;
	if (desc->len + len > min(ring->text_size, 0xffffu))
		return false;

	make_room(ring, len);
	append_text(ring, text, len);
	desc->len += len;
	desc->open = open;
	return true;
}

void log_ring_hide(struct log_ring *ring)
{
	desc_of(ring, ring->next - 1)->hidden = true;
}

u32 log_ring_text_pos(const struct log_ring *ring, u64 seq)
{
	seq = max(seq, ring->first);
	return seq < ring->next ? desc_of(ring, seq)->pos : ring->pos;
}

bool log_ring_newest_open(const struct log_ring *ring, unsigned int *len)
{
	const struct log_desc *desc = desc_of(ring, ring->next - 1);

	if (ring->first == ring->next || !desc->open)
		return false;
	*len = desc->len;
	return true;
}

bool log_ring_read_on(const struct log_ring *ring, char *buf, unsigned int size,
		      struct log_record *record)
{
	const struct log_desc *desc;
	unsigned int before_wrap;
	u32 start;

	if (record->seq < ring->first) {
		record->seq = ring->first;
		record->off = 0;
	}
	if (record->seq >= ring->next)
		return false;

	desc = desc_of(ring, record->seq);
	start = (desc->pos + record->off) & (ring->text_size - 1);
	record->len = min(desc->len - record->off, size);
	record->level = desc->level;
	record->open = desc->open;
	record->hidden = desc->hidden;
	before_wrap = min(record->len, ring->text_size - start);
	memcpy(buf, ring->text + start, before_wrap);
	memcpy(buf + before_wrap, ring->text, record->len - before_wrap);
	return true;
}

bool log_ring_read(const struct log_ring *ring, u64 seq, char *buf,
		   unsigned int size, struct log_record *record)
{
	record->seq = seq;
	record->off = 0;
	return log_ring_read_on(ring, buf, size, record);
}
