// SPDX-License-Identifier: MIT
/*
 * taint.c - what has gone wrong since boot, and how often
 *
 * Every report of wrong use passes through add_taint(). The set of flags
 * says what kind of trouble there was; the counters let the test runner see
 * whether a case provoked a report that it did not announce.
 */
#include <linux/panic.h>
#include <linux/bitops.h>
#include <linux/kernel.h>
#include <quire/report.h>

static unsigned long taints;
static unsigned long reports;  /* all */
static unsigned long expected; /* of these, announced by a test */

/* One letter for each TAINT_ number, as Linux prints them. */
static const char letters[TAINT_FLAGS_COUNT + 1] = "PFSRMBUDAWCIOELKXTN";

void add_taint(unsigned int flag, enum lockdep_ok lockdep_ok)
{
	if (flag >= TAINT_FLAGS_COUNT)
		return;
	taints |= 1ul << flag;
	if (flag != TAINT_TEST)
		reports++;
}

int test_taint(unsigned int flag)
{
	return flag < TAINT_FLAGS_COUNT && (taints >> flag & 1);
}

unsigned long get_taint(void)
{
	return taints;
}

const char *print_tainted(void)
{
	static char text[sizeof("Tainted: ") + TAINT_FLAGS_COUNT];
	unsigned int i, len;

	if (!taints)
		return "Not tainted";

	len = scnprintf(text, sizeof(text), "Tainted: ");
	for (i = 0; i < TAINT_FLAGS_COUNT; i++)
		text[len++] = taints >> i & 1 ? letters[i] : ' ';
	text[len] = '\0';
	return text;
}

unsigned long report_count(void)
{
	return reports;
}

unsigned long report_unexpected_count(void)
{
	return reports - expected;
}

void report_expect(unsigned long n)
{
	expected += n;
}
