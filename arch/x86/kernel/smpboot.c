/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/smpboot.c - starting the other CPUs
 *
 * One after the other, each by three orders through the boot CPU's local APIC
 * [SDM3 8.4.4.1]:
 *
 *	boot CPU                              CPU n
 *	fills tables, stacks, trampoline
 *	INIT, 10 ms                           reset, waits
 *	STARTUP, 200 us, STARTUP if need be   trampoline.asm -> start_secondary
 *	waits up to a second                  CALLED -> ANSWERED
 *	sees it, waits for online             its APIC, timer, online, idle
 *
 * Whoever changes CALLED first wins: the boot CPU changes it to GIVEN_UP when
 * the second is over, and a CPU that answers later than that sees it and
 * stops for good. So a CPU that does not answer, or answers too late, is
 * reported, left out, and does no harm.
 *
 * Words: maxcpus=N starts no more than N CPUs, nosmp only the first one;
 * nr_cpus=N gives data to no more than N.
 *
 * Differs from Linux: strictly one at a time; CPUs never stop again.
 * (arch/x86/kernel/smpboot.c)
 */
#include <linux/smp.h>

#include <asm/apic.h>
#include <asm/cpufeature.h>
#include <asm/desc.h>
#include <asm/irq_stack.h>
#include <asm/page.h>
#include <asm/pat.h>
#include <asm/pgtable.h>
#include <asm/processor.h>
#include <asm/stacktrace.h>
#include <linux/atomic.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/string.h>

#define ANSWER_USECS 1000000
#define ANSWER_STEP 100

/* Below 1 MiB: the STARTUP order has one byte for the page's number. */
#define REAL_MODE_LIMIT 0xa0000

/* The fields behind trampoline_data, in trampoline.asm. */
struct trampoline {
	u16 gdt_limit;
	u32 gdt_base;
	u32 far_offset;
	u16 far_selector;
	u32 cr0, cr3, cr4;
	u32 stack, next_cr3, entry;
} __packed;

extern const char trampoline_start[], trampoline_end[], trampoline_data[];
void secondary_entry(void);

enum start_state { CALLED, ANSWERED, GIVEN_UP };

static unsigned long trampoline_phys; /* [b] 0: there was no room */
static unsigned int max_cpus = NR_CPUS; /* [b] */
static unsigned int max_possible = NR_CPUS; /* [b] */

/* [b] The one CPU that starts at present. */
static struct {
	unsigned int cpu;
	int state; /* enum start_state */
} starting;

static struct task_struct *idle_threads[NR_CPUS] __initdata; /* [b] */

/* ------------------------------------------------------------------ words */

static int __init parse_count(char *arg, unsigned int *count)
{
	return arg ? kstrtouint(arg, 10, count) : -EINVAL;
}

static int __init parse_maxcpus(char *arg)
{
	return parse_count(arg, &max_cpus);
}
early_param("maxcpus", parse_maxcpus);

static int __init parse_nosmp(char *arg)
{
	max_cpus = 0;
	return 0;
}
early_param("nosmp", parse_nosmp);

static int __init parse_nr_cpus(char *arg)
{
	return parse_count(arg, &max_possible);
}
early_param("nr_cpus", parse_nr_cpus);

/* ---------------------------------------------------------- before memory */

static void __init reserve_trampoline(void)
{
	trampoline_phys = memblock_phys_alloc_range(2 * PAGE_SIZE, PAGE_SIZE,
						    PAGE_SIZE, REAL_MODE_LIMIT);
}

void __init prefill_possible_map(void)
{
	unsigned int cpu;

	for (cpu = 1; cpu < min(num_processors, max_possible); cpu++) {
		set_cpu_possible(cpu, true);
		set_cpu_present(cpu, true);
	}
	if (num_possible_cpus() > 1)
		reserve_trampoline();
}

/* --------------------------------------------------- on the CPU that starts */

/* As the boot CPU's, which early_cpu_init() and paging_init() set. */
static void setup_control_registers(void)
{
	if (boot_cpu_has(X86_FEATURE_PGE))
		__write_cr4(__read_cr4() | X86_CR4_PGE);
	pat_init();
}

/*
 * Until its tables are loaded the CPU has no data of its own: nothing above
 * that may ask which CPU it is, as the race detector does, nor take a lock, nor
 * read the stack's guard.
 */
