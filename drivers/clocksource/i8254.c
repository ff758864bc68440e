/* SPDX-License-Identifier: MIT */
/*
 * drivers/clocksource/i8254.c - the interval timer of every PC
 *
 *	1.193182 MHz --+-> [16-bit counter 0] --OUT--> interrupt line 0
 *	               +-> [16-bit counter 2] --OUT--> port 0x61, speaker
 *	                    ^ gate: port 0x61
 *
 *	mode 0	OUT goes low, and high when the count reaches 0: one interrupt
 *	mode 2	OUT goes low for the last tick of each count, for ever
 *
 * The count is read by latching it, since it changes between the reads of its
 * two bytes [8254].
 *
 * Differs from Linux: the functions of the counter, without a clock event
 * device around them. (drivers/clocksource/i8253.c)
 */
#include <quire/pit.h>

#include <asm/io.h>

#define PIT_COUNTER0 0x40
#define PIT_CONTROL 0x43

/* Counter 0, low byte then high byte. */
#define CONTROL_MODE0 0x30
#define CONTROL_MODE2 0x34
#define CONTROL_LATCH 0x00

/* Counter 2, which nobody else needs while the speaker is silent. */
#define PIT_COUNTER2 0x42
#define CONTROL_COUNTER2_MODE0 0xB0
#define CONTROL_COUNTER2_LATCH 0x80
#define PORT_61 0x61
#define GATE2 0x01
#define SPEAKER 0x02
#define OUT2 0x20

static void start(u8 control, u16 count)
{
	outb(control, PIT_CONTROL);
	outb(count & 0xff, PIT_COUNTER0);
	outb(count >> 8, PIT_COUNTER0);
}

void pit_start_oneshot(u16 count)
{
	start(CONTROL_MODE0, count);
}

void pit_start_periodic(u16 count)
{
	start(CONTROL_MODE2, count);
}

u16 pit_read(void)
{
	u8 low;

	outb(CONTROL_LATCH, PIT_CONTROL);
	low = inb(PIT_COUNTER0);
	return inb(PIT_COUNTER0) << 8 | low;
}

void pit2_start(u16 count)
{
	outb((inb(PORT_61) & ~SPEAKER) | GATE2, PORT_61);
	outb(CONTROL_COUNTER2_MODE0, PIT_CONTROL);
	outb(count & 0xff, PIT_COUNTER2);
	outb(count >> 8, PIT_COUNTER2);
}

u16 pit2_read(void)
{
	u8 low;

	outb(CONTROL_COUNTER2_LATCH, PIT_CONTROL);
	low = inb(PIT_COUNTER2);
	return inb(PIT_COUNTER2) << 8 | low;
}

bool pit2_done(void)
{
	return inb(PORT_61) & OUT2;
}
