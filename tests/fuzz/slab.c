// SPDX-License-Identifier: MIT
/*
 * Fuzz target "slab": caches and kmalloc(), used well and badly.
 *
 * Bytes: a list of steps, each a byte of what to do and its operands.
 *
 *	0-3	allocate: from which cache or by kmalloc(), flags, size, value
 *	4-6	free: which object, by which call
 *	7	make a cache: size, alignment, flags, constructor
 *	8	destroy an empty cache
 *	9	give slabs back: of one cache, or of all
 *	10	so many objects at once, and back
 *	11	krealloc()
 *	12	use all that ksize() tells
 *	13	the next of these is to fail at its nth attempt to allocate
 *	14	kmalloc_array(), kstrdup(), kmemdup() and kin, and back
 *	15	what the console shows of all this
 *	16-18	misuse (slab_misuse.c): double free, overrun, use after free,
 *		wrong cache, wrong pointer, bad parameters
 *
 * The model (slab_model.c): the caches, and of each object where it is, how
 * large, whose, and the value of all its bytes.
 *
 * After every step:
 *  - a new object overlaps no other, is aligned as its cache says, is zero
 *    where that was asked for, and constructed where there is a constructor;
 *  - what was to fail does, and has changed nothing;
 *  - the bytes of all objects are what they were;
 *  - the cache that was used is sound (validate_slab_cache);
 *  - the objects in use are as many as the model's;
 *  - misuse was reported, repaired, and only that: anything printed without
 *    misuse ends the run (fuzz.c).
 * At the end all goes back, and so do all pages.
 */
#include "slab_model.h"

#include <linux/kernel.h>
#include <linux/string.h>

#define SIZE_MAX_CACHE	9000
#define BULK		24

static unsigned int fail_next;

/* Whether a call may have failed, as it was told to. */
static bool may_fail(void)
{
	fail_next = 0;
	return fuzz_failed();
}

static gfp_t some_gfp(struct fuzz_input *in)
{
	static const gfp_t gfp[] = {
		GFP_KERNEL, GFP_ATOMIC, GFP_NOWAIT, GFP_KERNEL | GFP_DMA,
		GFP_KERNEL | __GFP_RECLAIMABLE,
	};

	return gfp[fuzz_below(in, ARRAY_SIZE(gfp))] | __GFP_NOWARN;
}

/* Small ones mostly, and the borders of the classes. */
static size_t some_size(struct fuzz_input *in)
{
	u8 how = fuzz_u8(in);

	if (how < 0xa0)
		return how * 2;
	if (how < 0xe0)
		return (32UL << (how & 7)) + (how >> 3 & 3) - 1;
	return fuzz_u16(in);
}

static void step_alloc(struct fuzz_input *in)
{
	unsigned int which = fuzz_below(in, CACHES + 3);
	gfp_t gfp = some_gfp(in);
	u8 value = fuzz_u8(in);
	struct kmem_cache *cachep = NULL;
	size_t size;
	u8 *p;

	if (nr_objects == OBJECTS)
		return;
	fuzz_fail_nth(fail_next);
	if (which < CACHES && caches[which].cachep) {
		cachep = caches[which].cachep;
		size = caches[which].size;
		if (!cachep->ctor && value % 4 == 1)
			gfp |= __GFP_ZERO;
		p = kmem_cache_alloc(cachep, gfp);
	} else {
		size = some_size(in);
		gfp |= value % 4 == 1 ? __GFP_ZERO : 0;
		p = kmalloc(size, gfp);
		fuzz_check(size || p == ZERO_SIZE_PTR, "%p", p);
	}
	fuzz_check(may_fail() || p, "no memory: %zu bytes", size);
	if (!p)
		return;
	if (!size) {
		kfree(p);
		return;
	}
	if (gfp & __GFP_ZERO)
		fuzz_check(!memchr_inv(p, 0, size), "%p, %zu bytes", p, size);
	object_add(p, size, cachep, value);
	check_cache(object_cache(&objects[nr_objects - 1]));
}

