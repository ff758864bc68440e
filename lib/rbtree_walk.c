// SPDX-License-Identifier: MIT
/*
 * rbtree_walk.c - red-black trees in order, and exchange of one node
 *
 * A walk keeps no stack: the parents' links lead back. Each link is passed
 * twice in a whole walk, so a step costs O(1) on average, O(log n) at most.
 */
#include <linux/rbtree_augmented.h>

/* As deep as it goes to the left, or right. */
static struct rb_node *leftmost(struct rb_node *node)
{
	while (node && node->rb_left)
		node = node->rb_left;
	return node;
}

static struct rb_node *rightmost(struct rb_node *node)
{
	while (node && node->rb_right)
		node = node->rb_right;
	return node;
}

struct rb_node *rb_first(const struct rb_root *root)
{
	return leftmost(root->rb_node);
}

struct rb_node *rb_last(const struct rb_root *root)
{
	return rightmost(root->rb_node);
}

struct rb_node *rb_next(const struct rb_node *node)
{
	struct rb_node *parent;

	if (RB_EMPTY_NODE(node))
		return NULL;
	if (node->rb_right)
		return leftmost(node->rb_right);
	/* The first ancestor that has node on its left. */
	while ((parent = rb_parent(node)) != NULL && node == parent->rb_right)
		node = parent;
	return parent;
}

struct rb_node *rb_prev(const struct rb_node *node)
{
	struct rb_node *parent;

	if (RB_EMPTY_NODE(node))
		return NULL;
	if (node->rb_left)
		return rightmost(node->rb_left);
	while ((parent = rb_parent(node)) != NULL && node == parent->rb_left)
		node = parent;
	return parent;
}

static struct rb_node *deepest_first(struct rb_node *node)
{
	while (node && (node->rb_left || node->rb_right))
		node = node->rb_left ? node->rb_left : node->rb_right;
	return node;
}

struct rb_node *rb_first_postorder(const struct rb_root *root)
{
	return deepest_first(root->rb_node);
}

struct rb_node *rb_next_postorder(const struct rb_node *node)
{
	struct rb_node *parent;

	if (!node)
		return NULL;
	parent = rb_parent(node);
	if (parent && node == parent->rb_left && parent->rb_right)
		return deepest_first(parent->rb_right);
	return parent;
}

static void adopt(struct rb_node *child, struct rb_node *parent)
{
	if (child)
		child->__rb_parent_color = (unsigned long)parent |
					   rb_color(child);
}

void rb_replace_node(struct rb_node *victim, struct rb_node *new,
		     struct rb_root *root)
{
	struct rb_node *parent = rb_parent(victim);

	*new = *victim;
	adopt(victim->rb_left, new);
	adopt(victim->rb_right, new);
	if (!parent)
		root->rb_node = new;
	else if (parent->rb_left == victim)
		parent->rb_left = new;
	else
		parent->rb_right = new;
}
