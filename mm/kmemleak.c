// SPDX-License-Identifier: MIT
/*
 * kmemleak.c - is there memory that nobody can free any more?
 *
 * Memory leaks when the last pointer to it is overwritten: nothing is wrong at
 * that moment, and nothing later but that there is a little less memory each
 * time. But C's pointers lie in memory as they are. So what no word of memory
 * leads to is lost, and can be found as a garbage collector finds it: by
 * following every word that could be a pointer, from the roots on.
 *
 *	roots: data, per-CPU data, stacks, registers, struct pages
 *	   |
 *	   v                              +----+      +----+
 *	 +----+      +----+      +----+   | D  |----->| E  |   white: lost,
 *	 | A  |----->| B  |<-----| C  |   +----+      +----+   and so is what
 *	 +----+      +----+      +----+      ^          |      only it leads to
 *	 black       grey        black       +----------+
 *
 *	white  nothing that leads to it was seen yet
 *	grey   something leads to it; its own words are still to be looked at
 *	black  looked at
 *
 * Every object begins white. The roots make some grey; a grey one is taken
 * off the list, its words make others grey, and it is black: until none is
 * grey. What is still white then is told of, with the trace of its allocation.
 * Here grey and black are one bit, LEAK_REACHED, and the list of the grey.
 *
 * A word counts if it is the address of any byte of an object, since lists
 * lead into the middle of their objects. Physical addresses do not count. A
 * word that by chance looks like an address, or an old pointer that nobody
 * cleared, hides a leak: the search may miss one. It does not invent any.
 *
 * What is an object: kmemleak_object.c. Where the search begins, and why
 * nothing moves meanwhile: kmemleak_hold.c. A leak that was found stays
 * marked as told of, so a scan says how many are new.
 *
 * G1  An object is reached if and only if a root or a reached object that may
 *     be searched leads to it.
 * G2  The list of the grey is empty when a scan ends, and no word of an
 *     earlier list leads anywhere: links count from PAGE_OFFSET.
 *
 * Words: kmemleak=off, kmemleak=SECS (kmemleak_thread.c).
 *
 * Lock: scan_mutex; marks are changed with all other CPUs held, or by the
 * owner of a new object.
 *
 * Cost: of an allocation, one store; of a scan, kmemleak_hold.c. Nothing in a
 * release build, which has none of these files.
 *
 * Differs from Linux: no tree of objects, no age; one pointer is enough for
 * each object; the cache is told instead of comm, pid and time. There is no
 * kmemleak_scan_area(): an object has one word for its mark, and none that
 * could lead to a list of areas.
 * Linux: mm/kmemleak.c.
 */
#include "kmemleak.h"

#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <quire/leak_scan.h>

#include "vmap.h"

#define HEX_ROW_SIZE	16
#define HEX_BYTES	32	/* shown of an object */
#define MAX_SHOWN	32	/* objects in one text */

/* What is told of an object, which may be freed meanwhile. */
struct leak_report {
	unsigned long start;
	size_t size;
	unsigned long mark;
	char owner[LEAK_OWNER_LEN];
	depot_stack_handle_t trace;
	u8 bytes[HEX_BYTES];
};

static DEFINE_MUTEX(scan_mutex);
static bool enabled = true;

/* The first grey object, less PAGE_OFFSET; 0: none. */
static unsigned long grey_list;

/* What kmemleak_find_way() asks for, and the answer, less PAGE_OFFSET. */
static unsigned long sought, led_there;

const unsigned int *leak_stamp_clock;
static unsigned long wanted_stamp; /* [scan_mutex] as scan() has it */

/* [scan_mutex]; not searched, see leak_records(). */
static struct leak_report reports[MAX_SHOWN];
static unsigned int nr_unreferenced; /* also those with no room above */

/* A number of seconds, but for 0 and 1, or a word. */
static int __init kmemleak_setup(char *arg)
{
	unsigned int secs;

	if (!arg)
		return -EINVAL;
	if (kstrtouint(arg, 0, &secs) || secs < 2)
		return kstrtobool(arg, &enabled);
	kmemleak_set_boot_period(secs);
	return 0;
}
early_param("kmemleak", kmemleak_setup);

bool kmemleak_is_on(void)
{
	return enabled;
}

struct leak_span leak_records(void)
{
	return (struct leak_span){ (unsigned long)reports,
				   (unsigned long)(reports + MAX_SHOWN) };
}

/* ------------------------------------------------------------------ marking */

static void make_grey(const struct leak_object *obj, const void *where)
{
	if (*obj->mark & (LEAK_REACHED | LEAK_BLACK))
		return;
	if (obj->start - PAGE_OFFSET == sought)
		led_there = (unsigned long)where - PAGE_OFFSET;
	*obj->mark |= LEAK_REACHED;
	*obj->link = grey_list;
	grey_list = obj->start - PAGE_OFFSET;
}

