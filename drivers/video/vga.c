/* SPDX-License-Identifier: MIT */
/*
 * drivers/video/vga.c - the VGA text screen, 80 x 25
 *
 * Each cell is a byte of text and a byte of colour, in memory at 0xB8000,
 * which is no RAM and so not in the direct map: a fixmap slot shows it,
 * uncached, from the first line of C on.
 *
 * (drivers/video/console/vgacon.c)
 */
#include <quire/vga.h>

#include <asm/fixmap.h>
#include <asm/io.h>
#include <asm/pgtable.h>
#include <linux/console.h>
#include <linux/init.h>

#define VGA_TEXT_PHYS 0xB8000
#define COLUMNS 80
#define ROWS 25
#define BLANK (0x0700 | ' ')	/* grey on black */

#define CRTC_INDEX 0x3D4
#define CRTC_DATA 0x3D5
#define CRTC_CURSOR_HIGH 14
#define CRTC_CURSOR_LOW 15

static u16 __iomem *screen;
static unsigned int row, column;

static void move_cursor(void)
{
	unsigned int at = row * COLUMNS + column;

	outb(CRTC_CURSOR_HIGH, CRTC_INDEX);
	outb(at >> 8, CRTC_DATA);
	outb(CRTC_CURSOR_LOW, CRTC_INDEX);
	outb(at, CRTC_DATA);
}

static void scroll(void)
{
	unsigned int i;

	for (i = 0; i < (ROWS - 1) * COLUMNS; i++)
		writew(readw(&screen[i + COLUMNS]), &screen[i]);
	for (; i < ROWS * COLUMNS; i++)
		writew(BLANK, &screen[i]);
}

static void new_line(void)
{
	column = 0;
	if (row < ROWS - 1)
		row++;
	else
		scroll();
}

static void vga_putc(char c)
{
	if (c == '\n') {
		new_line();
	} else if (c == '\r') {
		column = 0;
	} else if (c == '\b') {
		column -= column > 0;
	} else {
		if (column == COLUMNS)
			new_line();
		writew(0x0700 | (u8)c, &screen[row * COLUMNS + column]);
		column++;
	}
}

static void vga_write(struct console *con, const char *text, unsigned int count)
{
	for (; count; count--, text++)
		vga_putc(*text);
	move_cursor();
}

static struct console vga_console = {
	.name = "tty",
	.write = vga_write,
	.flags = CON_PRINTBUFFER,
	.index = 0,
};

/* Video memory keeps what is written to it; an empty bus does not. */
static bool __init vga_probe(void)
{
	u16 old = readw(&screen[0]);
	bool kept;

	writew(0x55AA, &screen[0]);
	writew(0xAA55, &screen[1]);
	kept = readw(&screen[0]) == 0x55AA;
	writew(old, &screen[0]);
	return kept;
}

void __init vga_init(void)
{
	unsigned int i;

	set_fixmap_nocache(FIX_EARLYCON_MEM_BASE, VGA_TEXT_PHYS);
	screen = (u16 __iomem __force *)fix_to_virt(FIX_EARLYCON_MEM_BASE);
	if (!vga_probe()) {
		clear_fixmap(FIX_EARLYCON_MEM_BASE);
		return;
	}
	for (i = 0; i < ROWS * COLUMNS; i++)
		writew(BLANK, &screen[i]);
	register_console(&vga_console);
}
