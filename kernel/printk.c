// SPDX-License-Identifier: MIT
/*
 * printk.c - from a message to the ring and the consoles
 *
 *	printk("<6>pci: %d devices\n", n)
 *	   |  format into the buffer of this nesting depth; no lock
 *	   v
 *	level | text ---> ring (log_ring.c) ---> dmesg, kmsg_dump.c
 *	   |  more urgent than console_loglevel?   |
 *	   v                                       v
 *	capture (capture.c)            a thread (printk_thread.c)
 *	   or else, where printing is direct:      |
 *	consoles (printk_console.c) <--------------+
 *
 * A fault may strike in the middle of any of this, and its dump comes
 * through here again. So each nesting depth has its own buffer, and the
 * lock is not taken by a CPU that holds it already: the inner message then
 * skips the ring, which may be half changed, and is only written out. In a
 * panic a lock that another, stopped CPU has is not waited for.
 *
 * Lock: log_lock guards the ring and the state of consoles and captures. It
 * is a leaf of the lock order and is taken with interrupts off.
 *
 * Differs from Linux (kernel/printk/printk.c): no timestamps.
 */
#define pr_fmt(fmt) "printk: " fmt

#include <linux/printk.h>
#include <asm/processor.h>
#include <linux/atomic.h>
#include <linux/console.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/kmsg_dump.h>
#include <linux/percpu.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <quire/capture.h>
#include <quire/log_ring.h>
#include "printk.h"

#define LOG_TEXT_SIZE (1 << 16)
#define LOG_DESCS     1024
#define NESTING       4
#define LOCK_PATIENCE 10000000

int console_loglevel = CONSOLE_LOGLEVEL_DEFAULT;
int default_message_loglevel = MESSAGE_LOGLEVEL_DEFAULT;
atomic_t oops_depth;

static char log_text[LOG_TEXT_SIZE];
static struct log_desc log_descs[LOG_DESCS];
struct log_ring log_ring = {
	.text = log_text,
	.desc = log_descs,
	.text_size = LOG_TEXT_SIZE,
	.nr_desc = LOG_DESCS,
};

static DEFINE_RAW_SPINLOCK(log_lock);
static int log_owner = -1; /* CPU that holds log_lock */

/* printk calls under way on a CPU, and their texts. */
struct printk_cpu {
	unsigned int depth;
	char buffer[NESTING][PRINTK_MESSAGE_MAX];
};

static DEFINE_PER_CPU(struct printk_cpu, printk_cpu);

/* In an oops its owner may never come back. */
static bool take_log_lock(void)
{
	unsigned int patience = LOCK_PATIENCE;

	if (!oops_in_progress) {
		raw_spin_lock(&log_lock);
		return true;
	}
	while (!raw_spin_trylock(&log_lock)) {
		if (!--patience)
			return false;
		cpu_relax();
	}
	return true;
}

bool log_lock_enter(void)
{
	int cpu = raw_smp_processor_id();

	if (READ_ONCE(log_owner) == cpu || !take_log_lock())
		return false;
	log_owner = cpu;
	return true;
}

void log_lock_leave(void)
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

/* True if it has become a record of its own. */
static bool store_message(const struct message *msg)
{
	unsigned int len = msg->len;
	bool open = !len || msg->text[len - 1] != '\n';

	if (!open)
		len--;
	if (msg->cont && log_ring_extend(&log_ring, open, msg->text, len))
		return false;
	log_ring_add(&log_ring, msg->level, open, msg->text, len);
	return true;
}

/* Shows it at once, after all that was said before. */
static void put_direct(const struct message *msg)
{
	printk_drain();
	if (msg->how & EMIT_LOG)
		store_message(msg);
	if (!capture_message(msg))
		console_message(msg);
	printk_drained();
}

/* Leaves it to the thread, unless nobody is to see it. */
static bool put_later(const struct message *msg)
{
	bool new = store_message(msg);

	if (!capture_message(msg) && console_wants(msg))
		return true;
	if (new)
		log_ring_hide(&log_ring);
	return false;
}

/* True: the thread must be told. */
static bool put_message(const struct message *msg)
{
	bool later = false;

	if (!log_lock_enter()) {
		if (!capture_message(msg))
			console_message(msg);
		return false;
	}
	if (msg->how != EMIT_LOG || console_is_direct() || printk_is_behind())
		put_direct(msg);
	else
		later = put_later(msg);
	log_lock_leave();
	return later;
}

int printk_emit(unsigned int how, const char *fmt, va_list args)
{
	struct message msg = { .level = LOGLEVEL_DEFAULT, .how = how };
	struct printk_cpu *cpu;
	bool later = false;
	unsigned long flags;

	local_irq_save(flags);
	cpu = this_cpu_ptr(&printk_cpu);
	if (cpu->depth < NESTING) {
		char *buf = cpu->buffer[cpu->depth++];

		msg.text = buf;
		msg.len = format_message(buf, fmt, args);
		parse_level(&msg);
		if (msg.len)
			later = put_message(&msg);
		cpu->depth--;
	}
	local_irq_restore(flags);
	if (later)
		printk_kick();
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
	return this_cpu_read(printk_cpu.depth);
}

void printk_depth_unwind(unsigned int to)
{
	if (this_cpu_read(printk_cpu.depth) > to &&
	    log_owner == raw_smp_processor_id())
		log_lock_leave();
	this_cpu_write(printk_cpu.depth, to);
}

/* Another CPU may have been stopped in the middle of a line. */
void printk_seize(void)
{
	if (log_owner == raw_smp_processor_id())
		return;
	log_owner = -1;
	raw_spin_lock_init(&log_lock);
}

void console_verbose(void)
{
	if (console_loglevel)
		console_loglevel = CONSOLE_LOGLEVEL_MOTORMOUTH;
}

void bust_spinlocks(int yes)
{
	atomic_add(yes ? 1 : -1, &oops_depth);
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
