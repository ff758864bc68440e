/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/apic_timer.c - each CPU's own timer
 *
 *	bus clock --/16--> [32-bit counter of the local APIC] --0--> LVT --> CPU
 *
 * Writing the initial count starts it; it counts down once and interrupts at
 * 0. The bus clock's rate is told nowhere. So the counter is started with the
 * first interrupt set-up, its interrupt masked, and read when the TSC's rate
 * is known: both have run all the time between. All CPUs have the same bus.
 *
 *	init_IRQ    clock_init
 *	|-- counter passed ---|	   rate = counts * TSC's rate / cycles
 *	|-- TSC cycles -------|
 *
 * Differs from Linux: no deadline mode of the TSC; no use of the timer where
 * there is no TSC to measure it with. (arch/x86/kernel/apic/apic.c)
 */
#include <asm/apic.h>

#include <asm/hw_irq.h>
#include <asm/tsc.h>
#include <linux/clockchips.h>
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/math64.h>
#include <linux/param.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/smp.h>

#define COUNT_MIN 15
#define COUNT_MAX 0x7fffffff
#define COUNT_START 0xffffffff
/* A measurement that is too short, or after which the counter stands. */
#define PASSED_MIN 1000

static DEFINE_PER_CPU(struct clock_event_device, lapic_events);

static u64 start_cycles __initdata; /* TSC when the counter was started */
static u32 timer_hz;                /* [b] counts in a second; 0: not used */
static bool no_timer __initdata;

static int __init parse_nolapic_timer(char *arg)
{
	no_timer = true;
	return 0;
}
early_param("nolapic_timer", parse_nolapic_timer);

static void set_mode(u32 mode)
{
	apic_write(APIC_TDCR, APIC_TDR_DIV_16);
	apic_write(APIC_LVTT, mode | LOCAL_TIMER_VECTOR);
}

static int next_event(unsigned long delta, struct clock_event_device *dev)
{
	apic_write(APIC_TMICT, delta);
	return 0;
}

static int set_oneshot(struct clock_event_device *dev)
{
	set_mode(APIC_LVT_TIMER_ONESHOT);
	return 0;
}

static int set_periodic(struct clock_event_device *dev)
{
	set_mode(APIC_LVT_TIMER_PERIODIC);
	apic_write(APIC_TMICT, timer_hz / HZ);
	return 0;
}

static int set_shutdown(struct clock_event_device *dev)
{
	set_mode(APIC_LVT_MASKED);
	apic_write(APIC_TMICT, 0);
	return 0;
}

static void timer_interrupt(struct pt_regs *regs)
{
	struct clock_event_device *dev = this_cpu_ptr(&lapic_events);

	/* one that was under way when the device was shut down has no reader */
	if (dev->event_handler)
		dev->event_handler(dev);
}

u32 lapic_timer_hz(void)
{
	return timer_hz;
}

void __init lapic_timer_begin(void)
{
	if (!apic_is_on() || !boot_cpu_has(X86_FEATURE_TSC))
		return;
	set_mode(APIC_LVT_MASKED);
	start_cycles = rdtsc();
	apic_write(APIC_TMICT, COUNT_START);
	start_cycles += (rdtsc() - start_cycles) / 2;
}

static u32 __init measure(void)
{
	unsigned long flags;
	u64 before, cycles;
	u32 passed;

	local_irq_save(flags);
	before = rdtsc();
	passed = COUNT_START - apic_read(APIC_TMCCT);
	cycles = before + (rdtsc() - before) / 2 - start_cycles;
	local_irq_restore(flags);
	if (passed < PASSED_MIN || passed == COUNT_START)
		return 0;
	return div64_u64((u64)passed * tsc_khz, div_u64(cycles, 1000) + 1);
}

void setup_secondary_APIC_clock(void)
{
	struct clock_event_device *dev = this_cpu_ptr(&lapic_events);

	if (!timer_hz)
		return;
	dev->name = "lapic";
	dev->features = CLOCK_EVT_FEAT_ONESHOT | CLOCK_EVT_FEAT_PERIODIC;
	dev->rating = 150;
	dev->set_next_event = next_event;
	dev->set_state_oneshot = set_oneshot;
	dev->set_state_periodic = set_periodic;
	dev->set_state_shutdown = set_shutdown;
	dev->cpumask = cpumask_of(smp_processor_id());
	clockevents_config_and_register(dev, timer_hz, COUNT_MIN, COUNT_MAX);
}

void __init setup_boot_APIC_clock(void)
{
	if (!start_cycles || !tsc_khz || no_timer)
		return;
	timer_hz = measure();
	if (!timer_hz) {
		pr_warn("APIC timer: it does not count; not used\n");
		return;
	}
	pr_info("APIC timer: %u.%03u MHz\n", timer_hz / 1000000,
		timer_hz / 1000 % 1000);
	set_system_vector(LOCAL_TIMER_VECTOR, timer_interrupt, "LOC",
			  "Local timer interrupts");
	preempt_disable(); /* as on the CPUs that come up */
	setup_secondary_APIC_clock();
	preempt_enable();
}
