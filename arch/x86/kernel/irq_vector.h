/* SPDX-License-Identifier: MIT */
/* Between the I/O APICs and the vectors. */
#ifndef _ARCH_X86_KERNEL_IRQ_VECTOR_H
#define _ARCH_X86_KERNEL_IRQ_VECTOR_H

/* A vector for a line; -ENOSPC: all are taken. Interrupts off. */
int assign_vector(unsigned int irq);
void release_vector(unsigned int vector);

#endif
