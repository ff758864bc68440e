/* SPDX-License-Identifier: MIT */
/*
 * drivers/serial/8250.c - the 16550 UART at COM1
 *
 *	text --> [tx ring] --interrupt 4--> [16-byte FIFO] --> line, 115200 8N1
 *	            +--------- polled ------------^
 *	LSR bit 5: the FIFO is empty
 *
 *	line --> [16-byte FIFO] --interrupt 4--> [ring] --> serial_getc()
 *	LSR bit 0: input waiting
 *
 * Output is put by, and an interrupt fills the FIFO each time that it is
 * empty. Where text must be out at once, in the middle of a crash above all,
 * the ring is first written out by polling, then the text: the order stays.
 * So it also goes on when the ring is full, and when no interrupt comes.
 *
 * Input comes by interrupt, so that who waits for it can sleep meanwhile.
 * When the ring is full the interrupt of input is switched off until half of
 * it has been read: the FIFO fills, and the sender waits.
 *
 * U1  head - tail bytes wait in the ring, never more than RING_SIZE. The
 *     handler moves head only, the reader tail only, with interrupts off.
 * U2  rx_open tells whether the port may interrupt for input; it is false
 *     only while the ring is more than half full, or there is no line.
 * U3  While tx holds something and the line is to be had, the port may
 *     interrupt for output.
 * U4  The handler leaves no cause behind: the 8259 sees edges only.
 *
 * Lock: port_lock guards rings and registers, interrupts off; in an oops it
 * is not waited for, as its owner may be stopped.
 *
 * A port where nothing answers is found out at the start and left alone.
 *
 * Differs from Linux: one port. (drivers/tty/serial/8250/8250_port.c)
 */
#include <quire/serial.h>

#include <asm/io.h>
#include <asm/processor.h>
#include <linux/console.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

#define COM1 0x3F8
#define COM1_IRQ 4

/* Registers [16550]. */
#define UART_DATA 0		/* with DLAB: divisor, low byte */
#define UART_IER 1		/* with DLAB: divisor, high byte */
#define UART_IIR 2		/* read */
#define UART_FCR 2		/* write */
#define UART_LCR 3
#define UART_MCR 4
#define UART_LSR 5
#define UART_SCR 7

#define LCR_8N1 0x03
#define LCR_DLAB 0x80
#define FCR_ENABLE_CLEAR 0x07
#define IER_RX 0x01 /* interrupt when input waits */
#define IER_TX 0x02 /* ... when the output FIFO is empty */
#define IIR_NONE 0x01 /* no interrupt is waiting */
#define IIR_FIFO 0xC0 /* both bits: the FIFOs are there and work */
#define MCR_DTR_RTS 0x03
#define MCR_OUT2 0x08 /* on a PC: lets interrupts out */
#define LSR_DATA_READY 0x01
#define LSR_THR_EMPTY 0x20

#define DIVISOR_115200 1
#define FIFO_SIZE 16 /* of a 16550A */

/* Polls before a transmitter that never gets ready is given up. */
#define TX_PATIENCE 1000000

#define RING_SIZE 1024 /* a power of two */
#define TX_RING_SIZE 4096 /* and so is this */

static bool present;
static bool has_irq; /* written at boot only */
static bool rx_open;
static u8 ring[RING_SIZE];
static unsigned int head, tail;
static u8 tx_ring[TX_RING_SIZE];
static unsigned int tx_head, tx_tail;
static bool tx_open;
static unsigned int fifo_size = 1; /* written at boot only */
static DEFINE_RAW_SPINLOCK(port_lock);
static DECLARE_WAIT_QUEUE_HEAD(rx_wait);

/* The scratch register keeps what is written to it; an empty bus does not. */
static bool __init serial_probe(void)
{
	outb(0x5A, COM1 + UART_SCR);
	if (inb(COM1 + UART_SCR) != 0x5A)
		return false;
	outb(0xA5, COM1 + UART_SCR);
	return inb(COM1 + UART_SCR) == 0xA5;
}

/* In an oops the owner may never come back; then without it. */
static bool port_enter(unsigned long *flags)
{
	unsigned int patience = TX_PATIENCE;

	local_irq_save(*flags);
	while (!raw_spin_trylock(&port_lock)) {
		if (oops_in_progress && !--patience)
			return false;
		cpu_relax();
	}
	return true;
}

static void port_leave(bool locked, unsigned long flags)
{
	if (locked)
		raw_spin_unlock(&port_lock);
	local_irq_restore(flags);
}

/* ----------------------------------------------------------------- output */

/* With the lock, as all to the next line. */
static void set_interrupts(void)
{
	outb((rx_open ? IER_RX : 0) | (tx_open ? IER_TX : 0), COM1 + UART_IER);
}

static void tx_enable(bool open)
{
	if (tx_open == open)
		return;
	tx_open = open;
	set_interrupts();
}

static bool tx_empty(void)
{
	return inb(COM1 + UART_LSR) & LSR_THR_EMPTY;
}

/* Fills the empty FIFO. */
static void tx_load(void)
{
	unsigned int n;

	for (n = 0; n < fifo_size && tx_head != tx_tail; n++)
		outb(tx_ring[tx_tail++ % TX_RING_SIZE], COM1 + UART_DATA);
}

/* Waits for the FIFO and fills it. */
static void tx_poll(void)
{
	unsigned int patience = TX_PATIENCE;

	while (!tx_empty() && --patience)
		cpu_relax();
	tx_load();
}

