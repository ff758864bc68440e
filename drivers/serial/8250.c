/* SPDX-License-Identifier: MIT */
/*
 * drivers/serial/8250.c - the 16550 UART at COM1, polled
 *
 *	DR out --> [16-byte FIFO] --> shifter --> line, 115200 8N1
 *	LSR bit 5: room for output    LSR bit 0: input waiting
 *
 * Polling works in every context, also in the middle of a crash. A port where
 * nothing answers is found out at the start and then left alone.
 *
 * Differs from Linux: one port, no interrupts.
 * (drivers/tty/serial/8250/8250_early.c)
 */
#include <quire/serial.h>

#include <asm/io.h>
#include <asm/processor.h>
#include <linux/console.h>
#include <linux/errno.h>
#include <linux/init.h>

#define COM1 0x3F8

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
#define MCR_DTR_RTS 0x03
#define LSR_DATA_READY 0x01
#define LSR_THR_EMPTY 0x20

#define DIVISOR_115200 1

/* Polls before a transmitter that never gets ready is given up. */
#define TX_PATIENCE 1000000

static bool present;

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

int serial_getc(void)
{
	if (!present || !(inb(COM1 + UART_LSR) & LSR_DATA_READY))
		return -EAGAIN;
	return inb(COM1 + UART_DATA);
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
