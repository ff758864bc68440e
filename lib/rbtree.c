// SPDX-License-Identifier: MIT
/*
 * rbtree.c - red-black trees
 *
 * Problem: an ordered set with search, insertion and removal in O(log n) in
 * the worst case, whose nodes are part of the objects, without recursion.
 *
 * A search tree in which each node is red or black:
 *
 *  R1  The root is black.
 *  R2  A red node has no red child.
 *  R3  Every way from a node down to a NULL passes as many black nodes.
 *  R4  An augmented value is that of the node's subtree (user's callbacks).
 *
 * So the longest way (red and black by turns) is at most twice the shortest
 * (black only): depth <= 2 log2(n + 1).
 *
 * Insertion adds a red node, which can only break R2. Towards the root:
 *
 *   red uncle: recolour, go on at G       black uncle: rotate, done
 *
 *        G            g*                     G              P
 *       / \          / \                    / \            / \
 *      p   u   -->  P   U                  p   U    -->   n   g
 *     /            /                      /                    \
 *    n            n                      n                      U
 *
 * (capital: black; * may break R2 one level up. If n is the inner child, a
 * first rotation at p makes it the outer.)
 *
 * Removal of a black node leaves a way that is one black short (R3). N is
 * the root of the short side, S its sibling:
 *
 *   S red:              rotate at P so that S is black, then as below
 *   S and its children  make S red; P's subtree is short now: go on at P,
 *   black:              or, if P is red, make it black and end
 *   far child red:      rotate at P, S takes P's colour; done
 *   near child red      first rotate at S: the far child is red then
 *
 * Left and right are mirror images; child[] below would need another layout
 * of the node, so the side is a parameter of the few functions that look at
 * it (child_of(), set_child()).
 *
 * Lock: the caller's. Cost: O(log n); at most two rotations for an
 * insertion, three for a removal.
 *
 * Differs from Linux: (lib/rbtree.c) no variants for readers without a lock.
 */
#include <linux/rbtree_augmented.h>

enum side {
	LEFT,
	RIGHT,
};

static __always_inline struct rb_node *child_of(const struct rb_node *node,
						enum side side)
{
	return side == LEFT ? node->rb_left : node->rb_right;
}

static __always_inline void set_child(struct rb_node *node, enum side side,
				      struct rb_node *child)
{
	if (side == LEFT)
		node->rb_left = child;
	else
		node->rb_right = child;
}

static __always_inline enum side other(enum side side)
{
	return side == LEFT ? RIGHT : LEFT;
}

static __always_inline enum side side_of(const struct rb_node *node,
					 const struct rb_node *parent)
{
	return parent->rb_left == node ? LEFT : RIGHT;
}

/* A NULL counts as black. */
static __always_inline bool is_red(const struct rb_node *node)
{
	return node && rb_is_red(node);
}

static __always_inline void set_parent(struct rb_node *node,
				       struct rb_node *parent)
{
	node->__rb_parent_color = (unsigned long)parent | rb_color(node);
}

static __always_inline void set_color(struct rb_node *node, unsigned long color)
{
	node->__rb_parent_color = (node->__rb_parent_color & ~1UL) | color;
}

/* What pointed to old - parent's child, or the root - points to new. */
static __always_inline void change_child(struct rb_node *parent,
					 struct rb_node *old,
					 struct rb_node *new,
					 struct rb_root *root)
{
	if (!parent)
		root->rb_node = new;
	else
		set_child(parent, side_of(old, parent), new);
}

typedef void (*rotate_fn)(struct rb_node *old, struct rb_node *new);

static void rotate_nothing(struct rb_node *old, struct rb_node *new)
{
}

/*
 * Lets top sink to the given side; its other child takes its place. The
 * colours stay with the nodes. Returns the new top.
 *
 *      top              up
 *     /   \            /  \
 *    a     up   -->  top   c        (side LEFT)
 *         /  \      /   \
 *        b    c    a     b
 */
static __always_inline struct rb_node *rotate(struct rb_node *top,
					      enum side side,
					      struct rb_root *root,
					      rotate_fn augment)
{
	struct rb_node *up = child_of(top, other(side));
	struct rb_node *moved = child_of(up, side);
	struct rb_node *parent = rb_parent(top);

	set_child(top, other(side), moved);
	if (moved)
		set_parent(moved, top);
	change_child(parent, top, up, root);
	set_parent(up, parent);
	set_child(up, side, top);
	set_parent(top, up);
	augment(top, up);
	return up;
}

static __always_inline void
insert_fixup(struct rb_node *node, struct rb_root *root, rotate_fn augment)
{
	struct rb_node *parent, *grand, *uncle;
	enum side side;

	while ((parent = rb_parent(node)) != NULL && rb_is_red(parent)) {
		grand = rb_parent(parent);	/* not NULL: R1 */
		side = side_of(parent, grand);
		uncle = child_of(grand, other(side));
		if (is_red(uncle)) {
			set_color(parent, RB_BLACK);
			set_color(uncle, RB_BLACK);
			set_color(grand, RB_RED);
			node = grand;
			continue;
		}
		if (side_of(node, parent) != side)
			parent = rotate(parent, side, root, augment);
		set_color(parent, RB_BLACK);
		set_color(grand, RB_RED);
		rotate(grand, other(side), root, augment);
		return;
	}
	if (!parent)
		set_color(node, RB_BLACK);
}

