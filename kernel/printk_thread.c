// SPDX-License-Identifier: MIT
/*
 * printk_thread.c - the thread that writes to the consoles
 *
 *	printk() --> ring     | 17 | 18 | 19 | 20 | 21 |
 *	   |                            ^ cursor: record, byte
 *	   +--kick--> "printk" thread --+--> con->write()
 *
 * A console is slow: a line takes milliseconds on a serial port. So printk()
 * only adds to the ring, and a thread carries the text from there to the
 * consoles, in pieces as large as the consoles take without waiting; while
 * they have no room it sleeps, and their interrupts wake it.
 *
 * All state is the cursor: what lies before it was written, the rest not. It
 * moves with the log's lock held, together with the text, so whoever has the
 * lock can go on from there. That is what printk() itself does where text
 * must be out when it returns: at boot, in tests and benches, in an oops, and
 * when the ring is half full of what was not written yet. So nothing is lost
 * or written twice or out of order, whoever writes.
 *
 * The kick: printk() is called with any lock held, the scheduler's included,
 * so it can wake a thread itself only where none can be held. Otherwise a
 * tasklet does it: behind the interrupt that is under way, or behind one that
 * the timer device is asked for at once.
 *
 * P1  The cursor is not behind what was written, nor before it.
 * P2  While printing is direct the thread writes nothing.
 *
 * Differs from Linux: one thread for all consoles; no console_lock(): the
 * thread never sleeps in the middle of a console.
 * (kernel/printk/printk.c, nbcon.c of later versions)
 */
#include <quire/printk_thread.h>

#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/console.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/tick.h>
#include <linux/wait.h>
#include <quire/log_ring.h>

#include "printk.h"

#define PIECE 256          /* bytes written with the lock held */
#define PATIENCE (HZ / 5)  /* for a console that makes no room */

static struct {
	u64 seq;          /* of the first record not written to its end */
	unsigned int off; /* bytes of it that were */
} cursor; /* P1; guarded by the log's lock */

static bool threaded; /* the thread is there to write */
static bool work;     /* it may find something; cleared with the lock held */
static atomic_t direct_depth = ATOMIC_INIT(1); /* until boot is over */
static unsigned long nr_writes;
static DECLARE_WAIT_QUEUE_HEAD(printk_wait);

bool console_is_direct(void)
{
	return !READ_ONCE(threaded) || atomic_read(&direct_depth) ||
	       oops_in_progress;
}

bool printk_is_behind(void)
{
	return log_ring.next - cursor.seq > log_ring.nr_desc / 2 ||
	       log_ring.pos - log_ring_text_pos(&log_ring, cursor.seq) >
		       log_ring.text_size / 2;
}

/* The record at the cursor is done, if nothing can be added to it. */
static bool end_record(const struct log_record *record)
{
	if (record->open && record->seq + 1 == log_ring.next)
		return false;
	if (!record->hidden)
		console_end_line();
	cursor.seq = record->seq + 1;
	cursor.off = 0;
	return true;
}

/* Writes a piece of at most room bytes; false: there is none. */
static bool write_piece(unsigned int room)
{
	struct log_record record = { .seq = cursor.seq, .off = cursor.off };
	char piece[PIECE];

	if (!log_ring_read_on(&log_ring, piece,
			      min_t(unsigned int, room, PIECE), &record))
		return false;
	if (!record.len)
		return end_record(&record);
	cursor.seq = record.seq;
	cursor.off = record.off + record.len;
	if (!record.hidden)
		console_text(piece, record.len);
	return true;
}

void printk_drain(void)
{
	while (write_piece(PIECE))
		;
}

void printk_drained(void)
{
	cursor.seq = log_ring.next;
	cursor.off = 0;
	/* what goes on with the last line comes where that left off */
	if (log_ring_newest_open(&log_ring, &cursor.off))
		cursor.seq--;
}

/* ------------------------------------------------------------- the thread */

/* True if something was written, false if there is nothing, or no room. */
static bool write_some(void)
{
	unsigned int room = console_room();
	unsigned long flags;
	bool wrote = false;

	if (!room)
		return false;
	local_irq_save(flags);
	if (log_lock_enter()) {
		if (!console_is_direct()) { /* P2 */
			wrote = write_piece(room);
			WRITE_ONCE(work, wrote);
			nr_writes += wrote;
		}
		log_lock_leave();
	}
	local_irq_restore(flags);
	return wrote;
}

/* Interrupts that should have made room did not come: polls. */
static void poll_consoles(void)
{
	unsigned long flags;

	local_irq_save(flags);
	if (log_lock_enter()) {
		console_flush();
		log_lock_leave();
	}
	local_irq_restore(flags);
}

static bool has_work(void)
{
	return READ_ONCE(work) && !console_is_direct();
}

static int printk_thread(void *unused)
{
	for (;;) {
		while (write_some())
			cond_resched();
		if (!has_work())
			wait_event_idle(printk_wait, has_work());
		else if (!wait_event_idle_timeout(printk_wait, console_room(),
						  PATIENCE))
			poll_consoles();
	}
	return 0;
}

/* ---------------------------------------------------------------- the kick */

static void wake_thread(struct tasklet_struct *unused)
{
	wake_up(&printk_wait);
}

static DECLARE_TASKLET(wake_tasklet, wake_thread);

void printk_kick(void)
{
	WRITE_ONCE(work, true);
	if (preemptible()) {
		wake_up(&printk_wait);
		return;
	}
	tasklet_schedule(&wake_tasklet);
	if (!in_interrupt())
		tick_soon();
}

void console_room_grew(void)
{
	wake_up(&printk_wait);
}

/* --------------------------------------------------------------- switching */

/* With printing made direct already. */
static void write_pending(void)
{
	unsigned long flags;

	local_irq_save(flags);
	if (log_lock_enter()) {
		console_flush();
		printk_drain();
		log_lock_leave();
	}
	local_irq_restore(flags);
}

void printk_direct_begin(void)
{
	atomic_inc(&direct_depth);
	write_pending();
}

void printk_direct_end(void)
{
	atomic_dec(&direct_depth);
}

void printk_direct_forever(void)
{
	WRITE_ONCE(threaded, false);
	write_pending();
}

static int __init printk_thread_init(void)
{
	struct task_struct *p = kthread_run(printk_thread, NULL, "printk");

	if (IS_ERR(p))
		pr_warn("printk: no thread, printing stays direct\n");
	else
		WRITE_ONCE(threaded, true);
	return 0;
}
device_initcall(printk_thread_init);

unsigned long printk_thread_writes(void)
{
	return READ_ONCE(nr_writes);
}
