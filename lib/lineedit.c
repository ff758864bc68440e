// SPDX-License-Identifier: MIT
/*
 * The line editor of the console.
 *
 * The terminal shows one row: the prompt and a window of the line.
 *
 *	quire> alloc 3 GFP_KERNEL|__GFP_ZERO
 *	       ^ first      ^ cursor        ^ length
 *
 * A key changes ->line, ->length and ->cursor; then the row is drawn again
 * from its start. Typing at the end, by far the most frequent case, shows
 * just the new character.
 *
 *	key                     does
 *	left, Ctrl-B            one back          Backspace   erase before
 *	right, Ctrl-F           one on            Delete, ^D  erase under
 *	Home, Ctrl-A            to the start      Ctrl-K      erase to the end
 *	End, Ctrl-E             to the end        Ctrl-U      erase to the start
 *	up, Ctrl-P; down, ^N    history           Ctrl-W      erase the word
 *	Tab                     complete          Ctrl-L      clear the screen
 *	Enter                   done              Ctrl-C      forget the line
 */
#include <quire/lineedit.h>
#include <linux/ctype.h>
#include <linux/kernel.h>
#include <linux/string.h>

#define CTRL(c)    ((c)&0x1f)
#define KEY_ESCAPE 0x1b
#define KEY_DELETE 0x7f

static void put(struct lineedit *ed, const char *text)
{
	ed->emit(text, strlen(text));
}

/* Draws the row anew and leaves the terminal's cursor where ours is. */
static void refresh(struct lineedit *ed)
{
	unsigned int first = 0, shown;
	char move[16];

	if (ed->cursor > LINEEDIT_WIDTH)
		first = ed->cursor - LINEEDIT_WIDTH;
	shown = min(ed->length - first, (unsigned int)LINEEDIT_WIDTH);

	put(ed, "\r");
	put(ed, ed->prompt);
	ed->emit(ed->line + first, shown);
	put(ed, "\x1b[K");
	if (first + shown == ed->cursor)
		return;
	snprintf(move, sizeof(move), "\x1b[%uD", first + shown - ed->cursor);
	put(ed, move);
}

static void set_line(struct lineedit *ed, const char *text)
{
	strscpy(ed->line, text, sizeof(ed->line));
	ed->length = strlen(ed->line);
	ed->cursor = ed->length;
}

/* Takes out the characters [from, to); the cursor ends at from. */
static void erase(struct lineedit *ed, unsigned int from, unsigned int to)
{
	memmove(ed->line + from, ed->line + to, ed->length - to + 1);
	ed->length -= to - from;
	ed->cursor = from;
	refresh(ed);
}

static void insert(struct lineedit *ed, char c)
{
	bool at_end = ed->cursor == ed->length;

	if (ed->length + 1 >= LINEEDIT_SIZE) {
		put(ed, "\a");
		return;
	}
	memmove(ed->line + ed->cursor + 1, ed->line + ed->cursor,
		ed->length - ed->cursor + 1);
	ed->line[ed->cursor++] = c;
	ed->length++;
	if (at_end && ed->length <= LINEEDIT_WIDTH)
		ed->emit(&c, 1);
	else
		refresh(ed);
}

static void move_to(struct lineedit *ed, unsigned int position)
{
	ed->cursor = position;
	refresh(ed);
}

/* ---------------------------------------------------------------- history */

static char *history_slot(struct lineedit *ed, unsigned int back)
{
	return ed->history[(ed->nr_history - back) % LINEEDIT_LINES];
}

static void remember(struct lineedit *ed)
{
	if (!ed->length)
		return;
	if (ed->nr_history && !strcmp(history_slot(ed, 1), ed->line))
		return;
	strscpy(history_slot(ed, 0), ed->line, LINEEDIT_SIZE);
	ed->nr_history++;
}

/* Shows the line back before this one; 0 is the one being written. */
static void recall(struct lineedit *ed, unsigned int back)
{
	if (back > min(ed->nr_history, (unsigned int)LINEEDIT_LINES))
		return;
	if (!ed->recalled)
		strscpy(ed->draft, ed->line, sizeof(ed->draft));
	ed->recalled = back;
	set_line(ed, back ? history_slot(ed, back) : ed->draft);
	refresh(ed);
}

/* ------------------------------------------------------------- completion */

/* How many characters all candidates for the first length have in common. */
static size_t common_length(struct lineedit *ed, size_t length)
{
	const char *first = ed->complete(ed->line, length, 0);
	size_t common = strlen(first), same;
	const char *other;
	unsigned int i;

	for (i = 1; (other = ed->complete(ed->line, length, i)); i++) {
		for (same = 0; same < common; same++)
			if (first[same] != other[same])
				break;
		common = same;
	}
	return common;
}

static void list_candidates(struct lineedit *ed, size_t length)
{
	const char *word;
	unsigned int i;

	put(ed, "\n");
	for (i = 0; (word = ed->complete(ed->line, length, i)); i++) {
		put(ed, word);
		put(ed, "  ");
	}
	put(ed, "\n");
	refresh(ed);
}

