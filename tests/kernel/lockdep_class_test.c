// SPDX-License-Identifier: MIT
/* The lock checker: is each lock in its class, and are classes forgotten? */
#include <linux/vmalloc.h>
#include "lockdep_scratch.h"

static struct fake_lock static_lock;

static u16 class_of(struct lockdep_map *map)
{
	u16 class_idx;

	lock_acquire(map, 0, 0, 0, 1, NULL, _THIS_IP_);
	class_idx = map->class_idx;
	lock_release(map, _THIS_IP_);
	return class_idx;
}

/* Are locks with one key one class, and with two keys two? */
static void a_class_is_a_key(struct kunit *test)
{
	struct lockdep_map *a = &fake[A].dep_map, *b = &fake[B].dep_map;
	u16 first = class_of(a);

	KUNIT_EXPECT_NE(test, first, 0);
	KUNIT_EXPECT_NE(test, class_of(b), first);
	lockdep_set_class(&fake[B], &fake[A].key);
	KUNIT_EXPECT_EQ(test, class_of(b), first);
	lockdep_set_subclass(&fake[B], 1);
	KUNIT_EXPECT_NE(test, class_of(b), first);
	KUNIT_EXPECT_TRUE(test, lockdep_match_class(&fake[B], &fake[A].key));
}

/* Does a static lock need no key, and a lock elsewhere one? */
static void a_static_lock_is_a_key(struct kunit *test)
{
	struct fake_lock *heap = vzalloc(sizeof(*heap));

	KUNIT_ASSERT_NOT_NULL(test, heap);
	capture_begin();
	KUNIT_EXPECT_NE(test, class_of(&static_lock.dep_map), 0);
	EXPECT_SILENT(test);
	capture_begin();
	KUNIT_EXPECT_EQ(test, class_of(&heap->dep_map), 0);
	EXPECT_TOLD(test, "trying to register non-static key");
	capture_begin();
	class_of(&heap->dep_map);
	EXPECT_SILENT(test);
	vfree(heap);
}

/*
 * Are a key's classes and what was learnt gone with it, and room for new?
 * Other threads may learn something meanwhile, but not as much.
 */
static void unregister_forgets(struct kunit *test)
{
	unsigned int classes = lockdep_nr_classes() + 64;
	unsigned int edges = lockdep_nr_edges() + 64;
	unsigned int i;

	capture_begin();
	for (i = 0; i < 2 * LOCKDEP_CLASSES; i++) {
		pair(A, B);
		KUNIT_EXPECT_EQ(test,
				lockdep_degree(fake[A].dep_map.class_idx,
					       false),
				1);
		fakes_exit(test);
		KUNIT_ASSERT_EQ(test, fakes_init(test), 0);
		pair(B, A);
		fakes_exit(test);
		KUNIT_ASSERT_EQ(test, fakes_init(test), 0);
	}
	KUNIT_EXPECT_LT(test, lockdep_nr_edges(), edges);
	KUNIT_EXPECT_LT(test, lockdep_nr_classes(), classes);
	EXPECT_SILENT(test);
}

/* Is a lock that says so left out of the order, but not of who holds it? */
static void novalidate_is_left_out(struct kunit *test)
{
	lockdep_set_novalidate_class(&fake[A]);
	capture_begin();
	pair(A, B);
	pair(B, A);
	take(A);
	KUNIT_EXPECT_EQ(test, lock_is_held(&fake[A].dep_map), 1);
	give(A);
	EXPECT_SILENT(test);
}

/*
 * Is a full table told, and are locks still known as held after it? The
 * classes are forgotten then, and the checks go on.
 */
static void a_full_table_is_told(struct kunit *test)
{
	unsigned int n = LOCKDEP_CLASSES, i;
	struct fake_lock *many = vzalloc(n * sizeof(*many));

	KUNIT_ASSERT_NOT_NULL(test, many);
	capture_begin();
	for (i = 0; i < n; i++) {
		lockdep_register_key(&many[i].key);
		lockdep_init_map(&many[i].dep_map, "many", &many[i].key, 0);
		class_of(&many[i].dep_map);
	}
	EXPECT_TOLD(test, "the table of classes is full", "turning off");
	KUNIT_EXPECT_FALSE(test, lockdep_validating);
	capture_begin();
	pair(A, B);
	pair(B, A);
	take(A);
	KUNIT_EXPECT_EQ(test, lock_is_held(&fake[A].dep_map), 1);
	give(A);
	EXPECT_SILENT(test);

	for (i = 0; i < n; i++)
		lockdep_unregister_key(&many[i].key);
	vfree(many);
	lockdep_validating = true;
	pair(C, D);
	capture_begin();
	pair(D, C);
	EXPECT_TOLD(test, "circular");
}

/* Are the marks of a class's use as the reports explain them? */
static void marks_of_use(struct kunit *test)
{
	char marks[5];
	u16 a = class_of(&fake[A].dep_map);

	KUNIT_EXPECT_STREQ(test, lockdep_usage_marks(a, marks), "+.+.");
	take_read(A, 2);
	give(A);
	KUNIT_EXPECT_STREQ(test, lockdep_usage_marks(a, marks), "++++");
	local_irq_disable();
	__irq_enter();
	take(B);
	give(B);
	__irq_exit();
	local_irq_enable();
	KUNIT_EXPECT_STREQ(test,
			   lockdep_usage_marks(fake[B].dep_map.class_idx,
					       marks),
			   "-...");
}

static struct kunit_case cases[] = {
	KUNIT_CASE(a_class_is_a_key),
	KUNIT_CASE(a_static_lock_is_a_key),
	KUNIT_CASE_SLOW(unregister_forgets),
	KUNIT_CASE(novalidate_is_left_out),
	KUNIT_CASE(a_full_table_is_told),
	KUNIT_CASE(marks_of_use),
	{}
};

static struct kunit_suite suite = {
	.name = "lockdep_class",
	.init = fakes_init,
	.exit = fakes_exit,
	.test_cases = cases,
};
kunit_test_suite(suite);
