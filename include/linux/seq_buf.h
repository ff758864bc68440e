/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SEQ_BUF_H
#define _LINUX_SEQ_BUF_H

#include <linux/compiler_types.h>
#include <linux/minmax.h>
#include <linux/stdarg.h>
#include <linux/types.h>

/*
 * Text put together in a buffer of the caller's. What does not fit is left
 * out, and the buffer is marked as overflowed (len is size + 1 then): one
 * look at the end instead of one at each step. Any context, caller's lock.
 */
struct seq_buf {
	char *buffer;
	size_t size;
	size_t len;
	loff_t readpos;
};

static inline void seq_buf_clear(struct seq_buf *s)
{
	s->len = 0;
	s->readpos = 0;
}

static inline void seq_buf_init(struct seq_buf *s, char *buf, unsigned int size)
{
	s->buffer = buf;
	s->size = size;
	seq_buf_clear(s);
}

static inline bool seq_buf_has_overflowed(struct seq_buf *s)
{
	return s->len > s->size;
}

static inline void seq_buf_set_overflow(struct seq_buf *s)
{
	s->len = s->size + 1;
}

static inline unsigned int seq_buf_buffer_left(struct seq_buf *s)
{
	return seq_buf_has_overflowed(s) ? 0 : s->size - s->len;
}

static inline unsigned int seq_buf_used(struct seq_buf *s)
{
	return min(s->len, s->size);
}

/* Ends the text with a NUL; if there is no room, over its last character. */
static inline void seq_buf_terminate(struct seq_buf *s)
{
	if (!s->size)
		return;
	s->buffer[min(s->len, s->size - 1)] = '\0';
}

/* Each: 0, or -1 if it did not fit whole. */
int seq_buf_printf(struct seq_buf *s, const char *fmt, ...) __printf(2, 3);
int seq_buf_vprintf(struct seq_buf *s, const char *fmt, va_list args)
	__printf(2, 0);
int seq_buf_puts(struct seq_buf *s, const char *str);
int seq_buf_putc(struct seq_buf *s, unsigned char c);
int seq_buf_putmem(struct seq_buf *s, const void *mem, unsigned int len);

#endif
