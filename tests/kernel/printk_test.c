// SPDX-License-Identifier: MIT
/*
 * Does the log keep what it should, and do the consoles show what they
 * should? The ring is tried on a small one of its own, the rest on the real
 * log and on a console that writes to a buffer.
 */
#include <kunit/test.h>
#include <linux/console.h>
#include <linux/kernel.h>
#include <linux/kmsg_dump.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/string.h>
#include <quire/log_ring.h>

static char ring_text[16];
static struct log_desc ring_desc[4];
static struct log_ring ring;

static void add(const char *text)
{
	log_ring_add(&ring, 6, false, text, strlen(text));
}

/* All records, oldest first, as "a|b|c|". */
static const char *all_records(void)
{
	static char all[64];
	struct log_record record = { .seq = 0 };
	unsigned int pos = 0;

	while (log_ring_read(&ring, record.seq, all + pos, sizeof(ring_text),
			     &record)) {
		pos += record.len;
		all[pos++] = '|';
		record.seq++;
	}
	all[pos] = '\0';
	return all;
}

static int ring_init(struct kunit *test)
{
	ring = (struct log_ring){
		.text = ring_text,
		.desc = ring_desc,
		.text_size = sizeof(ring_text),
		.nr_desc = ARRAY_SIZE(ring_desc),
	};
	return 0;
}

/* Are records lost whole, the oldest first, when text runs short? */
static void ring_text_wraps(struct kunit *test)
{
	add("abcdef");
	add("ghijkl");
	KUNIT_EXPECT_STREQ(test, all_records(), "abcdef|ghijkl|");
	add("mnopqr");
	KUNIT_EXPECT_STREQ(test, all_records(), "ghijkl|mnopqr|");
	add("0123456789abcdef");
	KUNIT_EXPECT_STREQ(test, all_records(), "0123456789abcdef|");
	add("0123456789abcdefgh");
	KUNIT_EXPECT_STREQ(test, all_records(), "0123456789abcdef|");
}

/* Is every byte of text used, and not one more? */
static void ring_text_is_filled(struct kunit *test)
{
	add("abcdefgh");
	add("ijklmnop");
	KUNIT_EXPECT_STREQ(test, all_records(), "abcdefgh|ijklmnop|");
	add("q");
	KUNIT_EXPECT_STREQ(test, all_records(), "ijklmnop|q|");
}

/* Is the oldest lost when descriptors run short? */
static void ring_descriptors_wrap(struct kunit *test)
{
	add("a");
	add("b");
	add("c");
	add("d");
	KUNIT_EXPECT_STREQ(test, all_records(), "a|b|c|d|");
	add("e");
	KUNIT_EXPECT_STREQ(test, all_records(), "b|c|d|e|");
}

/* Does the newest record grow, across the wrap and at the others' cost? */
static void ring_extends(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, log_ring_extend(&ring, true, "x", 1));
	add("abcdef");
	KUNIT_EXPECT_FALSE(test, log_ring_extend(&ring, true, "x", 1));
	log_ring_add(&ring, 3, true, "ghijkl", 6);
	KUNIT_EXPECT_TRUE(test, log_ring_extend(&ring, true, "MNOP", 4));
	KUNIT_EXPECT_STREQ(test, all_records(), "abcdef|ghijklMNOP|");
	KUNIT_EXPECT_TRUE(test, log_ring_extend(&ring, false, "QR", 2));
	KUNIT_EXPECT_STREQ(test, all_records(), "ghijklMNOPQR|");
	KUNIT_EXPECT_FALSE(test, log_ring_extend(&ring, false, "S", 1));
}

/* Is a grown record refused to be larger than the ring? */
static void ring_extend_limit(struct kunit *test)
{
	log_ring_add(&ring, 3, true, "0123456789", 10);
	KUNIT_EXPECT_FALSE(test, log_ring_extend(&ring, true, "abcdefg", 7));
	KUNIT_EXPECT_TRUE(test, log_ring_extend(&ring, true, "abcdef", 6));
	KUNIT_EXPECT_STREQ(test, all_records(), "0123456789abcdef|");
}

