/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/tsc_reference.c - counters whose rate is known
 *
 *	              rate            bits    found by
 *	ACPI timer    3.579545 MHz    24/32   FADT [ACPI 4.8.3.3]
 *	HPET          as it says      32      table "HPET" [HPET 2.3]
 *	8254          1.193182 MHz    16      every PC has it (tsc.c)
 *
 * The HPET's registers are one page of device memory, which the kernel needs
 * for as long as it comes up. Its main counter may stand when the firmware
 * had no use for it; started without a comparator it disturbs nobody.
 *
 * (drivers/clocksource/acpi_pm.c, arch/x86/kernel/hpet.c)
 */
#include "tsc_reference.h"

#include <asm/acpi.h>
#include <asm/io.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/math64.h>

#define PM_TIMER_HZ 3579545
#define FADT_PM_TMR_BLK 76
#define FADT_PM_TMR_LEN 91
#define FADT_FLAGS 112
#define FADT_TMR_VAL_EXT (1 << 8) /* 32 bits, not 24 */

#define HPET_TABLE_SPACE 40 /* of a generic address: 0 is memory */
#define HPET_TABLE_ADDRESS 44
#define HPET_SIZE 0x400
#define HPET_PERIOD 0x004 /* femtoseconds of a count */
#define HPET_CFG 0x010
#define HPET_CFG_ENABLE 1
#define HPET_COUNTER 0x0f0
#define HPET_PERIOD_MAX 100000000
#define FEMTOSECONDS 1000000000000000ULL

static u16 pm_port;
static void __iomem *hpet;

static u32 pm_timer_read(void)
{
	return inl(pm_port);
}

static u32 hpet_read(void)
{
	return readl(hpet + HPET_COUNTER);
}

/* A field of a table, 0 if the table is too short to have it. */
static u64 __init field(const char *signature, u32 offset, u32 size)
{
	const struct acpi_table_found *table =
		acpi_table_lookup(&acpi_tables, signature);
	u64 value = 0;

	if (!table || offset + size > table->length ||
	    firmware_read_phys(&value, table->phys + offset, size))
		return 0;
	return value;
}

/* Does it count? An absent one reads as all ones, a dead one stands. */
static bool __init counts(u32 (*read)(void))
{
	u32 first = read();
	unsigned int i;

	for (i = 0; i < 10000; i++)
		if (read() != first)
			return true;
	return false;
}

static bool __init find_pm_timer(struct tsc_reference *reference)
{
	bool wide = field(ACPI_SIG_FADT, FADT_FLAGS, 4) & FADT_TMR_VAL_EXT;
	u32 port = field(ACPI_SIG_FADT, FADT_PM_TMR_BLK, 4);

	if (!port || port > 0xffff ||
	    field(ACPI_SIG_FADT, FADT_PM_TMR_LEN, 1) != 4)
		return false;
	pm_port = port;
	*reference = (struct tsc_reference){ "ACPI timer", pm_timer_read,
					     PM_TIMER_HZ,
					     wide ? 0xffffffff : 0xffffff };
	return counts(pm_timer_read);
}

static bool __init find_hpet(struct tsc_reference *reference)
{
	u64 phys = field(ACPI_SIG_HPET, HPET_TABLE_ADDRESS, 8);
	u32 period;

	if (!phys || phys >> 32 || field(ACPI_SIG_HPET, HPET_TABLE_SPACE, 1))
		return false;
	hpet = early_ioremap(phys, HPET_SIZE);
	if (!hpet)
		return false;
	period = readl(hpet + HPET_PERIOD);
	if (!period || period > HPET_PERIOD_MAX)
		return false;
	writel(readl(hpet + HPET_CFG) | HPET_CFG_ENABLE, hpet + HPET_CFG);
	*reference = (struct tsc_reference){ "HPET", hpet_read,
					     div_u64(FEMTOSECONDS, period),
					     0xffffffff };
	return counts(hpet_read);
}

unsigned int __init tsc_references_find(struct tsc_reference *references)
{
	unsigned int nr = 0;

	nr += find_hpet(&references[nr]);
	nr += find_pm_timer(&references[nr]);
	return nr;
}

void __init tsc_references_end(void)
{
	if (hpet)
		early_iounmap(hpet, HPET_SIZE);
	hpet = NULL;
}
