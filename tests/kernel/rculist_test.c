// SPDX-License-Identifier: MIT
/* Lists for readers without locks: what does a reader find at each moment? */
#include <kunit/test.h>
#include <linux/rculist.h>
#include <linux/string.h>
#include <quire/capture.h>

struct item {
	struct list_head list;
	struct hlist_node node;
	char name;
};

static struct item items[5];
static LIST_HEAD(head);
static HLIST_HEAD(hhead);

static int rculist_init(struct kunit *test)
{
	unsigned int i;

	INIT_LIST_HEAD(&head);
	INIT_HLIST_HEAD(&hhead);
	for (i = 0; i < ARRAY_SIZE(items); i++) {
		INIT_LIST_HEAD(&items[i].list);
		INIT_HLIST_NODE(&items[i].node);
		items[i].name = 'a' + i;
	}
	return 0;
}

/* The names in the order in which a reader finds them. */
static const char *names(void)
{
	static char text[ARRAY_SIZE(items) + 1];
	struct item *item;
	unsigned int n = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(item, &head, list)
		text[n++] = item->name;
	rcu_read_unlock();
	text[n] = '\0';
	return text;
}

static const char *hnames(void)
{
	static char text[ARRAY_SIZE(items) + 1];
	struct item *item;
	unsigned int n = 0;

	rcu_read_lock();
	hlist_for_each_entry_rcu(item, &hhead, node)
		text[n++] = item->name;
	rcu_read_unlock();
	text[n] = '\0';
	return text;
}

/* Do the ways of adding put an entry where they say? */
static void adds_in_order(struct kunit *test)
{
	list_add_tail_rcu(&items[1].list, &head);
	list_add_rcu(&items[0].list, &head);
	list_add_tail_rcu(&items[2].list, &head);
	KUNIT_EXPECT_STREQ(test, names(), "abc");
	KUNIT_EXPECT_PTR_EQ(test,
			    list_first_or_null_rcu(&head, struct item, list),
			    &items[0]);
	KUNIT_EXPECT_NULL(test, list_next_or_null_rcu(&head, &items[2].list,
						      struct item, list));
}

/* Does a reader who stands on a removed entry find his way on? */
static void removed_entry_leads_on(struct kunit *test)
{
	struct item *pos = &items[1];

	list_add_tail_rcu(&items[0].list, &head);
	list_add_tail_rcu(&items[1].list, &head);
	list_add_tail_rcu(&items[2].list, &head);
	list_del_rcu(&items[1].list);
	KUNIT_EXPECT_STREQ(test, names(), "ac");

	list_for_each_entry_continue_rcu(pos, &head, list)
		KUNIT_EXPECT_EQ(test, pos->name, 'c');
	KUNIT_EXPECT_PTR_EQ(test, items[1].list.prev,
			    (struct list_head *)LIST_POISON2);
}

/* Does the new entry stand in the old one's place, and the old lead on? */
static void replaces_in_place(struct kunit *test)
{
	list_add_tail_rcu(&items[0].list, &head);
	list_add_tail_rcu(&items[1].list, &head);
	list_add_tail_rcu(&items[2].list, &head);
	list_replace_rcu(&items[1].list, &items[3].list);
	KUNIT_EXPECT_STREQ(test, names(), "adc");
	KUNIT_EXPECT_PTR_EQ(test, items[1].list.next, &items[2].list);
	KUNIT_EXPECT_PTR_EQ(test, items[2].list.prev, &items[3].list);
}

static LIST_HEAD(spliced);
static bool empty_at_sync;

static void note_sync(void)
{
	empty_at_sync = list_empty(&spliced);
}

/* Is the list that is taken over empty before its readers are waited for? */
static void splice_waits_in_between(struct kunit *test)
{
	INIT_LIST_HEAD(&spliced);
	list_add_tail_rcu(&items[0].list, &head);
	list_add_tail_rcu(&items[1].list, &spliced);
	list_add_tail_rcu(&items[2].list, &spliced);
	empty_at_sync = false;
	list_splice_tail_init_rcu(&spliced, &head, note_sync);
	KUNIT_EXPECT_TRUE(test, empty_at_sync);
	KUNIT_EXPECT_STREQ(test, names(), "abc");
	KUNIT_EXPECT_TRUE(test, list_empty(&spliced));

	list_del_rcu(&items[2].list);
	list_add_tail(&items[3].list, &spliced);
	list_splice_init_rcu(&spliced, &head, synchronize_rcu);
	KUNIT_EXPECT_STREQ(test, names(), "dab");
}

/* The same for lists with a head of one pointer? */
static void hlist_forms(struct kunit *test)
{
	hlist_add_head_rcu(&items[1].node, &hhead);
	hlist_add_head_rcu(&items[0].node, &hhead);
	hlist_add_behind_rcu(&items[3].node, &items[1].node);
	hlist_add_before_rcu(&items[2].node, &items[3].node);
	hlist_add_tail_rcu(&items[4].node, &hhead);
	KUNIT_EXPECT_STREQ(test, hnames(), "abcde");

	hlist_del_rcu(&items[1].node);
	hlist_del_init_rcu(&items[4].node);
	KUNIT_EXPECT_STREQ(test, hnames(), "acd");
	KUNIT_EXPECT_PTR_EQ(test, items[1].node.next, &items[2].node);
	KUNIT_EXPECT_TRUE(test, hlist_unhashed(&items[4].node));

	hlist_replace_rcu(&items[0].node, &items[4].node);
	KUNIT_EXPECT_STREQ(test, hnames(), "ecd");
	hlist_del_rcu(&items[3].node);
	KUNIT_EXPECT_STREQ(test, hnames(), "ec");
}

static unsigned int count_items(bool locked)
{
	unsigned int n = 0;
	struct item *item;

	list_for_each_entry_rcu(item, &head, list, locked)
		n++;
	return n;
}

/* Is a walk outside a reader, and without the writer's lock, reported? */
static void walk_outside_is_reported(struct kunit *test)
{
	const char *text;

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "checked in debug builds only");
	list_add_rcu(&items[0].list, &head);
	capture_begin();
	KUNIT_EXPECT_EQ(test, count_items(true), 1);
	text = capture_end();
	KUNIT_EXPECT_STREQ(test, text, "");
	capture_begin();
	KUNIT_EXPECT_EQ(test, count_items(false), 1);
	text = capture_end();
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "outside a reader"));
}

static struct kunit_case rculist_cases[] = {
	KUNIT_CASE(adds_in_order),
	KUNIT_CASE(removed_entry_leads_on),
	KUNIT_CASE(replaces_in_place),
	KUNIT_CASE(splice_waits_in_between),
	KUNIT_CASE(hlist_forms),
	KUNIT_CASE(walk_outside_is_reported),
	{}
};

static struct kunit_suite rculist = {
	.name = "rculist",
	.init = rculist_init,
	.test_cases = rculist_cases,
};
kunit_test_suite(rculist);
