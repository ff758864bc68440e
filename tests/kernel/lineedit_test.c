// SPDX-License-Identifier: MIT
/*
 * The console's line editor, typed into by the tests.
 *
 * "type" feeds a string of keys; "shown" is what went to the terminal.
 */
#include <kunit/test.h>
#include <quire/lineedit.h>
#include <linux/kernel.h>
#include <linux/string.h>

#define UP     "\x1b[A"
#define DOWN   "\x1b[B"
#define RIGHT  "\x1b[C"
#define LEFT   "\x1b[D"
#define HOME   "\x1b[H"
#define END    "\x1b[F"
#define DELETE "\x1b[3~"

static struct lineedit editor;
static char shown[2048];
static size_t nr_shown;

static void show(const char *text, size_t size)
{
	size = min(size, sizeof(shown) - 1 - nr_shown);
	memcpy(shown + nr_shown, text, size);
	nr_shown += size;
	shown[nr_shown] = '\0';
}

static const char *const words[] = { "kmalloc", "kmap", "kmap_atomic", "pt" };

static const char *complete(const char *prefix, size_t length,
			    unsigned int index)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (!strncmp(words[i], prefix, length) && !index--)
			return words[i];
	return NULL;
}

static void forget_shown(void)
{
	nr_shown = 0;
	shown[0] = '\0';
}

static int lineedit_test_init(struct kunit *test)
{
	memset(&editor, 0, sizeof(editor));
	editor.prompt = "> ";
	editor.emit = show;
	editor.complete = complete;
	lineedit_init(&editor);
	lineedit_start(&editor);
	forget_shown();
	return 0;
}

static enum lineedit_state type(const char *keys)
{
	enum lineedit_state state = LINEEDIT_EDITING;

	for (; *keys; keys++)
		state = lineedit_key(&editor, *keys);
	return state;
}

/* Types a whole line, then starts the next. */
static void enter(const char *line)
{
	type(line);
	type("\r");
	lineedit_start(&editor);
}

/* Does a typed line come out as typed, echoed character by character? */
static void typed_line_is_echoed_and_kept(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, type("pt 0xc0100000"), LINEEDIT_EDITING);
	KUNIT_EXPECT_STREQ(test, shown, "pt 0xc0100000");
	KUNIT_EXPECT_EQ(test, type("\r"), LINEEDIT_DONE);
	KUNIT_EXPECT_STREQ(test, editor.line, "pt 0xc0100000");
}

/* Is CR LF, as some terminals send Enter, one end of line and not two? */
static void cr_lf_ends_one_line(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, type("a\r"), LINEEDIT_DONE);
	lineedit_start(&editor);
	KUNIT_EXPECT_EQ(test, type("\n"), LINEEDIT_EDITING);
	KUNIT_EXPECT_EQ(test, type("b\n"), LINEEDIT_DONE);
	KUNIT_EXPECT_STREQ(test, editor.line, "b");
}

/* Can one go back, insert in the middle, and go to both ends? */
static void cursor_moves_and_inserts(struct kunit *test)
{
	type("bd" LEFT "c" HOME "a" END "e");
	KUNIT_EXPECT_STREQ(test, editor.line, "abcde");
	type("\x01"
	     "<"
	     "\x05"
	     ">"
	     "\x02\x02"
	     "-"
	     "\x06"
	     "+");
	KUNIT_EXPECT_STREQ(test, editor.line, "<abcd-e+>");
	type("\x1bOH"
	     "["
	     "\x1b[4~"
	     "]");
	KUNIT_EXPECT_STREQ(test, editor.line, "[<abcd-e+>]");
}

/* Do moves past either end of the line stop there? */
static void cursor_stops_at_the_ends(struct kunit *test)
{
	type("ab" RIGHT RIGHT "c" HOME LEFT LEFT "_");
	KUNIT_EXPECT_STREQ(test, editor.line, "_abc");
}

/* Does a middle insert redraw the row with the cursor where it belongs? */
static void middle_insert_redraws(struct kunit *test)
{
	type("ac" LEFT);
	forget_shown();
	type("b");
	KUNIT_EXPECT_STREQ(test, shown, "\r> abc\x1b[K\x1b[1D");
}

