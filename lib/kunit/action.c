// SPDX-License-Identifier: MIT
/*
 * action.c - functions called at the end of a case, and memory freed then
 */
#include <kunit/resource.h>
#include <kunit/test.h>
#include <linux/slab.h>

/* A resource whose release calls func(ctx). */
struct kunit_action_ctx {
	struct kunit_resource res;
	kunit_action_t *func;
	void *ctx;
};

static void run_action(struct kunit_resource *res)
{
	struct kunit_action_ctx *action =
		container_of(res, struct kunit_action_ctx, res);

	action->func(action->ctx);
	kfree(action);
}

static void forget_action(struct kunit_resource *res)
{
	kfree(container_of(res, struct kunit_action_ctx, res));
}

static bool action_matches(struct kunit *test, struct kunit_resource *res,
			   void *match_data)
{
	struct kunit_action_ctx *wanted = match_data, *action;

	if (res->free != run_action)
		return false;
	action = container_of(res, struct kunit_action_ctx, res);
	return action->func == wanted->func && action->ctx == wanted->ctx;
}

int kunit_add_action(struct kunit *test, kunit_action_t *func, void *ctx)
{
	struct kunit_action_ctx *action;

	action = kzalloc(sizeof(*action), GFP_KERNEL);
	if (!action)
		return -ENOMEM;
	action->func = func;
	action->ctx = ctx;
	return kunit_add_resource(test, NULL, run_action, &action->res, NULL);
}

int kunit_add_action_or_reset(struct kunit *test, kunit_action_t *func,
			      void *ctx)
{
	int err = kunit_add_action(test, func, ctx);

	if (err)
		func(ctx);
	return err;
}

static struct kunit_resource *find_action(struct kunit *test,
					  kunit_action_t *func, void *ctx)
{
	struct kunit_action_ctx wanted = { .func = func, .ctx = ctx };

	return kunit_find_resource(test, action_matches, &wanted);
}

void kunit_remove_action(struct kunit *test, kunit_action_t *func, void *ctx)
{
	struct kunit_resource *res = find_action(test, func, ctx);

	if (!res)
		return;
	res->free = forget_action;
	kunit_remove_resource(test, res);
	kunit_put_resource(res);
}

void kunit_release_action(struct kunit *test, kunit_action_t *func, void *ctx)
{
	struct kunit_resource *res = find_action(test, func, ctx);

	if (!res)
		return;
	kunit_remove_resource(test, res);
	kunit_put_resource(res);
}

static void free_memory(void *ptr)
{
	kfree(ptr);
}

void *kunit_kmalloc_array(struct kunit *test, size_t n, size_t size, gfp_t gfp)
{
	void *ptr = kmalloc_array(n, size, gfp);

	if (!ptr)
		return NULL;
	if (kunit_add_action_or_reset(test, free_memory, ptr))
		return NULL;
	return ptr;
}

void kunit_kfree(struct kunit *test, const void *ptr)
{
	if (ptr)
		kunit_release_action(test, free_memory, (void *)ptr);
}
