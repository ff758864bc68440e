/* SPDX-License-Identifier: MIT */
/*
 * drivers/power/poweroff.c - ways to stop the machine
 *
 * Tried in order, the most telling first. A port where nothing listens
 * swallows the write and the next way is tried:
 *
 *	isa-debug-exit 0xF4   QEMU ends with status code << 1 | 1
 *	0x8900 "Shutdown"     Bochs
 *	0x604, 0xB004         ACPI power-off of QEMU's q35/pc and of Bochs
 *	keyboard controller   a reset: for a restart only
 *	cli; hlt              a message says that it is safe to switch off
 */
#include <linux/reboot.h>

#include <asm/io.h>
#include <asm/processor.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <quire/gcov.h>
#include <quire/printk_thread.h>

#define DEBUG_EXIT_PORT 0xF4
#define BOCHS_PORT 0x8900
#define ACPI_PM1A_Q35 0x604
#define ACPI_PM1A_BOCHS 0xB004
#define ACPI_SLEEP_S5 0x2000
#define KBD_STATUS 0x64
#define KBD_INPUT_FULL 0x02
#define KBD_PULSE_RESET 0xFE
#define KBD_PATIENCE 0x10000

void __noreturn machine_halt(void)
{
	printk_direct_forever();
	pr_emerg("System halted.\n");
	stop_this_cpu();
}

void __noreturn machine_power_off_status(int status)
{
	const char *p;

	printk_direct_forever();
	gcov_dump();
	outb(status, DEBUG_EXIT_PORT);
	for (p = "Shutdown"; *p; p++)
		outb(*p, BOCHS_PORT);
	outw(ACPI_SLEEP_S5, ACPI_PM1A_Q35);
	outw(ACPI_SLEEP_S5, ACPI_PM1A_BOCHS);
	pr_emerg("No way to power off found (status %#x).\n", status);
	machine_halt();
}

void __noreturn machine_power_off(void)
{
	machine_power_off_status(EXIT_PASSED);
}

void __noreturn machine_restart(char *command)
{
	unsigned int patience = KBD_PATIENCE;

	printk_direct_forever();
	gcov_dump();
	while (inb(KBD_STATUS) & KBD_INPUT_FULL && --patience)
		cpu_relax();
	outb(KBD_PULSE_RESET, KBD_STATUS);
	/* a reset takes effect after some instructions */
	for (patience = KBD_PATIENCE; patience; patience--)
		io_delay();
	machine_halt();
}