void leak_scan_word(const unsigned long *where)
{
	unsigned long word = READ_ONCE(*where);
	struct leak_object obj;

	if (word >= PAGE_OFFSET && leak_object_find(word, &obj))
		make_grey(&obj, where);
}

void leak_scan_range(unsigned long begin, unsigned long end)
{
	const unsigned long *word = (const unsigned long *)ALIGN(begin, 4);
	const unsigned long *last = (const unsigned long *)ALIGN_DOWN(end, 4);

	for (; word < last; word++)
		leak_scan_word(word);
}

/* G1 */
static void search_grey(void)
{
	struct leak_object obj;

	while (grey_list) {
		if (!leak_object_find(grey_list + PAGE_OFFSET, &obj))
			break;
		grey_list = *obj.link;
		if (!(*obj.mark & LEAK_NO_SCAN))
			leak_scan_range(obj.start, obj.start + obj.size);
	}
	grey_list = 0; /* G2 */
}

static void begin_object(const struct leak_object *obj, void *unused)
{
	*obj->mark &= ~LEAK_REACHED;
	if (*obj->mark & LEAK_GREY)
		make_grey(obj, NULL);
}

static bool is_unreferenced(const struct leak_object *obj)
{
	return !(*obj->mark & (LEAK_REACHED | LEAK_GREY | LEAK_BLACK));
}

static void judge_object(const struct leak_object *obj, void *arg)
{
	unsigned int *nr_new = arg;

	if (wanted_stamp && (*obj->mark & LEAK_STAMPED) != wanted_stamp)
		return;
	if (!is_unreferenced(obj) || *obj->mark & LEAK_REPORTED)
		return;
	*obj->mark |= LEAK_REPORTED;
	(*nr_new)++;
}

static void mark_all(void)
{
	leak_object_for_each(begin_object, NULL);
	leak_scan_roots();
	search_grey();
}

static unsigned int scan_held(void)
{
	unsigned int nr_new = 0;

	mark_all();
	leak_object_for_each(judge_object, &nr_new);
	return nr_new;
}

/* stamp: 0, or only of the objects that bear it. */
static int scan(unsigned long stamp)
{
	unsigned int nr_new;

	if (!enabled)
		return -EPERM;
	if (system_state < SYSTEM_RUNNING)
		return -EBUSY;
	mutex_lock(&scan_mutex);
	if (!leak_hold()) {
		mutex_unlock(&scan_mutex);
		return -EBUSY;
	}
	wanted_stamp = stamp;
	nr_new = scan_held();
	leak_release();
	mutex_unlock(&scan_mutex);
	if (nr_new)
		pr_info("kmemleak: %u new suspected memory leaks (see \"kmemleak list\")\n",
			nr_new);
	return nr_new;
}

int kmemleak_scan(void)
{
	return scan(0);
}

/* ---------------------------------------------------------------- reporting */

unsigned long kmemleak_find_way(unsigned long addr)
{
	struct leak_object obj;
	unsigned long way = 0;

	mutex_lock(&scan_mutex);
	if (leak_hold()) {
		led_there = 0;
		leak_forget_own_stack(); /* addr is there */
		if (leak_object_find(addr, &obj)) {
			sought = obj.start - PAGE_OFFSET;
			mark_all();
			sought = 0;
		}
		if (led_there)
			way = led_there + PAGE_OFFSET;
		leak_release();
	}
	mutex_unlock(&scan_mutex);
	return way;
}

static bool is_suspect(const struct leak_object *obj)
{
	return *obj->mark & LEAK_REPORTED && is_unreferenced(obj);
}

static void fill_report(struct leak_report *report,
			const struct leak_object *obj)
{
	report->start = obj->start;
	report->size = obj->size;
	report->mark = *obj->mark;
	report->trace = obj->trace;
	strscpy(report->owner, obj->owner, sizeof(report->owner));
	memcpy(report->bytes, (const void *)obj->start,
	       min_t(size_t, obj->size, HEX_BYTES));
}

static void note_object(const struct leak_object *obj, void *unused)
{
	if (is_suspect(obj) && nr_unreferenced++ < MAX_SHOWN)
		fill_report(&reports[nr_unreferenced - 1], obj);
}

static void show_bytes(struct seq_file *m, const struct leak_report *report)
{
	size_t len = min_t(size_t, report->size, HEX_BYTES), at;
	char line[80];

	seq_printf(m, "  hex dump (first %zu bytes):\n", len);
	for (at = 0; at < len; at += HEX_ROW_SIZE) {
		hex_dump_to_buffer(report->bytes + at,
				   min_t(size_t, len - at, HEX_ROW_SIZE),
				   HEX_ROW_SIZE, 1, line, sizeof(line), true);
		seq_printf(m, "    %s\n", line);
	}
}

