// SPDX-License-Identifier: MIT
/* Red-black trees: do R1 to R4 of lib/rbtree.c hold after every step? */
#include <kunit/test.h>
#include <linux/minmax.h>
#include <linux/random.h>
#include <linux/rbtree.h>
#include <linux/rbtree_augmented.h>
#include <linux/string.h>

#define NR_NODES 200
#define STEPS 3000

struct item {
	struct rb_node rb;
	unsigned int key;
	unsigned int load;		/* the item's own */
	unsigned int load_max;		/* of its subtree (R4) */
	bool in_tree;
};

static struct item items[NR_NODES];
static struct rb_root_cached tree;

static unsigned int load_of(struct item *item)
{
	return item->load;
}

RB_DECLARE_CALLBACKS_MAX(static, load_callbacks, struct item, rb, unsigned int,
			 load_max, load_of)

static struct item *item_of(struct rb_node *rb)
{
	return rb_entry_safe(rb, struct item, rb);
}

static unsigned int load_max_of(struct rb_node *rb)
{
	return rb ? item_of(rb)->load_max : 0;
}

/* R1 to R4 below node; its black height, or -1. */
static int black_height(struct kunit *test, struct rb_node *node,
			bool augmented)
{
	int left, right;
	unsigned int load;

	if (!node)
		return 0;
	left = black_height(test, node->rb_left, augmented);
	right = black_height(test, node->rb_right, augmented);
	KUNIT_ASSERT_EQ_MSG(test, left, right, "R3");
	if (rb_is_red(node)) {
		KUNIT_ASSERT_FALSE_MSG(
			test, node->rb_left && rb_is_red(node->rb_left), "R2");
		KUNIT_ASSERT_FALSE_MSG(test,
				       node->rb_right &&
					       rb_is_red(node->rb_right),
				       "R2");
	}
	if (node->rb_left)
		KUNIT_ASSERT_PTR_EQ(test, rb_parent(node->rb_left), node);
	if (node->rb_right)
		KUNIT_ASSERT_PTR_EQ(test, rb_parent(node->rb_right), node);
	if (augmented) {
		load = max3(item_of(node)->load, load_max_of(node->rb_left),
			    load_max_of(node->rb_right));
		KUNIT_ASSERT_EQ_MSG(test, item_of(node)->load_max, load, "R4");
	}
	return left + rb_is_black(node);
}

/* The whole tree against the array, in both directions. */
static void check_tree(struct kunit *test, bool augmented)
{
	struct rb_node *rb, *prev = NULL;
	unsigned int in_tree = 0, walked = 0;

	if (tree.rb_root.rb_node) {
		KUNIT_ASSERT_TRUE_MSG(test, rb_is_black(tree.rb_root.rb_node),
				      "R1");
		KUNIT_ASSERT_NULL(test, rb_parent(tree.rb_root.rb_node));
	}
	black_height(test, tree.rb_root.rb_node, augmented);
	for (int i = 0; i < NR_NODES; i++)
		in_tree += items[i].in_tree;
	for (rb = rb_first(&tree.rb_root); rb; rb = rb_next(rb)) {
		KUNIT_ASSERT_TRUE(test, item_of(rb)->in_tree);
		KUNIT_ASSERT_PTR_EQ(test, rb_prev(rb), prev);
		if (prev)
			KUNIT_ASSERT_LE(test, item_of(prev)->key,
					item_of(rb)->key);
		prev = rb;
		walked++;
	}
	KUNIT_ASSERT_EQ(test, walked, in_tree);
	KUNIT_ASSERT_PTR_EQ(test, rb_last(&tree.rb_root), prev);
	KUNIT_ASSERT_PTR_EQ(test, rb_first_cached(&tree),
			    rb_first(&tree.rb_root));
}

static bool less(struct rb_node *a, const struct rb_node *b)
{
	return item_of(a)->key < rb_entry(b, struct item, rb)->key;
}

static void insert_augmented(struct item *item)
{
	struct rb_node **link = &tree.rb_root.rb_node, *parent = NULL;
	bool leftmost = true;

	while (*link) {
		parent = *link;
		item_of(parent)->load_max =
			max(item_of(parent)->load_max, item->load);
		if (item->key < item_of(parent)->key) {
			link = &parent->rb_left;
		} else {
			link = &parent->rb_right;
			leftmost = false;
		}
	}
	item->load_max = item->load;
	rb_link_node(&item->rb, parent, link);
	rb_insert_augmented_cached(&item->rb, &tree, leftmost, &load_callbacks);
}

static int reset(struct kunit *test)
{
	memset(items, 0, sizeof(items));
	tree = RB_ROOT_CACHED;
	return 0;
}

