/* SPDX-License-Identifier: MIT */
/*
 * Reading the log back, record by record, oldest first.
 */
#ifndef _LINUX_KMSG_DUMP_H
#define _LINUX_KMSG_DUMP_H

#include <linux/types.h>

/* A place in the log. Stays usable while records are added and lost. */
struct kmsg_dump_iter {
	u64 cur_seq;  /* the record that comes next */
	u64 next_seq; /* one past the last one to give */
};

/* Sets the iterator to the oldest record; the end is where it is now. */
void kmsg_dump_rewind(struct kmsg_dump_iter *iter);

/*
 * Copies the next record as text that ends in '\n' and a 0 byte, cut to
 * size; with syslog "<LEVEL>" stands before it. *len (if not NULL) is the
 * length without the 0. A record that is lost meanwhile is passed over.
 * Returns false at the end. Any context.
 */
bool kmsg_dump_get_line(struct kmsg_dump_iter *iter, bool syslog, char *line,
			size_t size, size_t *len);

#endif
