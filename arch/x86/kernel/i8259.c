/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/i8259.c - the two 8259 interrupt controllers
 *
 *	lines 8 .. 15 --> second --+
 *	                           v line 2
 *	lines 0, 1, 3 .. 7 ----> first ----> CPU, vectors 32 .. 47
 *
 * After reset their lines arrive at vectors 8 .. 15, which are exceptions, so
 * they are moved. All lines are masked until someone requests them.
 *
 * A line that goes away before the CPU asks which one it was shows as the
 * lowest of its controller, 7 or 15, without being in service [8259]. Such an
 * interrupt is spurious: it is counted, and must not be acknowledged.
 *
 * The end of an interrupt names its line, so that an acknowledgement of an
 * interrupt that a test raised by an instruction ends no other.
 *
 * Differs from Linux: no detection of a missing controller, no switch to
 * level triggering. (arch/x86/kernel/i8259.c)
 */
#include "traps.h"

#include <asm/io.h>
#include <linux/init.h>
#include <linux/irq.h>
#include <linux/spinlock.h>

#define PIC1_COMMAND 0x20
#define PIC1_DATA 0x21
#define PIC2_COMMAND 0xA0
#define PIC2_DATA 0xA1

#define ICW1_INIT_ICW4 0x11
#define ICW4_8086 0x01
#define OCW2_SPECIFIC_EOI 0x60
#define OCW3_READ_ISR 0x0B

#define CASCADE_LINE 2 /* of the first, where the second hangs */
#define ALL_BUT_CASCADE (0xffff & ~(1 << CASCADE_LINE))

static DEFINE_RAW_SPINLOCK(lock);
static u16 masked = ALL_BUT_CASCADE; /* a bit per line; guarded by lock */

static void write_mask(unsigned int irq)
{
	if (irq < 8)
		outb(masked & 0xff, PIC1_DATA);
	else
		outb(masked >> 8, PIC2_DATA);
}

static void mask(struct irq_data *data)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&lock, flags);
	masked |= 1 << data->irq;
	write_mask(data->irq);
	raw_spin_unlock_irqrestore(&lock, flags);
}

static void unmask(struct irq_data *data)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&lock, flags);
	masked &= ~(1 << data->irq);
	write_mask(data->irq);
	raw_spin_unlock_irqrestore(&lock, flags);
}

static void acknowledge(unsigned int irq)
{
	if (irq >= 8) {
		outb(OCW2_SPECIFIC_EOI | (irq & 7), PIC2_COMMAND);
		irq = CASCADE_LINE;
	}
	outb(OCW2_SPECIFIC_EOI | irq, PIC1_COMMAND);
}

static void mask_ack(struct irq_data *data)
{
	mask(data);
	acknowledge(data->irq);
}

static const struct irq_chip i8259_chip = {
	.name = "XT-PIC",
	.irq_mask = mask,
	.irq_unmask = unmask,
	.irq_mask_ack = mask_ack,
};

/* Is the line in service, so that the controller waits for an answer? */
static bool in_service(unsigned int irq)
{
	u16 port = irq < 8 ? PIC1_COMMAND : PIC2_COMMAND;

	outb(OCW3_READ_ISR, port);
	return inb(port) >> (irq & 7) & 1;
}

bool i8259_is_spurious(unsigned int irq)
{
	if ((irq & 7) != 7 || in_service(irq))
		return false;
	/* to the first controller the line of the second was real */
	if (irq >= 8)
		acknowledge(CASCADE_LINE);
	return true;
}

static void __init pic_write(u8 value, u16 port)
{
	outb(value, port);
	io_delay();
}

void __init init_8259(void)
{
	unsigned int irq;

	pic_write(ICW1_INIT_ICW4, PIC1_COMMAND);
	pic_write(ICW1_INIT_ICW4, PIC2_COMMAND);
	pic_write(ISA_IRQ_VECTOR(0), PIC1_DATA);
	pic_write(ISA_IRQ_VECTOR(8), PIC2_DATA);
	pic_write(1 << CASCADE_LINE, PIC1_DATA);
	pic_write(CASCADE_LINE, PIC2_DATA);
	pic_write(ICW4_8086, PIC1_DATA);
	pic_write(ICW4_8086, PIC2_DATA);
	pic_write(masked & 0xff, PIC1_DATA);
	pic_write(masked >> 8, PIC2_DATA);
	for (irq = 0; irq < NR_IRQS_LEGACY; irq++)
		if (irq != CASCADE_LINE)
			irq_set_chip_and_handler(irq, &i8259_chip,
						 handle_level_irq);
}
