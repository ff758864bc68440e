/* SPDX-License-Identifier: MIT */
/*
 * A ring of text records, the store under printk(). See kernel/log_ring.c.
 */
#ifndef _QUIRE_LOG_RING_H
#define _QUIRE_LOG_RING_H

#include <linux/types.h>

struct log_desc {
	u32 pos; /* where the text starts, counted for ever */
	u16 len; /* bytes of text */
	u8 level;
	bool open; /* may be continued: no '\n' yet */
};

/* Both sizes are powers of two. Zero but for these four: an empty ring. */
struct log_ring {
	char *text;
	struct log_desc *desc;
	u32 text_size;
	u32 nr_desc;
	u64 first; /* number of the oldest record held */
	u64 next;  /* number of the record to come */
	u32 pos;   /* where its text will start */
};

/* Adds a record; text beyond text_size is cut. The caller locks. */
void log_ring_add(struct log_ring *ring, u8 level, bool open, const char *text,
		  unsigned int len);

/*
 * Adds text to the newest record if that is open and there is room in it
 * (64 KiB); open: it may be continued again. Returns false otherwise.
 */
bool log_ring_extend(struct log_ring *ring, bool open, const char *text,
		     unsigned int len);

/* What is known of a record that was read. */
struct log_record {
	u64 seq;
	unsigned int len; /* bytes copied */
	u8 level;
};

/*
 * Copies at most size bytes of record seq (the oldest one held if that is
 * gone) to buf, no 0 added. False if there is no such record yet.
 */
bool log_ring_read(const struct log_ring *ring, u64 seq, char *buf,
		   unsigned int size, struct log_record *record);

#endif
