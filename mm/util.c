// SPDX-License-Identifier: MIT
/*
 * Copies in memory of their own: the kstrdup() family, kasprintf(), and
 * kvmalloc(), which does not mind where the memory lies.
 *
 *	kvmalloc(size)
 *	    size <= a page: kmalloc() only: vmalloc() would need a page, too
 *	    larger:         kmalloc() without a fight, then vmalloc()
 *	kvfree(p): by address
 *
 *	        0xC0000000          high_memory   VMALLOC_START
 *	            |     lowmem: kfree()   |   |   vfree()    |
 *
 * All copies come from kmalloc() and are freed by kfree(). NULL if memory is
 * out, or if the string to copy is NULL.
 *
 * Context: as the gfp flags say; kvmalloc() and kvfree() of large sizes may
 * sleep.
 *
 * Differs from Linux: no kstrdup_const(), as there are no modules.
 * Linux: mm/util.c, lib/kasprintf.c.
 */
#include <linux/string.h>

#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/vmalloc.h>

void *kmemdup(const void *src, size_t len, gfp_t gfp)
{
	void *p = kmalloc_track_caller(len, gfp);

	if (p)
		memcpy(p, src, len);
	return p;
}
EXPORT_SYMBOL(kmemdup);

char *kmemdup_nul(const char *s, size_t len, gfp_t gfp)
{
	char *p;

	if (!s)
		return NULL;
	p = kmalloc_track_caller(len + 1, gfp);
	if (p) {
		memcpy(p, s, len);
		p[len] = '\0';
	}
	return p;
}
EXPORT_SYMBOL(kmemdup_nul);

char *kstrdup(const char *s, gfp_t gfp)
{
	return s ? kmemdup(s, strlen(s) + 1, gfp) : NULL;
}
EXPORT_SYMBOL(kstrdup);

char *kstrndup(const char *s, size_t max, gfp_t gfp)
{
	return s ? kmemdup_nul(s, strnlen(s, max), gfp) : NULL;
}
EXPORT_SYMBOL(kstrndup);

char *kvasprintf(gfp_t gfp, const char *fmt, va_list args)
{
	va_list again;
	size_t len;
	char *p;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	p = kmalloc_track_caller(len + 1, gfp);
	if (p)
		vsnprintf(p, len + 1, fmt, args);
	return p;
}
EXPORT_SYMBOL(kvasprintf);

char *kasprintf(gfp_t gfp, const char *fmt, ...)
{
	va_list args;
	char *p;

	va_start(args, fmt);
	p = kvasprintf(gfp, fmt, args);
	va_end(args);
	return p;
}
EXPORT_SYMBOL(kasprintf);

/* --- lowmem if it is easy to have, else any --- */

void *kvmalloc_node(size_t size, gfp_t flags, int node)
{
	gfp_t first = flags;
	void *p;

	if (size > PAGE_SIZE)
		first |= __GFP_NOWARN | __GFP_NORETRY;
	p = size > KMALLOC_MAX_SIZE ? NULL : kmalloc(size, first);
	if (p || size <= PAGE_SIZE)
		return p;
	return __vmalloc(size, flags);
}
EXPORT_SYMBOL(kvmalloc_node);

void kvfree(const void *p)
{
	if (is_vmalloc_addr(p))
		vfree(p);
	else
		kfree(p);
}
EXPORT_SYMBOL(kvfree);

void kvfree_sensitive(const void *p, size_t len)
{
	if (ZERO_OR_NULL_PTR(p))
		return;
	memzero_explicit((void *)p, len);
	kvfree(p);
}
EXPORT_SYMBOL(kvfree_sensitive);

void *kvrealloc(const void *p, size_t oldsize, size_t newsize, gfp_t flags)
{
	void *new;

	if (oldsize >= newsize)
		return (void *)p;
	new = kvmalloc(newsize, flags);
	if (new && p) {
		memcpy(new, p, oldsize);
		kvfree(p);
	}
	return new;
}
EXPORT_SYMBOL(kvrealloc);