__no_stack_protector __no_kcsan void start_secondary(void)
{
	unsigned int cpu = starting.cpu;

	load_cpu_tables(cpu);
	if (cmpxchg(&starting.state, CALLED, ANSWERED) != CALLED)
		stop_this_cpu();
	setup_control_registers();
	setup_local_APIC();
	setup_secondary_APIC_clock();
	set_cpu_online(cpu, true);
	cpu_startup_entry();
}

/* --------------------------------------------------------- on the boot CPU */

static void __init fill_trampoline(unsigned long stack_top)
{
	char *page = __va(trampoline_phys);
	pgd_t *pgd = __va(trampoline_phys + PAGE_SIZE);
	struct trampoline *data;

	memcpy(page, trampoline_start, trampoline_end - trampoline_start);
	data = (void *)(page + (trampoline_data - trampoline_start));
	data->gdt_base += trampoline_phys;
	data->far_offset += trampoline_phys;
	data->cr0 = read_cr0();
	data->cr4 = cr4_or_zero() & ~X86_CR4_PGE;
	data->cr3 = __pa(pgd);
	data->next_cr3 = __pa_nodebug(swapper_pg_dir);
	data->stack = stack_top;
	data->entry = (u32)secondary_entry;
	memcpy(pgd, swapper_pg_dir, PAGE_SIZE);
	pgd[0] = swapper_pg_dir[pgd_index(PAGE_OFFSET)];
}

/* What can be made before the CPU runs; kept for the next try. */
static int __init prepare_cpu(unsigned int cpu)
{
	struct task_struct *idle = idle_threads[cpu];
	unsigned long stack_top;

	if (!idle)
		idle = fork_idle(cpu);
	if (IS_ERR(idle) || irq_init_percpu_irqstack(cpu))
		return -ENOMEM;
	idle_threads[cpu] = idle;
	stack_top = (unsigned long)task_stack_page(idle) + THREAD_SIZE;
	setup_cpu_tables(cpu, stack_top,
			 (unsigned long)per_cpu(doublefault_stack_ptr, cpu));
	fill_trampoline(stack_top);
	return 0;
}

static bool __init wait_for_answer(unsigned int usecs)
{
	unsigned int waited;

	for (waited = 0; waited < usecs; waited += ANSWER_STEP) {
		if (READ_ONCE(starting.state) == ANSWERED)
			return true;
		udelay(ANSWER_STEP);
	}
	return READ_ONCE(starting.state) == ANSWERED;
}

/* An error of the APIC is no proof that the order did not arrive. */
static bool __init send_start_orders(u32 apicid)
{
	apic_send_INIT(apicid);
	mdelay(10);
	apic_send_STARTUP(apicid, trampoline_phys);
	if (wait_for_answer(200))
		return true;
	apic_send_STARTUP(apicid, trampoline_phys);
	return wait_for_answer(ANSWER_USECS);
}

int __init native_cpu_up(unsigned int cpu)
{
	u32 apicid = cpu_physical_id(cpu);
	int err;

	if (!trampoline_phys || !apic_is_on())
		return -EIO;
	err = prepare_cpu(cpu);
	if (err)
		return err;
	starting.cpu = cpu;
	WRITE_ONCE(starting.state, CALLED);
	if (!send_start_orders(apicid) &&
	    cmpxchg(&starting.state, CALLED, GIVEN_UP) == CALLED) {
		apic_send_INIT(apicid);
		return -ETIMEDOUT;
	}
	while (!cpu_online(cpu))
		cpu_relax();
	return 0;
}

static int __init smp_init(void)
{
	unsigned int cpu;
	int err;

	for_each_present_cpu(cpu) {
		if (cpu_online(cpu) || num_online_cpus() >= max_cpus)
			continue;
		err = native_cpu_up(cpu);
		if (err)
			pr_err("CPU%u (APIC id %u) does not start: %pe\n", cpu,
			       cpu_physical_id(cpu), ERR_PTR(err));
	}
	if (num_present_cpus() > 1)
		pr_info("smp: %u of %u CPUs run\n", num_online_cpus(),
			num_present_cpus());
	return 0;
}
fs_initcall_sync(smp_init);