static void show_report(struct seq_file *m, const struct leak_report *report,
			const char *what)
{
	unsigned long *entries;
	unsigned int nr, i;

	seq_printf(m, "%s 0x%08lx (size %zu):\n", what, report->start,
		   report->size);
	seq_printf(m, "  cache \"%s\"\n", report->owner);
	show_bytes(m, report);
	nr = stack_depot_fetch(report->trace, &entries);
	seq_puts(m, nr ? "  backtrace:\n" : "  backtrace: (not known)\n");
	for (i = 0; i < nr; i++)
		seq_printf(m, "    [<%08lx>] %pS\n", entries[i],
			   (void *)entries[i]);
}

int kmemleak_show(struct seq_file *m, void *unused)
{
	unsigned int i;

	mutex_lock(&scan_mutex);
	if (!leak_hold()) {
		mutex_unlock(&scan_mutex);
		return -EBUSY;
	}
	nr_unreferenced = 0;
	leak_object_for_each(note_object, NULL);
	leak_release();
	for (i = 0; i < min(nr_unreferenced, MAX_SHOWN + 0U); i++)
		show_report(m, &reports[i], "unreferenced object");
	if (nr_unreferenced > MAX_SHOWN)
		seq_printf(m, "... and %u more\n", nr_unreferenced - MAX_SHOWN);
	mutex_unlock(&scan_mutex);
	return 0;
}

static void show_mark(struct seq_file *m, unsigned long mark)
{
	seq_printf(m, "  %s%s%s%s\n",
		   mark & LEAK_REACHED  ? "something leads to it" :
		   mark & LEAK_REPORTED ? "was found unreferenced" :
					  "no scan has seen it",
		   mark & LEAK_GREY ? ", not a leak" : "",
		   mark & LEAK_BLACK ? ", ignored" : "",
		   mark & LEAK_NO_SCAN ? ", not searched" : "");
}

int kmemleak_dump(struct seq_file *m, unsigned long addr)
{
	struct leak_object obj;
	int error = -EBUSY;

	mutex_lock(&scan_mutex);
	if (leak_hold()) {
		error = leak_object_find(addr, &obj) ? 0 : -ENOENT;
		if (!error)
			fill_report(&reports[0], &obj);
		leak_release();
	}
	if (!error) {
		show_report(m, &reports[0], "object");
		show_mark(m, reports[0].mark);
	}
	mutex_unlock(&scan_mutex);
	return error;
}

static void clear_object(const struct leak_object *obj, void *unused)
{
	if (is_suspect(obj))
		*obj->mark |= LEAK_GREY;
}

void kmemleak_clear(void)
{
	mutex_lock(&scan_mutex);
	if (leak_hold()) {
		leak_object_for_each(clear_object, NULL);
		leak_release();
	}
	mutex_unlock(&scan_mutex);
}

/* ------------------------------------------------------------------ stamps */

static void forget_stamp(const struct leak_object *obj, void *unused)
{
	*obj->mark &= ~(LEAK_REPORTED | LEAK_STAMPED);
}

void kmemleak_stamp(const unsigned int *clock)
{
	mutex_lock(&scan_mutex);
	if (leak_hold()) {
		leak_object_for_each(forget_stamp, NULL);
		leak_stamp_clock = clock;
		leak_release();
	}
	mutex_unlock(&scan_mutex);
}

int kmemleak_scan_stamped(unsigned int value)
{
	return scan((value + 1UL) << LEAK_STAMP_SHIFT);
}

/* ------------------------------------------------------- told by the owners */

/* ptr's object is the caller's: nothing else changes its mark but a scan. */
static void mark_object(const void *ptr, unsigned long mark)
{
	bool area = is_vmalloc_addr(ptr);
	struct leak_object obj;
	unsigned long flags;

	if (area)
		vmap_areas_lock();
	local_irq_save(flags);
	if (leak_object_find((unsigned long)ptr, &obj)) {
		if (obj.start == (unsigned long)ptr)
			*obj.mark |= mark;
		else
			WARN(1, "kmemleak: %p is not the start of an object\n",
			     ptr);
	}
	local_irq_restore(flags);
	if (area)
		vmap_areas_unlock();
}

void kmemleak_not_leak(const void *ptr)
{
	mark_object(ptr, LEAK_GREY);
}

void kmemleak_ignore(const void *ptr)
{
	mark_object(ptr, LEAK_BLACK);
}

void kmemleak_no_scan(const void *ptr)
{
	mark_object(ptr, LEAK_NO_SCAN);
}
