// SPDX-License-Identifier: MIT
/*
 * console_cache.c - slab caches by hand
 */
#include "console.h"
#include "console_handle.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>

static struct memory_view before;

static int cache_create(int count, char **args)
{
	unsigned long size, align = 0;
	struct handle *h;

	if (count < 4 || count > 5 || parse_size(args[3], &size) ||
	    (count == 5 && parse_size(args[4], &align)))
		return -EINVAL;
	if (!size || size > KMALLOC_MAX_CACHE_SIZE || align > PAGE_SIZE ||
	    (align & (align - 1))) {
		console_printf("size 1..%lu, alignment a power of two up to "
			       "%lu; not %lu and %lu\n",
			       KMALLOC_MAX_CACHE_SIZE, PAGE_SIZE, size, align);
		return -EINVAL;
	}
	h = handle_new();
	if (!h)
		return -ENFILE;
	memory_view_take(&before);
	h->cache = kmem_cache_create(args[2], size, align, 0, NULL);
	if (!h->cache) {
		console_printf("kmem_cache_create(\"%s\", %lu) gave NULL\n",
			       args[2], size);
		return -ENOMEM;
	}
	h->kind = HANDLE_CACHE;
	console_printf("handle %d: cache %s, objects of %u bytes\n",
		       handle_number(h), kmem_cache_name(h->cache),
		       kmem_cache_size(h->cache));
	memory_view_changes(&before);
	return 0;
}

static int cache_alloc(struct handle *cache)
{
	struct handle *h = handle_new();

	if (!h)
		return -ENFILE;
	memory_view_take(&before);
	h->address = kmem_cache_alloc(cache->cache, GFP_KERNEL);
	if (!h->address) {
		console_printf("no memory\n");
		return -ENOMEM;
	}
	h->kind = HANDLE_OBJECT;
	h->cache = cache->cache;
	console_printf("handle %d: object at %p\n", handle_number(h),
		       h->address);
	memory_view_changes(&before);
	return 0;
}

static int cache_destroy(struct handle *cache)
{
	if (handle_cache_in_use(cache->cache)) {
		console_printf("handle %d: give its objects back first (see "
			       "handles)\n",
			       handle_number(cache));
		return -EBUSY;
	}
	memory_view_take(&before);
	kmem_cache_destroy(cache->cache);
	memset(cache, 0, sizeof(*cache));
	memory_view_changes(&before);
	return 0;
}

static int cache_free(struct handle *object)
{
	memory_view_take(&before);
	kmem_cache_free(object->cache, object->address);
	memset(object, 0, sizeof(*object));
	memory_view_changes(&before);
	return 0;
}

static const struct {
	const char *verb;
	enum handle_kind kind;
	int (*act)(struct handle *handle);
} verbs[] = {
	{ "alloc", HANDLE_CACHE, cache_alloc },
	{ "free", HANDLE_OBJECT, cache_free },
	{ "destroy", HANDLE_CACHE, cache_destroy },
};

static int cmd_cache(int count, char **args)
{
	struct handle *h;
	unsigned int i;

	if (count > 1 && !strcmp(args[1], "create"))
		return cache_create(count, args);
	if (count != 3)
		return -EINVAL;
	for (i = 0; i < ARRAY_SIZE(verbs); i++) {
		if (strcmp(args[1], verbs[i].verb))
			continue;
		h = handle_parse(args[2], verbs[i].kind);
		return h ? verbs[i].act(h) : -ENOENT;
	}
	return -EINVAL;
}
CONSOLE_COMMAND(cache,
		"create NAME SIZE [ALIGN] | alloc HANDLE | "
		"free HANDLE | destroy HANDLE",
		"a slab cache of one's own", cmd_cache);