/* Do positions that pass 2^32 still find their text? */
static void ring_position_overflow(struct kunit *test)
{
	ring.pos = 0xfffffffa;
	add("abcdef");
	add("ghijkl");
	KUNIT_EXPECT_STREQ(test, all_records(), "abcdef|ghijkl|");
	add("mnopqr");
	KUNIT_EXPECT_STREQ(test, all_records(), "ghijkl|mnopqr|");
}

/* Is a record cut to the reader's buffer? */
static void ring_short_buffer(struct kunit *test)
{
	struct log_record record;
	char buf[4] = "....";

	KUNIT_EXPECT_FALSE(test, log_ring_read(&ring, 0, buf, 3, &record));
	add("abcdef");
	KUNIT_ASSERT_TRUE(test, log_ring_read(&ring, 0, buf, 3, &record));
	KUNIT_EXPECT_EQ(test, record.len, 3);
	KUNIT_EXPECT_EQ(test, record.level, 6);
	KUNIT_EXPECT_MEMEQ(test, buf, "abc.", 4);
}

static struct kunit_case ring_cases[] = {
	KUNIT_CASE(ring_text_wraps),       KUNIT_CASE(ring_text_is_filled),
	KUNIT_CASE(ring_descriptors_wrap), KUNIT_CASE(ring_extends),
	KUNIT_CASE(ring_extend_limit),     KUNIT_CASE(ring_position_overflow),
	KUNIT_CASE(ring_short_buffer),     {},
};

static struct kunit_suite ring_suite = {
	.name = "printk_ring",
	.init = ring_init,
	.test_cases = ring_cases,
};
kunit_test_suite(ring_suite);

/* The newest record of the log as "<LEVEL>text\n". */
static const char *last_record(void)
{
	static char line[PRINTK_MESSAGE_MAX + 8];
	struct kmsg_dump_iter iter;
	size_t len;

	kmsg_dump_rewind(&iter);
	iter.cur_seq = iter.next_seq - 1;
	if (!kmsg_dump_get_line(&iter, true, line, sizeof(line), &len))
		return "";
	return line;
}

/* Does each level reach the log with its number? */
static void levels(struct kunit *test)
{
	capture_begin();
	pr_emerg("a\n");
	KUNIT_EXPECT_STREQ(test, last_record(), "<0>a\n");
	pr_alert("b\n");
	KUNIT_EXPECT_STREQ(test, last_record(), "<1>b\n");
	pr_crit("c\n");
	KUNIT_EXPECT_STREQ(test, last_record(), "<2>c\n");
	pr_err("d\n");
	KUNIT_EXPECT_STREQ(test, last_record(), "<3>d\n");
	pr_warn("e\n");
	KUNIT_EXPECT_STREQ(test, last_record(), "<4>e\n");
	pr_notice("f\n");
	KUNIT_EXPECT_STREQ(test, last_record(), "<5>f\n");
	pr_info("g\n");
	KUNIT_EXPECT_STREQ(test, last_record(), "<6>g\n");
	printk(KERN_DEBUG "h\n");
	KUNIT_EXPECT_STREQ(test, last_record(), "<7>h\n");
	printk("i\n");
	KUNIT_EXPECT_STREQ(test, last_record(), "<4>i\n");
	pr_debug("not printed %d\n", 1);
	KUNIT_EXPECT_STREQ(test, last_record(), "<4>i\n");
	capture_end();
}

/* Does pr_cont() continue an open line, and only an open one? */
static void continuation(struct kunit *test)
{
	const char *text;

	capture_begin();
	pr_info("one");
	pr_cont(" two");
	pr_cont(" three\n");
	KUNIT_EXPECT_STREQ(test, last_record(), "<6>one two three\n");
	pr_cont("four\n");
	KUNIT_EXPECT_STREQ(test, last_record(), "<4>four\n");
	pr_info("five");
	pr_info("six\n");
	KUNIT_EXPECT_STREQ(test, last_record(), "<6>six\n");
	text = capture_end();
	KUNIT_EXPECT_STREQ(test, text, "one two three\nfour\nfive\nsix\n");
}