/* Tab completes the first word, with the cursor at its end. */
static void complete(struct lineedit *ed)
{
	size_t length = ed->cursor, common;
	const char *word;
	bool only;

	if (!ed->complete || memchr(ed->line, ' ', length) ||
	    length != ed->length)
		return;
	word = ed->complete(ed->line, length, 0);
	if (!word)
		return;
	only = !ed->complete(ed->line, length, 1);
	common = common_length(ed, length);
	if (common == length && !only) {
		list_candidates(ed, length);
		return;
	}
	while (length < common)
		insert(ed, word[length++]);
	if (only)
		insert(ed, ' ');
}

/* ------------------------------------------------------------------- keys */

static void backspace(struct lineedit *ed)
{
	if (ed->cursor)
		erase(ed, ed->cursor - 1, ed->cursor);
}

static void delete_under(struct lineedit *ed)
{
	if (ed->cursor < ed->length)
		erase(ed, ed->cursor, ed->cursor + 1);
}

static void delete_word(struct lineedit *ed)
{
	unsigned int from = ed->cursor;

	while (from && ed->line[from - 1] == ' ')
		from--;
	while (from && ed->line[from - 1] != ' ')
		from--;
	erase(ed, from, ed->cursor);
}

static void go_left(struct lineedit *ed)
{
	if (ed->cursor)
		move_to(ed, ed->cursor - 1);
}

static void go_right(struct lineedit *ed)
{
	if (ed->cursor < ed->length)
		move_to(ed, ed->cursor + 1);
}

static void go_down(struct lineedit *ed)
{
	if (ed->recalled)
		recall(ed, ed->recalled - 1);
}

static void control_key(struct lineedit *ed, char key)
{
	switch (key) {
	case CTRL('A'):
		return move_to(ed, 0);
	case CTRL('B'):
		return go_left(ed);
	case CTRL('D'):
		return delete_under(ed);
	case CTRL('E'):
		return move_to(ed, ed->length);
	case CTRL('F'):
		return go_right(ed);
	case CTRL('H'):
	case KEY_DELETE:
		return backspace(ed);
	case CTRL('I'):
		return complete(ed);
	case CTRL('K'):
		return erase(ed, ed->cursor, ed->length);
	case CTRL('L'):
		put(ed, "\x1b[H\x1b[2J");
		return refresh(ed);
	case CTRL('N'):
		return go_down(ed);
	case CTRL('P'):
		return recall(ed, ed->recalled + 1);
	case CTRL('U'):
		return erase(ed, 0, ed->cursor);
	case CTRL('W'):
		return delete_word(ed);
	case KEY_ESCAPE:
		ed->escape = ESCAPE_START;
	}
}

/* The final letter of ESC [ or ESC O. */
static void letter_key(struct lineedit *ed, char key)
{
	switch (key) {
	case 'A':
		return recall(ed, ed->recalled + 1);
	case 'B':
		return go_down(ed);
	case 'C':
		return go_right(ed);
	case 'D':
		return go_left(ed);
	case 'H':
		return move_to(ed, 0);
	case 'F':
		return move_to(ed, ed->length);
	}
}

/* ESC [ number ~ */
static void numbered_key(struct lineedit *ed, unsigned int number)
{
	switch (number) {
	case 1:
	case 7:
		return move_to(ed, 0);
	case 3:
		return delete_under(ed);
	case 4:
	case 8:
		return move_to(ed, ed->length);
	}
}

static void escape_key(struct lineedit *ed, char key)
{
	if (ed->escape == ESCAPE_START) {
		ed->escape_number = 0;
		ed->escape = key == '[' ? ESCAPE_CSI :
			     key == 'O' ? ESCAPE_SS3 :
					  ESCAPE_NONE;
		return;
	}
	if (ed->escape == ESCAPE_CSI && (isdigit(key) || key == ';')) {
		if (isdigit(key) && ed->escape_number < 100)
			ed->escape_number = ed->escape_number * 10 + key - '0';
		return;
	}
	ed->escape = ESCAPE_NONE;
	if (key == '~')
		numbered_key(ed, ed->escape_number);
	else
		letter_key(ed, key);
}

void lineedit_init(struct lineedit *ed)
{
	ed->nr_history = 0;
	ed->last = 0;
	ed->escape = ESCAPE_NONE;
	ed->recalled = 0;
	set_line(ed, "");
}

void lineedit_start(struct lineedit *ed)
{
	ed->recalled = 0;
	set_line(ed, "");
	refresh(ed);
}

enum lineedit_state lineedit_key(struct lineedit *ed, char key)
{
	char last = ed->last;

	ed->last = key;
	if (ed->escape != ESCAPE_NONE) {
		escape_key(ed, key);
		return LINEEDIT_EDITING;
	}
	if (key == '\n' && last == '\r')
		return LINEEDIT_EDITING;
	if (key == '\r' || key == '\n') {
		put(ed, "\n");
		remember(ed);
		return LINEEDIT_DONE;
	}
	if (key == CTRL('C')) {
		put(ed, "^C\n");
		set_line(ed, "");
		return LINEEDIT_CANCELLED;
	}
	if (isprint(key))
		insert(ed, key);
	else
		control_key(ed, key);
	return LINEEDIT_EDITING;
}
