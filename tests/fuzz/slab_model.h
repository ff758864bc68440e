/* SPDX-License-Identifier: MIT */
/* Between the two files of the fuzz target "slab": slab.c says what it does. */
#ifndef _TESTS_FUZZ_SLAB_MODEL_H
#define _TESTS_FUZZ_SLAB_MODEL_H

#include "fuzz.h"

#include "../../mm/slab_debug.h"

#define CACHES		5
#define OBJECTS		96

/* An object of ours: all its bytes have one value. */
struct object {
	u8 *p;
	size_t size;
	struct kmem_cache *cachep;	/* NULL: kmalloc() */
	u8 value;
};

struct cache {
	struct kmem_cache *cachep;	/* NULL: none */
	unsigned int size;
	unsigned int align;
	unsigned long cost;		/* objects that the cache itself is */
	unsigned int live;
};

extern struct cache caches[CACHES];
extern struct object objects[OBJECTS];
extern unsigned int nr_objects;

/* What constructed objects are full of, before and after each use. */
#define MADE 0xc3

void made_ctor(void *obj);

/* The cache of an object, kmalloc()'s own included; NULL: a large block. */
struct kmem_cache *object_cache(const struct object *o);
/* Whether an object's cache has this check on. */
bool object_has(const struct object *o, slab_flags_t flag);

void object_add(void *p, size_t size, struct kmem_cache *cachep, u8 value);
/* All its bytes, or the first and the last few. */
void object_check(const struct object *o);
void object_glance(const struct object *o);
/* Takes it out of the model, leaving a constructed one as it should. */
struct object object_take(unsigned int i);

struct cache *cache_of(const struct kmem_cache *cachep);

/* Nothing is wrong in a cache, or in all that are used. */
void check_cache(struct kmem_cache *cachep);
void slab_check_all(void);
/* The objects in use are those of the model. */
void check_count(void);

/* Starts the count: what was there before. */
void slab_model_start(void);

/* slab_misuse.c: one step that is wrong on purpose. */
void step_misuse(struct fuzz_input *in);

#endif
