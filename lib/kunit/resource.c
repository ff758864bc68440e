// SPDX-License-Identifier: MIT
/*
 * resource.c - what a case owns, given back when it ends
 *
 *	test->resources:  first <-> ... <-> newest
 *	                                    ^ freed first
 *
 * The list holds one reference of each entry; a finder gets its own. The
 * lock guards only the list: free functions run outside of it and may use
 * resources themselves.
 */
#include <kunit/resource.h>
#include <kunit/test.h>
#include <linux/err.h>
#include <linux/slab.h>

static void release_resource(struct kref *kref)
{
	struct kunit_resource *res =
		container_of(kref, struct kunit_resource, refcount);
	bool should_kfree = res->should_kfree;

	if (res->free)
		res->free(res);
	if (should_kfree)
		kfree(res);
}

void kunit_put_resource(struct kunit_resource *res)
{
	kref_put(&res->refcount, release_resource);
}

int __kunit_add_resource(struct kunit *test, kunit_resource_init_t init,
			 kunit_resource_free_t free, struct kunit_resource *res,
			 void *data)
{
	unsigned long flags;
	int err = 0;

	res->free = free;
	kref_init(&res->refcount);
	if (init)
		err = init(res, data);
	else
		res->data = data;
	if (err)
		return err;

	spin_lock_irqsave(&test->lock, flags);
	list_add_tail(&res->node, &test->resources);
	spin_unlock_irqrestore(&test->lock, flags);
	return 0;
}

int kunit_add_resource(struct kunit *test, kunit_resource_init_t init,
		       kunit_resource_free_t free, struct kunit_resource *res,
		       void *data)
{
	res->name = NULL;
	res->should_kfree = false;
	return __kunit_add_resource(test, init, free, res, data);
}

int kunit_add_named_resource(struct kunit *test, kunit_resource_init_t init,
			     kunit_resource_free_t free,
			     struct kunit_resource *res, const char *name,
			     void *data)
{
	struct kunit_resource *existing;

	if (!name)
		return -EINVAL;
	existing = kunit_find_named_resource(test, name);
	if (existing) {
		kunit_put_resource(existing);
		return -EEXIST;
	}
	res->name = name;
	res->should_kfree = false;
	return __kunit_add_resource(test, init, free, res, data);
}

struct kunit_resource *kunit_alloc_and_get_resource(struct kunit *test,
						    kunit_resource_init_t init,
						    kunit_resource_free_t free,
						    gfp_t internal_gfp,
						    void *context)
{
	struct kunit_resource *res = kzalloc(sizeof(*res), internal_gfp);

	if (!res)
		return NULL;
	res->should_kfree = true;
	if (__kunit_add_resource(test, init, free, res, context)) {
		kfree(res);
		return NULL;
	}
	kunit_get_resource(res);
	return res;
}

void *kunit_alloc_resource(struct kunit *test, kunit_resource_init_t init,
			   kunit_resource_free_t free, gfp_t internal_gfp,
			   void *context)
{
	struct kunit_resource *res;
	void *data;

	res = kunit_alloc_and_get_resource(test, init, free, internal_gfp,
					   context);
	if (!res)
		return NULL;
	data = res->data;
	kunit_put_resource(res);
	return data;
}

bool kunit_resource_instance_match(struct kunit *test,
				   struct kunit_resource *res, void *match_data)
{
	return res->data == match_data;
}

bool kunit_resource_name_match(struct kunit *test, struct kunit_resource *res,
			       void *match_name)
{
	return res->name && !strcmp(res->name, match_name);
}

struct kunit_resource *kunit_find_resource(struct kunit *test,
					   kunit_resource_match_t match,
					   void *match_data)
{
	struct kunit_resource *res, *found = NULL;
	unsigned long flags;

	spin_lock_irqsave(&test->lock, flags);
	list_for_each_entry_reverse(res, &test->resources, node) {
		if (!match(test, res, match_data))
			continue;
		found = res;
		kunit_get_resource(found);
		break;
	}
	spin_unlock_irqrestore(&test->lock, flags);
	return found;
}

struct kunit_resource *kunit_find_named_resource(struct kunit *test,
						 const char *name)
{
	return kunit_find_resource(test, kunit_resource_name_match,
				   (void *)name);
}

void kunit_remove_resource(struct kunit *test, struct kunit_resource *res)
{
	unsigned long flags;
	bool listed;

	spin_lock_irqsave(&test->lock, flags);
	listed = !list_empty(&res->node);
	list_del_init(&res->node);
	spin_unlock_irqrestore(&test->lock, flags);
	if (listed)
		kunit_put_resource(res);
}

int kunit_destroy_resource(struct kunit *test, kunit_resource_match_t match,
			   void *match_data)
{
	struct kunit_resource *res;

	res = kunit_find_resource(test, match, match_data);
	if (!res)
		return -ENOENT;
	kunit_remove_resource(test, res);
	kunit_put_resource(res);
	return 0;
}

int kunit_destroy_named_resource(struct kunit *test, const char *name)
{
	return kunit_destroy_resource(test, kunit_resource_name_match,
				      (void *)name);
}

/* The newest resource, or NULL. The list still has it. */
static struct kunit_resource *newest_resource(struct kunit *test)
{
	struct kunit_resource *res = NULL;
	unsigned long flags;

	spin_lock_irqsave(&test->lock, flags);
	if (!list_empty(&test->resources))
		res = list_last_entry(&test->resources, struct kunit_resource,
				      node);
	spin_unlock_irqrestore(&test->lock, flags);
	return res;
}

void kunit_cleanup(struct kunit *test)
{
	struct kunit_resource *res;

	while ((res = newest_resource(test)))
		kunit_remove_resource(test, res);
}
