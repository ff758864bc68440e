// SPDX-License-Identifier: MIT
/*
 * capture.c - printk() text caught for a test
 *
 * Captures nest: each level has its buffer, the innermost one takes what
 * printk() says. Results of tests (printk_raw()) pass by the captures that
 * the case itself has opened, down to the floor, which the test runner
 * raises when a case runs cases of its own:
 *
 *	level 2   capture_begin() inside an inner case   <- printk()
 *	level 1   capture_begin() around kunit_run_tests <- printk_raw(),
 *	level 0   consoles                                  floor = 1
 */
#include <quire/capture.h>
#include <linux/console.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/string.h>
#include "printk.h"

struct capture {
	unsigned int len;
	unsigned long reports; /* unexpected ones at the start */
	char text[CAPTURE_SIZE];
};

static struct capture captures[CAPTURE_DEPTH];
static unsigned int nr_captures;
static unsigned int floor;

static void append(struct capture *cap, const char *text, unsigned int len)
{
	len = min_t(unsigned int, len, CAPTURE_SIZE - 1 - cap->len);
	memcpy(cap->text + cap->len, text, len);
	cap->len += len;
	cap->text[cap->len] = '\0';
}

static bool mid_line(const struct capture *cap)
{
	return cap->len && cap->text[cap->len - 1] != '\n';
}

bool capture_message(const struct message *msg)
{
	unsigned int level = msg->how & EMIT_RAW ? floor : nr_captures;
	struct capture *cap;

	if (!level)
		return false;
	cap = &captures[min_t(unsigned int, level, CAPTURE_DEPTH) - 1];
	if (!msg->cont && !(msg->how & EMIT_HERE) && mid_line(cap))
		append(cap, "\n", 1);
	append(cap, msg->text, msg->len);
	return true;
}

void capture_begin(void)
{
	struct capture *cap;

	/* Beyond the deepest level its buffer is shared. */
	if (nr_captures++ >= CAPTURE_DEPTH)
		return;
	cap = &captures[nr_captures - 1];
	cap->len = 0;
	cap->text[0] = '\0';
	cap->reports = report_unexpected_count();
}

const char *capture_end(void)
{
	struct capture *cap;

	if (!nr_captures)
		return "";
	if (nr_captures-- > CAPTURE_DEPTH)
		return captures[CAPTURE_DEPTH - 1].text;

	cap = &captures[nr_captures];
	report_expect(report_unexpected_count() - cap->reports);
	return cap->text;
}

unsigned int capture_depth(void)
{
	return nr_captures;
}

unsigned int printk_raw_floor(unsigned int new_floor)
{
	unsigned int old = floor;

	floor = new_floor;
	return old;
}

void capture_abort(void)
{
	unsigned int i, held = min_t(unsigned int, nr_captures, CAPTURE_DEPTH);

	printk_set_prefix(NULL);
	nr_captures = 0;
	floor = 0;
	for (i = 0; i < held; i++)
		console_write(captures[i].text, captures[i].len);
}
