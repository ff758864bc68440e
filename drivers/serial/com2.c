/* SPDX-License-Identifier: MIT */
/*
 * drivers/serial/com2.c - bytes out of COM2, by polling
 *
 * A FIFO that is empty takes 16 bytes at once, so that the line's state is
 * looked at once for all of them.
 */
#include <quire/com2.h>

#include <asm/io.h>
#include <asm/processor.h>
#include <linux/minmax.h>

#define COM2 0x2F8

/* Registers [16550]. */
#define UART_DATA 0 /* with DLAB: divisor, low byte */
#define UART_IER 1  /* with DLAB: divisor, high byte */
#define UART_FCR 2
#define UART_LCR 3
#define UART_MCR 4
#define UART_LSR 5
#define UART_SCR 7

#define LCR_8N1 0x03
#define LCR_DLAB 0x80
#define FCR_ENABLE_CLEAR 0x07
#define MCR_DTR_RTS 0x03
#define LSR_THR_EMPTY 0x20

#define DIVISOR_115200 1
#define FIFO_SIZE 16U /* of a 16550A */

/* Polls before a transmitter that never gets ready is given up. */
#define PATIENCE 1000000

bool com2_init(void)
{
	outb(0x5A, COM2 + UART_SCR);
	if (inb(COM2 + UART_SCR) != 0x5A)
		return false;
	outb(LCR_DLAB | LCR_8N1, COM2 + UART_LCR);
	outb(DIVISOR_115200, COM2 + UART_DATA);
	outb(0, COM2 + UART_IER);
	outb(LCR_8N1, COM2 + UART_LCR);
	outb(FCR_ENABLE_CLEAR, COM2 + UART_FCR);
	outb(MCR_DTR_RTS, COM2 + UART_MCR);
	return true;
}

static void wait_until_empty(void)
{
	unsigned int patience = PATIENCE;

	while (!(inb(COM2 + UART_LSR) & LSR_THR_EMPTY) && --patience)
		cpu_relax();
}

void com2_write(const void *data, unsigned int size)
{
	const u8 *bytes = data;

	while (size) {
		unsigned int n = min(size, FIFO_SIZE);

		wait_until_empty();
		size -= n;
		while (n--)
			outb(*bytes++, COM2 + UART_DATA);
	}
}
