// SPDX-License-Identifier: MIT
/*
 * Fuzz target "lists": rbtree, list_sort(), sort(), seq_buf.
 *
 * Bytes: steps, each a byte of what to do and its operands.
 *
 *	0-3	a key into the tree
 *	4-6	a key out of it
 *	7	another node in the place of one
 *	8	the tree forwards, backwards, children first
 *	9	a list of so many small numbers, sorted
 *	10	an array of elements of 1 to 12 bytes, sorted
 *	11	text into a seq_buf
 *
 * The models: an array of 256 flags; sorting by selection; a string.
 *
 * After every step: the tree has the model's keys in their order, each node
 * knows its parent, no red node has a red child, and all ways down have as many
 * black nodes; what was sorted is in order, has the same elements, and in a
 * list equal ones as they were; a seq_buf has what fits, and knows if not all.
 */
#include "fuzz.h"

#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/list_sort.h>
#include <linux/rbtree.h>
#include <linux/seq_buf.h>
#include <linux/sort.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#define KEYS 256
#define ITEMS 40
#define TEXT 80

struct node {
	struct rb_node rb;
	u8 key;
};

static struct node nodes[2][KEYS];	/* the second to replace by */
static struct node *node_of[KEYS];	/* the model: NULL or in the tree */
static struct rb_root root;

/* --- the tree --- */

static struct node *node(const struct rb_node *rb)
{
	return rb_entry(rb, struct node, rb);
}

static bool is_black(const struct rb_node *rb)
{
	return !rb || rb->__rb_parent_color & 1;
}

/* Black nodes on each way down; or it ends here. */
static unsigned int check_subtree(const struct rb_node *rb)
{
	unsigned int left, right;

	if (!rb)
		return 0;
	fuzz_check(!rb->rb_left || rb_parent(rb->rb_left) == rb, "key %u",
		   node(rb)->key);
	fuzz_check(!rb->rb_right || rb_parent(rb->rb_right) == rb, "key %u",
		   node(rb)->key);
	fuzz_check(is_black(rb) ||
			   (is_black(rb->rb_left) && is_black(rb->rb_right)),
		   "red key %u has a red child", node(rb)->key);
	left = check_subtree(rb->rb_left);
	right = check_subtree(rb->rb_right);
	fuzz_check(left == right, "key %u: %u and %u", node(rb)->key, left,
		   right);
	return left + is_black(rb);
}

static void check_tree(void)
{
	struct rb_node *rb = rb_first(&root);
	unsigned int key;

	for (key = 0; key < KEYS; key++) {
		if (!node_of[key])
			continue;
		fuzz_check(rb == &node_of[key]->rb, "key %u", key);
		rb = rb_next(rb);
	}
	fuzz_check(!rb, "more keys than the model");
	check_subtree(root.rb_node);
}

static void step_insert(struct fuzz_input *in)
{
	struct rb_node **link = &root.rb_node, *parent = NULL;
	u8 key = fuzz_u8(in);

	if (node_of[key])
		return;
	while (*link) {
		parent = *link;
		link = key < node(parent)->key ? &parent->rb_left :
						 &parent->rb_right;
	}
	node_of[key] = &nodes[0][key];
	node_of[key]->key = key;
	rb_link_node(&node_of[key]->rb, parent, link);
	rb_insert_color(&node_of[key]->rb, &root);
	check_tree();
}

static void step_erase(struct fuzz_input *in)
{
	u8 key = fuzz_u8(in);

	if (!node_of[key])
		return;
	rb_erase(&node_of[key]->rb, &root);
	node_of[key] = NULL;
	check_tree();
}

static void step_replace(struct fuzz_input *in)
{
	u8 key = fuzz_u8(in);
	struct node *old = node_of[key], *new;

	if (!old)
		return;
	new = old == &nodes[0][key] ? &nodes[1][key] : &nodes[0][key];
	new->key = key;
	rb_replace_node(&old->rb, &new->rb, &root);
	node_of[key] = new;
	memset(old, 0x5a, sizeof(*old));
	check_tree();
}

static void step_walk(struct fuzz_input *in)
{
	struct rb_node *rb = rb_last(&root);
	bool seen[KEYS] = { false };
	int key;

	for (key = KEYS - 1; key >= 0; key--) {
		if (!node_of[key])
			continue;
		fuzz_check(rb == &node_of[key]->rb, "key %d", key);
		rb = rb_prev(rb);
	}
	fuzz_check(!rb, "more keys than the model");
	for (rb = rb_first_postorder(&root); rb; rb = rb_next_postorder(rb)) {
		fuzz_check(!rb->rb_left || seen[node(rb->rb_left)->key], "%u",
			   node(rb)->key);
		fuzz_check(!rb->rb_right || seen[node(rb->rb_right)->key], "%u",
			   node(rb)->key);
		seen[node(rb)->key] = true;
	}
	for (key = 0; key < KEYS; key++)
		fuzz_check(seen[key] == !!node_of[key], "key %d", key);
}

