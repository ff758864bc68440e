#ifndef _LINUX_KREF_H
#define _LINUX_KREF_H

#include <linux/refcount.h>

/* A reference count inside an object; release frees the object. */
struct kref {
	refcount_t refcount;
};

#define KREF_INIT(n) { .refcount = REFCOUNT_INIT(n) }

static inline void kref_init(struct kref *kref)
{
	refcount_set(&kref->refcount, 1);
}

static inline unsigned int kref_read(const struct kref *kref)
{
	return refcount_read(&kref->refcount);
}

/* For a caller that holds a reference already. */
static inline void kref_get(struct kref *kref)
{
	refcount_inc(&kref->refcount);
}

/* 0 if the object is on its way out. */
static inline int __must_check kref_get_unless_zero(struct kref *kref)
{
	return refcount_inc_not_zero(&kref->refcount);
}

/* 1 if that was the last reference and release was called. */
static inline int kref_put(struct kref *kref,
			   void (*release)(struct kref *kref))
{
	if (!refcount_dec_and_test(&kref->refcount))
		return 0;
	release(kref);
	return 1;
}

#endif
