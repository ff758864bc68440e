// SPDX-License-Identifier: MIT
/* Lists: do they keep their links, and do damaged ones get told of? */
#include <kunit/test.h>
#include <linux/hashtable.h>
#include <linux/list.h>
#include <linux/list_sort.h>
#include <linux/llist.h>
#include <linux/random.h>
#include <linux/string.h>
#include <quire/capture.h>

struct item {
	int value;
	int born;
	struct list_head link;
	struct hlist_node hlink;
	struct llist_node llink;
};

#define NR_ITEMS 8

static struct item items[NR_ITEMS];

static void fill(struct list_head *head, int nr)
{
	INIT_LIST_HEAD(head);
	for (int i = 0; i < nr; i++) {
		items[i].value = i;
		list_add_tail(&items[i].link, head);
	}
}

/*
 * The values from front to back, one digit each; checked backwards too. A
 * broken list may be endless: the walks stop at NR_ITEMS entries.
 */
static void expect_list(struct kunit *test, struct list_head *head,
			const char *digits)
{
	char forth[32] = "", back[32] = "";
	struct item *item;
	size_t n = 0, len = strlen(digits);

	list_for_each_entry(item, head, link) {
		KUNIT_ASSERT_LT(test, n, NR_ITEMS);
		forth[n++] = '0' + item->value;
	}
	KUNIT_ASSERT_STREQ(test, forth, digits);
	list_for_each_entry_reverse(item, head, link) {
		KUNIT_ASSERT_GT(test, len, 0);
		back[--len] = '0' + item->value;
	}
	KUNIT_EXPECT_STREQ(test, back, digits);
}

/* Do adding, removing and moving leave the order they say? */
static void order(struct kunit *test)
{
	LIST_HEAD(head);

	fill(&head, 3);
	expect_list(test, &head, "012");
	list_move(&items[2].link, &head);
	expect_list(test, &head, "201");
	list_move_tail(&items[2].link, &head);
	expect_list(test, &head, "012");
	list_del(&items[1].link);
	expect_list(test, &head, "02");
	list_add(&items[1].link, &head);
	expect_list(test, &head, "102");
	list_swap(&items[1].link, &items[0].link);
	expect_list(test, &head, "012");
	list_rotate_left(&head);
	expect_list(test, &head, "120");
	list_rotate_to_front(&items[0].link, &head);
	expect_list(test, &head, "012");
	KUNIT_EXPECT_EQ(test, list_count_nodes(&head), 3);
}

/* Do the questions about a list answer for 0, 1 and 2 entries? */
static void questions(struct kunit *test)
{
	LIST_HEAD(head);

	KUNIT_EXPECT_TRUE(test, list_empty(&head));
	KUNIT_EXPECT_FALSE(test, list_is_singular(&head));
	KUNIT_EXPECT_NULL(test,
			  list_first_entry_or_null(&head, struct item, link));
	fill(&head, 1);
	KUNIT_EXPECT_TRUE(test, list_is_singular(&head));
	fill(&head, 2);
	KUNIT_EXPECT_FALSE(test, list_is_singular(&head));
	KUNIT_EXPECT_TRUE(test, list_is_first(&items[0].link, &head));
	KUNIT_EXPECT_TRUE(test, list_is_last(&items[1].link, &head));
	KUNIT_EXPECT_PTR_EQ(test, list_first_entry(&head, struct item, link),
			    &items[0]);
	KUNIT_EXPECT_PTR_EQ(test, list_next_entry(&items[0], link), &items[1]);
}

/* Are lists joined and cut at the right places, and the rest emptied? */
static void splice_and_cut(struct kunit *test)
{
	LIST_HEAD(head);
	LIST_HEAD(other);

	fill(&head, 4);
	list_cut_position(&other, &head, &items[1].link);
	expect_list(test, &other, "01");
	expect_list(test, &head, "23");
	list_splice_tail_init(&other, &head);
	expect_list(test, &head, "2301");
	expect_list(test, &other, "");
	list_cut_before(&other, &head, &items[0].link);
	expect_list(test, &other, "23");
	expect_list(test, &head, "01");
	list_splice_init(&other, &head);
	expect_list(test, &head, "2301");
	list_bulk_move_tail(&head, &items[2].link, &items[3].link);
	expect_list(test, &head, "0123");
}

