// SPDX-License-Identifier: MIT
/*
 * sort.c - heapsort
 *
 * The array is a binary tree: the children of element i are 2i+1 and 2i+2.
 * It is a heap when no child is greater than its parent. Making it one, from
 * the last parent back to the root, takes O(n); then the root, which is the
 * greatest, changes places with the last, the heap shrinks by one, and the
 * new root sinks to its place: n times O(log n), in the worst case too,
 * which quicksort does not promise.
 */
#include <linux/sort.h>
#include <linux/string.h>

struct sorter {
	char *base;
	size_t size;
	cmp_r_func_t cmp;
	swap_r_func_t swap;	/* NULL: bytes */
	const void *priv;
};

static char *element(const struct sorter *s, size_t i)
{
	return s->base + i * s->size;
}

static void exchange(const struct sorter *s, size_t i, size_t j)
{
	if (s->swap)
		s->swap(element(s, i), element(s, j), s->size, s->priv);
	else
		memswap(element(s, i), element(s, j), s->size);
}

/* Element i of a heap of n may be too small for its place. */
static void sink(const struct sorter *s, size_t i, size_t n)
{
	size_t child;

	while ((child = 2 * i + 1) < n) {
		if (child + 1 < n && s->cmp(element(s, child),
					    element(s, child + 1), s->priv) < 0)
			child++;
		if (s->cmp(element(s, i), element(s, child), s->priv) >= 0)
			return;
		exchange(s, i, child);
		i = child;
	}
}

static void heapsort(const struct sorter *s, size_t num)
{
	for (size_t i = num / 2; i-- > 0;)
		sink(s, i, num);
	while (num > 1) {
		num--;
		exchange(s, 0, num);
		sink(s, 0, num);
	}
}

void sort_r(void *base, size_t num, size_t size, cmp_r_func_t cmp_func,
	    swap_r_func_t swap_func, const void *priv)
{
	const struct sorter s = { base, size, cmp_func, swap_func, priv };

	heapsort(&s, num);
}

struct plain {
	cmp_func_t cmp;
	swap_func_t swap;
};

static int plain_cmp(const void *a, const void *b, const void *priv)
{
	return ((const struct plain *)priv)->cmp(a, b);
}

static void plain_swap(void *a, void *b, int size, const void *priv)
{
	((const struct plain *)priv)->swap(a, b, size);
}

void sort(void *base, size_t num, size_t size, cmp_func_t cmp_func,
	  swap_func_t swap_func)
{
	const struct plain plain = { cmp_func, swap_func };

	sort_r(base, num, size, plain_cmp, swap_func ? plain_swap : NULL,
	       &plain);
}
