// SPDX-License-Identifier: MIT
/*
 * Are resources of a case given back, once, in the right order, and when
 * asked for earlier?
 */
#include "fail_nth.h"

#include <kunit/resource.h>
#include <linux/kernel.h>
#include <linux/string.h>

static char order[64];

static void note(void *what)
{
	strlcat(order, what, sizeof(order));
}

static void run_inner(void (*run)(struct kunit *test))
{
	struct kunit_case cases[] = {
		{ .run_case = run, .name = "inner" },
		{},
	};
	static struct kunit_suite suite = { .name = "inner_suite" };

	suite.test_cases = cases;
	order[0] = '\0';
	capture_begin();
	kunit_run_tests(&suite);
	capture_end();
}

static void three_actions(struct kunit *test)
{
	kunit_add_action(test, note, "1");
	kunit_add_action(test, note, "2");
	kunit_add_action_or_reset(test, note, "3");
	KUNIT_ASSERT_TRUE(test, false);
}

/* Are actions called newest first, also after a failed assertion? */
static void newest_first(struct kunit *test)
{
	run_inner(three_actions);
	KUNIT_EXPECT_STREQ(test, order, "321");
}

static void other_note(void *what)
{
	note("o");
}

static void removed(struct kunit *test)
{
	kunit_add_action(test, other_note, "2");
	kunit_add_action(test, note, "1");
	kunit_add_action(test, note, "2");
	kunit_add_action(test, note, "3");
	kunit_add_action(test, other_note, "2");
	kunit_remove_action(test, note, "2");
	kunit_release_action(test, note, "1");
	note("-");
	kunit_release_action(test, note, "9");
}

/* Is a removed action never called, and a released one called once? */
static void remove_and_release(struct kunit *test)
{
	run_inner(removed);
	KUNIT_EXPECT_STREQ(test, order, "1-o3o");
}

static void adds_on_release(void *arg)
{
	struct kunit *test = arg;

	note("a");
	kunit_add_action(test, note, "b");
}

static void nested(struct kunit *test)
{
	kunit_add_action(test, note, "c");
	kunit_add_action(test, adds_on_release, test);
}

/* May an action add another one? */
static void action_adds_action(struct kunit *test)
{
	run_inner(nested);
	KUNIT_EXPECT_STREQ(test, order, "abc");
}

static int init_fails(struct kunit_resource *res, void *context)
{
	return -EINVAL;
}

static int init_notes(struct kunit_resource *res, void *context)
{
	res->data = context;
	note("i");
	return 0;
}

static void free_notes(struct kunit_resource *res)
{
	note(res->data);
}

static void with_resources(struct kunit *test)
{
	void *data;

	data = kunit_alloc_resource(test, init_notes, free_notes, GFP_KERNEL,
				    "x");
	KUNIT_EXPECT_STREQ(test, data, "x");
	data = kunit_alloc_resource(test, init_fails, free_notes, GFP_KERNEL,
				    "y");
	KUNIT_EXPECT_NULL(test, data);
}

/* Is a resource made by init freed by free, and not if init failed? */
static void alloc_resource(struct kunit *test)
{
	run_inner(with_resources);
	KUNIT_EXPECT_STREQ(test, order, "ix");
}

/* Is a named resource found, refused twice, and gone once destroyed? */
static void named_resource(struct kunit *test)
{
	struct kunit_resource res, other, *found;

	order[0] = '\0';
	KUNIT_ASSERT_EQ(test, 0,
			kunit_add_named_resource(test, NULL, free_notes, &res,
						 "mine", "f"));
	KUNIT_EXPECT_EQ(test, -EEXIST,
			kunit_add_named_resource(test, NULL, NULL, &other,
						 "mine", NULL));

	found = kunit_find_named_resource(test, "mine");
	KUNIT_ASSERT_PTR_EQ(test, found, &res);
	KUNIT_EXPECT_EQ(test, 0, kunit_destroy_named_resource(test, "mine"));
	KUNIT_EXPECT_STREQ(test, order, "");
	kunit_put_resource(found);
	KUNIT_EXPECT_STREQ(test, order, "f");
	KUNIT_EXPECT_NULL(test, kunit_find_named_resource(test, "mine"));
	KUNIT_EXPECT_EQ(test, -ENOENT,
			kunit_destroy_named_resource(test, "mine"));
}

