/* SPDX-License-Identifier: MIT */
/*
 * kernel/main.c - the order in which the kernel comes up
 *
 *	boot_main -> start_kernel: machine, memory, scheduler
 *	                 |
 *	                 +-> threads 1 and 2: init and kthreadd
 *	                 +-> the idle loop: the boot task is CPU 0's idle
 *	                     thread from here on
 *
 *	init: initcalls
 *	  +-> init memory freed: boot is over
 *	  +-> "test", "bench=": run, report, power off
 *	  +-> the console
 *
 * Differs from Linux: init starts no program. (init/main.c)
 */
#include <linux/start_kernel.h>

#include "start.h"

#include <asm/cpufeature.h>
#include <asm/setup.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kcsan.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/reboot.h>
#include <linux/sched/task.h>
#include <linux/sched/stack.h>
#include <linux/slab.h>
#include <linux/stackprotector.h>
#include <linux/timekeeping.h>
#include <linux/vmalloc.h>
#include <quire/bench.h>
#include <quire/boot_info.h>
#include <quire/crash.h>
#include <quire/printk_thread.h>
#include <quire/selftest.h>

enum system_states system_state;

/* The console; a kernel without one just says that it is up. */
void __weak console_main(void)
{
	pr_notice("Nothing to do: give \"test\" or \"bench=*\".\n");
	machine_power_off();
}

static void __init say_boot_info(void)
{
	pr_notice("Quire: a 32-bit kernel that shows Linux's memory system\n");
	pr_info("Loader: %s\n", boot_info.loader);
	pr_notice("Command line: %s\n", boot_info.cmdline);
	if (boot_info.cmdline_cut)
		pr_warn("The command line was cut after %u bytes.\n",
			BOOT_CMDLINE_MAX - 1);
}

static void __init mm_init(void)
{
	mem_init();
	kmem_cache_init();
	vmalloc_init();
}

static void __init boot_kernel(void)
{
	say_boot_info();
	print_cpu_info();
	parse_early_param(boot_info.cmdline);
	setup_arch();
	parse_params(boot_info.cmdline);
	mm_init();
	sched_init();
	prepare_boot_stack();
	init_IRQ();
	time_init();
	kcsan_init();
	local_irq_enable();
}

static int kernel_init(void *unused)
{
	do_pre_smp_initcalls();
	do_initcalls();
	bench_boot_done();
	selftest_before_initmem();
	system_state = SYSTEM_FREEING_INITMEM;
	free_initmem();
	system_state = SYSTEM_RUNNING;
	crash_from_command_line();
	selftest_from_command_line();
	printk_direct_end();
	console_main();
	machine_halt();
	return 0;
}

static struct task_struct *make_thread(int (*fn)(void *), const char *name)
{
	struct task_struct *p = create_thread(fn, NULL, name);

	if (!p)
		panic("no memory for thread %s", name);
	return p;
}

void __noreturn start_kernel(void)
{
	struct task_struct *init, *reaper;

	boot_init_stack_canary();
	boot_kernel();
	system_state = SYSTEM_SCHEDULING;
	init = make_thread(kernel_init, "init");
	reaper = make_thread(kthreadd, "kthreadd");
	/* each of them gets the CPU at once */
	wake_up_process(reaper);
	wake_up_process(init);
	cpu_startup_entry();
}
