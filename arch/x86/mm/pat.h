/* SPDX-License-Identifier: MIT */
#ifndef _ARCH_X86_MM_PAT_H
#define _ARCH_X86_MM_PAT_H

/* Programs the page attribute table. Once, before uncached mappings. */
void pat_init(void);

#endif
