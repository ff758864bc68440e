/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/irq.c - the two 8259 interrupt controllers, all masked
 *
 * After reset their lines arrive at vectors 8 .. 15, which are exceptions.
 * They are moved to 32 .. 47. Nothing uses an interrupt yet, so all lines are
 * masked; what still arrives is spurious (a line that went away before it was
 * acknowledged shows as 7 or 15 [8259A]) and is counted, not fatal.
 */
#include <asm/setup.h>

#include "traps.h"

#include <asm/desc.h>
#include <asm/io.h>
#include <linux/init.h>
#include <linux/printk.h>

#define PIC1_COMMAND 0x20
#define PIC1_DATA 0x21
#define PIC2_COMMAND 0xA0
#define PIC2_DATA 0xA1

#define ICW1_INIT_ICW4 0x11
#define ICW3_SLAVE_LINE 2	/* the second hangs on this line */
#define ICW4_8086 0x01
#define OCW2_EOI 0x20
#define OCW3_READ_ISR 0x0B

unsigned long spurious_irq_count;

static void __init pic_write(u8 value, u16 port)
{
	outb(value, port);
	io_delay();
}

void __init init_IRQ(void)
{
	pic_write(ICW1_INIT_ICW4, PIC1_COMMAND);
	pic_write(ICW1_INIT_ICW4, PIC2_COMMAND);
	pic_write(IRQ0_VECTOR, PIC1_DATA);
	pic_write(IRQ0_VECTOR + 8, PIC2_DATA);
	pic_write(1 << ICW3_SLAVE_LINE, PIC1_DATA);
	pic_write(ICW3_SLAVE_LINE, PIC2_DATA);
	pic_write(ICW4_8086, PIC1_DATA);
	pic_write(ICW4_8086, PIC2_DATA);
	pic_write(0xff, PIC1_DATA);
	pic_write(0xff, PIC2_DATA);
}

/* Is the line in service, so that the controller waits for an answer? */
static bool in_service(unsigned int line)
{
	u16 port = line < 8 ? PIC1_COMMAND : PIC2_COMMAND;

	outb(OCW3_READ_ISR, port);
	return inb(port) >> (line & 7) & 1;
}

static void acknowledge(unsigned int line)
{
	bool real = in_service(line);

	if (line >= 8) {
		if (real)
			outb(OCW2_EOI, PIC2_COMMAND);
		/* to the first controller the line of the second was real */
		outb(OCW2_EOI, PIC1_COMMAND);
	} else if (real) {
		outb(OCW2_EOI, PIC1_COMMAND);
	}
}

void do_irq(struct pt_regs *regs, unsigned long vector)
{
	spurious_irq_count++;
	if (vector - IRQ0_VECTOR < NR_IRQS_LEGACY)
		acknowledge(vector - IRQ0_VECTOR);
}
