// SPDX-License-Identifier: MIT
/*
 * KASAN: is each access of memory that is not the code's own reported, with
 * what lies there and who had it? Objects of the slab allocator; for the rest
 * see kasan_memory_test.c. In a kernel without KASAN=1 all cases are skipped.
 */
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/mempool.h>
#include <linux/mm.h>
#include <linux/panic.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "kasan_expect.h"

#define GRANULE 8

/* --- kasan_kmalloc: objects of kmalloc() --- */

/*
 * Is the first byte behind what was asked for reported, within the granule,
 * in the next, and behind the whole class?
 */
static void oob_right(struct kunit *test)
{
	size_t size = 128 - GRANULE - 5;
	char *p = kmalloc(size, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	EXPECT_KASAN_WORDS(test, "slab-out-of-bounds", TOUCH(p, size),
			   "Write of size 1 at addr ");
	EXPECT_KASAN_WORDS(test, "slab-out-of-bounds", TOUCH(p, size + 5),
			   "located 5 bytes to the right of");
	EXPECT_KASAN_WORDS(test, "slab-out-of-bounds", LOOK(p, 128),
			   "Read of size 1 at addr ");
	kfree(p);
}

/* Does a report name function, object, cache, allocator, and mark the byte? */
static void report_is_complete(struct kunit *test)
{
	char *p = kmalloc(60, GFP_KERNEL), line[96];
	unsigned long before = report_count();
	const char *text;

	KUNIT_ASSERT_NOT_NULL(test, p);
	text = EXPECT_KASAN(test, "slab-out-of-bounds", TOUCH(p, 60));
	KUNIT_EXPECT_GT(test, report_count(), before);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "in report_is_complete+"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "Allocated by task "));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "the cache kmalloc-64 of"));
	snprintf(line, sizeof(line),
		 "0 bytes to the right of\n allocated "
		 "60-byte region [%08lx, %08lx)",
		 (unsigned long)p, (unsigned long)p + 60);
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(text, line), "%s", line);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, " 04"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "   ^\n"));
	kfree(p);
}

