/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_PAT_H
#define _ASM_X86_PAT_H

/* Programs the page attribute table. Once, before uncached mappings. */
void pat_init(void);

#endif
