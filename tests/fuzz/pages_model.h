/* SPDX-License-Identifier: MIT */
/* Between the files of the fuzz target "pages": pages.c tells all. */
#ifndef _TESTS_FUZZ_PAGES_MODEL_H
#define _TESTS_FUZZ_PAGES_MODEL_H

#include "fuzz.h"

#include "../../mm/internal.h"

#define BLOCKS		192

/* A block of ours: tag is in its first frame and its last. */
struct block {
	struct page *page;
	unsigned int order;
	unsigned int refs;
	u32 tag;
	bool compound;
};

extern struct block blocks[BLOCKS];
extern unsigned int nr_blocks;

/* Frames change hands; those that are taken must have been nobody's. */
void frames_take(struct page *page, unsigned long nr);
void frames_give(struct page *page, unsigned long nr);

void write_word(struct page *page, u32 word);

void block_add(struct page *page, unsigned int order, bool compound);
/* Its references and its words. */
void block_check(const struct block *b);
void block_forget(struct block *b);

/* Any of them, or NULL. */
struct block *some_block(struct fuzz_input *in);

/* A block is what was asked for; its frames are taken. */
void check_block(struct page *page, unsigned int order, gfp_t gfp);

/* A request was refused; or it took what was there before. */
void check_refusal(gfp_t gfp, unsigned int order);
void check_marks(gfp_t gfp, const unsigned long *before);

/* Before the first step, after each, and when all has gone back. */
void count_zones(void);
void check_zones(void);
void check_merged(void);

/* pages_misuse.c: one step that is wrong on purpose. */
void pages_misuse(struct fuzz_input *in);

#endif
