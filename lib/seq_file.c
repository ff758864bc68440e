// SPDX-License-Identifier: MIT
/*
 * Text shown on request: see <linux/seq_file.h>. Linux: fs/seq_file.c.
 */
#include <linux/seq_file.h>
#include <linux/kernel.h>
#include <linux/string.h>

#define LINE_SIZE 512

void seq_init_buffer(struct seq_file *m, char *buf, size_t size)
{
	memset(m, 0, sizeof(*m));
	m->buf = buf;
	m->size = size;
	if (size)
		buf[0] = '\0';
}

void seq_init_write(struct seq_file *m,
		    void (*write)(const char *text, size_t size))
{
	memset(m, 0, sizeof(*m));
	m->write = write;
}

/* What does not fit whole is dropped, so that no line shows half a number. */
int seq_write(struct seq_file *m, const void *data, size_t len)
{
	if (m->write) {
		m->write(data, len);
		m->count += len;
		return 0;
	}
	if (len >= m->size - m->count) {
		m->count = m->size;
		return -1;
	}
	memcpy(m->buf + m->count, data, len);
	m->count += len;
	m->buf[m->count] = '\0';
	return 0;
}

void seq_puts(struct seq_file *m, const char *s)
{
	seq_write(m, s, strlen(s));
}

void seq_putc(struct seq_file *m, char c)
{
	seq_write(m, &c, 1);
}

void seq_vprintf(struct seq_file *m, const char *fmt, va_list args)
{
	char line[LINE_SIZE];

	seq_write(m, line, vscnprintf(line, sizeof(line), fmt, args));
}

void seq_printf(struct seq_file *m, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	seq_vprintf(m, fmt, args);
	va_end(args);
}

void seq_put_decimal_ull_width(struct seq_file *m, const char *delimiter,
			       unsigned long long num, unsigned int width)
{
	seq_printf(m, "%s%*llu", delimiter ? delimiter : "", (int)width, num);
}

void seq_put_decimal_ull(struct seq_file *m, const char *delimiter,
			 unsigned long long num)
{
	seq_put_decimal_ull_width(m, delimiter, num, 0);
}