/* Which character does each erasing key take? */
static void erasing_keys(struct kunit *test)
{
	type("abcd\x7f");
	KUNIT_EXPECT_STREQ(test, editor.line, "abc");
	type(LEFT "\b");
	KUNIT_EXPECT_STREQ(test, editor.line, "ac");
	type(DELETE);
	KUNIT_EXPECT_STREQ(test, editor.line, "a");
	type(HOME "\x04");
	KUNIT_EXPECT_STREQ(test, editor.line, "");
	type("\x7f\b" DELETE "\x04\x0b\x15\x17");
	KUNIT_EXPECT_STREQ(test, editor.line, "");
}

/* Do Ctrl-K, Ctrl-U and Ctrl-W cut the end, the start and one word? */
static void cutting_keys(struct kunit *test)
{
	type("one two three"
	     "\x17");
	KUNIT_EXPECT_STREQ(test, editor.line, "one two ");
	type("\x17");
	KUNIT_EXPECT_STREQ(test, editor.line, "one ");
	type("two" LEFT LEFT "\x0b");
	KUNIT_EXPECT_STREQ(test, editor.line, "one t");
	type(LEFT "\x15");
	KUNIT_EXPECT_STREQ(test, editor.line, "t");
}

/* Do up and down walk through old lines and back to the one begun? */
static void history_goes_back_and_forth(struct kunit *test)
{
	enter("first");
	enter("second");
	type("third" UP);
	KUNIT_EXPECT_STREQ(test, editor.line, "second");
	type(UP UP UP);
	KUNIT_EXPECT_STREQ(test, editor.line, "first");
	type("\x0e\x0e" DOWN);
	KUNIT_EXPECT_STREQ(test, editor.line, "third");
}

/* Are empty and repeated lines left out of the history? */
static void history_skips_empty_and_repeated(struct kunit *test)
{
	enter("a");
	enter("b");
	enter("b");
	enter("");
	KUNIT_EXPECT_EQ(test, editor.nr_history, 2u);
}

/* When the history is full, do the newest lines stay and the oldest go? */
static void history_keeps_the_newest(struct kunit *test)
{
	char line[8];
	int i;

	for (i = 0; i < LINEEDIT_LINES + 5; i++) {
		snprintf(line, sizeof(line), "%d", i);
		enter(line);
	}
	for (i = 0; i < LINEEDIT_LINES + 5; i++)
		type(UP);
	KUNIT_EXPECT_STREQ(test, editor.line, "5");
}

/* Does changing a recalled line leave the remembered one alone? */
static void recalled_line_is_a_copy(struct kunit *test)
{
	enter("page 1");
	type(UP "2" DOWN UP);
	KUNIT_EXPECT_STREQ(test, editor.line, "page 1");
}

/* Does Tab complete as far as the candidates agree, then list them? */
static void tab_completes_then_lists(struct kunit *test)
{
	type("p\t");
	KUNIT_EXPECT_STREQ(test, editor.line, "pt ");
	type("\x15"
	     "k\t");
	KUNIT_EXPECT_STREQ(test, editor.line, "kma");
	type("p\t");
	KUNIT_EXPECT_STREQ(test, editor.line, "kmap");
	forget_shown();
	type("\t");
	KUNIT_EXPECT_STREQ(test, shown,
			   "\nkmap  kmap_atomic  \n\r> kmap\x1b[K");
}

/* Does Tab leave alone what it cannot complete? */
static void tab_without_candidates_does_nothing(struct kunit *test)
{
	type("zzz\t");
	KUNIT_EXPECT_STREQ(test, editor.line, "zzz");
	type(" k\t");
	KUNIT_EXPECT_STREQ(test, editor.line, "zzz k");
}

/* Does Ctrl-C drop the line without remembering it? */
static void interrupt_forgets_the_line(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, type("oops\x03"), LINEEDIT_CANCELLED);
	KUNIT_EXPECT_STREQ(test, editor.line, "");
	KUNIT_EXPECT_EQ(test, editor.nr_history, 0u);
}

/* Is a line that is too long refused with a bell, and nothing overrun? */
static void overlong_line_is_refused(struct kunit *test)
{
	int i;

	for (i = 0; i < LINEEDIT_SIZE + 20; i++) {
		forget_shown();
		type("x");
	}
	KUNIT_EXPECT_EQ(test, editor.length, LINEEDIT_SIZE - 1u);
	KUNIT_EXPECT_EQ(test, editor.line[LINEEDIT_SIZE - 1], '\0');
	KUNIT_EXPECT_STREQ(test, shown, "\a");
}

