// SPDX-License-Identifier: MIT
/* The model of the fuzz target "slab": which objects there are, and whose. */
#include "slab_model.h"

#include <linux/kernel.h>
#include <linux/string.h>

#define GLANCE 24

struct cache caches[CACHES];
struct object objects[OBJECTS];
unsigned int nr_objects;
static unsigned long had_objects;

void made_ctor(void *obj)
{
	struct page *page = lowmem_page(obj);

	memset(obj, MADE, page->slab_cache->object_size);
}

struct cache *cache_of(const struct kmem_cache *cachep)
{
	unsigned int i;

	for (i = 0; i < CACHES; i++)
		if (cachep && caches[i].cachep == cachep)
			return &caches[i];
	return NULL;
}

struct kmem_cache *object_cache(const struct object *o)
{
	const struct page *page = lowmem_page(o->p);

	if (o->cachep)
		return o->cachep;
	return PageSlab(page) ? page->slab_cache : NULL;
}

bool object_has(const struct object *o, slab_flags_t flag)
{
	struct kmem_cache *cachep = object_cache(o);

	return cachep && cachep->flags & flag;
}

static bool overlap(const struct object *a, const u8 *p, size_t size)
{
	return a->p < p + size && p < a->p + a->size;
}

void object_add(void *p, size_t size, struct kmem_cache *cachep, u8 value)
{
	struct cache *c = cache_of(cachep);
	unsigned int i;

	for (i = 0; i < nr_objects; i++)
		fuzz_check(!overlap(&objects[i], p, size),
			   "%p, %zu bytes, lies over %p", p, size,
			   objects[i].p);
	if (c) {
		fuzz_check(!((unsigned long)p % c->align), "%p, not to %u", p,
			   c->align);
		c->live++;
	}
	if (cachep && cachep->ctor)
		fuzz_check(!memchr_inv(p, MADE, size), "%p not constructed", p);
	memset(p, value, size);
	objects[nr_objects++] = (struct object){ p, size, cachep, value };
}

void object_check(const struct object *o)
{
	const u8 *wrong = memchr_inv(o->p, o->value, o->size);

	fuzz_check(!wrong, "%p: byte %td of %zu is %#x, not %#x", o->p,
		   wrong - o->p, o->size, *wrong, o->value);
}

void object_glance(const struct object *o)
{
	size_t n = min_t(size_t, o->size, GLANCE);

	fuzz_check(!memchr_inv(o->p, o->value, n) &&
			   !memchr_inv(o->p + o->size - n, o->value, n),
		   "%p, %zu bytes, is not all %#x", o->p, o->size, o->value);
}

struct object object_take(unsigned int i)
{
	struct object o = objects[i];
	struct cache *c = cache_of(o.cachep);

	object_check(&o);
	if (o.cachep && o.cachep->ctor)
		memset(o.p, MADE, o.size);
	if (c)
		c->live--;
	objects[i] = objects[--nr_objects];
	return o;
}

void check_cache(struct kmem_cache *cachep)
{
	if (cachep)
		fuzz_check(!validate_slab_cache(cachep), "%s", cachep->name);
}

void slab_check_all(void)
{
	unsigned int i, type;

	for (i = 0; i < CACHES; i++)
		check_cache(caches[i].cachep);
	for (type = 0; type < NR_KMALLOC_TYPES; type++)
		for (i = 1; i <= KMALLOC_SHIFT_HIGH; i++)
			check_cache(kmalloc_caches[type][i]);
	for (i = 0; i < nr_objects; i++)
		object_check(&objects[i]);
}

void check_count(void)
{
	unsigned long want = had_objects;
	unsigned int i;

	for (i = 0; i < CACHES; i++)
		want += caches[i].cachep ? caches[i].cost : 0;
	for (i = 0; i < nr_objects; i++) {
		object_glance(&objects[i]);
		want += object_cache(&objects[i]) != NULL;
	}
	fuzz_check(slab_active_objects() == want, "%lu, not %lu",
		   slab_active_objects(), want);
}

void slab_model_start(void)
{
	had_objects = slab_active_objects();
}
