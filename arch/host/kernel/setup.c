/* SPDX-License-Identifier: MIT */
/*
 * arch/host/kernel/setup.c - the machine's part of starting, in a process
 *
 *	tests/host/machine   physical memory, the image in it, arguments
 *	host_boot            boot tables, CPU, console
 *	start_kernel         kernel/main.c, as on every machine
 *	  setup_arch         arch/x86/kernel/setup.c: the direct map and all
 *
 * What a PC finds out about itself stands here as constants: no APIC, no
 * 8259, no devices; a timer in each CPU, and a clock of nanoseconds.
 */
#include <asm/setup.h>

#include <asm/apic.h>
#include <asm/cpufeature.h>
#include <asm/desc.h>
#include <asm/host.h>
#include <asm/hw_irq.h>
#include <asm/irq_stack.h>
#include <asm/io_apic.h>
#include <asm/pgtable.h>
#include <asm/processor.h>
#include <asm/sections.h>
#include <asm/stacktrace.h>
#include <asm/switch_to.h>
#include <asm/tsc.h>
#include <linux/clockchips.h>
#include <linux/console.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/nmi.h>
#include <linux/percpu.h>
#include <linux/reboot.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/smp.h>
#include <linux/start_kernel.h>
#include <linux/string.h>
#include <linux/time64.h>
#include <linux/timer.h>
#include <quire/boot_info.h>
#include <quire/printk_thread.h>
#include <quire/serial.h>

#include "../../x86/kernel/irq_vector.h"
#include "../../x86/kernel/traps.h"
#include "host_cpu.h"

struct boot_info boot_info;

#define __page_aligned \
	__section(".bss..page_aligned") __aligned(PAGE_SIZE)

/* What boot/tables.asm is to the PC. */
pgd_t swapper_pg_dir[PTRS_PER_PGD] __page_aligned;
pte_t fixmap_page_table[PTRS_PER_PTE] __page_aligned;

unsigned long host_cr0 = X86_CR0_PE | X86_CR0_WP | X86_CR0_PG;
unsigned long host_cr2, host_cr3, host_cr4;

bool lapic_on, io_apic_on;
unsigned int tsc_khz = NSEC_PER_SEC / 1000;
unsigned int num_processors = 1;

DEFINE_PER_CPU(void *, doublefault_stack_ptr);
static DEFINE_PER_CPU(struct clock_event_device, timers);

/* ----------------------------------------------------------------- console */

static void write_text(struct console *con, const char *text, unsigned len)
{
	host_write(text, len);
}

static struct console host_console = {
	.name = "host",
	.write = write_text,
	.flags = CON_PRINTBUFFER | CON_CONSDEV | CON_ANYTIME,
};

/* -------------------------------------------------------------- first steps */

void __init __noreturn host_boot(void)
{
	host_cr3 = __pa_nodebug(swapper_pg_dir);
	keep_pristine_per_cpu();
	early_cpu_init();
	setup_clear_cpu_cap(X86_FEATURE_APIC);
	register_console(&host_console);
	start_kernel();
}

static int __init parse_cpus(char *arg)
{
	return arg ? kstrtouint(arg, 10, &num_processors) : -EINVAL;
}
early_param("cpus", parse_cpus);

void __init find_apics(void)
{
}

void __init tsc_calibrate_begin(void)
{
}

unsigned int tsc_calibrate_now(void)
{
	return tsc_khz;
}

/* -------------------------------------------------------------- interrupts */

bool apic_in_service(unsigned int vector)
{
	return false;
}

bool i8259_is_spurious(unsigned int irq)
{
	return true;
}

void __init init_IRQ(void)
{
}

/* No CPU can be stopped where it does not give way by itself. */
void do_nmi(struct pt_regs *regs)
{
}

bool trigger_all_cpu_backtrace(void)
{
	return false;
}

/* ------------------------------------------------------------------- timers */

static u64 clock_read(struct clocksource *cs)
{
	return rdtsc();
}

