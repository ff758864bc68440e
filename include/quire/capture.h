/* SPDX-License-Identifier: MIT */
/*
 * Catching what printk() prints, for tests that provoke a report:
 *
 *	const char *text;
 *
 *	capture_begin();
 *	kfree(p);
 *	text = capture_end();
 *	KUNIT_EXPECT_TRUE(test, strstr(text, "double free") != NULL);
 *
 * Text printed in between goes to a buffer and to the ring (dmesg), not to
 * the consoles, and the reports made in between count as expected.
 */
#ifndef _QUIRE_CAPTURE_H
#define _QUIRE_CAPTURE_H

#include <linux/compiler_types.h>
#include <linux/types.h>
#include <quire/report.h>

#define CAPTURE_SIZE  8192 /* bytes, the 0 at the end included */
#define CAPTURE_DEPTH 4    /* captures inside captures */

/* Starts catching. Any context. */
void capture_begin(void);

/*
 * Ends the innermost capture and returns its text, of all levels and without
 * level marks, ended by a 0 byte; what did not fit is missing at the end.
 * Valid until the next capture_begin() at the same depth. Without a capture
 * in progress it returns "".
 */
const char *capture_end(void);

/* Captures in progress. */
unsigned int capture_depth(void);

/*
 * Prints to the capture (0: the consoles) that was the innermost when
 * printk_raw_floor() was last set, past console_loglevel and the prefix: for
 * results, which must come out whatever is being caught.
 */
int printk_raw(const char *fmt, ...) __printf(1, 2);

/* Sets the depth that printk_raw() prints to. Returns the old one. */
unsigned int printk_raw_floor(unsigned int depth);

/*
 * Puts prefix (kept by reference; NULL: none) in front of every line that
 * printk() writes to the consoles. Returns the old one.
 */
const char *printk_set_prefix(const char *prefix);

/*
 * The printk() calls under way on this CPU, and the way back to that number
 * for who has left some of them by a jump (a fault inside printk).
 */
unsigned int printk_depth_get(void);
void printk_depth_unwind(unsigned int depth);

/*
 * For panic(): shows what had been caught so far, then ends all captures and
 * the prefix, so that what follows is seen. Reports stay unexpected.
 */
void capture_abort(void);

#endif