static void step_free(struct fuzz_input *in)
{
	struct kmem_cache *cachep;
	struct object o;
	u8 how;

	if (!nr_objects)
		return;
	o = object_take(fuzz_below(in, nr_objects));
	cachep = object_cache(&o);
	how = fuzz_u8(in);
	if (cachep && how % 4 == 1)
		kmem_cache_free(cachep, o.p);
	else if (how % 4 == 2 && !(cachep && cachep->ctor))
		kfree_sensitive(o.p);
	else
		kfree(o.p);
	check_cache(cachep);
}

static void step_create(struct fuzz_input *in)
{
	static const slab_flags_t flags[] = {
		SLAB_HWCACHE_ALIGN, SLAB_RECLAIM_ACCOUNT, SLAB_CACHE_DMA,
		SLAB_NO_USER_FLAGS,
	};
	struct cache *c = &caches[fuzz_below(in, CACHES)];
	unsigned int size = 1 + fuzz_u16(in) % SIZE_MAX_CACHE;
	u8 bits = fuzz_u8(in);
	unsigned int align = bits & 1 ? 1U << (bits >> 1 & 15) : 0;
	slab_flags_t with = 0;
	unsigned int i;

	if (c->cachep)
		return;
	bits = fuzz_u8(in);
	for (i = 0; i < ARRAY_SIZE(flags); i++)
		with |= bits >> i & 1 ? flags[i] : 0;
	c->cost = slab_active_objects();
	fuzz_fail_nth(fail_next);
	c->cachep = kmem_cache_create("fuzz", size, align, with,
				      bits & 0x80 ? made_ctor : NULL);
	fuzz_check(may_fail() || c->cachep, "size %u align %u flags %#x", size,
		   align, with);
	if (!c->cachep)
		return;
	c->cost = slab_active_objects() - c->cost;
	c->size = size;
	c->align = max(align, 4U);
	fuzz_check(kmem_cache_size(c->cachep) == size, "%u, not %u",
		   kmem_cache_size(c->cachep), size);
}

static void destroy(struct cache *c)
{
	kmem_cache_destroy(c->cachep);
	c->cachep = NULL;
}

static void step_destroy(struct fuzz_input *in)
{
	struct cache *c = &caches[fuzz_below(in, CACHES)];

	if (c->cachep && !c->live)
		destroy(c);
}

static void step_shrink(struct fuzz_input *in)
{
	unsigned int which = fuzz_below(in, CACHES + 2);
	struct cache *c;
	int left;

	if (which >= CACHES) {
		slab_shrink_all();
		return;
	}
	c = &caches[which];
	if (!c->cachep)
		return;
	left = kmem_cache_shrink(c->cachep);
	fuzz_check(left == !!c->live, "%d with %u objects", left, c->live);
	check_cache(c->cachep);
}

static void step_bulk(struct fuzz_input *in)
{
	struct cache *c = &caches[fuzz_below(in, CACHES)];
	unsigned int nr = fuzz_below(in, BULK + 1), i;
	void *p[BULK];
	int got;

	if (!c->cachep || nr_objects + nr > OBJECTS)
		return;
	fuzz_fail_nth(fail_next);
	got = kmem_cache_alloc_bulk(c->cachep, GFP_KERNEL, nr, p);
	fuzz_check((may_fail() && !got) || got == nr, "%d of %u", got, nr);
	if (got != nr)
		return;
	for (i = 0; i < nr; i++)
		object_add(p[i], c->size, c->cachep, i);
	check_cache(c->cachep);
	for (i = 0; i < nr; i++)
		object_take(nr_objects - 1);
	kmem_cache_free_bulk(fuzz_u8(in) % 2 ? c->cachep : NULL, nr, p);
	check_cache(c->cachep);
}

