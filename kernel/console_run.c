// SPDX-License-Identifier: MIT
/*
 * console_run.c - commands that run tests and benches, or end the machine
 */
#include "console.h"

#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/reboot.h>
#include <quire/bench.h>
#include <quire/crash.h>
#include <quire/printk_thread.h>

static int cmd_test(int count, char **args)
{
	const char *glob = count > 1 ? args[1] : "*";
	int failed;

	if (count > 2)
		return -EINVAL;
	printk_direct_begin();
	failed = kunit_run_glob(glob);
	printk_direct_end();
	if (failed < 0) {
		console_printf("%s: no suite, and no SUITE.CASE, matches\n",
			       glob);
		return -ENOENT;
	}
	console_printf(failed ? "Something failed.\n" : "All passed.\n");
	return failed;
}
CONSOLE_COMMAND(test, "[SUITE[.CASE]], with * and ?", "run self-tests",
		cmd_test);

static int cmd_bench(int count, char **args)
{
	const char *glob = count > 1 ? args[1] : "*";
	int found;

	if (count > 2)
		return -EINVAL;
	if (IS_ENABLED(CONFIG_DEBUG))
		console_printf("This build has its checks on: the figures of "
			       "make bench are lower.\n");
	printk_direct_begin();
	found = bench_run_glob(glob);
	printk_direct_end();
	if (!found) {
		console_printf("%s: no bench matches\n", glob);
		return -ENOENT;
	}
	return 0;
}
CONSOLE_COMMAND(bench, "[NAME], with * and ?",
		"instructions per operation (exact under make bench)",
		cmd_bench);

static int cmd_crash(int count, char **args)
{
	if (count != 2)
		return -EINVAL;
	if (crash(args[1])) {
		console_printf("%s: not one of these\n", args[1]);
		return -EINVAL;
	}
	return 0;
}
CONSOLE_COMMAND(crash, "null|stack|bug|ud|div|nofail|panic|warn|hang",
		"break the kernel, to see its dump", cmd_crash);

static int cmd_poweroff(int count, char **args)
{
	machine_power_off();
}
CONSOLE_COMMAND(poweroff, "", "end the machine", cmd_poweroff);

static int cmd_reboot(int count, char **args)
{
	machine_restart(NULL);
}
CONSOLE_COMMAND(reboot, "", "start the machine again", cmd_reboot);
