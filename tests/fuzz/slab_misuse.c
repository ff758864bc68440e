// SPDX-License-Identifier: MIT
/*
 * Of the fuzz target "slab": each kind of misuse that the checks of
 * mm/slab_debug.c find. It is reported, repaired, and harms nobody else.
 */
#include "slab_model.h"

#include <linux/kernel.h>
#include <linux/poison.h>
#include <linux/string.h>

static void give(struct object o)
{
	if (o.cachep)
		kmem_cache_free(o.cachep, o.p);
	else
		kfree(o.p);
}

/* Whether memory is still a slab of this cache. */
static bool still_of(const struct object *o, struct kmem_cache *cachep)
{
	const struct page *page = lowmem_page(o->p);

	return PageSlab(page) && page->slab_cache == cachep;
}

/* What was wrong is found by a look at the cache, and only once. */
static void found_by_look(struct kmem_cache *cachep, const char *what)
{
	long wrong;

	fuzz_misuse_begin();
	wrong = validate_slab_cache(cachep);
	fuzz_misuse_end(what);
	fuzz_check(wrong == 1, "%s: %ld", what, wrong);
	check_cache(cachep);
}

/* Freed twice, at once or with others in between. */
static void twice(struct fuzz_input *in, unsigned int i)
{
	struct kmem_cache *cachep = object_cache(&objects[i]);
	struct object o;

	if (!object_has(&objects[i], SLAB_CONSISTENCY_CHECKS))
		return;
	o = object_take(i);
	give(o);
	if (fuzz_u8(in) % 2 && nr_objects &&
	    object_cache(&objects[0]) == cachep)
		give(object_take(0));
	fuzz_misuse_begin();
	give(o);
	fuzz_misuse_end("double free");
}

/* A byte behind the object, or in front; found when it is freed, or before. */
static void beside(struct fuzz_input *in, unsigned int i)
{
	struct kmem_cache *cachep = object_cache(&objects[i]);
	u8 how = fuzz_u8(in), *at;
	struct object o;

	if (!object_has(&objects[i], SLAB_RED_ZONE))
		return;
	at = how & 1 ? objects[i].p + objects[i].size : objects[i].p - 1;
	fuzz_poke(at, how & 2 ? 0 : SLUB_RED_ACTIVE ^ 0xff);
	if (how & 4) {
		found_by_look(cachep, "overrun");
		return;
	}
	o = object_take(i);
	fuzz_misuse_begin();
	give(o);
	fuzz_misuse_end("overrun");
}

/* Any byte of an object, or of its red zones, after it was freed. */
static void after_free(struct fuzz_input *in, unsigned int i)
{
	struct kmem_cache *cachep = object_cache(&objects[i]);
	unsigned int at = fuzz_u16(in);
	struct object o;

	if (!object_has(&objects[i], SLAB_POISON))
		return;
	o = object_take(i);
	give(o);
	if (!still_of(&o, cachep))
		return;
	fuzz_poke(o.p + at % cachep->object_size, 0x11);
	found_by_look(cachep, "use after free");
}

/* To the wrong cache: it goes back to its own. */
static void wrong_cache(struct fuzz_input *in, unsigned int i)
{
	struct cache *other = &caches[fuzz_below(in, CACHES)];
	struct object o;

	if (!other->cachep || !object_cache(&objects[i]) ||
	    other->cachep == objects[i].cachep)
		return;
	o = object_take(i);
	fuzz_misuse_begin();
	kmem_cache_free(other->cachep, o.p);
	fuzz_misuse_end("wrong cache");
	check_cache(other->cachep);
}

/* A pointer into an object: nothing is freed. */
static void inside(struct fuzz_input *in, unsigned int i)
{
	struct object *o = &objects[i];
	unsigned int at = 1 + fuzz_u16(in);

	if (o->size < 2 ||
	    (object_cache(o) && !object_has(o, SLAB_CONSISTENCY_CHECKS)))
		return;
	at = 1 + at % (o->size - 1);
	/* of a large block, other pages are just no kmalloc()'s */
	fuzz_misuse_begin();
	if (o->cachep)
		kmem_cache_free(o->cachep, o->p + at);
	else
		kfree(o->p + at);
	fuzz_misuse_end("free of a pointer into an object");
}

/* Memory that is no slab's, or no memory. */
static void no_slab(struct fuzz_input *in, unsigned int i)
{
	struct page *page;

	fuzz_misuse_begin();
	if (fuzz_u8(in) % 2) {
		kfree((void *)(0x1000 + fuzz_u16(in) * 16UL));
	} else {
		page = alloc_page(GFP_KERNEL);
		kfree(lowmem_page_address(page));
		__free_page(page);
	}
	fuzz_misuse_end("kfree of what kmalloc did not give");
}

/* A cache that cannot be. */
static void bad_create(struct fuzz_input *in, unsigned int i)
{
	struct kmem_cache *cachep;

	fuzz_misuse_begin();
	switch (fuzz_u8(in) % 4) {
	case 0:
		cachep = kmem_cache_create("bad-size", 0, 0, 0, NULL);
		break;
	case 1:
		cachep = kmem_cache_create("bad-align", 16,
					   fuzz_u16(in) | 0x10001, 0, NULL);
		break;
	case 2:
		cachep = kmem_cache_create("bad-flags", 16, 0,
					   (__force slab_flags_t)0x80000000u,
					   NULL);
		break;
	default:
		cachep = kmem_cache_create("bad-large", KMALLOC_MAX_SIZE + 1, 0,
					   0, NULL);
		break;
	}
	fuzz_misuse_end("wrong parameters");
	fuzz_check(!cachep, "%p", cachep);
}

/* The end of a cache that has objects out: it stays, and works. */
static void bad_destroy(struct fuzz_input *in, unsigned int i)
{
	struct cache *c = &caches[fuzz_below(in, CACHES)];

	if (!c->cachep || !c->live)
		return;
	fuzz_misuse_begin();
	kmem_cache_destroy(c->cachep);
	fuzz_misuse_end("objects remain");
	check_cache(c->cachep);
}

void step_misuse(struct fuzz_input *in)
{
	static void (*const ways[])(struct fuzz_input *, unsigned int) = {
		twice, beside, after_free, wrong_cache, inside, no_slab,
		bad_create, bad_destroy,
	};
	unsigned int way = fuzz_below(in, ARRAY_SIZE(ways));

	if (!nr_objects)
		return;
	ways[way](in, fuzz_below(in, nr_objects));
	check_count();
}
