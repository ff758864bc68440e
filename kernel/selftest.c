// SPDX-License-Identifier: MIT
/*
 * selftest.c - runs that end by themselves: "test", "sweep", "bench=GLOB"
 *
 * The status of the power-off tells the emulator's caller how it went.
 */
#include <quire/selftest.h>
#include <kunit/test.h>
#include <linux/init.h>
#include <linux/reboot.h>
#include <linux/seq_file.h>
#include <quire/bench.h>
#include <quire/leak_scan.h>

static bool test_asked;
static bool sweep_asked;

static int run_tests(void)
{
	int err = sweep_asked ? kunit_sweep() : kunit_run_all_tests();

	if (err == -ENOENT)
		printk_raw(KERN_ERR "kunit: no case matches\n");
	return err;
}

static void write_raw(const char *text, size_t size)
{
	printk_raw(KERN_ERR "# %.*s", (int)size, text);
}

/*
 * Whatever the tests did, memory that nothing leads to is a failure. Not after
 * a sweep: a case that gives up loses what it held.
 */
static int find_leaks(void)
{
	struct seq_file m;

	if (kmemleak_scan() <= 0)
		return 0;
	seq_init_write(&m, write_raw);
	kmemleak_show(&m, NULL);
	return 1;
}

static int run_benches(void)
{
	if (IS_ENABLED(CONFIG_DEBUG))
		printk_raw(KERN_INFO
			   "# bench: with debug checks: "
			   "figures are not those of a release build\n");
	if (bench_run_glob(bench_glob_arg))
		return 0;
	printk_raw(KERN_ERR "bench: none matches \"%s\"\n", bench_glob_arg);
	return 1;
}

void __init selftest_before_initmem(void)
{
	if (test_asked && !sweep_asked)
		kunit_run_init_tests();
}

void selftest_from_command_line(void)
{
	int failed = 0;

	if (!test_asked && !bench_glob_arg)
		return;
	if (test_asked)
		failed |= run_tests() | (sweep_asked ? 0 : find_leaks());
	if (bench_glob_arg)
		failed |= run_benches();
	machine_power_off_status(failed ? EXIT_FAILED : EXIT_PASSED);
}

static int __init test_setup(char *arg)
{
	test_asked = true;
	return arg && *arg ? kunit_select(arg) : 0;
}
early_param("test", test_setup);

static int __init sweep_setup(char *arg)
{
	sweep_asked = true;
	return test_setup(arg);
}
early_param("sweep", sweep_setup);
