#ifndef _LINUX_STRING_H
#define _LINUX_STRING_H

#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/types.h>

/*
 * The C library's functions, with its semantics, and Linux's additions. Any
 * context, no locks. The machine may bring faster forms of the mem*
 * functions in <asm/string.h>; lib/string_mem.c has those in plain C.
 */
void *memcpy(void *dst, const void *src, size_t n);
void *memmove(void *dst, const void *src, size_t n);
void *memset(void *dst, int c, size_t n);
int memcmp(const void *a, const void *b, size_t n);
int bcmp(const void *a, const void *b, size_t n);
void *memchr(const void *s, int c, size_t n);

/*
 * Copies in memory from kmalloc(), to be freed by kfree(): NULL if memory is
 * out or s is NULL. kstrndup() copies at most max bytes of s; the _nul form
 * adds a NUL to len bytes. May sleep if gfp allows. (mm/util.c)
 */
char *kstrdup(const char *s, gfp_t gfp);
char *kstrndup(const char *s, size_t max, gfp_t gfp);
void *kmemdup(const void *src, size_t len, gfp_t gfp);
char *kmemdup_nul(const char *s, size_t len, gfp_t gfp);

/* As memchr, but never NULL: the byte behind the area if c is not there. */
void *memscan(void *s, int c, size_t n);
/* The first byte that is not c, or NULL: "is this area all c?" */
void *memchr_inv(const void *s, int c, size_t n);
/* Overwrites secrets; the compiler cannot drop it as a dead store. */
void memzero_explicit(void *s, size_t n);

size_t strlen(const char *s);
size_t strnlen(const char *s, size_t n);
char *strcpy(char *dst, const char *src);
char *strncpy(char *dst, const char *src, size_t n);
char *stpcpy(char *dst, const char *src);
char *strcat(char *dst, const char *src);
char *strncat(char *dst, const char *src, size_t n);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
int strcasecmp(const char *a, const char *b);
int strncasecmp(const char *a, const char *b, size_t n);
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);
char *strstr(const char *s, const char *find);
char *strnstr(const char *s, const char *find, size_t n);
size_t strspn(const char *s, const char *accept);
size_t strcspn(const char *s, const char *reject);
char *strpbrk(const char *s, const char *accept);

/* As strchr, but the terminating NUL where c is not found. */
char *strchrnul(const char *s, int c);
/* As strchrnul within n bytes: s + n where neither c nor NUL is found. */
char *strnchrnul(const char *s, size_t n, int c);
/* As strchr within n bytes. */
char *strnchr(const char *s, size_t n, int c);

/*
 * Copy at most size - 1 characters and always terminate (unless size is 0).
 * Return the length copied, or -E2BIG if src did not fit.
 */
ssize_t strscpy(char *dst, const char *src, size_t size);
/* As strscpy, with the rest of dst zeroed. */
ssize_t strscpy_pad(char *dst, const char *src, size_t size);
/* BSD's: return the length they tried to make; cut off if >= size. */
size_t strlcpy(char *dst, const char *src, size_t size);
size_t strlcat(char *dst, const char *src, size_t size);

/*
 * Cut the next token off *s at any character of delims: it is terminated and
 * returned, *s moves behind it, to NULL after the last. Tokens may be empty.
 */
char *strsep(char **s, const char *delims);
/* Behind leading white space. */
char *skip_spaces(const char *s);
/* Cut trailing white space off in place; return behind the leading. */
char *strim(char *s);
/* Replace each old by new; return the terminating NUL's address. */
char *strreplace(char *s, char old, char new);

static inline char *strstrip(char *s)
{
	return strim(s);
}

/* Equal but for one final newline of either: for values typed by people. */
bool sysfs_streq(const char *a, const char *b);
/*
 * Index of string in array, which has n entries or ends with NULL;
 * -EINVAL if it is not there.
 */
int match_string(const char *const *array, size_t n, const char *string);

static inline bool strstarts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, __builtin_strlen(prefix)) == 0;
}

/* Length of prefix if s begins with it, else 0. */
static inline size_t str_has_prefix(const char *s, const char *prefix)
{
	size_t len = __builtin_strlen(prefix);

	return strncmp(s, prefix, len) == 0 ? len : 0;
}

/* The part behind the last '/'. */
const char *kbasename(const char *path);

/* Exchange two areas of n bytes that do not overlap. */
void memswap(void *a, void *b, size_t n);

#if __has_include(<asm/string.h>)
#include <asm/string.h>
#endif

/* Fill n (a count of elements, not bytes) with a wider pattern. */
#ifndef __HAVE_ARCH_MEMSET16
static inline void *memset16(u16 *dst, u16 v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		dst[i] = v;
	return dst;
}
#endif

#ifndef __HAVE_ARCH_MEMSET32
static inline void *memset32(u32 *dst, u32 v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		dst[i] = v;
	return dst;
}
#endif

static inline void *memset64(u64 *dst, u64 v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		dst[i] = v;
	return dst;
}

static inline void *memset_l(unsigned long *dst, unsigned long v, size_t n)
{
	if (sizeof(v) == sizeof(u32))
		return memset32((u32 *)dst, v, n);
	return memset64((u64 *)dst, v, n);
}

static inline void *memset_p(void **dst, void *v, size_t n)
{
	return memset_l((unsigned long *)dst, (unsigned long)v, n);
}

/*
 * Through the compiler, which makes one or two moves of what is short and of
 * known size, and calls the function otherwise.
 */
#if defined(CONFIG_KASAN) && defined(__SANITIZE_ADDRESS__)
/* Checked first, in files whose other accesses are checked, too. */
void *__asan_memcpy(void *dst, const void *src, size_t n);
void *__asan_memset(void *dst, int c, size_t n);
void *__asan_memmove(void *dst, const void *src, size_t n);
#define memcpy(dst, src, n) __asan_memcpy(dst, src, n)
#define memset(dst, c, n) __asan_memset(dst, c, n)
#define memmove(dst, src, n) __asan_memmove(dst, src, n)
#elif defined(CONFIG_KCSAN) && defined(__SANITIZE_THREAD__)
void *__tsan_memcpy(void *dst, const void *src, size_t n);
void *__tsan_memset(void *dst, int c, size_t n);
void *__tsan_memmove(void *dst, const void *src, size_t n);
#define memcpy(dst, src, n) __tsan_memcpy(dst, src, n)
#define memset(dst, c, n) __tsan_memset(dst, c, n)
#define memmove(dst, src, n) __tsan_memmove(dst, src, n)
#else
#define memcpy(dst, src, n) __builtin_memcpy(dst, src, n)
#define memset(dst, c, n) __builtin_memset(dst, c, n)
#define memmove(dst, src, n) __builtin_memmove(dst, src, n)
#endif
#define strlen(s) __builtin_strlen(s)

#endif