/* Is a resource found by what it holds, the newest of several first? */
static void found_by_data(struct kunit *test)
{
	struct kunit_resource one, two, *found;
	char here[2];

	kunit_add_resource(test, NULL, NULL, &one, here);
	kunit_add_resource(test, NULL, NULL, &two, here + 1);
	found = kunit_find_resource(test, kunit_resource_instance_match, here);
	KUNIT_EXPECT_PTR_EQ(test, found, &one);
	kunit_put_resource(found);
	KUNIT_EXPECT_NULL(test,
			  kunit_find_resource(test,
					      kunit_resource_instance_match,
					      here + 2));
	/* neither has a name */
	KUNIT_EXPECT_NULL(test, kunit_find_named_resource(test, "one"));
	KUNIT_EXPECT_EQ(test, 0,
			kunit_destroy_resource(test,
					       kunit_resource_instance_match,
					       here + 1));
	KUNIT_EXPECT_EQ(test, 0,
			kunit_destroy_resource(test,
					       kunit_resource_instance_match,
					       here));
}

/*
 * Without memory for an action, is it called at once where that was asked for,
 * and is memory that could not be noted given back?
 */
static void no_memory_for_actions(struct kunit *test)
{
	order[0] = '\0';
	fail_nth_begin(test);
	fault_nth_set(1);
	KUNIT_EXPECT_EQ(test, kunit_add_action(test, note, "a"), -ENOMEM);
	fault_nth_set(1);
	KUNIT_EXPECT_EQ(test, kunit_add_action_or_reset(test, note, "b"),
			-ENOMEM);
	KUNIT_EXPECT_STREQ(test, order, "b");
	fault_nth_set(1);
	KUNIT_EXPECT_NULL(test, kunit_kmalloc(test, 100, GFP_KERNEL));
	fault_nth_set(2);
	KUNIT_EXPECT_NULL(test, kunit_kmalloc(test, 100, GFP_KERNEL));
	KUNIT_EXPECT_EQ(test, fault_nth_left(), 0U);
	fault_nth_set(1);
	KUNIT_EXPECT_NULL(test, kunit_alloc_resource(test, NULL, NULL,
						     GFP_KERNEL, NULL));
	fail_nth_end(test);
	kunit_release_action(test, note, "never added");
	KUNIT_EXPECT_STREQ(test, order, "b");
}

static bool all_zero(const u8 *bytes, size_t size)
{
	while (size--) {
		if (*bytes++)
			return false;
	}
	return true;
}

/* Is memory of a case zeroed when asked, and may it be freed early? */
static void memory(struct kunit *test)
{
	u8 *zeroed = kunit_kzalloc(test, 100, GFP_KERNEL);
	u32 *array = kunit_kcalloc(test, 10, sizeof(u32), GFP_KERNEL);
	void *plain = kunit_kmalloc(test, 3000, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, zeroed);
	KUNIT_ASSERT_NOT_NULL(test, array);
	KUNIT_ASSERT_NOT_NULL(test, plain);
	KUNIT_EXPECT_TRUE(test, all_zero(zeroed, 100));
	KUNIT_EXPECT_TRUE(test, all_zero((u8 *)array, 40));
	KUNIT_EXPECT_NULL(test, kunit_kmalloc_array(test, 1ul << 31, 4,
						    GFP_KERNEL | __GFP_NOWARN));
	kunit_kfree(test, plain);
	kunit_kfree(test, NULL);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(newest_first),
	KUNIT_CASE(remove_and_release),
	KUNIT_CASE(action_adds_action),
	KUNIT_CASE(alloc_resource),
	KUNIT_CASE(named_resource),
	KUNIT_CASE(found_by_data),
	KUNIT_CASE(no_memory_for_actions),
	KUNIT_CASE(memory),
	{},
};

static struct kunit_suite suite = {
	.name = "kunit_resource",
	.test_cases = cases,
};
kunit_test_suite(suite);
