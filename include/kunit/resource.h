/* SPDX-License-Identifier: MIT */
/*
 * Resources: what belongs to a running case and is given back, the newest
 * first, when the case ends in whatever way.
 */
#ifndef _KUNIT_RESOURCE_H
#define _KUNIT_RESOURCE_H

#include <linux/kref.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct kunit;
struct kunit_resource;

typedef int (*kunit_resource_init_t)(struct kunit_resource *, void *);
typedef void (*kunit_resource_free_t)(struct kunit_resource *);
typedef bool (*kunit_resource_match_t)(struct kunit *test,
				       struct kunit_resource *res,
				       void *match_data);
typedef void(kunit_action_t)(void *);

/* Defines a function that frees with a function of another argument type. */
#define KUNIT_DEFINE_ACTION_WRAPPER(wrapper, orig, arg_type) \
	static void wrapper(void *in)                        \
	{                                                    \
		arg_type arg = (arg_type)in;                 \
                                                             \
		orig(arg);                                   \
	}

struct kunit_resource {
	void *data;                 /* for the owner */
	const char *name;           /* NULL, or unique in the case */
	kunit_resource_free_t free; /* called when the last user goes */
	struct kref refcount;
	struct list_head node; /* [test->lock] test->resources */
	bool should_kfree;     /* the framework allocated it */
};

static inline void kunit_get_resource(struct kunit_resource *res)
{
	kref_get(&res->refcount);
}

/* Drops one use; the last one calls free. */
void kunit_put_resource(struct kunit_resource *res);

/*
 * Calls init(res, data) (NULL: res->data = data) and puts res into the list.
 * Returns 0 or what init returned.
 */
int __kunit_add_resource(struct kunit *test, kunit_resource_init_t init,
			 kunit_resource_free_t free, struct kunit_resource *res,
			 void *data);

/* Adds a resource whose memory is the caller's. */
int kunit_add_resource(struct kunit *test, kunit_resource_init_t init,
		       kunit_resource_free_t free, struct kunit_resource *res,
		       void *data);

/* The same with a name; -EEXIST if the case has one of this name. */
int kunit_add_named_resource(struct kunit *test, kunit_resource_init_t init,
			     kunit_resource_free_t free,
			     struct kunit_resource *res, const char *name,
			     void *data);

/* Allocates and adds one. NULL without memory or if init failed. */
struct kunit_resource *kunit_alloc_and_get_resource(struct kunit *test,
						    kunit_resource_init_t init,
						    kunit_resource_free_t free,
						    gfp_t internal_gfp,
						    void *context);

/* As above; returns res->data, and keeps no reference for the caller. */
void *kunit_alloc_resource(struct kunit *test, kunit_resource_init_t init,
			   kunit_resource_free_t free, gfp_t internal_gfp,
			   void *context);

/* Matches a resource by the data it holds. */
bool kunit_resource_instance_match(struct kunit *test,
				   struct kunit_resource *res,
				   void *match_data);
/* Matches a resource by its name. */
bool kunit_resource_name_match(struct kunit *test, struct kunit_resource *res,
			       void *match_name);

/* The newest that matches, with a reference for the caller, or NULL. */
struct kunit_resource *kunit_find_resource(struct kunit *test,
					   kunit_resource_match_t match,
					   void *match_data);
struct kunit_resource *kunit_find_named_resource(struct kunit *test,
						 const char *name);

/* Removes and frees the newest that matches. 0 or -ENOENT. */
int kunit_destroy_resource(struct kunit *test, kunit_resource_match_t match,
			   void *match_data);
int kunit_destroy_named_resource(struct kunit *test, const char *name);

/* Takes a resource from the list and drops the list's reference. */
void kunit_remove_resource(struct kunit *test, struct kunit_resource *res);

/* Has action(ctx) called at the end of the case. 0 or -ENOMEM. */
int kunit_add_action(struct kunit *test, kunit_action_t *action, void *ctx);

/* The same; without memory action(ctx) is called at once. */
int kunit_add_action_or_reset(struct kunit *test, kunit_action_t *action,
			      void *ctx);

/* Forgets the newest such action without calling it. */
void kunit_remove_action(struct kunit *test, kunit_action_t *action, void *ctx);

/* Calls the newest such action now instead of at the end. */
void kunit_release_action(struct kunit *test, kunit_action_t *action,
			  void *ctx);

#endif
