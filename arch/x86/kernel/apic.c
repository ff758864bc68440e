/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/apic.c - the local APIC of each CPU
 *
 *	       timer  errors  LINT0  LINT1        I/O APICs, other CPUs
 *	         |      |       |      |                    |
 *	      +--v------v-------v------v---+                v
 *	      | local vector table (LVT)   |-----> IRR --> ISR --> CPU
 *	      +----------------------------+      arrived  in service
 *
 * Its registers are one page of device memory, mapped uncached by the fixmap,
 * at one address in all CPUs. An interrupt goes to the CPU when nothing of
 * the same or a higher priority is in service, and stays in service until the
 * CPU writes EOI.
 *
 * Two ways for the 8259s to reach the CPU:
 *
 *	virtual wire   no I/O APIC in use: the 8259's output is LINT0 of the
 *	               boot CPU, and its interrupts bypass IRR and ISR
 *	masked         I/O APICs do all of it, LINT0 is off
 *
 * L1  The registers are only touched when lapic_on.
 * L2  EOI is written once for each interrupt that came through the ISR, and
 *     for nothing else.
 *
 * Differs from Linux: xAPIC mode only, physical destinations only; an APIC
 * that the firmware switched off stays off. (arch/x86/kernel/apic/apic.c)
 */
#include <asm/apic.h>

#include <asm/cpufeature.h>
#include <asm/hw_irq.h>
#include <asm/msr.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/irqflags.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/smp.h>

bool lapic_on;

static u64 lapic_phys; /* [b] what the fixmap slot shows */
static bool phys_from_msr;

static int __init parse_nolapic(char *arg)
{
	setup_clear_cpu_cap(X86_FEATURE_APIC);
	return 0;
}
early_param("nolapic", parse_nolapic);

static void __init map_registers(u64 phys)
{
	lapic_phys = phys;
	set_fixmap_nocache(FIX_APIC_BASE, phys);
}

/* Where the CPU says it is; a Pentium does not say. 0: not usable. */
static u64 __init lapic_address(void)
{
	u64 msr;

	if (boot_cpu_data.x86 < 6 || rdmsrl_safe(MSR_IA32_APICBASE, &msr))
		return APIC_DEFAULT_PHYS_BASE;
	phys_from_msr = true;
	if (!(msr & MSR_APICBASE_ENABLE))
		return 0;
	if (msr & MSR_APICBASE_X2APIC || (msr & MSR_APICBASE_BASE) >> 32) {
		pr_warn("APIC: base %#llx cannot be used\n", msr);
		return 0;
	}
	return msr & MSR_APICBASE_BASE;
}

u8 __init map_local_APIC(void)
{
	u64 phys = boot_cpu_has(X86_FEATURE_APIC) ? lapic_address() : 0;

	if (!phys)
		return 0;
	map_registers(phys);
	lapic_on = true;
	return read_apic_id();
}

void __init check_local_APIC_address(u64 address)
{
	if (!lapic_on || address == lapic_phys)
		return;
	pr_warn("APIC: at %#llx, but the firmware's tables say %#llx\n",
		lapic_phys, address);
	if (!phys_from_msr && !(address >> 32) && !(address & ~PAGE_MASK))
		map_registers(address);
}

bool apic_in_service(unsigned int vector)
{
	u32 word = apic_read(APIC_ISR + vector / 32 * 16);

	return word >> vector % 32 & 1;
}

bool apic_has_arrived(unsigned int vector)
{
	u32 word = apic_read(APIC_IRR + vector / 32 * 16);

	return word >> vector % 32 & 1;
}

void disconnect_8259(void)
{
	if (apic_config.has_imcr) {
		/* [MP 3.6.2.1]: from the CPU's pin to the I/O APIC */
		outb(0x70, 0x22);
		outb(0x01, 0x23);
	}
	if (apic_config.nmi_lint != 0)
		apic_write(APIC_LVT0, APIC_LVT_MASKED);
}

static unsigned int last_lvt(void)
{
	return GET_APIC_MAXLVT(apic_read(APIC_LVR));
}

static void mask_all(void)
{
	unsigned int last = last_lvt();

	apic_write(APIC_LVTT, LOCAL_TIMER_VECTOR | APIC_LVT_MASKED);
	apic_write(APIC_LVT0, APIC_LVT_MASKED);
	apic_write(APIC_LVT1, APIC_LVT_MASKED);
	if (last >= 3)
		apic_write(APIC_LVTERR, ERROR_APIC_VECTOR | APIC_LVT_MASKED);
	if (last >= 4)
		apic_write(APIC_LVTPC, APIC_LVT_MASKED);
	if (last >= 5)
		apic_write(APIC_LVTTHMR, APIC_LVT_MASKED);
}

/* What firmware left in service would block all below its priority. */
static void end_what_is_in_service(void)
{
	unsigned int i;

	for (i = 0; i < APIC_ISR_NR * 32; i++)
		if (apic_in_service(i))
			ack_APIC_irq();
}

static void clear_errors(void)
{
	/* a write makes it show what was since the last one */
	apic_write(APIC_ESR, 0);
	apic_read(APIC_ESR);
}

/* The pins of the boot CPU, where the 8259s and the NMI button hang. */
static void open_pins(void)
{
	u8 nmi = apic_config.nmi_lint;

	if (smp_processor_id())
		return;
	/* the virtual wire, until I/O APICs take over */
	apic_write(APIC_LVT0, APIC_DM_EXTINT);
	if (nmi <= 1)
		apic_write(nmi ? APIC_LVT1 : APIC_LVT0, APIC_DM_NMI);
}

void setup_local_APIC(void)
{
	if (!lapic_on)
		return;
	mask_all();
	apic_write(APIC_TASKPRI, 0);
	end_what_is_in_service();
	apic_write(APIC_SPIV, APIC_SPIV_APIC_ENABLED | SPURIOUS_APIC_VECTOR);
	open_pins();
	if (last_lvt() >= 3) {
		clear_errors();
		apic_write(APIC_LVTERR, ERROR_APIC_VECTOR);
	}
}

void disable_local_APIC(void)
{
	if (!lapic_on)
		return;
	mask_all();
	apic_write(APIC_SPIV, SPURIOUS_APIC_VECTOR);
}

/* An interrupt was withdrawn while the CPU asked for it: nothing to end. */
static void spurious_interrupt(struct pt_regs *regs)
{
}

static void error_interrupt(struct pt_regs *regs)
{
	apic_write(APIC_ESR, 0);
	pr_warn_ratelimited("APIC error on CPU%d: status %#x\n",
			    smp_processor_id(), apic_read(APIC_ESR));
}

static int __init apic_vectors_init(void)
{
	set_system_vector(SPURIOUS_APIC_VECTOR, spurious_interrupt, "SPU",
			  "Spurious interrupts");
	set_system_vector(ERROR_APIC_VECTOR, error_interrupt, "APE",
			  "Local APIC errors");
	return 0;
}
early_initcall(apic_vectors_init);

/* Late: what the firmware's map says of the page comes first. */
static int __init show_in_iomem(void)
{
	static struct resource page = { .name = "Local APIC",
					.flags = IORESOURCE_MEM };

	page.start = lapic_phys;
	page.end = lapic_phys + PAGE_SIZE - 1;
	return lapic_on ? insert_resource(&iomem_resource, &page) : 0;
}
late_initcall(show_in_iomem);