void rb_insert_color(struct rb_node *node, struct rb_root *root)
{
	insert_fixup(node, root, rotate_nothing);
}

void __rb_insert_augmented(struct rb_node *node, struct rb_root *root,
			   void (*rotate_cb)(struct rb_node *old,
					     struct rb_node *new))
{
	insert_fixup(node, root, rotate_cb);
}

/*
 * S, black, has a red child: gives the short side its black node back.
 * near and far are seen from the short side.
 */
static __always_inline void borrow_black(struct rb_node *parent, enum side side,
					 struct rb_root *root,
					 rotate_fn augment)
{
	struct rb_node *sibling = child_of(parent, other(side));

	if (!is_red(child_of(sibling, other(side)))) {
		set_color(child_of(sibling, side), RB_BLACK);
		set_color(sibling, RB_RED);
		sibling = rotate(sibling, other(side), root, augment);
	}
	set_color(sibling, rb_color(parent));
	set_color(parent, RB_BLACK);
	set_color(child_of(sibling, other(side)), RB_BLACK);
	rotate(parent, side, root, augment);
}

/* node (may be NULL) under parent is the root of a side one black short. */
static __always_inline void erase_fixup(struct rb_node *node,
					struct rb_node *parent,
					struct rb_root *root, rotate_fn augment)
{
	struct rb_node *sibling;
	enum side side;

	while (parent && !is_red(node)) {
		side = parent->rb_left == node ? LEFT : RIGHT;
		sibling = child_of(parent, other(side));
		if (rb_is_red(sibling)) {
			set_color(sibling, RB_BLACK);
			set_color(parent, RB_RED);
			rotate(parent, side, root, augment);
			sibling = child_of(parent, other(side));
		}
		if (is_red(sibling->rb_left) || is_red(sibling->rb_right)) {
			borrow_black(parent, side, root, augment);
			return;
		}
		set_color(sibling, RB_RED);
		node = parent;
		parent = rb_parent(node);
	}
	if (node)
		set_color(node, RB_BLACK);
}

/* Where a removal took a node away, and what colour went with it. */
struct gap {
	struct rb_node *child;		/* what stands there now, or NULL */
	struct rb_node *parent;
	unsigned long color;
};

/* node has at most one child, which takes its place. */
static __always_inline struct gap unlink_single(struct rb_node *node,
						struct rb_root *root)
{
	struct gap gap = {
		.child = node->rb_left ? node->rb_left : node->rb_right,
		.parent = rb_parent(node),
		.color = rb_color(node),
	};

	change_child(gap.parent, node, gap.child, root);
	if (gap.child)
		set_parent(gap.child, gap.parent);
	return gap;
}

/*
 * node has two children: its successor, the leftmost of the right side, is
 * taken out of there and put in node's place with node's colour.
 */
static __always_inline struct gap
unlink_double(struct rb_node *node, struct rb_root *root,
	      const struct rb_augment_callbacks *augment)
{
	struct rb_node *successor = node->rb_right;
	struct gap gap;

	while (successor->rb_left)
		successor = successor->rb_left;
	gap = unlink_single(successor, root);
	if (gap.parent == node)
		gap.parent = successor;

	successor->__rb_parent_color = node->__rb_parent_color;
	successor->rb_left = node->rb_left;
	successor->rb_right = node->rb_right;
	set_parent(successor->rb_left, successor);
	if (successor->rb_right)
		set_parent(successor->rb_right, successor);
	change_child(rb_parent(node), node, successor, root);
	augment->copy(node, successor);
	augment->propagate(gap.parent, successor);
	/* Even where nothing changed below, node itself is gone (R4). */
	augment->propagate(successor, NULL);
	return gap;
}

static __always_inline void erase(struct rb_node *node, struct rb_root *root,
				  const struct rb_augment_callbacks *augment)
{
	struct gap gap;

	if (node->rb_left && node->rb_right) {
		gap = unlink_double(node, root, augment);
	} else {
		gap = unlink_single(node, root);
		augment->propagate(gap.parent, NULL);
	}
	if (gap.color == RB_BLACK)
		erase_fixup(gap.child, gap.parent, root, augment->rotate);
}

static void propagate_nothing(struct rb_node *node, struct rb_node *stop)
{
}

static const struct rb_augment_callbacks no_augment = {
	.propagate = propagate_nothing,
	.copy = rotate_nothing,
	.rotate = rotate_nothing,
};

void rb_erase(struct rb_node *node, struct rb_root *root)
{
	erase(node, root, &no_augment);
}

void rb_erase_augmented(struct rb_node *node, struct rb_root *root,
			const struct rb_augment_callbacks *augment)
{
	erase(node, root, augment);
}