static void tx_put(char c)
{
	if (tx_head - tx_tail == TX_RING_SIZE)
		tx_poll();
	tx_ring[tx_head++ % TX_RING_SIZE] = c;
}

static void tx_poll_all(void)
{
	while (tx_head != tx_tail)
		tx_poll();
	tx_enable(false);
}

static void serial_write(struct console *con, const char *text,
			 unsigned int count)
{
	unsigned long flags;
	bool locked = port_enter(&flags);

	for (; count; count--, text++) {
		if (*text == '\n')
			tx_put('\r');
		tx_put(*text);
	}
	if (has_irq && !console_is_direct())
		tx_enable(true); /* U3 */
	else
		tx_poll_all();
	port_leave(locked, flags);
}

/* A line's end is two bytes. Little room is none, for one wake-up a FIFO. */
static unsigned int serial_room(struct console *con)
{
	unsigned int room =
		TX_RING_SIZE - (READ_ONCE(tx_head) - READ_ONCE(tx_tail));

	return room < TX_RING_SIZE / 2 ? 0 : room / 2;
}

static void serial_flush(struct console *con)
{
	unsigned long flags;
	bool locked = port_enter(&flags);

	tx_poll_all();
	port_leave(locked, flags);
}

/* ------------------------------------------------------------------ input */

/* With the lock. */
static void rx_enable(bool open)
{
	rx_open = open;
	set_interrupts();
}

static bool input_waits(void)
{
	return inb(COM1 + UART_LSR) & LSR_DATA_READY;
}

/* With the lock, as the next. True if something came. */
static bool take_input(void)
{
	unsigned int before = head;

	while (head - tail < RING_SIZE && input_waits())
		ring[head++ % RING_SIZE] = inb(COM1 + UART_DATA);
	if (head - tail == RING_SIZE) /* U2 */
		rx_enable(false);
	return head != before;
}

/* True if there is room again after there was little. */
static bool give_output(void)
{
	bool little = !serial_room(NULL);

	if (!tx_open || !tx_empty())
		return false;
	tx_load();
	if (tx_head == tx_tail)
		tx_enable(false);
	return little && serial_room(NULL);
}

static irqreturn_t serial_interrupt(int irq, void *dev)
{
	irqreturn_t result = IRQ_NONE;
	bool more_input = false, more_room = false;

	raw_spin_lock(&port_lock);
	/* reading the cause of an empty FIFO takes it away */
	while (!(inb(COM1 + UART_IIR) & IIR_NONE)) { /* U4 */
		more_input |= take_input();
		more_room |= give_output();
		result = IRQ_HANDLED;
	}
	raw_spin_unlock(&port_lock);
	if (more_input)
		wake_up(&rx_wait);
	if (more_room)
		console_room_grew();
	return result;
}

/* With the lock. */
static int ring_get(void)
{
	int key;

	if (head == tail)
		return -EAGAIN;
	key = ring[tail++ % RING_SIZE];
	if (!rx_open && head - tail <= RING_SIZE / 2)
		rx_enable(true);
	return key;
}

int serial_getc(void)
{
	unsigned long flags;
	int key = -EAGAIN;
	bool locked;

	if (!present)
		return key;
	locked = port_enter(&flags);
	if (has_irq)
		key = ring_get();
	/* in a crash no interrupt will come */
	if (key < 0 && (!has_irq || irqs_disabled_flags(flags)) &&
	    input_waits())
		key = inb(COM1 + UART_DATA);
	port_leave(locked, flags);
	return key;
}

int serial_wait(void)
{
	int key;

	if (present && has_irq)
		wait_event(rx_wait, (key = serial_getc()) >= 0);
	else
		while ((key = serial_getc()) < 0)
			yield();
	return key;
}

static struct console serial_console = {
	.name = "ttyS",
	.write = serial_write,
	.room = serial_room,
	.flush = serial_flush,
	.flags = CON_PRINTBUFFER | CON_CONSDEV,
	.index = 0,
};

void __init serial_init(void)
{
	present = serial_probe();
	if (!present)
		return;
	outb(0, COM1 + UART_IER);
	outb(LCR_DLAB | LCR_8N1, COM1 + UART_LCR);
	outb(DIVISOR_115200, COM1 + UART_DATA);
	outb(0, COM1 + UART_IER);
	outb(LCR_8N1, COM1 + UART_LCR);
	outb(FCR_ENABLE_CLEAR, COM1 + UART_FCR);
	if ((inb(COM1 + UART_IIR) & IIR_FIFO) == IIR_FIFO)
		fifo_size = FIFO_SIZE;
	outb(MCR_DTR_RTS, COM1 + UART_MCR);
	register_console(&serial_console);
}

static int __init serial_irq_init(void)
{
	unsigned long flags;
	bool locked;
	int err;

	if (!present)
		return 0;
	err = request_irq(COM1_IRQ, serial_interrupt, 0, "ttyS0",
			  &serial_console);
	if (err) {
		pr_warn("ttyS0: no interrupt (%d), input is polled\n", err);
		return 0;
	}
	locked = port_enter(&flags);
	has_irq = true;
	outb(MCR_DTR_RTS | MCR_OUT2, COM1 + UART_MCR);
	rx_enable(true);
	port_leave(locked, flags);
	return 0;
}
device_initcall(serial_irq_init);
