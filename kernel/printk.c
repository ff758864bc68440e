// SPDX-License-Identifier: MIT
/*
 * printk.c - from a message to the ring and the consoles
 *
 *	printk("<6>pci: %d devices\n", n)
 *	   |  format into the buffer of this nesting depth; no lock
 *	   v
 *	level | text ---> ring (log_ring.c) ---> dmesg, kmsg_dump.c
 *	   |  more urgent than console_loglevel?
 *	   v
 *	capture (capture.c) or else consoles (printk_console.c)
 *
 * A fault may strike in the middle of any of this, and its dump comes
 * through here again. So each nesting depth has its own buffer, and the
 * lock is not taken by a CPU that holds it already: the inner message then
 * skips the ring, which may be half changed, and is only written out.
 *
 * Lock: log_lock guards the ring and the state of consoles and captures. It
 * is a leaf of the lock order and is taken with interrupts off.
 *
 * Differs from Linux (kernel/printk/printk.c): no timestamps; the caller
 * itself writes to the consoles, by polling, before printk() returns.
 */
#define pr_fmt(fmt) "printk: " fmt

#include <linux/printk.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/kmsg_dump.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <quire/capture.h>
#include <quire/log_ring.h>
#include "printk.h"

#define LOG_TEXT_SIZE (1 << 16)
#define LOG_DESCS     1024
#define NESTING       4

int console_loglevel = CONSOLE_LOGLEVEL_DEFAULT;
int default_message_loglevel = MESSAGE_LOGLEVEL_DEFAULT;
int oops_in_progress;

static char log_text[LOG_TEXT_SIZE];
static struct log_desc log_descs[LOG_DESCS];
static struct log_ring log_ring = {
	.text = log_text,
	.desc = log_descs,
	.text_size = LOG_TEXT_SIZE,
	.nr_desc = LOG_DESCS,
};

static DEFINE_RAW_SPINLOCK(log_lock);
static int log_owner = -1; /* CPU that holds log_lock */

static char buffers[NESTING][PRINTK_MESSAGE_MAX];
static unsigned int depth; /* printk calls under way */

/* True when the lock was taken; false when this CPU has it already. */
static bool log_lock_enter(void)
{
	int cpu = raw_smp_processor_id();

	if (log_owner == cpu)
		return false;
	raw_spin_lock(&log_lock);
	log_owner = cpu;
	return true;
}

static void log_lock_leave(void)
{
	log_owner = -1;
	raw_spin_unlock(&log_lock);
}

/*
 * Formats into buf. A message that is too long keeps its beginning and ends
 * its line.
 */
static unsigned int format_message(char *buf, const char *fmt, va_list args)
{
	int len = vsnprintf(buf, PRINTK_MESSAGE_MAX, fmt, args);

	if (len < PRINTK_MESSAGE_MAX)
		return len;
	buf[PRINTK_MESSAGE_MAX - 2] = '\n';
	return PRINTK_MESSAGE_MAX - 1;
}

/* Takes the level mark off the text. */
static void parse_level(struct message *msg)
{
	int kind;

	while ((kind = printk_get_level(msg->text))) {
		if (kind == 'c')
			msg->cont = true;
		else if (msg->level == LOGLEVEL_DEFAULT)
			msg->level = kind - '0';
		msg->text += 2;
		msg->len -= 2;
	}
	if (msg->level == LOGLEVEL_DEFAULT)
		msg->level = default_message_loglevel;
}

static void store_message(const struct message *msg)
{
	unsigned int len = msg->len;
	bool open = !len || msg->text[len - 1] != '\n';

	if (!open)
		len--;
	if (msg->cont && log_ring_extend(&log_ring, open, msg->text, len))
		return;
	log_ring_add(&log_ring, msg->level, open, msg->text, len);
}

static void put_message(const struct message *msg)
{
	bool locked = log_lock_enter();

	if (locked && (msg->how & EMIT_LOG))
		store_message(msg);
	if (!capture_message(msg))
		console_message(msg);
	if (locked)
		log_lock_leave();
}

int printk_emit(unsigned int how, const char *fmt, va_list args)
{
	struct message msg = { .level = LOGLEVEL_DEFAULT, .how = how };
	unsigned long flags;

	local_irq_save(flags);
	if (depth < NESTING) {
		char *buf = buffers[depth++];

		msg.text = buf;
		msg.len = format_message(buf, fmt, args);
		parse_level(&msg);
		if (msg.len)
			put_message(&msg);
		depth--;
	}
	local_irq_restore(flags);
	return msg.len;
}

int vprintk(const char *fmt, va_list args)
{
	return printk_emit(EMIT_LOG, fmt, args);
}

int printk(const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = printk_emit(EMIT_LOG, fmt, args);
	va_end(args);
	return len;
}

int printk_raw(const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = printk_emit(EMIT_LOG | EMIT_ALWAYS | EMIT_RAW, fmt, args);
	va_end(args);
	return len;
}

unsigned int printk_depth_get(void)
{
	return depth;
}

void printk_depth_unwind(unsigned int to)
{
	if (depth > to && log_owner == raw_smp_processor_id())
		log_lock_leave();
	depth = to;
}

void console_verbose(void)
{
	if (console_loglevel)
		console_loglevel = CONSOLE_LOGLEVEL_MOTORMOUTH;
}

void bust_spinlocks(int yes)
{
	oops_in_progress += yes ? 1 : -1;
}

int log_buf_len_get(void)
{
	return LOG_TEXT_SIZE;
}

void kmsg_dump_rewind(struct kmsg_dump_iter *iter)
{
	iter->cur_seq = log_ring.first;
	iter->next_seq = log_ring.next;
}

bool kmsg_dump_get_line(struct kmsg_dump_iter *iter, bool syslog, char *line,
			size_t size, size_t *len)
{
	unsigned int head = syslog ? 3 : 0;
	struct log_record record;
	unsigned long flags;
	bool locked, found;

	if (size < head + 2)
		return false;

	local_irq_save(flags);
	locked = log_lock_enter();
	found = log_ring_read(&log_ring, iter->cur_seq, line + head,
			      size - head - 2, &record);
	if (locked)
		log_lock_leave();
	local_irq_restore(flags);

	if (!found || record.seq >= iter->next_seq)
		return false;
	iter->cur_seq = record.seq + 1;
	if (syslog) {
		line[0] = '<';
		line[1] = '0' + record.level;
		line[2] = '>';
	}
	line[head + record.len] = '\n';
	line[head + record.len + 1] = '\0';
	if (len)
		*len = head + record.len + 1;
	return true;
}

static int __init loglevel_setup(char *arg)
{
	int level;

	if (!arg || kstrtoint(arg, 10, &level) || level < 0)
		return -EINVAL;
	console_loglevel = min(level, CONSOLE_LOGLEVEL_MOTORMOUTH);
	return 0;
}
early_param("loglevel", loglevel_setup);

static int __init debug_setup(char *arg)
{
	console_loglevel = CONSOLE_LOGLEVEL_DEBUG;
	return 0;
}
early_param("debug", debug_setup);

static int __init quiet_setup(char *arg)
{
	console_loglevel = CONSOLE_LOGLEVEL_QUIET;
	return 0;
}
early_param("quiet", quiet_setup);

static int __init ignore_loglevel_setup(char *arg)
{
	console_loglevel = CONSOLE_LOGLEVEL_MOTORMOUTH;
	return 0;
}
early_param("ignore_loglevel", ignore_loglevel_setup);
