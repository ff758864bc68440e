// SPDX-License-Identifier: MIT
/*
 * Objects that are freed on other CPUs than they were allocated on: does each
 * have one owner at a time, and do the caches stay sound?
 */
#include <quire/torture.h>

#include <linux/kernel.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>

#include "../../mm/slab_debug.h"

#define HELD 64

struct object {
	struct rcu_head rcu;
	u32 tag;
	u16 size;	/* bytes from body on */
	s16 cache;	/* -1: kmalloc */
	u8 body[];
};

struct holder {
	struct object *object[HELD];
};

static struct object *shared[64];
static struct kmem_cache *caches[5];
static const unsigned int sizes[ARRAY_SIZE(caches)] = {
	32, 64, 200, 1000, 5000
};

static bool object_is_right(const struct object *object)
{
	return !memchr_inv(object->body, (u8)object->tag, object->size);
}

static struct object *take(struct torture_thread *self, gfp_t gfp)
{
	s16 cache = torture_below(self, ARRAY_SIZE(caches) + 2);
	struct object *object;
	size_t bytes;

	if (cache < ARRAY_SIZE(caches)) {
		bytes = sizes[cache];
		object = kmem_cache_alloc(caches[cache], gfp);
	} else {
		cache = -1;
		bytes = sizeof(*object) + torture_below(self, 3000);
		object = kmalloc(bytes, gfp);
	}
	if (!object)
		return NULL;
	object->tag = torture_random(self);
	object->cache = cache;
	object->size = bytes - sizeof(*object);
	memset(object->body, (u8)object->tag, object->size);
	return object;
}

static void give(struct torture_thread *self, struct object *object)
{
	if (!object)
		return;
	TORTURE_CHECK(self, object_is_right(object));
	if (object->cache < 0)
		kfree(object);
	else
		kmem_cache_free(caches[object->cache], object);
}

/* By the callback of a grace period, on the CPU that asked for it. */
static void give_later(struct torture_thread *self, struct object *object)
{
	if (!object)
		return;
	TORTURE_CHECK(self, object_is_right(object));
	kfree_rcu(object, rcu);
}

static struct object **random_shared(struct torture_thread *self)
{
	return &shared[torture_below(self, ARRAY_SIZE(shared))];
}

static void in_interrupt_of_cpu(void *data)
{
	struct torture_thread *self = data;
	struct object **slot = random_shared(self);

	give(self, xchg(slot, take(self, GFP_ATOMIC)));
}

static void bulk(struct torture_thread *self)
{
	struct kmem_cache *cachep = caches[torture_below(self, 3)];
	unsigned int nr = 1 + torture_below(self, 30), i, j, same = 0;
	void *p[30];

	if (kmem_cache_alloc_bulk(cachep, GFP_KERNEL, nr, p) != nr)
		return;
	for (i = 0; i < nr; i++)
		for (j = 0; j < i; j++)
			same += p[i] == p[j];
	TORTURE_CHECK(self, !same);
	kmem_cache_free_bulk(cachep, nr, p);
}

static void slab_step(struct torture_thread *self)
{
	struct holder *holder = self->data;
	struct object **slot = &holder->object[torture_below(self, HELD)];
	unsigned int cpu;

	switch (torture_below(self, 128)) {
	case 0:
		kmem_cache_shrink(caches[torture_below(self, 5)]);
		break;
	case 1:
		bulk(self);
		break;
	case 2 ... 5:
		cpu = torture_below(self, nr_cpu_ids);
		if (cpu_online(cpu))
			smp_call_function_single(cpu, in_interrupt_of_cpu, self,
						 1);
		break;
	case 6 ... 10:
		give_later(self, *slot);
		*slot = NULL;
		break;
	case 11 ... 50:
		*slot = xchg(random_shared(self), *slot);
		break;
	default:
		if (*slot)
			give(self, *slot);
		*slot = *slot ? NULL : take(self, GFP_KERNEL);
	}
}

static void slab_end(struct torture_thread *self)
{
	struct holder *holder = self->data;
	unsigned int i;

	for (i = 0; i < HELD; i++)
		give(self, holder->object[i]);
	for (i = 0; i < ARRAY_SIZE(shared); i++)
		give(self, xchg(&shared[i], NULL));
}

static void make_caches(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(caches); i++) {
		caches[i] = kmem_cache_create("torture", sizes[i], 0,
					      i == 2 ? SLAB_TYPESAFE_BY_RCU : 0,
					      NULL);
		KUNIT_ASSERT_NOT_NULL(test, caches[i]);
	}
}

/* Does every object keep its bytes, and is every cache empty at the end? */
static void objects_across_cpus(struct kunit *test)
{
	struct torture torture = {
		.step = slab_step,
		.end = slab_end,
		.steps = 12000,
		.per_cpu = 2,
		.size = sizeof(struct holder),
	};
	unsigned int i;

	make_caches(test);
	torture_run(test, &torture);
	rcu_barrier();
	for (i = 0; i < ARRAY_SIZE(caches); i++) {
		if (IS_ENABLED(CONFIG_DEBUG))
			KUNIT_EXPECT_EQ(test, validate_slab_cache(caches[i]),
					0);
		KUNIT_EXPECT_EQ(test, kmem_cache_shrink(caches[i]), 0);
		kmem_cache_destroy(caches[i]);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE_SLOW(objects_across_cpus),
	{}
};

static struct kunit_suite torture_slab = {
	.name = "torture_slab",
	.test_cases = cases,
};
kunit_test_suite(torture_slab);
