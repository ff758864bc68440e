/* SPDX-License-Identifier: MIT */
/*
 * Functions that are static but for tests. The tests are always in the
 * image, so these are always visible.
 */
#ifndef _KUNIT_VISIBILITY_H
#define _KUNIT_VISIBILITY_H

#define VISIBLE_IF_KUNIT
#define EXPORT_SYMBOL_IF_KUNIT(symbol)

#endif
