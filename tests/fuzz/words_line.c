// SPDX-License-Identifier: MIT
/* Of the fuzz target "words": lines, cut into words by parse_words(). */
#include "words_model.h"

#include <linux/kernel.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <quire/params.h>

#define WORDS 6

static struct {
	char param[8], val[12];
	bool has_val;
} line_words[WORDS];
static unsigned int nr_line_words, nr_seen;

static int see_word(char *param, char *val)
{
	unsigned int i = nr_seen++;

	fuzz_check(i < nr_line_words, "'%s' is one too many", param);
	fuzz_check(!strcmp(param, line_words[i].param), "'%s', not '%s'", param,
		   line_words[i].param);
	fuzz_check(!val == !line_words[i].has_val, "'%s'", param);
	fuzz_check(!val || !strcmp(val, line_words[i].val), "'%s', not '%s'",
		   val, line_words[i].val);
	return 0;
}

/* Letters only, or anything but what ends a quoted value. */
static void name(struct fuzz_input *in, char *to, size_t room, bool quoted)
{
	size_t len = 1 + fuzz_below(in, room - 1), i;

	for (i = 0; i < len; i++)
		to[i] = quoted ? "ab =-\t,"[fuzz_u8(in) % 7] :
				 "abcdef_."[fuzz_u8(in) % 8];
	to[len] = 0;
}

void step_line(struct fuzz_input *in)
{
	char line[256], *at = line;
	unsigned int i;

	nr_line_words = fuzz_below(in, WORDS + 1);
	nr_seen = 0;
	for (i = 0; i < nr_line_words; i++) {
		u8 how = fuzz_u8(in);
		const char *quote = how & 2 ? "\"" : "";

		name(in, line_words[i].param, 8, false);
		name(in, line_words[i].val, 12, how & 2);
		line_words[i].has_val = how & 1;
		at += sprintf(at, "%s%s", how & 4 ? "  " : "",
			      line_words[i].param);
		if (how & 1)
			at += sprintf(at, "=%s%s%s", quote, line_words[i].val,
				      quote);
		at = stpcpy(at, how & 8 ? "\t" : " ");
	}
	*at = 0;
	fuzz_check(!parse_words(line, see_word), "'%s'", line);
	fuzz_check(nr_seen == nr_line_words, "%u words, not %u", nr_seen,
		   nr_line_words);
}

static char *line_start, *line_end;

static int look_at_word(char *param, char *val)
{
	fuzz_check(param >= line_start && param + strlen(param) <= line_end,
		   "%p", param);
	fuzz_check(!val || (val > param && val + strlen(val) <= line_end), "%p",
		   val);
	return 0;
}

void step_any_line(struct fuzz_input *in)
{
	char line[64];

	read_text(in, line, sizeof(line), "ab= \"-\t");
	line_start = line;
	line_end = line + strlen(line);
	parse_words(line, look_at_word);
}