/* Does the tree stay right while random nodes come and go? */
static void random_plain(struct kunit *test)
{
	struct rnd_state rnd;
	struct item *item;

	prandom_seed_state(&rnd, 42);
	for (int step = 0; step < STEPS; step++) {
		item = &items[prandom_u32_state(&rnd) % NR_NODES];
		if (item->in_tree) {
			rb_erase_cached(&item->rb, &tree);
		} else {
			item->key = prandom_u32_state(&rnd) % 300;
			rb_add_cached(&item->rb, &tree, less);
		}
		item->in_tree = !item->in_tree;
		if (step % 8 == 0)
			check_tree(test, false);
	}
}

/* Does an augmented tree also keep the largest load of each subtree? */
static void random_augmented(struct kunit *test)
{
	struct rnd_state rnd;
	struct item *item;

	prandom_seed_state(&rnd, 43);
	for (int step = 0; step < STEPS; step++) {
		item = &items[prandom_u32_state(&rnd) % NR_NODES];
		if (item->in_tree) {
			rb_erase_augmented_cached(&item->rb, &tree,
						  &load_callbacks);
		} else {
			item->key = prandom_u32_state(&rnd);
			item->load = prandom_u32_state(&rnd) % 1000;
			insert_augmented(item);
		}
		item->in_tree = !item->in_tree;
		if (step % 4 == 0)
			check_tree(test, true);
	}
}

/*
 * Do rising and falling keys, the worst for an unbalanced tree, give one
 * that is no deeper than 2 log2(n + 1)?
 */
static void sorted_input(struct kunit *test)
{
	struct rb_node *rb;
	int depth, deepest = 0;

	for (int i = 0; i < NR_NODES; i++) {
		items[i].key = i < 100 ? i : 1000 - i;
		rb_add_cached(&items[i].rb, &tree, less);
		items[i].in_tree = true;
		check_tree(test, false);
	}
	for (int i = 0; i < NR_NODES; i++) {
		depth = 0;
		for (rb = &items[i].rb; rb; rb = rb_parent(rb))
			depth++;
		deepest = max(deepest, depth);
	}
	KUNIT_EXPECT_LE(test, deepest, 15);
	for (int i = 0; i < NR_NODES; i++) {
		rb_erase_cached(&items[i].rb, &tree);
		items[i].in_tree = false;
		check_tree(test, false);
	}
	KUNIT_EXPECT_TRUE(test, RB_EMPTY_ROOT(&tree.rb_root));
}

static int compare(const void *key, const struct rb_node *rb)
{
	return (int)(long)key - (int)rb_entry(rb, struct item, rb)->key;
}

/* Do the searches find the (first) equal node, and NULL where none is? */
static void find(struct kunit *test)
{
	for (int i = 0; i < NR_NODES; i++) {
		items[i].key = i / 4 * 2;
		rb_add_cached(&items[i].rb, &tree, less);
	}
	for (long key = 0; key < NR_NODES / 2; key++) {
		struct item *any =
			item_of(rb_find((void *)key, &tree.rb_root, compare));
		struct item *first = item_of(
			rb_find_first((void *)key, &tree.rb_root, compare));

		if (key % 2) {
			KUNIT_ASSERT_NULL(test, any);
			KUNIT_ASSERT_NULL(test, first);
			continue;
		}
		KUNIT_ASSERT_EQ(test, any->key, key);
		/* Equal ones were inserted in the array's order. */
		KUNIT_ASSERT_PTR_EQ(test, first, &items[key * 2]);
	}
}

/* Are all children visited before their parent, so that all can be freed? */
static void postorder(struct kunit *test)
{
	struct item *item, *next;
	int visited = 0;

	for (int i = 0; i < 50; i++) {
		items[i].key = i * 7 % 50;
		items[i].in_tree = true;
		rb_add_cached(&items[i].rb, &tree, less);
	}
	rbtree_postorder_for_each_entry_safe(item, next, &tree.rb_root, rb) {
		if (item->rb.rb_left)
			KUNIT_EXPECT_FALSE(test,
					   item_of(item->rb.rb_left)->in_tree);
		if (item->rb.rb_right)
			KUNIT_EXPECT_FALSE(test,
					   item_of(item->rb.rb_right)->in_tree);
		item->in_tree = false;
		visited++;
	}
	KUNIT_EXPECT_EQ(test, visited, 50);
}

/* Can every node be replaced by another in its place? */
static void replace(struct kunit *test)
{
	for (int i = 0; i < 50; i++) {
		items[i].key = i;
		items[i].in_tree = true;
		rb_add_cached(&items[i].rb, &tree, less);
	}
	for (int i = 0; i < 50; i++) {
		items[100 + i].key = i;
		rb_replace_node_cached(&items[i].rb, &items[100 + i].rb, &tree);
		items[i].in_tree = false;
		items[100 + i].in_tree = true;
		check_tree(test, false);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(random_plain),
	KUNIT_CASE(random_augmented),
	KUNIT_CASE(sorted_input),
	KUNIT_CASE(find),
	KUNIT_CASE(postorder),
	KUNIT_CASE(replace),
	{}
};

static struct kunit_suite suite = {
	.name = "lib_rbtree",
	.init = reset,
	.test_cases = cases,
};
kunit_test_suite(suite);
