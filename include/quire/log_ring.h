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
	bool open : 1;   /* may be continued: no '\n' yet */
	bool hidden : 1; /* not for the consoles */
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
	unsigned int off; /* of the bytes copied in its text */
	unsigned int len; /* bytes copied */
	u8 level;
	bool open;
	bool hidden;
};

/*
 * Copies at most size bytes of record seq (the oldest one held if that is
 * gone) to buf, no 0 added. False if there is no such record yet.
 */
bool log_ring_read(const struct log_ring *ring, u64 seq, char *buf,
		   unsigned int size, struct log_record *record);

/*
 * The same from byte record->off of record->seq on. If that is gone, the
 * oldest one held is read from its beginning, as both then tell.
 */
bool log_ring_read_on(const struct log_ring *ring, char *buf, unsigned int size,
		      struct log_record *record);

/* The newest record, which exists, is not for the consoles. */
void log_ring_hide(struct log_ring *ring);

/* Where the text of a record starts, or of the next one if that is not yet. */
u32 log_ring_text_pos(const struct log_ring *ring, u64 seq);

/* May the newest record be continued? Then *len is its length. */
bool log_ring_newest_open(const struct log_ring *ring, unsigned int *len);

#endif