/* Are unknown control bytes and escape sequences swallowed whole? */
static void unknown_keys_leave_no_trace(struct kunit *test)
{
	type("a\x1b[1;5Q\x1b[99~\x1b[15~\x1bOP\x1bz\x02\x06\x1d\x80\xff"
	     "b");
	KUNIT_EXPECT_STREQ(test, editor.line, "ab");
}

/* Does a line longer than the row scroll, so that the cursor stays seen? */
static void long_line_scrolls(struct kunit *test)
{
	char expect[LINEEDIT_WIDTH + 8];
	int i;

	for (i = 0; i < LINEEDIT_WIDTH; i++)
		type("a");
	forget_shown();
	type("b");
	snprintf(expect, sizeof(expect), "\r> %.*sb\x1b[K", LINEEDIT_WIDTH - 1,
		 editor.line);
	KUNIT_EXPECT_STREQ(test, shown, expect);
}

/* Do the control keys do what the arrows do, and Ctrl-L draw all again? */
static void control_keys(struct kunit *test)
{
	enter("first");
	enter("second");
	type("\x10\x10");
	KUNIT_EXPECT_STREQ(test, editor.line, "first");
	type("\x0e");
	KUNIT_EXPECT_STREQ(test, editor.line, "second");
	forget_shown();
	type("\x0c");
	KUNIT_EXPECT_NOT_NULL(test, strstr(shown, "\x1b[2J"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(shown, "> second"));
	KUNIT_EXPECT_STREQ(test, editor.line, "second");
}

/* Do the other codes of Home and End work, and numbers too great nothing? */
static void numbered_keys(struct kunit *test)
{
	type("bc\x1b[1~a\x1b[8~d\x1b[7~.\x1b[4~!");
	KUNIT_EXPECT_STREQ(test, editor.line, ".abcd!");
	type("\x1b[99999999~\x1b[1;5D\x1b[Z\x1bx");
	KUNIT_EXPECT_STREQ(test, editor.line, ".abcd!");
	type("?");
	KUNIT_EXPECT_STREQ(test, editor.line, ".abcd?!");
}

/* Does Tab leave alone what is not the first word, or not its end? */
static void completes_at_the_end_only(struct kunit *test)
{
	type("p km\t");
	KUNIT_EXPECT_STREQ(test, editor.line, "p km");
	type("\x15"
	     "kma" LEFT "\t");
	KUNIT_EXPECT_STREQ(test, editor.line, "kma");
	type("\x05\x15"
	     "zz\t");
	KUNIT_EXPECT_STREQ(test, editor.line, "zz");
	editor.complete = NULL;
	type("\x15"
	     "p\t");
	KUNIT_EXPECT_STREQ(test, editor.line, "p");
}

static struct kunit_case lineedit_cases[] = {
	KUNIT_CASE(typed_line_is_echoed_and_kept),
	KUNIT_CASE(cr_lf_ends_one_line),
	KUNIT_CASE(cursor_moves_and_inserts),
	KUNIT_CASE(cursor_stops_at_the_ends),
	KUNIT_CASE(middle_insert_redraws),
	KUNIT_CASE(erasing_keys),
	KUNIT_CASE(cutting_keys),
	KUNIT_CASE(history_goes_back_and_forth),
	KUNIT_CASE(history_skips_empty_and_repeated),
	KUNIT_CASE(history_keeps_the_newest),
	KUNIT_CASE(recalled_line_is_a_copy),
	KUNIT_CASE(tab_completes_then_lists),
	KUNIT_CASE(tab_without_candidates_does_nothing),
	KUNIT_CASE(interrupt_forgets_the_line),
	KUNIT_CASE(overlong_line_is_refused),
	KUNIT_CASE(unknown_keys_leave_no_trace),
	KUNIT_CASE(long_line_scrolls),
	KUNIT_CASE(control_keys),
	KUNIT_CASE(numbered_keys),
	KUNIT_CASE(completes_at_the_end_only),
	{}
};

static struct kunit_suite lineedit_suite = {
	.name = "lineedit",
	.init = lineedit_test_init,
	.test_cases = lineedit_cases,
};
kunit_test_suite(lineedit_suite);