static void step_resize(struct fuzz_input *in)
{
	size_t size = some_size(in);
	struct object *o;
	u8 *p;

	if (!nr_objects)
		return;
	o = &objects[fuzz_below(in, nr_objects)];
	if (o->cachep || !size)
		return;
	fuzz_fail_nth(fail_next);
	p = krealloc(o->p, size, GFP_KERNEL);
	fuzz_check(may_fail() || p, "no memory: %zu bytes", size);
	if (!p) {
		object_check(o);
		return;
	}
	fuzz_check(!memchr_inv(p, o->value, min(size, o->size)),
		   "%zu to %zu bytes: not kept", o->size, size);
	o->p = p;
	o->size = size;
	o->value = fuzz_u8(in);
	memset(p, o->value, size);
	check_cache(object_cache(o));
}

static void step_ksize(struct fuzz_input *in)
{
	struct object *o;
	size_t room;

	if (!nr_objects)
		return;
	o = &objects[fuzz_below(in, nr_objects)];
	room = ksize(o->p);
	fuzz_check(room >= o->size, "%zu of %zu", room, o->size);
	fuzz_check(o->cachep || room >= kmalloc_size_roundup(o->size),
		   "%zu, not %zu", room, kmalloc_size_roundup(o->size));
	o->size = room;
	memset(o->p, o->value, room);
	check_cache(object_cache(o));
}

static void step_fail(struct fuzz_input *in)
{
	fail_next = 1 + fuzz_below(in, 6);
}

static void *copy_grown(const char *text, size_t len)
{
	void *p = kstrdup(text, GFP_KERNEL);
	void *grown = p ? krealloc_array(p, len + 9, 2, GFP_KERNEL) : NULL;

	if (!grown)
		kfree(p);
	return grown;
}

static void *copy_of(const char *text, size_t len, u8 how)
{
	switch (how % 6) {
	case 0:
		return kstrdup(text, GFP_KERNEL);
	case 1:
		return kstrndup(text, len, GFP_KERNEL);
	case 2:
		return kmemdup(text, len + 1, GFP_KERNEL);
	case 3:
		return kmemdup_nul(text, len, GFP_KERNEL);
	case 4:
		return kasprintf(GFP_KERNEL, "%s", text);
	default:
		return copy_grown(text, len);
	}
}

static void step_copy(struct fuzz_input *in)
{
	char text[100];
	size_t len = fuzz_below(in, sizeof(text));
	u8 how = fuzz_u8(in), value = fuzz_u8(in) | 1;
	void *p, *zeroed;

	memset(text, value, len);
	text[len] = 0;
	fuzz_fail_nth(fail_next);
	p = copy_of(text, len, how);
	fuzz_check(may_fail() || p, "no memory");
	fuzz_check(!p || !strcmp(p, text), "'%s', not '%s'", (char *)p, text);
	zeroed = kcalloc(len + 1, how, GFP_KERNEL);
	fuzz_check(zeroed && (!how || !memchr_inv(zeroed, 0, (len + 1) * how)),
		   "%zu times %u", len + 1, how);
	fuzz_check(!kmalloc_array(SIZE_MAX / 4, 5 + how, GFP_KERNEL),
		   "more than there are addresses");
	kfree(zeroed);
	kfree(p);
}

static void step_show(struct fuzz_input *in)
{
	fuzz_show(slabinfo_show);
}

static void step(struct fuzz_input *in)
{
	static void (*const steps[])(struct fuzz_input *) = {
		[0 ... 3] = step_alloc, [4 ... 6] = step_free,
		[7] = step_create, [8] = step_destroy, [9] = step_shrink,
		[10] = step_bulk, [11] = step_resize, [12] = step_ksize,
		[13] = step_fail, [14] = step_copy, [15] = step_show,
		[16 ... 18] = step_misuse,
	};

	steps[fuzz_below(in, ARRAY_SIZE(steps))](in);
	check_count();
}

static void run(struct fuzz_input *in)
{
	unsigned int i;

	fail_next = 0;
	slab_model_start();
	while (fuzz_left(in))
		step(in);
	slab_check_all();
	while (nr_objects) {
		struct object o = object_take(nr_objects - 1);

		kfree(o.p);
	}
	for (i = 0; i < CACHES; i++)
		if (caches[i].cachep)
			destroy(&caches[i]);
	slab_check_all();
}

const struct fuzz_target fuzz_slab = { .name = "slab", .run = run };
