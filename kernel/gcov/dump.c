/* SPDX-License-Identifier: MIT */
/*
 * kernel/gcov/dump.c - the counters of all files, over the second serial port
 *
 * The compiler put into each object a counter per branch of the program, and
 * into the section .gcov_info a pointer to what describes them. There is no
 * file system to write to, so that the machine's last deed is to send
 *
 *	'F' length name  {length words}...  0  sum     for each object
 *	'E' number of objects                          at the end
 *
 * Lengths are 16 bits, of bytes; numbers go low byte first; the sum is the
 * Adler-32 of the name and the words. scripts/coverage puts the files where
 * gcov looks for them. Without the final line the dump is worth nothing: a
 * machine may be switched off in its middle.
 *
 * Differs from Linux: which has files in debugfs. (kernel/gcov/fs.c)
 */
#include <quire/gcov.h>

#include "gcov.h"

#include <asm/sections.h>
#include <linux/array_size.h>
#include <linux/irqflags.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <quire/com2.h>

#define ADLER_BASE 65521

static u32 words[256];
static unsigned int nr_words;
static u32 adler_low, adler_high;

static void send(const void *data, unsigned int size)
{
	const u8 *bytes = data;
	unsigned int i;

	for (i = 0; i < size; i++) {
		adler_low = (adler_low + bytes[i]) % ADLER_BASE;
		adler_high = (adler_high + adler_low) % ADLER_BASE;
	}
	com2_write(data, size);
}

static void send_u16(u16 value)
{
	com2_write(&value, sizeof(value));
}

static void send_u32(u32 value)
{
	com2_write(&value, sizeof(value));
}

/* What is gathered; nothing gathered is the end of a file. */
static void send_words(void)
{
	send_u16(nr_words * sizeof(u32));
	send(words, nr_words * sizeof(u32));
	nr_words = 0;
}

static void put_word(u32 word)
{
	words[nr_words++] = word;
	if (nr_words == ARRAY_SIZE(words))
		send_words();
}

static void dump_file(const struct gcov_info *info)
{
	unsigned int length = strlen(info->filename);

	com2_write("F", 1);
	send_u16(length);
	adler_low = 1;
	adler_high = 0;
	send(info->filename, length);
	gcda_write(info, put_word);
	if (nr_words)
		send_words();
	send_words();
	send_u32(adler_high << 16 | adler_low);
}

void gcov_dump(void)
{
	static bool done;
	const struct gcov_info *const *info;
	unsigned int count = 0;

	local_irq_disable();
	smp_send_stop();
	if (done || !com2_init())
		return;
	done = true; /* also when the dump itself goes wrong */
	for (info = __start_gcov_info; info < __stop_gcov_info; info++) {
		dump_file(*info);
		count++;
	}
	com2_write("E", 1);
	send_u32(count);
}
