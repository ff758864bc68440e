/* SPDX-License-Identifier: MIT */
/*
 * A line editor for one terminal: keys come in one byte at a time, what the
 * terminal must show goes out through a callback. It knows no device, so
 * that tests can type into it.
 */
#ifndef _QUIRE_LINEEDIT_H
#define _QUIRE_LINEEDIT_H

#include <linux/types.h>

#define LINEEDIT_SIZE  200 /* bytes in a line, the ending NUL included */
#define LINEEDIT_WIDTH 70  /* columns shown of it; longer lines scroll */
#define LINEEDIT_LINES 16  /* lines of history */

enum lineedit_state {
	LINEEDIT_EDITING,   /* more keys are needed */
	LINEEDIT_DONE,      /* Enter: the line is in ->line */
	LINEEDIT_CANCELLED, /* Ctrl-C: ->line is empty */
};

/* Progress through an escape sequence such as ESC [ 3 ~. */
enum lineedit_escape {
	ESCAPE_NONE,
	ESCAPE_START, /* after ESC */
	ESCAPE_CSI,   /* after ESC [ , digits may follow */
	ESCAPE_SS3,   /* after ESC O */
};

struct lineedit {
	/* Set by the user before lineedit_init(). */
	const char *prompt;
	/* Shows size bytes; '\n' starts a new line at its first column. */
	void (*emit)(const char *text, size_t size);
	/* The index-th word that starts with prefix, or NULL; may be NULL. */
	const char *(*complete)(const char *prefix, size_t length,
				unsigned int index);

	/* The line: ->line[0 .. length), always ended by a NUL. */
	char line[LINEEDIT_SIZE];
	unsigned int length;
	unsigned int cursor;

	enum lineedit_escape escape;
	unsigned int escape_number;
	char last; /* so that CR LF ends one line, not two */

	/* History: a ring; ->recalled counts back from the newest, 0: none. */
	char history[LINEEDIT_LINES][LINEEDIT_SIZE];
	unsigned int nr_history;
	unsigned int recalled;
	char draft[LINEEDIT_SIZE]; /* what was typed before going back */
};

/*
 * Makes ed ready, with an empty line and an empty history. Any context.
 */
void lineedit_init(struct lineedit *ed);

/*
 * Starts a new line: empties it and shows the prompt. Any context.
 */
void lineedit_start(struct lineedit *ed);

/*
 * Takes one byte key from the terminal. After LINEEDIT_DONE or
 * LINEEDIT_CANCELLED the caller uses ->line, then calls lineedit_start().
 * Lines that are not empty are remembered, a repeated one once.
 */
enum lineedit_state lineedit_key(struct lineedit *ed, char key);

#endif /* _QUIRE_LINEEDIT_H */
