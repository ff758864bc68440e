// SPDX-License-Identifier: MIT
/*
 * KCSAN: is each kind of race reported, with both accesses, their places and
 * the values? What must not be reported stands in kcsan_quiet_test.c.
 */
#include "kcsan_test.h"

#include <asm/tsc.h>
#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/kernel.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <quire/capture.h>

/* Each case races for some of these rounds, until a report comes. */
#define ROUNDS	  100
#define ROUND_MS  20

static unsigned int word;
static unsigned long bits;
static u64 wide;
static u8 bytes[4] __aligned(4);
static atomic_t counter;
static struct {
	unsigned int a, b, c, d;
} record, copy;
static struct {
	u8 low : 4, high : 4;
} fields;
static char text_here[64], text_there[64];
static unsigned int sink;
static DEFINE_SPINLOCK(lock);

/* --- what is done to them; each of these names stands in a report --- */

static noinline void read_word(void)
{
	WRITE_ONCE(sink, word);
}

static noinline void write_word(void)
{
	word = READ_ONCE(sink) + 1;
}

static noinline void increment_word(void)
{
	word++;
}

static noinline void store_word_marked(void)
{
	WRITE_ONCE(word, get_cycles());
}

static noinline void load_word_marked(void)
{
	(void)READ_ONCE(word);
}

static noinline void count_atomically(void)
{
	atomic_inc(&counter);
}

static noinline void read_counter_plainly(void)
{
	WRITE_ONCE(sink, counter.counter);
}

static noinline void set_bits_atomically(void)
{
	change_bit(3, &bits);
}

static noinline void set_bits_plainly(void)
{
	__change_bit(4, &bits);
}

static noinline void copy_record(void)
{
	copy = record;
}

static noinline void write_in_record(void)
{
	WRITE_ONCE(record.a, record.a + 1);
	WRITE_ONCE(record.b, record.b + 1);
	WRITE_ONCE(record.c, record.c + 1);
	WRITE_ONCE(record.d, record.d + 1);
}

static noinline void load_wide(void)
{
	(void)READ_ONCE(wide);
}

static noinline void store_wide(void)
{
	WRITE_ONCE(wide, get_cycles());
}

static noinline void write_byte(void)
{
	WRITE_ONCE(bytes[1], bytes[1] + 1);
}

static noinline void read_all_bytes(void)
{
	u32 all = *(u32 *)bytes;

	WRITE_ONCE(sink, all);
}

static noinline void write_low_field(void)
{
	fields.low++;
}

static noinline void write_high_field(void)
{
	fields.high++;
}

static noinline void copy_text(void)
{
	memcpy(text_there, text_here, sizeof(text_here));
}

static noinline void fill_text(void)
{
	static u8 fill;

	memset(text_here, fill++, sizeof(text_here));
}

static noinline void write_locked(void)
{
	spin_lock(&lock);
	word++;
	spin_unlock(&lock);
}

static noinline void claim_no_writer(void)
{
	ASSERT_EXCLUSIVE_WRITER(word);
}

static noinline void claim_no_access(void)
{
	ASSERT_EXCLUSIVE_ACCESS(word);
}

static noinline void claim_bits(void)
{
	ASSERT_EXCLUSIVE_BITS(bits, BIT(3));
}

static noinline __no_kcsan void write_unseen(void)
{
	word++;
}

static noinline void rewrite_same(void)
{
	WRITE_ONCE(word, 7);
}

static noinline void handler_writes_word(void *unused)
{
	WRITE_ONCE(word, word + 1);
}

/* The other CPU's part: interrupts of the first. */
static noinline void interrupt_first_cpu(void)
{
	smp_call_function_single(cpumask_first(cpu_online_mask),
				 handler_writes_word, NULL, 1);
}

/* --- a race, and what must be said of it --- */

/* What a title must have: its beginning, and two names in any order. */
struct title {
	const char *begins, *f, *g;
};

static bool told_of(const char *text, const struct title *title)
{
	const char *line = text;

	while ((line = strstr(line, title->begins))) {
		size_t len = strchrnul(line, '\n') - line;

		if (strnstr(line, title->f, len) &&
		    strnstr(line, title->g, len))
			return true;
		line += len;
	}
	return false;
}

/* Runs both until the report has come; its text, or that of the last round. */
static const char *race(struct kunit *test, void (*f)(void), void (*g)(void),
			struct title title)
{
	const char *text = "";
	bool told = false;
	int round;

	for (round = 0; round < ROUNDS && !told; round++) {
		capture_begin();
		pair_begin(test, f, g);
		msleep(ROUND_MS);
		pair_end(test);
		kcsan_print_reports();
		text = capture_end();
		told = told_of(text, &title);
	}
	KUNIT_EXPECT_TRUE_MSG(test, told, "no %s%s / %s in:\n%s", title.begins,
			      title.f, title.g, text);
	return text;
}

