/* SPDX-License-Identifier: MIT */
/*
 * What code tells the race detector (docs/kcsan.md). Without CONFIG_KCSAN, and
 * in files whose accesses are not looked at, all of it is nothing.
 *
 * Reads and writes that the compiler makes are seen without being told;
 * <linux/instrumented.h> tells of those by assembly. Any context, no lock.
 */
#ifndef _LINUX_KCSAN_CHECKS_H
#define _LINUX_KCSAN_CHECKS_H

#include <linux/compiler_attributes.h>
#include <linux/types.h>

/* A read, or: */
#define KCSAN_ACCESS_WRITE	(1 << 0)
#define KCSAN_ACCESS_COMPOUND	(1 << 1)	/* read and written */
#define KCSAN_ACCESS_ATOMIC	(1 << 2)	/* marked: others may, too */
#define KCSAN_ACCESS_ASSERT	(1 << 3)	/* nobody may, marked or not */

#ifdef CONFIG_KCSAN

void __kcsan_check_access(const volatile void *ptr, size_t size, int type);

/*
 * Until enable was called as often as disable, nothing the thread, or the
 * interrupt, does is looked at.
 */
void kcsan_disable_current(void);
void kcsan_enable_current(void);

/*
 * Between begin and end plain accesses count as marked: what they see or make
 * is judged by other means. The first nests; end of the second ends all.
 */
void kcsan_nestable_atomic_begin(void);
void kcsan_nestable_atomic_end(void);
void kcsan_flat_atomic_begin(void);
void kcsan_flat_atomic_end(void);

/* Of the next access only a change of these bits matters. */
void kcsan_set_access_mask(unsigned long mask);

#else

static inline void __kcsan_check_access(const volatile void *ptr, size_t size,
					int type)
{
}
static inline void kcsan_disable_current(void)
{
}
static inline void kcsan_enable_current(void)
{
}
static inline void kcsan_nestable_atomic_begin(void)
{
}
static inline void kcsan_nestable_atomic_end(void)
{
}
static inline void kcsan_flat_atomic_begin(void)
{
}
static inline void kcsan_flat_atomic_end(void)
{
}
static inline void kcsan_set_access_mask(unsigned long mask)
{
}

#endif

#ifdef __SANITIZE_THREAD__
#define kcsan_check_access(p, size, type) __kcsan_check_access(p, size, type)
#else
#define kcsan_check_access(p, size, type) \
	((void)(p), (void)(size), (void)(type))
#endif
#define kcsan_check_read(p, size) kcsan_check_access(p, size, 0)
#define kcsan_check_write(p, size) \
	kcsan_check_access(p, size, KCSAN_ACCESS_WRITE)
#define kcsan_check_read_write(p, size) \
	kcsan_check_access(p, size, KCSAN_ACCESS_WRITE | KCSAN_ACCESS_COMPOUND)
#define kcsan_check_atomic_read(p, size) \
	kcsan_check_access(p, size, KCSAN_ACCESS_ATOMIC)
#define kcsan_check_atomic_write(p, size) \
	kcsan_check_access(p, size, KCSAN_ACCESS_ATOMIC | KCSAN_ACCESS_WRITE)
#define kcsan_check_atomic_read_write(p, size)				\
	kcsan_check_access(p, size, KCSAN_ACCESS_ATOMIC |		\
			   KCSAN_ACCESS_WRITE | KCSAN_ACCESS_COMPOUND)

/*
 * A claim about the other CPUs that no lock and no marked access can prove:
 * at this moment none writes var; none touches it; none changes these bits.
 */
#define ASSERT_EXCLUSIVE_WRITER(var) \
	kcsan_check_access(&(var), sizeof(var), KCSAN_ACCESS_ASSERT)
#define ASSERT_EXCLUSIVE_ACCESS(var)					\
	kcsan_check_access(&(var), sizeof(var),				\
			   KCSAN_ACCESS_WRITE | KCSAN_ACCESS_ASSERT)
#define ASSERT_EXCLUSIVE_BITS(var, mask) do {				\
	kcsan_set_access_mask(mask);					\
	kcsan_check_access(&(var), sizeof(var), KCSAN_ACCESS_ASSERT);	\
	kcsan_set_access_mask(0);					\
} while (0)

#endif
