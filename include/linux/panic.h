#ifndef _LINUX_PANIC_H
#define _LINUX_PANIC_H

#include <linux/compiler_types.h>
#include <linux/types.h>

/* Why a kernel's later words are to be taken with care. */
#define TAINT_PROPRIETARY_MODULE 0
#define TAINT_FORCED_MODULE 1
#define TAINT_CPU_OUT_OF_SPEC 2
#define TAINT_FORCED_RMMOD 3
#define TAINT_MACHINE_CHECK 4
#define TAINT_BAD_PAGE 5 /* a page or a slab was misused */
#define TAINT_USER 6
#define TAINT_DIE 7 /* an oops */
#define TAINT_OVERRIDDEN_ACPI_TABLE 8
#define TAINT_WARN 9 /* a WARN() */
#define TAINT_CRAP 10
#define TAINT_FIRMWARE_WORKAROUND 11
#define TAINT_OOT_MODULE 12
#define TAINT_UNSIGNED_MODULE 13
#define TAINT_SOFTLOCKUP 14
#define TAINT_LIVEPATCH 15
#define TAINT_AUX 16
#define TAINT_RANDSTRUCT 17
#define TAINT_TEST 18 /* self-tests ran */
#define TAINT_FLAGS_COUNT 19

enum lockdep_ok {
	LOCKDEP_STILL_OK,
	LOCKDEP_NOW_UNRELIABLE,
};

/*
 * Print the message, the registers and the callers, and stop the machine
 * (tell the emulator status 0x12 where it listens). Any context.
 */
void panic(const char *fmt, ...) __noreturn __cold __printf(1, 2);

/*
 * Every report of wrong use ends here: sets the flag, once or again, and
 * raises report_count(). Any context.
 */
void add_taint(unsigned int flag, enum lockdep_ok lockdep_ok);
int test_taint(unsigned int flag);
unsigned long get_taint(void);
/* "Not tainted", or "Tainted: " and a letter for each flag. Static buffer. */
const char *print_tainted(void);

/* How many reports of wrong use there were since boot. */
unsigned long report_count(void);

extern int panic_on_warn;
extern int panic_timeout;

#endif