#define TITLE(begins, f, g) \
	((struct title){ begins "race in ", " " #f "+", " " #g "+" })
#define RACE(test, f, g) race(test, f, g, TITLE("data-", f, g))
#define ASSERT_RACE(test, f, g) race(test, f, g, TITLE("assert: ", f, g))

#define EXPECT_WORDS(test, text, words) \
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(text, words), \
				  "\"%s\" is missing in:\n%s", words, text)

/* --- kcsan_races --- */

static int races_init(struct kunit *test)
{
	kcsan_print_captured = true;
	kcsan_report_again = true;
	return be_eager(test);
}

static void races_exit(struct kunit *test)
{
	be_as_usual(test);
	kcsan_print_captured = false;
	kcsan_report_again = false;
}

/* Does a report name both accesses, where, by whom, and the change? */
static void report_is_complete(struct kunit *test)
{
	const char *text = RACE(test, read_word, write_word);
	char line[80];

	snprintf(line, sizeof(line), "read to 0x%08lx of 4 bytes by thread ",
		 (unsigned long)&word);
	EXPECT_WORDS(test, text, line);
	snprintf(line, sizeof(line), "write to 0x%08lx of 4 bytes by thread ",
		 (unsigned long)&word);
	EXPECT_WORDS(test, text, line);
	EXPECT_WORDS(test, text, " worker/0/");
	EXPECT_WORDS(test, text, " worker/1/");
	EXPECT_WORDS(test, text, " on cpu 0:\n read_word+0x");
	EXPECT_WORDS(test, text, " on cpu 1:\n write_word+0x");
	EXPECT_WORDS(test, text, "\n run_again+0x");
	EXPECT_WORDS(test, text, "\nvalue changed: 0x");
}

/* Is a lost update seen, where both do the same? */
static void both_increment(struct kunit *test)
{
	RACE(test, increment_word, increment_word);
}

/* Is a plain read reported that meets a marked write? */
static void marked_write(struct kunit *test)
{
	EXPECT_WORDS(test, RACE(test, read_word, store_word_marked),
		     "write (marked) to 0x");
}

/* And a plain write that meets a marked read, where those are not forgiven? */
static void marked_read(struct kunit *test)
{
	const char *text;

	WRITE_ONCE(kcsan_assume_plain_writes_atomic, false);
	WRITE_ONCE(kcsan_report_value_change_only, false);
	text = RACE(test, write_word, load_word_marked);
	EXPECT_WORDS(test, text, "read (marked) to 0x");
}

/* Are operations of the machine on counters seen? */
static void atomic_operation(struct kunit *test)
{
	EXPECT_WORDS(test, RACE(test, read_counter_plainly, count_atomically),
		     "read-write (marked) to 0x");
}

/* And on bits? */
static void bit_operation(struct kunit *test)
{
	EXPECT_WORDS(test, RACE(test, set_bits_plainly, set_bits_atomically),
		     "read-write to 0x");
}

/* Is one word found in a struct that is read as a whole? */
static void struct_copied(struct kunit *test)
{
	EXPECT_WORDS(test, RACE(test, copy_record, write_in_record),
		     " of 16 bytes by ");
}

/* Is a u64 plain, marked or not? It is read in two halves. */
static void marked_u64(struct kunit *test)
{
	EXPECT_WORDS(test, RACE(test, load_wide, store_wide),
		     " of 8 bytes by ");
}

/* Is a byte found in a word? */
static void byte_in_word(struct kunit *test)
{
	EXPECT_WORDS(test, RACE(test, read_all_bytes, write_byte),
		     " of 1 bytes by ");
}

/* Do two fields in one byte race? */
static void bit_fields(struct kunit *test)
{
	WRITE_ONCE(kcsan_assume_plain_writes_atomic, false);
	RACE(test, write_low_field, write_high_field);
}

/* Are memcpy() and memset() seen? */
static void strings_of_memory(struct kunit *test)
{
	EXPECT_WORDS(test, RACE(test, copy_text, fill_text),
		     " of 64 bytes by ");
}

/* Does a lock help that only one of them takes? */
static void lock_of_one(struct kunit *test)
{
	RACE(test, read_word, write_locked);
}

/* Is an interrupt seen that comes while the thread waits? */
static void interrupt_of_the_thread(struct kunit *test)
{
	const char *text = race(test, read_word, interrupt_first_cpu,
				TITLE("data-", read_word, handler_writes_word));

	EXPECT_WORDS(test, text,
		     " by interrupt on cpu 0:\n"
		     " handler_writes_word+0x");
}

/* Is a change reported that nobody told of? */
static void unknown_origin(struct kunit *test)
{
	EXPECT_WORDS(test,
		     race(test, read_word, write_unseen,
			  TITLE("data-", read_word, read_word)),
		     "by whom it was changed is not known");
}

/* Is the same value stored again a race only where that is asked for? */
static void same_value(struct kunit *test)
{
	word = 7;
	WRITE_ONCE(kcsan_report_value_change_only, false);
	RACE(test, read_word, rewrite_same);
}

/* Are marked accesses reported that a claim rules out? */
static void claims(struct kunit *test)
{
	EXPECT_WORDS(test,
		     ASSERT_RACE(test, claim_no_writer, store_word_marked),
		     "assert no writes to 0x");
	EXPECT_WORDS(test, ASSERT_RACE(test, claim_no_access, load_word_marked),
		     "assert no accesses to 0x");
	ASSERT_RACE(test, claim_bits, set_bits_atomically);
}

static struct kunit_case races_cases[] = {
	KUNIT_CASE(report_is_complete),
	KUNIT_CASE(both_increment),
	KUNIT_CASE(marked_write),
	KUNIT_CASE(marked_read),
	KUNIT_CASE(atomic_operation),
	KUNIT_CASE(bit_operation),
	KUNIT_CASE(struct_copied),
	KUNIT_CASE(marked_u64),
	KUNIT_CASE(byte_in_word),
	KUNIT_CASE(bit_fields),
	KUNIT_CASE(strings_of_memory),
	KUNIT_CASE(lock_of_one),
	KUNIT_CASE(interrupt_of_the_thread),
	KUNIT_CASE(unknown_origin),
	KUNIT_CASE(same_value),
	KUNIT_CASE(claims),
	{}
};

static struct kunit_suite races_suite = {
	.name = "kcsan_races",
	.init = races_init,
	.exit = races_exit,
	.test_cases = races_cases,
};
kunit_test_suite(races_suite);