static struct clocksource clock = {
	.name = "host",
	.rating = 300,
	.read = clock_read,
	.mask = CLOCKSOURCE_MASK(64),
	.flags = CLOCK_SOURCE_IS_CONTINUOUS | CLOCK_SOURCE_VALID_FOR_HRES,
};

static int timer_next(unsigned long delta, struct clock_event_device *dev)
{
	host_set_timer(delta);
	return 0;
}

static int timer_shutdown(struct clock_event_device *dev)
{
	host_set_timer(HOST_NEVER);
	return 0;
}

static void timer_interrupt(struct pt_regs *regs)
{
	struct clock_event_device *dev = this_cpu_ptr(&timers);

	dev->event_handler(dev);
}

static void setup_timer(void)
{
	struct clock_event_device *dev = this_cpu_ptr(&timers);

	dev->name = "host";
	dev->features = CLOCK_EVT_FEAT_ONESHOT;
	dev->rating = 150;
	dev->set_next_event = timer_next;
	dev->set_state_shutdown = timer_shutdown;
	dev->cpumask = cpumask_of(smp_processor_id());
	clockevents_config_and_register(dev, NSEC_PER_SEC, 1, LONG_MAX);
}

void __init time_init(void)
{
	init_timers();
	set_system_vector(LOCAL_TIMER_VECTOR, timer_interrupt, "LOC",
			  "Local timer interrupts");
	setup_timer();
	clocksource_register_hz(&clock, NSEC_PER_SEC);
}

/* --------------------------------------------------------------- other CPUs */

void __init prefill_possible_map(void)
{
	unsigned int cpu;

	for (cpu = 1; cpu < min(num_processors, (unsigned int)NR_CPUS); cpu++) {
		set_cpu_possible(cpu, true);
		set_cpu_present(cpu, true);
	}
}

void host_start_secondary(void)
{
	setup_timer();
	set_cpu_online(smp_processor_id(), true);
	cpu_startup_entry();
}

int __init native_cpu_up(unsigned int cpu)
{
	struct task_struct *idle = fork_idle(cpu);
	struct inactive_task_frame *frame;

	if (IS_ERR(idle))
		return PTR_ERR(idle);
	/* as after a call from a stack that is aligned to 16 bytes */
	frame = task_stack_page(idle) + THREAD_SIZE - 36;
	*--frame = (struct inactive_task_frame){
		.ret_addr = (unsigned long)host_start_secondary,
	};
	host_start_cpu(cpu, (unsigned long)frame, per_cpu_offset(cpu));
	while (!cpu_online(cpu))
		cpu_relax();
	return 0;
}

static int __init smp_init(void)
{
	unsigned int cpu;

	for_each_present_cpu(cpu)
		if (!cpu_online(cpu) && native_cpu_up(cpu))
			pr_err("CPU%u does not start\n", cpu);
	return 0;
}
fs_initcall_sync(smp_init);

/* ---------------------------------------------------------------------- end */

void __noreturn machine_power_off_status(int status)
{
	printk_direct_forever();
	host_exit(status == EXIT_PASSED ? 0 : status == EXIT_FAILED ? 1 : 2);
}

void __noreturn machine_power_off(void)
{
	machine_power_off_status(EXIT_PASSED);
}

/* Nobody types: the console is the end. */
int serial_wait(void)
{
	machine_power_off();
}

void __noreturn machine_halt(void)
{
	machine_power_off();
}

void __noreturn machine_restart(char *command)
{
	machine_power_off();
}

/* Whole pages, in C that a checker sees. */
void __clear_page(void *page)
{
	memset(page, 0, PAGE_SIZE);
}

void __copy_page(void *to, const void *from)
{
	memcpy(to, from, PAGE_SIZE);
}

/* Before a function that does not return: what lies below is used anew. */
void __asan_handle_no_return(void)
{
	unsigned long sp = current_stack_pointer;
	struct stack_info info;

	if (get_stack_info(sp, current, &info))
		host_unpoison((void *)sp, info.end - sp);
}
