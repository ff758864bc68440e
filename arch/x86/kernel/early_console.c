/* SPDX-License-Identifier: MIT */
/* arch/x86/kernel/early_console.c - the consoles every PC may have */
#include <asm/setup.h>

#include <linux/init.h>
#include <quire/serial.h>
#include <quire/vga.h>

void __init early_console_init(void)
{
	serial_init();
	vga_init();
}
