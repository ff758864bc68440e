// SPDX-License-Identifier: MIT
/* seq_buf.c - text put together in a buffer that knows when it is full */
#include <linux/seq_buf.h>
#include <linux/sprintf.h>
#include <linux/string.h>

int seq_buf_vprintf(struct seq_buf *s, const char *fmt, va_list args)
{
	unsigned int left = seq_buf_buffer_left(s);
	int len;

	if (left) {
		len = vsnprintf(s->buffer + s->len, left, fmt, args);
		/* The NUL needs its place while it is written. */
		if (len >= 0 && (unsigned int)len < left) {
			s->len += len;
			return 0;
		}
	}
	seq_buf_set_overflow(s);
	return -1;
}

int seq_buf_printf(struct seq_buf *s, const char *fmt, ...)
{
	va_list args;
	int ret;

	va_start(args, fmt);
	ret = seq_buf_vprintf(s, fmt, args);
	va_end(args);
	return ret;
}

int seq_buf_putmem(struct seq_buf *s, const void *mem, unsigned int len)
{
	if (len > seq_buf_buffer_left(s)) {
		seq_buf_set_overflow(s);
		return -1;
	}
	memcpy(s->buffer + s->len, mem, len);
	s->len += len;
	return 0;
}

int seq_buf_puts(struct seq_buf *s, const char *str)
{
	size_t len = strlen(str);

	/* With the NUL, which the next text overwrites. */
	if (seq_buf_putmem(s, str, len + 1))
		return -1;
	s->len--;
	return 0;
}

int seq_buf_putc(struct seq_buf *s, unsigned char c)
{
	return seq_buf_putmem(s, &c, 1);
}