/* Can entries be removed while the list is walked in the safe forms? */
static void removal_while_walking(struct kunit *test)
{
	struct item *item, *next;
	LIST_HEAD(head);

	fill(&head, 6);
	list_for_each_entry_safe(item, next, &head, link)
		if (item->value % 2)
			list_del_init(&item->link);
	expect_list(test, &head, "024");
	KUNIT_EXPECT_TRUE(test, list_empty(&items[1].link));
}

/* Is a removed entry's memory poisoned so that using it shows? */
static void removed_is_poisoned(struct kunit *test)
{
	LIST_HEAD(head);

	fill(&head, 2);
	list_del(&items[0].link);
	KUNIT_EXPECT_PTR_EQ(test, (void *)items[0].link.next, LIST_POISON1);
	KUNIT_EXPECT_PTR_EQ(test, (void *)items[0].link.prev, LIST_POISON2);
}

static void expect_report(struct kunit *test, const char *words)
{
	const char *text = capture_end();

	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(text, words), "no \"%s\" in: %s",
				  words, text);
}

/* Is adding an entry twice reported, and the list left whole? */
static void double_add_is_told(struct kunit *test)
{
	LIST_HEAD(head);

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "lists are checked in debug builds only");
	fill(&head, 1);
	capture_begin();
	list_add(&items[0].link, &head);
	expect_report(test, "list_add double add");
	expect_list(test, &head, "0");
}

/* Is removing an entry twice reported, and the list left whole? */
static void double_del_is_told(struct kunit *test)
{
	LIST_HEAD(head);

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "lists are checked in debug builds only");
	fill(&head, 2);
	list_del(&items[0].link);
	capture_begin();
	list_del(&items[0].link);
	expect_report(test, "LIST_POISON1");
	expect_list(test, &head, "1");
}

/*
 * Are overwritten links of neighbours reported before more is written?
 *
 *	head <-> 0 <-> 1 <-> 2, and 1's prev points elsewhere
 */
static void corruption_is_told(struct kunit *test)
{
	LIST_HEAD(head);

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "lists are checked in debug builds only");
	fill(&head, 3);
	items[1].link.prev = &items[5].link;
	items[5].link.next = &items[6].link;
	capture_begin();
	list_del(&items[1].link);
	expect_report(test, "list_del corruption. prev->next should be");
	items[1].link.prev = &items[0].link;

	fill(&head, 3);
	items[2].link.prev = &items[5].link;
	capture_begin();
	list_del(&items[1].link);
	expect_report(test, "list_del corruption. next->prev should be");

	fill(&head, 3);
	items[0].link.prev = &items[5].link;
	capture_begin();
	list_add(&items[4].link, &head);
	expect_report(test, "list_add corruption. next->prev should be");
	items[0].link.prev = &head;
	expect_list(test, &head, "012");

	head.prev = &items[1].link;
	capture_begin();
	list_add_tail(&items[4].link, &head);
	expect_report(test, "list_add corruption. prev->next should be");
}

/* Are links that are NULL, or poison in one place only, reported as such? */
static void empty_links_are_told(struct kunit *test)
{
	LIST_HEAD(head);

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "lists are checked in debug builds only");
	fill(&head, 2);
	items[4].link.next = items[4].link.prev = NULL;
	capture_begin();
	list_del(&items[4].link);
	expect_report(test, "->prev or ->next is NULL");
	items[4].link.next = NULL;
	items[4].link.prev = &items[0].link;
	capture_begin();
	list_del(&items[4].link);
	expect_report(test, "->prev or ->next is NULL");
	items[4].link.next = &items[0].link;
	items[4].link.prev = LIST_POISON2;
	capture_begin();
	list_del(&items[4].link);
	expect_report(test, "LIST_POISON2");
	expect_list(test, &head, "01");
	capture_begin();
	__list_add(&items[4].link, NULL, &items[0].link);
	__list_add(&items[4].link, &items[1].link, NULL);
	expect_report(test, "list_add corruption. prev=");
	capture_begin();
	list_add(&head, &head);
	expect_report(test, "list_add double add");
	expect_list(test, &head, "01");
}

