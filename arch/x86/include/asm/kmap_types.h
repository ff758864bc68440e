/* SPDX-License-Identifier: MIT */
/*
 * Typed slots of the old kmap_atomic(page, type): one set per CPU. Code of
 * each context used its own types, so that an interrupt never overwrote the
 * mapping of what it interrupted.
 */
#ifndef _ASM_X86_KMAP_TYPES_H
#define _ASM_X86_KMAP_TYPES_H

enum km_type {
	KM_BOUNCE_READ,
	KM_SKB_SUNRPC_DATA,
	KM_SKB_DATA_SOFTIRQ,
	KM_USER0,
	KM_USER1,
	KM_BIO_SRC_IRQ,
	KM_BIO_DST_IRQ,
	KM_PTE0,
	KM_PTE1,
	KM_IRQ0,
	KM_IRQ1,
	KM_SOFTIRQ0,
	KM_SOFTIRQ1,
	KM_TYPE_NR
};

/* Depth of the stack of unnamed slots (one-argument form, kmap_local). */
#define KM_MAX_IDX	16

#endif
