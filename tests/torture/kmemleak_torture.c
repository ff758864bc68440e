// SPDX-License-Identifier: MIT
/*
 * Objects of all kinds change hands on all CPUs while one thread looks for
 * leaks: is none told of that is in use, wherever its address is just then, and
 * does nobody come to harm by standing still at any moment?
 */
#include <quire/torture.h>

#include <linux/atomic.h>
#include <linux/kconfig.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <quire/leak_scan.h>

#define HELD 16
#define SCANS 6	/* in one round */
#define STEPS 4000

/* The address of an object is in one of these, or in a register. */
struct holder {
	struct item *item[HELD];
};

/* Each leads to the next: all but the first are found through others. */
struct item {
	struct item *next;
	size_t size;
	u8 byte;
	u8 body[];
};

static struct item *shared[32];

static struct item *item_make(struct torture_thread *self)
{
	size_t size = torture_below(self, 300);
	struct item *item;

	if (!torture_below(self, 16))
		size += 3 * PAGE_SIZE;
	if (torture_below(self, 64))
		item = kmalloc(sizeof(*item) + size, GFP_KERNEL);
	else
		item = vmalloc(sizeof(*item) + size);
	if (!item)
		return NULL;
	item->next = NULL;
	item->size = size;
	item->byte = torture_random(self);
	memset(item->body, item->byte, size);
	return item;
}

static void items_free(struct torture_thread *self, struct item *item)
{
	struct item *next;

	for (; item; item = next) {
		next = item->next;
		TORTURE_CHECK(self,
			      !memchr_inv(item->body, item->byte, item->size));
		kvfree(item);
	}
}

static void item_push(struct item **slot, struct item *item)
{
	if (!item)
		return;
	item->next = *slot;
	*slot = item;
}

static void look(struct torture_thread *self)
{
	int found = kmemleak_scan();

	TORTURE_CHECK(self, found == 0 || found == -EBUSY);
}

static void leak_step(struct torture_thread *self)
{
	struct holder *holder = self->data;
	struct item **slot = &holder->item[torture_below(self, HELD)];

	if (!self->index && !(self->step % (self->torture->each / SCANS)))
		look(self);
	switch (torture_below(self, 8)) {
	case 0:
		*slot = xchg(&shared[torture_below(self, ARRAY_SIZE(shared))],
			     *slot);
		break;
	case 1:
		items_free(self, *slot);
		*slot = NULL;
		break;
	default:
		item_push(slot, item_make(self));
	}
}

static void leak_end(struct torture_thread *self)
{
	struct holder *holder = self->data;
	unsigned int i;

	for (i = 0; i < HELD; i++)
		items_free(self, holder->item[i]);
	for (i = 0; i < ARRAY_SIZE(shared); i++)
		items_free(self, xchg(&shared[i], NULL));
}

/* Is nothing that is in use taken for lost, whatever goes on meanwhile? */
static void no_false_leak(struct kunit *test)
{
	struct torture torture = {
		.step = leak_step,
		.end = leak_end,
		.steps = STEPS,
		.size = sizeof(struct holder),
	};

	if (!IS_ENABLED(CONFIG_DEBUG))
		kunit_skip(test, "leaks are found in the checked build only");
	capture_begin();
	kmemleak_scan();
	capture_end();
	torture_run(test, &torture);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_SLOW(no_false_leak),
	{}
};

static struct kunit_suite torture_kmemleak = {
	.name = "torture_kmemleak",
	.test_cases = cases,
};
kunit_test_suite(torture_kmemleak);
