/* SPDX-License-Identifier: MIT */
/*
 * What the rooms of mm/ tell each other and nobody else.
 *
 *	page_alloc.c -> pcp.c -> buddy.c -> mobility.c
 *	      |            \________ page_check.c (page_owner.c, page_poison.c)
 *	      +-> zone.c (watermarks), shrinker.c (reclaim)
 */
#ifndef _MM_INTERNAL_H
#define _MM_INTERNAL_H

#include <linux/bug.h>
#include <linux/gfp.h>
#include <linux/kconfig.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/percpu.h>
#include <linux/vmstat.h>

/* An assertion of a numbered invariant; nothing in a release build. */
#define mm_assert(cond, id) do {					\
	if (IS_ENABLED(CONFIG_DEBUG))					\
		WARN(!(cond), "invariant " id " broken: " #cond "\n");	\
} while (0)

/* How deep an allocation may dig; see zone_watermark_ok(). */
#define ALLOC_WMARK_MIN		WMARK_MIN
#define ALLOC_WMARK_LOW		WMARK_LOW
#define ALLOC_WMARK_HIGH	WMARK_HIGH
#define ALLOC_WMARK_MASK	0x03
#define ALLOC_NO_WATERMARKS	0x04	/* __GFP_MEMALLOC: all of it */
#define ALLOC_HARDER		0x10	/* GFP_ATOMIC */
#define ALLOC_HIGH		0x20	/* __GFP_HIGH */
#define ALLOC_COLD		0x40	/* __GFP_COLD: from the cold end */

/* One request on its way through the zones. */
struct alloc_context {
	gfp_t gfp;
	unsigned int order;
	unsigned int alloc_flags;
	int migratetype;
	enum zone_type zone_idx;	/* the highest zone it may use */
};

/* buddy.c; all of these: zone->lock held. */
void buddy_init(struct zone *zone);
struct page *buddy_take(struct zone *zone, unsigned int order, int migratetype);
struct page *buddy_take_upto(struct zone *zone, unsigned int *order,
			     unsigned int want, int migratetype);
void buddy_give(struct zone *zone, struct page *page, unsigned int order);
void buddy_give_list(struct zone *zone, struct list_head *list,
		     unsigned int order, int nr);
/* True when the zone's lists obey B1 .. B6; says in words what does not. */
bool buddy_verify(struct zone *zone);

/* mobility.c; zone->lock held. */
int mobility_fallback(struct zone *zone, unsigned int order, int migratetype);
void set_pageblock_migratetype(struct page *page, int migratetype);

/* pcp.c */
DECLARE_PER_CPU(struct per_cpu_pages, zone_pcp[MAX_NR_ZONES]);
void pcp_init(void);
void pcp_set_limits(struct zone *zone);
struct page *pcp_take(struct zone *zone, unsigned int order,
		      const struct alloc_context *ac, bool checked);
void pcp_give_full(struct page *page, struct pcp_list *list,
		   unsigned long irqflags);
void pcp_give_cold(struct page *page, unsigned int order);
void drain_local_pages(struct zone *zone);
void drain_local_zones(struct zone *zone);
unsigned long pcp_count_cpu(const struct zone *zone, unsigned int cpu);

/* The list for a room and an order on this CPU; interrupts off. */
static inline struct pcp_list *pcp_list_of(unsigned int room,
					   unsigned int order)
{
	struct pcp_list *list = (void *)this_cpu_ptr(&zone_pcp[0]) +
				order * (PCP_TYPES * sizeof(*list)) +
				room * ROOM_UNIT;

	/* or else two registers would hold it, with the table and without */
	OPTIMIZER_HIDE_VAR(list);
	return list;
}

/* The order of the blocks on a list of this CPU. */
static inline unsigned int pcp_order_of(const struct pcp_list *list)
{
	const struct pcp_list *table =
		(struct pcp_list *)this_cpu_ptr(&zone_pcp[0]);

	return (list - table) / PCP_TYPES % NR_PCP_ORDERS;
}

_Static_assert(sizeof(struct per_cpu_pages) == PCP_ROOM(1, 0) * ROOM_UNIT &&
	       sizeof(struct pcp_list) == PCP_ROOM(0, 1) * ROOM_UNIT,
	       "a room is the place of a list");

/* zone.c */
extern unsigned char gfp_room[GFP_ROOMS];
extern int min_free_kbytes;
int default_min_free_kbytes(unsigned long lowmem_kbytes);
void zones_init(void);
bool zone_watermark_ok(const struct zone *zone, unsigned int order,
		       const struct alloc_context *ac, unsigned long extra);
void setup_per_zone_wmarks(void);
void setup_zonelists(void);

/* page_alloc.c */
void free_the_page(struct page *page, unsigned int order);

/* page_check.c */
int free_prepare(struct page *page, unsigned int order);
bool check_new_page(struct page *page, unsigned int order);
void free_unreferenced(struct page *page);
void free_shared(struct page *page, unsigned int order);
void bad_page(struct page *page, const char *reason);
bool gfp_check(gfp_t gfp, unsigned int order);

/* Of the requests that gfp_check() complains of, each has one of these. */
#define GFP_CHECKED	(__GFP_DMA | __GFP_RECLAIMABLE | __GFP_NOFAIL)

/* compound.c */
void prep_compound_page(struct page *page, unsigned int order);
void destroy_compound_page(struct page *page, unsigned int order);

/* shrinker.c */
unsigned long shrink_slab(gfp_t gfp, int priority);

/* show_mem.c */
extern struct ratelimit_state warn_alloc_limit;
void warn_alloc(gfp_t gfp, unsigned int order);

/* page_owner.c, page_poison.c: debug builds only. */
void page_owner_set(struct page *page, unsigned int order);
void page_owner_reset(struct page *page, unsigned int order);
void page_owner_split(struct page *page, unsigned int order);
void page_owner_part(struct page *page, struct page *part, unsigned int order);
int page_owner_order(const struct page *page);
void page_owner_init(void);
extern bool page_poisoning;	/* off: pages are freed as they are */
void page_poison(struct page *page, unsigned int order);
bool page_poison_check(struct page *page, unsigned int order);

#endif
