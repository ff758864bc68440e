// SPDX-License-Identifier: MIT
/* Text shown on request: does it arrive, whole, where it was sent? */
#include <kunit/test.h>
#include <linux/seq_file.h>
#include <linux/string.h>

/* Does text of several calls end up in the buffer, one after the other? */
static void buffer_collects_text(struct kunit *test)
{
	struct seq_file m;
	char buf[64];

	seq_init_buffer(&m, buf, sizeof(buf));
	KUNIT_EXPECT_STREQ(test, buf, "");
	seq_puts(&m, "Node");
	seq_putc(&m, ' ');
	seq_printf(&m, "%d, zone %8s", 0, "DMA");
	seq_put_decimal_ull_width(&m, " ", 17, 6);
	seq_put_decimal_ull(&m, NULL, 4);
	KUNIT_EXPECT_STREQ(test, buf, "Node 0, zone      DMA     174");
	KUNIT_EXPECT_EQ(test, m.count, strlen(buf));
	KUNIT_EXPECT_FALSE(test, seq_has_overflowed(&m));
}

/* Is text that does not fit left out whole, and its loss told? */
static void full_buffer_is_told(struct kunit *test)
{
	struct seq_file m;
	char buf[8] = "sentry!";

	seq_init_buffer(&m, buf, 6);
	seq_puts(&m, "12345");
	KUNIT_EXPECT_FALSE(test, seq_has_overflowed(&m));
	KUNIT_EXPECT_EQ(test, seq_write(&m, "6", 1), -1);
	KUNIT_EXPECT_TRUE(test, seq_has_overflowed(&m));
	seq_putc(&m, '7');
	KUNIT_EXPECT_STREQ(test, buf, "12345");
	KUNIT_EXPECT_EQ(test, buf[6], '!');
}

static char taken[32];

static void take(const char *text, size_t size)
{
	strncat(taken, text, size);
}

/* Does a write function get the text instead of a buffer? */
static void write_function_takes_text(struct kunit *test)
{
	struct seq_file m;

	taken[0] = '\0';
	seq_init_write(&m, take);
	seq_printf(&m, "%s=%d\n", "free", 12);
	seq_puts(&m, "end");
	KUNIT_EXPECT_STREQ(test, taken, "free=12\nend");
	KUNIT_EXPECT_FALSE(test, seq_has_overflowed(&m));
}

static struct kunit_case seq_file_cases[] = {
	KUNIT_CASE(buffer_collects_text),
	KUNIT_CASE(full_buffer_is_told),
	KUNIT_CASE(write_function_takes_text),
	{}
};

static struct kunit_suite seq_file_suite = {
	.name = "seq_file",
	.test_cases = seq_file_cases,
};
kunit_test_suite(seq_file_suite);