/* Is the byte before an object reported? */
static void oob_left(struct kunit *test)
{
	char *p = kmalloc(15, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	EXPECT_KASAN_WORDS(test, "slab-out-of-bounds", LOOK(p, -1),
			   "located 1 bytes to the left of");
	kfree(p);
}

/* Is an access reported of which the last byte only is too much? */
static void oob_across(struct kunit *test)
{
	char *p = kmalloc(13, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	EXPECT_KASAN_WORDS(test, "slab-out-of-bounds", REWRITE(u16, p + 12),
			   "Write of size 2 at addr ");
	EXPECT_KASAN_WORDS(test, "slab-out-of-bounds", REWRITE(u32, p + 10),
			   "Write of size 4 at addr ");
	EXPECT_KASAN(test, "slab-out-of-bounds",
		     (void)*(volatile u32 *)(p - 2));
	EXPECT_KASAN(test, "slab-out-of-bounds", REWRITE(u64, p + 8));
	/* and what fits at an odd address is not */
	*(volatile u32 *)(p + 9) = 1;
	*(volatile u32 *)(p + 6) = 1;
	kfree(p);
}

/* Is what is read and written after kfree() reported, with who freed it? */
static void use_after_free(struct kunit *test)
{
	char *p = kmalloc(100, GFP_KERNEL), *q;

	KUNIT_ASSERT_NOT_NULL(test, p);
	kfree(p);
	EXPECT_KASAN_WORDS(test, "slab-use-after-free", TOUCH(p, 8),
			   "Freed by task ");
	EXPECT_KASAN_WORDS(test, "slab-use-after-free", LOOK(p, 99),
			   "located 99 bytes inside of\n freed ");
	/* and even after others were allocated: the quarantine keeps it */
	q = kmalloc(100, GFP_KERNEL);
	KUNIT_EXPECT_PTR_NE(test, p, q);
	EXPECT_KASAN(test, "slab-use-after-free", LOOK(p, 0));
	kfree(q);
}

/* Are a second free and frees of what is no object reported, and not done? */
static void wrong_free(struct kunit *test)
{
	char *p = kmalloc(100, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	EXPECT_KASAN(test, "invalid-free", kfree(p + 1));
	EXPECT_KASAN(test, "invalid-free", kfree(p + GRANULE));
	TOUCH(p, 0);
	kfree(p);
	EXPECT_KASAN_WORDS(test, "double-free", kfree(p), "Freed by task ");
}

/* Does krealloc() move the border, both ways and in place? */
static void resized(struct kunit *test)
{
	char *p = kmalloc(40, GFP_KERNEL);

	p = krealloc(p, 60, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	TOUCH(p, 59);
	EXPECT_KASAN(test, "slab-out-of-bounds", TOUCH(p, 60));
	p = krealloc(p, 19, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	TOUCH(p, 18);
	EXPECT_KASAN(test, "slab-out-of-bounds", TOUCH(p, 19));
	EXPECT_KASAN(test, "slab-out-of-bounds", TOUCH(p, 40));
	p = krealloc(p, 9000, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	TOUCH(p, 8999);
	EXPECT_KASAN(test, "slab-out-of-bounds", TOUCH(p, 9000));
	kfree(p);
}

/* Is what was freed neither resized nor measured? */
static void resized_after_free(struct kunit *test)
{
	char *p = kmalloc(40, GFP_KERNEL), *q = NULL;
	size_t size = 1;

	KUNIT_ASSERT_NOT_NULL(test, p);
	kfree(p);
	EXPECT_KASAN(test, "slab-use-after-free",
		     q = krealloc(p, 50, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, q);
	EXPECT_KASAN(test, "slab-use-after-free", size = ksize(p));
	KUNIT_EXPECT_EQ(test, size, 0);
}

/* May all that ksize() tells of be used, and nothing behind it? */
static void measured(struct kunit *test)
{
	char *p = kmalloc(100, GFP_KERNEL);
	size_t size;

	KUNIT_ASSERT_NOT_NULL(test, p);
	EXPECT_KASAN(test, "slab-out-of-bounds", TOUCH(p, 110));
	size = ksize(p);
	KUNIT_EXPECT_EQ(test, size, 128);
	OPTIMIZER_HIDE_VAR(p); /* the compiler knows of 100 bytes only */
	TOUCH(p, size - 1);
	EXPECT_KASAN(test, "slab-out-of-bounds", TOUCH(p, size));
	kfree(p);
}

/* The same for blocks of pages: their ends, their free, wrong frees? */
static void large(struct kunit *test)
{
	size_t size = KMALLOC_MAX_CACHE_SIZE + 10;
	char *p = kmalloc(size, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	TOUCH(p, size - 1);
	EXPECT_KASAN(test, "slab-out-of-bounds", TOUCH(p, size));
	EXPECT_KASAN(test, "invalid-free", kfree(p + GRANULE));
	kfree(p);
	EXPECT_KASAN(test, "use-after-free", TOUCH(p, 0));
}

static void free_callback(struct rcu_head *head)
{
	kfree(head);
}

/*
 * Is what call_rcu() has freed reported after the grace period, with who called
 * it? And does the next owner's report not tell of that any more?
 */
static void freed_by_rcu(struct kunit *test)
{
	struct rcu_head *head = kmalloc(sizeof(*head), GFP_KERNEL);
	const char *text, *handed_on;

	KUNIT_ASSERT_NOT_NULL(test, head);
	call_rcu(head, free_callback);
	rcu_barrier();
	text = EXPECT_KASAN(test, "slab-use-after-free", LOOK(head, 0));
	handed_on = strstr(text, "Last potentially related work creation:");
	KUNIT_ASSERT_NOT_NULL(test, handed_on);
	KUNIT_EXPECT_NOT_NULL(test, strstr(handed_on, "freed_by_rcu+"));
	KUNIT_EXPECT_NULL(test, strstr(text, "Second to last"));
	kmem_cache_shrink(virt_to_page(head)->slab_cache);
	head = kmalloc(sizeof(*head), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, head);
	text = EXPECT_KASAN(test, "slab-out-of-bounds", LOOK(head, -1));
	KUNIT_EXPECT_NULL(test, strstr(text, "work creation"));
	kfree(head);
}

struct errand {
	struct work_struct work;
	int done;
};

static void run_errand(struct work_struct *work)
{
	container_of(work, struct errand, work)->done++;
}

/* Are the last two that queued a work told apart? */
static void freed_after_work(struct kunit *test)
{
	struct errand *errand = kzalloc(sizeof(*errand), GFP_KERNEL);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, errand);
	INIT_WORK(&errand->work, run_errand);
	for (i = 0; i < 2; i++) {
		schedule_work(&errand->work);
		flush_work(&errand->work);
	}
	KUNIT_EXPECT_EQ(test, errand->done, 2);
	kfree(errand);
	EXPECT_KASAN_WORDS(test, "slab-use-after-free", LOOK(errand, 0),
			   "Second to last potentially related work creation:");
}

static DECLARE_COMPLETION(object_freed);

static int named_by_report(void *object)
{
	kfree(object);
	complete(&object_freed);
	return 0;
}

/* Does a report name the threads that allocated and freed, and their CPUs? */
static void who_and_where(struct kunit *test)
{
	char *p = kmalloc(100, GFP_KERNEL), line[64];
	struct task_struct *other;
	const char *text;
	pid_t pid;

	KUNIT_ASSERT_NOT_NULL(test, p);
	other = kthread_create(named_by_report, p, "kasan_other");
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, other);
	kthread_bind(other, cpumask_last(cpu_online_mask));
	pid = task_pid_nr(other);
	wake_up_process(other);
	wait_for_completion(&object_freed);
	text = EXPECT_KASAN(test, "slab-use-after-free", LOOK(p, 0));
	snprintf(line, sizeof(line), "Allocated by task %d on cpu ",
		 task_pid_nr(current));
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(text, line), "%s", text);
	snprintf(line, sizeof(line), "Freed by task %d on cpu %u:", pid,
		 cpumask_last(cpu_online_mask));
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(text, line), "%s", text);
	snprintf(line, sizeof(line), " PID: %d Comm: %s ", task_pid_nr(current),
		 current->comm);
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(text, line), "%s", text);
}

static struct kunit_case kmalloc_cases[] = {
	KUNIT_CASE(oob_right),
	KUNIT_CASE(report_is_complete),
	KUNIT_CASE(oob_left),
	KUNIT_CASE(oob_across),
	KUNIT_CASE(use_after_free),
	KUNIT_CASE(wrong_free),
	KUNIT_CASE(resized),
	KUNIT_CASE(resized_after_free),
	KUNIT_CASE(measured),
	KUNIT_CASE(large),
	KUNIT_CASE(freed_by_rcu),
	KUNIT_CASE(freed_after_work),
	KUNIT_CASE(who_and_where),
	{}
};

static struct kunit_suite kmalloc_suite = {
	.name = "kasan_kmalloc",
	.init = needs_kasan,
	.test_cases = kmalloc_cases,
};

/* --- kasan_cache: objects of a cache --- */

/* Are both sides of an object and its use after the free reported? */
static void cache_object(struct kunit *test)
{
	struct kmem_cache *cachep =
		kmem_cache_create("kasan_test", 200, 0, 0, NULL);
	char *p;

	KUNIT_ASSERT_NOT_NULL(test, cachep);
	p = kmem_cache_alloc(cachep, GFP_KERNEL);
	KUNIT_EXPECT_NOT_NULL(test, p);
	EXPECT_KASAN_WORDS(test, "slab-out-of-bounds", LOOK(p, 200),
			   "the cache kasan_test of size 200");
	EXPECT_KASAN(test, "slab-out-of-bounds", LOOK(p, -1));
	EXPECT_KASAN(test, "invalid-free", kmem_cache_free(cachep, p + 8));
	kmem_cache_free(cachep, p);
	EXPECT_KASAN(test, "slab-use-after-free", LOOK(p, 0));
	EXPECT_KASAN(test, "double-free", kmem_cache_free(cachep, p));
	kmem_cache_destroy(cachep);
	EXPECT_KASAN(test, "use-after-free", LOOK(p, 0));
}

static void fill(void *object)
{
	memset(object, 0x11, 50);
}

/* Does a constructor reach its object, and who touches a free one not? */
static void with_constructor(struct kunit *test)
{
	struct kmem_cache *cachep =
		kmem_cache_create("kasan_test", 50, 0, 0, fill);
	char *p;

	KUNIT_ASSERT_NOT_NULL(test, cachep);
	p = kmem_cache_alloc(cachep, GFP_KERNEL);
	KUNIT_EXPECT_EQ(test, p[49], 0x11);
	EXPECT_KASAN(test, "slab-out-of-bounds", LOOK(p, 50));
	kmem_cache_free(cachep, p);
	EXPECT_KASAN(test, "slab-use-after-free", LOOK(p, 49));
	kmem_cache_destroy(cachep);
}

/* May a reader look at an object of SLAB_TYPESAFE_BY_RCU that is free? */
static void typesafe(struct kunit *test)
{
	struct kmem_cache *cachep = kmem_cache_create("kasan_test", 50, 0,
						      SLAB_TYPESAFE_BY_RCU,
						      NULL);
	char *p;

	KUNIT_ASSERT_NOT_NULL(test, cachep);
	p = kmem_cache_alloc(cachep, GFP_KERNEL);
	kmem_cache_free(cachep, p);
	LOOK(p, 0);
	EXPECT_KASAN(test, "slab-out-of-bounds", LOOK(p, 50));
	kmem_cache_destroy(cachep);
	rcu_barrier();
	EXPECT_KASAN(test, "use-after-free", LOOK(p, 0));
}

/* Are many objects at once as good as one after the other? */
static void bulk(struct kunit *test)
{
	struct kmem_cache *cachep =
		kmem_cache_create("kasan_test", 200, 0, 0, NULL);
	void *p[10];

	KUNIT_ASSERT_NOT_NULL(test, cachep);
	KUNIT_EXPECT_EQ(test, kmem_cache_alloc_bulk(cachep, GFP_KERNEL, 10, p),
			10);
	EXPECT_KASAN(test, "slab-out-of-bounds", LOOK(p[0], 200));
	EXPECT_KASAN(test, "slab-out-of-bounds", LOOK(p[9], 200));
	kmem_cache_free_bulk(cachep, 10, p);
	EXPECT_KASAN(test, "slab-use-after-free", LOOK(p[0], 0));
	EXPECT_KASAN(test, "slab-use-after-free", LOOK(p[9], 0));
	kmem_cache_destroy(cachep);
}

/* Is what waits in a mempool's reserve nobody's, and whole when it goes out? */
static void reserve(struct kunit *test)
{
	mempool_t *pool = mempool_create_kmalloc_pool(2, 100);
	mempool_t *pages = mempool_create_page_pool(1, 0);
	struct page *page;
	char *p, *q;

	KUNIT_ASSERT_NOT_NULL(test, pool);
	KUNIT_ASSERT_NOT_NULL(test, pages);
	p = pool->elements[0];
	EXPECT_KASAN(test, "slab-use-after-free", LOOK(p, 0));
	page = pages->elements[0];
	q = page_address(page);
	if (q)
		EXPECT_KASAN(test, "use-after-free", LOOK(q, 0));
	p = mempool_alloc(pool, GFP_KERNEL);
	TOUCH(p, 99);
	EXPECT_KASAN(test, "slab-out-of-bounds", LOOK(p, 100));
	mempool_free(p, pool);
	EXPECT_KASAN(test, "slab-use-after-free", LOOK(p, 0));
	mempool_destroy(pool);
	mempool_destroy(pages);
}

/* Does the quarantine stay within its bound, and let all go when asked? */
static void quarantine(struct kunit *test)
{
	struct kmem_cache *cachep =
		kmem_cache_create("kasan_test", 3000, 0, 0, NULL);
	unsigned long pages = 40 * totalram_pages() / 1000;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, cachep);
	for (i = 0; i < 4 * pages; i++)
		kmem_cache_free(cachep, kmem_cache_alloc(cachep, GFP_KERNEL));
	KUNIT_EXPECT_LT(test, slab_nr_pages(), pages + 2000);
	kmem_cache_shrink(cachep);
	KUNIT_EXPECT_EQ(test, kmem_cache_shrink(cachep), 0);
	kmem_cache_destroy(cachep);
}

static struct kunit_case cache_cases[] = {
	KUNIT_CASE(cache_object),
	KUNIT_CASE(with_constructor),
	KUNIT_CASE(typesafe),
	KUNIT_CASE(bulk),
	KUNIT_CASE(reserve),
	KUNIT_CASE(quarantine),
	{}
};

static struct kunit_suite cache_suite = {
	.name = "kasan_cache",
	.init = needs_kasan,
	.test_cases = cache_cases,
};

kunit_test_suites(&kmalloc_suite, &cache_suite);