/* Does a message that is too long keep its start and end its line? */
static void truncation(struct kunit *test)
{
	static char longest[PRINTK_MESSAGE_MAX + 200];
	const char *text;

	memset(longest, 'x', sizeof(longest) - 1);
	capture_begin();
	pr_info("head %s\n", longest);
	pr_info("next\n");
	text = capture_end();
	KUNIT_EXPECT_EQ(test, strncmp(text, "head xxx", 8), 0);
	KUNIT_EXPECT_EQ(test, strchr(text, '\n') - text,
			PRINTK_MESSAGE_MAX - 4);
	KUNIT_EXPECT_STREQ(test, strchr(text, '\n'), "\nnext\n");
}

/* Does a log that has wrapped hold the newest records, each whole? */
static void wraparound(struct kunit *test)
{
	static const int records = 3000;
	struct kmsg_dump_iter iter;
	int i, number, wanted;
	static char line[160];
	size_t len;

	capture_begin();
	for (i = 0; i < records; i++)
		pr_info("record %04d %080d\n", i, i);
	capture_end();

	kmsg_dump_rewind(&iter);
	KUNIT_ASSERT_TRUE(test, kmsg_dump_get_line(&iter, false, line,
						   sizeof(line), &len));
	KUNIT_ASSERT_EQ(test, sscanf(line, "record %d", &wanted), 1);
	KUNIT_EXPECT_GT(test, wanted, 0);
	while (kmsg_dump_get_line(&iter, false, line, sizeof(line), &len)) {
		number = -1;
		sscanf(line, "record %d", &number);
		KUNIT_ASSERT_EQ(test, number, ++wanted);
		KUNIT_ASSERT_EQ(test, len, 93);
	}
	KUNIT_EXPECT_EQ(test, wanted, records - 1);
}

/* Does an iterator survive that its place is overwritten? */
static void iterator_overtaken(struct kunit *test)
{
	struct kmsg_dump_iter iter;
	char line[40];
	size_t len;
	int i;

	kmsg_dump_rewind(&iter);
	capture_begin();
	for (i = 0; i < 3000; i++)
		pr_info("%04d\n", i);
	capture_end();
	KUNIT_EXPECT_FALSE(test, kmsg_dump_get_line(&iter, true, line,
						    sizeof(line), &len));
	kmsg_dump_rewind(&iter);
	KUNIT_EXPECT_TRUE(test, kmsg_dump_get_line(&iter, true, line,
						   sizeof(line), &len));
	KUNIT_EXPECT_STREQ(test, line, "<6>1976\n");
	KUNIT_EXPECT_FALSE(test,
			   kmsg_dump_get_line(&iter, true, line, 4, &len));
}

static char screen[512];

static void screen_write(struct console *con, const char *text,
			 unsigned int count)
{
	size_t used = strlen(screen);

	count = min_t(unsigned int, count, sizeof(screen) - 1 - used);
	memcpy(screen + used, text, count);
	screen[used + count] = '\0';
}

static struct console screen_console = {
	.name = "screen",
	.write = screen_write,
};

/*
 * Takes the real consoles away and puts the screen there. The real ones come
 * back by give_back_consoles().
 */
static struct console *take_consoles(void)
{
	struct console *real = console_drivers;

	screen[0] = '\0';
	console_drivers = NULL;
	register_console(&screen_console);
	return real;
}

static void give_back_consoles(struct console *real)
{
	unregister_console(&screen_console);
	console_drivers = real;
}

/* Do only levels below console_loglevel reach a console? */
static void console_level(struct kunit *test)
{
	int old_level = console_loglevel;
	const char *prefix = printk_set_prefix(NULL);
	struct console *real = take_consoles();

	console_loglevel = 5;
	pr_warn("shown");
	pr_cont(" too\n");
	pr_notice("hidden");
	pr_cont(" too\n");
	pr_err("open");
	pr_info("hidden\n");
	pr_err("closed\n");
	console_loglevel = 0;
	pr_emerg("hidden\n");
	printk_raw("raw\n");
	console_verbose();
	pr_emerg("silent stays silent\n");
	console_loglevel = 1;
	console_verbose();
	printk(KERN_DEBUG "debug\n");
	console_loglevel = old_level;

	give_back_consoles(real);
	printk_set_prefix(prefix);
	KUNIT_EXPECT_STREQ(test, screen,
			   "shown too\nopen\nclosed\nraw\ndebug\n");
}

