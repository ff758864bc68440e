/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/irq_vector.c - which vector a line arrives at
 *
 *	vector  32 .. 47   line 0 .. 15, for ever: the same with an 8259
 *	        48 .. 223  another line, from its first request to its last free
 *
 * The upper four bits of a vector are its priority, and a local APIC holds
 * few interrupts of one priority at a time; so vectors are given out 16
 * apart.
 *
 * A vector means one line on all CPUs. So a line may change its CPU at any
 * time: an interrupt that was under way still finds it.
 *
 * V1  vector_irq[v] == irq exactly if irq arrives at v.
 *
 * Lock: vector_lock for the table; readers need none, they see old or new.
 *
 * Differs from Linux: there each CPU has a table of its own, which makes room
 * for more than 176 lines. (arch/x86/kernel/apic/vector.c)
 */
#include "irq_vector.h"

#include <asm/io_apic.h>
#include <asm/irq_vectors.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/irq.h>
#include <linux/spinlock.h>

#define NR_DEVICE_VECTORS (FIRST_SYSTEM_VECTOR - FIRST_DEVICE_VECTOR)
#define STEP 16

/* For the first 16 the table would say what the sum says. */
static s16 vector_irq[NR_VECTORS]; /* irq + 1, so that 0 is none */
static unsigned int next_vector;   /* to be tried; from FIRST_DEVICE_VECTOR */
static DEFINE_RAW_SPINLOCK(vector_lock);

int vector_to_irq(unsigned int vector)
{
	if (vector >= ISA_IRQ_VECTOR(0) && vector < FIRST_DEVICE_VECTOR)
		return vector - ISA_IRQ_VECTOR(0);
	return READ_ONCE(vector_irq[vector]) - 1;
}

/* 0, 16, 32, ... 1, 17, ... : all of them, once. */
static unsigned int following(unsigned int vector)
{
	vector += STEP;
	if (vector >= NR_DEVICE_VECTORS)
		vector = (vector + 1) % STEP;
	return vector;
}

/* With vector_lock held. */
static int find_free(void)
{
	unsigned int i, vector;

	for (i = 0; i < NR_DEVICE_VECTORS; i++) {
		vector = FIRST_DEVICE_VECTOR + next_vector;
		next_vector = following(next_vector);
		if (!vector_irq[vector])
			return vector;
	}
	return -ENOSPC;
}

int assign_vector(unsigned int irq)
{
	unsigned long flags;
	int vector;

	if (irq < NR_IRQS_LEGACY)
		return ISA_IRQ_VECTOR(irq);
	raw_spin_lock_irqsave(&vector_lock, flags);
	vector = find_free();
	if (vector > 0)
		WRITE_ONCE(vector_irq[vector], irq + 1);
	raw_spin_unlock_irqrestore(&vector_lock, flags);
	return vector;
}

void release_vector(unsigned int vector)
{
	unsigned long flags;

	if (vector < FIRST_DEVICE_VECTOR)
		return;
	raw_spin_lock_irqsave(&vector_lock, flags);
	WRITE_ONCE(vector_irq[vector], 0);
	raw_spin_unlock_irqrestore(&vector_lock, flags);
}
