/* SPDX-License-Identifier: MIT */
/*
 * Text that is shown on request, the way Linux fills its /proc files: a show
 * function writes lines to a struct seq_file and does not care where they go.
 *
 *	int meminfo_show(struct seq_file *m, void *unused)
 *	{
 *		seq_printf(m, "MemTotal: %8lu kB\n", total);
 *		return 0;
 *	}
 *
 * Differs from Linux: there is no file behind it yet. The text goes to a
 * buffer or, line by line, to a function; a show function is called once and
 * writes all of it.
 */
#ifndef _LINUX_SEQ_FILE_H
#define _LINUX_SEQ_FILE_H

#include <linux/stdarg.h>
#include <linux/types.h>

struct seq_file {
	char *buf;    /* where text goes, unless write is set */
	size_t size;  /* bytes of buf */
	size_t count; /* bytes written; == size: it overflowed */
	/* Takes the text instead of buf. May be NULL. */
	void (*write)(const char *text, size_t size);
	void *private; /* the show function's own */
};

/* Directs all text into size bytes at buf, ended by a NUL. Any context. */
void seq_init_buffer(struct seq_file *m, char *buf, size_t size);

/* Directs all text to write(). Any context. */
void seq_init_write(struct seq_file *m,
		    void (*write)(const char *text, size_t size));

/* True when text was lost because the buffer is full. */
static inline bool seq_has_overflowed(const struct seq_file *m)
{
	return !m->write && m->count == m->size;
}

/* Adds formatted text, at most 511 bytes in one call. Any context. */
__attribute__((format(printf, 2, 3))) void seq_printf(struct seq_file *m,
						      const char *fmt, ...);
__attribute__((format(printf, 2, 0))) void
seq_vprintf(struct seq_file *m, const char *fmt, va_list args);

/* Adds a string, a character, or len bytes. write: 0, or -1 on overflow. */
void seq_puts(struct seq_file *m, const char *s);
void seq_putc(struct seq_file *m, char c);
int seq_write(struct seq_file *m, const void *data, size_t len);

/* Adds a number, after delimiter, right-aligned in width columns. */
void seq_put_decimal_ull_width(struct seq_file *m, const char *delimiter,
			       unsigned long long num, unsigned int width);
void seq_put_decimal_ull(struct seq_file *m, const char *delimiter,
			 unsigned long long num);

#endif