/* --- sorting --- */

struct item {
	struct list_head list;
	u8 key, nr;
};

static int compare_items(void *priv, const struct list_head *a,
			 const struct list_head *b)
{
	return (int)list_entry(a, struct item, list)->key -
	       (int)list_entry(b, struct item, list)->key;
}

static void step_list_sort(struct fuzz_input *in)
{
	static struct item items[ITEMS];
	unsigned int nr = fuzz_below(in, ITEMS + 1), i, seen = 0;
	struct item *item, *last = NULL;
	LIST_HEAD(head);

	for (i = 0; i < nr; i++) {
		items[i].key = fuzz_u8(in) % 16;
		items[i].nr = i;
		list_add_tail(&items[i].list, &head);
	}
	list_sort(NULL, &head, compare_items);
	list_for_each_entry(item, &head, list) {
		fuzz_check(!last || last->key < item->key ||
				   (last->key == item->key &&
				    last->nr < item->nr),
			   "%u behind %u", item->nr, last->nr);
		fuzz_check(item->list.next->prev == &item->list, "%u",
			   item->nr);
		last = item;
		fuzz_check(++seen <= nr, "a circle");
	}
	fuzz_check(seen == nr, "%u of %u", seen, nr);
}

static int compare_first(const void *a, const void *b)
{
	return (int)*(const u8 *)a - (int)*(const u8 *)b;
}

/* The first byte is the key; the others are made of it. */
static void step_sort(struct fuzz_input *in)
{
	size_t nr = fuzz_below(in, ITEMS + 1), size = 1 + fuzz_below(in, 12);
	unsigned int count[256] = { 0 };
	u8 array[ITEMS * 12 + 1];
	size_t i, k;

	memset(array, 0xee, sizeof(array));
	for (i = 0; i < nr; i++) {
		u8 key = fuzz_u8(in);

		count[key]++;
		for (k = 0; k < size; k++)
			array[i * size + k] = key + k;
	}
	sort(array, nr, size, compare_first, NULL);
	for (i = 0; i < nr; i++) {
		u8 key = array[i * size];

		fuzz_check(!i || array[(i - 1) * size] <= key, "%zu", i);
		fuzz_check(count[key]--, "one key %u too many", key);
		for (k = 0; k < size; k++)
			fuzz_check(array[i * size + k] == (u8)(key + k),
				   "%zu, byte %zu", i, k);
	}
	fuzz_check(array[nr * size] == 0xee, "written behind");
}

/* --- seq_buf --- */

static void step_seq_buf(struct fuzz_input *in)
{
	char buf[TEXT + 1], want[4 * TEXT] = "", piece[TEXT];
	unsigned int size = fuzz_below(in, TEXT + 1), nr = fuzz_below(in, 12);
	size_t len = 0, all = 0;
	struct seq_buf s;

	memset(buf, 0xee, sizeof(buf));
	seq_buf_init(&s, buf, size);
	while (nr--) {
		u8 how = fuzz_u8(in);
		size_t n = how >> 3, room = how % 3 == 2 ? n : n + 1;

		memset(piece, 'a' + nr, n);
		piece[n] = 0;
		if (how % 3 == 0)
			seq_buf_printf(&s, "%s", piece);
		else if (how % 3 == 1)
			seq_buf_puts(&s, piece);
		else
			seq_buf_putmem(&s, piece, n);
		all = all > size || len + room > size ? size + 1 : len + n;
		if (all > size)
			break;
		memcpy(want + len, piece, n);
		len += n;
	}
	fuzz_check(seq_buf_has_overflowed(&s) == (all > size), "%zu in %u", all,
		   size);
	fuzz_check(!memcmp(buf, want, len), "%zu of %u", len, size);
	fuzz_check(buf[size] == (char)0xee, "written behind");
}

/* --- the whole --- */

static void run(struct fuzz_input *in)
{
	static void (*const steps[])(struct fuzz_input *) = {
		[0 ... 3] = step_insert, [4 ... 6] = step_erase,
		[7] = step_replace, [8] = step_walk, [9] = step_list_sort,
		[10] = step_sort, [11] = step_seq_buf,
	};

	memset(node_of, 0, sizeof(node_of));
	root = RB_ROOT;
	while (fuzz_left(in))
		steps[fuzz_below(in, ARRAY_SIZE(steps))](in);
}

const struct fuzz_target fuzz_lists = { .name = "lists", .run = run };
