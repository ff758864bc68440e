/* SPDX-License-Identifier: MIT */
/*
 * drivers/serial/8250.c - the 16550 UART at COM1
 *
 *	text --polled--> [16-byte FIFO] --> shifter --> line, 115200 8N1
 *	LSR bit 5: room for output
 *
 *	line --> [16-byte FIFO] --interrupt 4--> [ring] --> serial_getc()
 *	LSR bit 0: input waiting
 *
 * Output is polled: that works in every context, also in the middle of a
 * crash. Input comes by interrupt, so that who waits for it can halt the CPU
 * meanwhile. When the ring is full the interrupt of input is switched off
 * until half of it has been read: the FIFO fills, and the sender waits.
 *
 * U1  head - tail bytes wait in the ring, never more than RING_SIZE. The
 *     handler moves head only, the reader tail only, with interrupts off.
 * U2  rx_open tells whether the port may interrupt; it is false only while
 *     the ring is more than half full, or the line was not to be had.
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
#include <linux/wait.h>

#define COM1 0x3F8
#define COM1_IRQ 4

/* Registers [16550]. */
#define UART_DATA 0		/* with DLAB: divisor, low byte */
#define UART_IER 1		/* with DLAB: divisor, high byte */
#define UART_FCR 2
#define UART_LCR 3
#define UART_MCR 4
#define UART_LSR 5
#define UART_SCR 7

#define LCR_8N1 0x03
#define LCR_DLAB 0x80
#define FCR_ENABLE_CLEAR 0x07
#define IER_RX 0x01 /* interrupt when input waits */
#define MCR_DTR_RTS 0x03
#define MCR_OUT2 0x08 /* on a PC: lets interrupts out */
#define LSR_DATA_READY 0x01
#define LSR_THR_EMPTY 0x20

#define DIVISOR_115200 1

/* Polls before a transmitter that never gets ready is given up. */
#define TX_PATIENCE 1000000

#define RING_SIZE 1024 /* a power of two */

static bool present;
static bool has_irq; /* written at boot only */
static bool rx_open;
static u8 ring[RING_SIZE];
static unsigned int head, tail;
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

static void serial_putc(char c)
{
	unsigned int patience = TX_PATIENCE;

	while (!(inb(COM1 + UART_LSR) & LSR_THR_EMPTY) && --patience)
		cpu_relax();
	outb(c, COM1 + UART_DATA);
}

static void serial_write(struct console *con, const char *text,
			 unsigned int count)
{
	for (; count; count--, text++) {
		if (*text == '\n')
			serial_putc('\r');
		serial_putc(*text);
	}
}

/* Interrupts off. */
static void rx_enable(bool open)
{
	rx_open = open;
	outb(open ? IER_RX : 0, COM1 + UART_IER);
}

static bool input_waits(void)
{
	return inb(COM1 + UART_LSR) & LSR_DATA_READY;
}

static irqreturn_t serial_interrupt(int irq, void *dev)
{
	irqreturn_t result = IRQ_NONE;

	while (head - tail < RING_SIZE && input_waits()) {
		ring[head++ % RING_SIZE] = inb(COM1 + UART_DATA);
		result = IRQ_HANDLED;
	}
	if (head - tail == RING_SIZE) /* U2 */
		rx_enable(false);
	wake_up(&rx_wait);
	return result;
}

/* Interrupts off. */
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

	if (!present)
		return key;
	local_irq_save(flags);
	if (has_irq)
		key = ring_get();
	/* in a crash no interrupt will come */
	if (key < 0 && (!has_irq || irqs_disabled_flags(flags)) &&
	    input_waits())
		key = inb(COM1 + UART_DATA);
	local_irq_restore(flags);
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
	outb(MCR_DTR_RTS, COM1 + UART_MCR);
	register_console(&serial_console);
}

static int __init serial_irq_init(void)
{
	int err;

	if (!present)
		return 0;
	err = request_irq(COM1_IRQ, serial_interrupt, 0, "ttyS0",
			  &serial_console);
	if (err) {
		pr_warn("ttyS0: no interrupt (%d), input is polled\n", err);
		return 0;
	}
	has_irq = true;
	local_irq_disable();
	outb(MCR_DTR_RTS | MCR_OUT2, COM1 + UART_MCR);
	rx_enable(true);
	local_irq_enable();
	return 0;
}
device_initcall(serial_irq_init);