/* Does an hlist remove any node, the first too, knowing only the node? */
static void hlist_links(struct kunit *test)
{
	HLIST_HEAD(head);
	struct hlist_node *n;
	struct item *item;
	int sum = 0;

	for (int i = 0; i < 4; i++) {
		items[i].value = i;
		hlist_add_head(&items[i].hlink, &head);
	}
	hlist_del(&items[3].hlink);
	hlist_del_init(&items[1].hlink);
	hlist_del_init(&items[1].hlink);
	KUNIT_EXPECT_TRUE(test, hlist_unhashed(&items[1].hlink));
	hlist_add_behind(&items[1].hlink, &items[0].hlink);
	hlist_add_before(&items[3].hlink, &items[1].hlink);
	hlist_for_each_entry(item, &head, hlink)
		sum = sum * 10 + item->value;
	KUNIT_EXPECT_EQ(test, sum, 2031);
	hlist_for_each_entry_safe(item, n, &head, hlink)
		hlist_del(&item->hlink);
	KUNIT_EXPECT_TRUE(test, hlist_empty(&head));
}

/* Does a hash table find each object under its key, until it is removed? */
static void hash_table(struct kunit *test)
{
	DEFINE_HASHTABLE(table, 2);
	struct hlist_node *tmp;
	struct item *item;
	int bkt, found = 0;

	KUNIT_EXPECT_TRUE(test, hash_empty(table));
	for (int i = 0; i < NR_ITEMS; i++) {
		items[i].value = i;
		hash_add(table, &items[i].hlink, items[i].value);
	}
	hash_for_each_possible(table, item, hlink, 5)
		found += item->value == 5;
	KUNIT_EXPECT_EQ(test, found, 1);
	hash_for_each(table, bkt, item, hlink)
		found++;
	KUNIT_EXPECT_EQ(test, found, 1 + NR_ITEMS);
	hash_for_each_safe(table, bkt, tmp, item, hlink)
		hash_del(&item->hlink);
	KUNIT_EXPECT_TRUE(test, hash_empty(table));
}

/* Do lock-free stacks keep their order, and give all of it back at once? */
static void llist_order(struct kunit *test)
{
	LLIST_HEAD(head);
	struct llist_node *first;
	struct item *item;
	int digits = 0;

	for (int i = 1; i < 4; i++) {
		items[i].value = i;
		KUNIT_EXPECT_EQ(test, llist_add(&items[i].llink, &head),
				i == 1);
	}
	first = llist_del_first(&head);
	KUNIT_EXPECT_PTR_EQ(test, first, &items[3].llink);
	first = llist_reverse_order(llist_del_all(&head));
	llist_for_each_entry(item, first, llink)
		digits = digits * 10 + item->value;
	KUNIT_EXPECT_EQ(test, digits, 12);
	KUNIT_EXPECT_TRUE(test, llist_empty(&head));
}

static int by_value(void *priv, const struct list_head *a,
		    const struct list_head *b)
{
	(*(int *)priv)++;
	return list_entry(a, struct item, link)->value >
	       list_entry(b, struct item, link)->value;
}

#define NR_SORT 200

/* Does list_sort() sort, keep equal ones in order, and need few looks? */
static void sort_is_stable(struct kunit *test)
{
	static struct item many[NR_SORT];
	struct rnd_state rnd;
	struct item *item, *prev = NULL;
	int calls = 0, count = 0;
	LIST_HEAD(head);

	prandom_seed_state(&rnd, 1);
	for (int i = 0; i < NR_SORT; i++) {
		many[i].value = prandom_u32_state(&rnd) % 50;
		many[i].born = i;
		list_add_tail(&many[i].link, &head);
	}
	list_sort(&calls, &head, by_value);
	list_for_each_entry(item, &head, link) {
		if (prev) {
			KUNIT_ASSERT_LE(test, prev->value, item->value);
			if (prev->value == item->value)
				KUNIT_ASSERT_LT(test, prev->born, item->born);
			KUNIT_ASSERT_PTR_EQ(test, item->link.prev, &prev->link);
		}
		prev = item;
		count++;
	}
	KUNIT_EXPECT_EQ(test, count, NR_SORT);
	KUNIT_EXPECT_LT(test, calls, NR_SORT * 8);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(order),
	KUNIT_CASE(questions),
	KUNIT_CASE(splice_and_cut),
	KUNIT_CASE(removal_while_walking),
	KUNIT_CASE(removed_is_poisoned),
	KUNIT_CASE(double_add_is_told),
	KUNIT_CASE(double_del_is_told),
	KUNIT_CASE(corruption_is_told),
	KUNIT_CASE(empty_links_are_told),
	KUNIT_CASE(hlist_links),
	KUNIT_CASE(hash_table),
	KUNIT_CASE(llist_order),
	KUNIT_CASE(sort_is_stable),
	{}
};

static struct kunit_suite suite = {
	.name = "lib_list",
	.test_cases = cases,
};
kunit_test_suite(suite);