/* Does the prefix stand before each line, and not before raw ones? */
static void console_prefix(struct kunit *test)
{
	const char *old = printk_set_prefix("# ");
	struct console *real = take_consoles();

	pr_err("two\nlines\n");
	pr_err("and");
	pr_cont(" one\n");
	printk_raw("raw\n");
	printk_set_prefix(NULL);
	pr_err("none\n");
	console_printf("%s", "$ ");
	console_printf("ls\n");

	give_back_consoles(real);
	printk_set_prefix(old);
	KUNIT_EXPECT_STREQ(test, screen,
			   "# two\n# lines\n# and one\nraw\nnone\n$ ls\n");
}

/* Is a console registered once, replayed when it wants, and taken away? */
static void console_registration(struct kunit *test)
{
	static struct console boot = {
		.name = "boot",
		.write = screen_write,
		.flags = CON_BOOT,
	};
	struct console *real = take_consoles();
	bool boot_gone, replayed;
	int twice;

	unregister_console(&screen_console);
	register_console(&boot);
	pr_err("early\n");
	screen[0] = '\0';
	screen_console.flags = CON_PRINTBUFFER;
	register_console(&screen_console);
	replayed = screen[0] != '\0';
	boot_gone = !(boot.flags & CON_ENABLED) && !boot.next &&
		    console_drivers == &screen_console;
	screen_console.flags &= ~CON_PRINTBUFFER;
	unregister_console(&screen_console);
	twice = unregister_console(&screen_console);

	give_back_consoles(real);
	KUNIT_EXPECT_TRUE(test, replayed);
	KUNIT_EXPECT_TRUE(test, boot_gone);
	KUNIT_EXPECT_EQ(test, twice, -ENODEV);
}

/* Do nested captures each catch their own, and raw text go to the floor? */
static void captures_nest(struct kunit *test)
{
	const char *inner, *outer;
	unsigned int floor;

	KUNIT_EXPECT_STREQ(test, capture_end(), "");
	capture_begin();
	floor = printk_raw_floor(1);
	pr_info("a\n");
	capture_begin();
	pr_info("b\n");
	printk_raw("c\n");
	KUNIT_EXPECT_EQ(test, capture_depth(), 2);
	inner = capture_end();
	pr_info("d\n");
	printk_raw_floor(floor);
	outer = capture_end();
	KUNIT_EXPECT_STREQ(test, inner, "b\n");
	KUNIT_EXPECT_STREQ(test, outer, "a\nc\nd\n");
	KUNIT_EXPECT_EQ(test, capture_depth(), 0);
}

/* Is a capture that overflows cut, and usable again afterwards? */
static void capture_overflow(struct kunit *test)
{
	int i;

	capture_begin();
	for (i = 0; i < 200; i++)
		pr_info("%080d\n", i);
	KUNIT_EXPECT_EQ(test, strlen(capture_end()), CAPTURE_SIZE - 1);
	capture_begin();
	pr_info("short\n");
	KUNIT_EXPECT_STREQ(test, capture_end(), "short\n");
}

/* Do _once and _ratelimited keep their promise? */
static void once_and_ratelimited(struct kunit *test)
{
	struct ratelimit_state off;
	int i, spoken = 0;

	capture_begin();
	for (i = 0; i < 3; i++)
		pr_info_once("once\n");
	KUNIT_EXPECT_STREQ(test, capture_end(), "once\n");

	capture_begin();
	for (i = 0; i < 30; i++)
		pr_info_ratelimited("x\n");
	KUNIT_EXPECT_EQ(test, strlen(capture_end()),
			2 * DEFAULT_RATELIMIT_BURST);

	ratelimit_state_init(&off, 0, 1);
	for (i = 0; i < 5; i++)
		spoken += __ratelimit(&off);
	KUNIT_EXPECT_EQ(test, spoken, 5);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(levels),
	KUNIT_CASE(continuation),
	KUNIT_CASE(truncation),
	KUNIT_CASE(wraparound),
	KUNIT_CASE(iterator_overtaken),
	KUNIT_CASE(console_level),
	KUNIT_CASE(console_prefix),
	KUNIT_CASE(console_registration),
	KUNIT_CASE(captures_nest),
	KUNIT_CASE(capture_overflow),
	KUNIT_CASE(once_and_ratelimited),
	{},
};

static struct kunit_suite suite = {
	.name = "printk",
	.test_cases = cases,
};
kunit_test_suite(suite);
