// SPDX-License-Identifier: MIT
/* The CPU: is it set up as its features say, and are segments flat? */
#include <kunit/test.h>
#include <asm/desc.h>
#include <asm/msr.h>
#include <asm/pgtable.h>
#include <asm/processor.h>
#include <asm/tsc.h>
#include <linux/irqflags.h>

/* Does boot_cpu_has() say what CPUID says? */
static void features_match_cpuid(struct kunit *test)
{
	u32 eax, ebx, ecx, edx;

	cpuid(1, &eax, &ebx, &ecx, &edx);
	KUNIT_EXPECT_EQ(test, boot_cpu_has(X86_FEATURE_PSE), edx >> 3 & 1);
	KUNIT_EXPECT_EQ(test, boot_cpu_has(X86_FEATURE_TSC), edx >> 4 & 1);
	KUNIT_EXPECT_EQ(test, boot_cpu_has(X86_FEATURE_CX8), edx >> 8 & 1);
	KUNIT_EXPECT_EQ(test, boot_cpu_has(X86_FEATURE_PGE), edx >> 13 & 1);
	KUNIT_EXPECT_EQ(test, boot_cpu_has(X86_FEATURE_PAT), edx >> 16 & 1);
	KUNIT_EXPECT_EQ(test, boot_cpu_has(X86_FEATURE_FXSR), edx >> 24 & 1);
}

/* Is each feature of CR4 on exactly where the CPU has it? */
static void cr4_follows_features(struct kunit *test)
{
	unsigned long cr4 = cr4_or_zero();

	KUNIT_EXPECT_EQ(test, !!(cr4 & X86_CR4_PSE),
			boot_cpu_has(X86_FEATURE_PSE));
	KUNIT_EXPECT_EQ(test, !!(cr4 & X86_CR4_PGE),
			boot_cpu_has(X86_FEATURE_PGE));
	KUNIT_EXPECT_FALSE(test, cr4 & X86_CR4_PAE);
}

/* Are paging and write protection on, and the caches too? */
static void cr0_is_right(struct kunit *test)
{
	unsigned long cr0 = read_cr0();

	KUNIT_EXPECT_TRUE(test, cr0 & X86_CR0_PE);
	KUNIT_EXPECT_TRUE(test, cr0 & X86_CR0_PG);
	KUNIT_EXPECT_TRUE(test, cr0 & X86_CR0_WP);
	KUNIT_EXPECT_FALSE(test, cr0 & (X86_CR0_CD | X86_CR0_NW));
}

/* Does PWT alone mean write-combining, and the rest what it always did? */
static void pat_has_write_combining(struct kunit *test)
{
	pgprot_t wc = pgprot_writecombine(PAGE_KERNEL);
	unsigned long cache = pgprot_val(wc) & _PAGE_CACHE_MASK;
	u64 pat;

	if (!boot_cpu_has(X86_FEATURE_PAT)) {
		KUNIT_EXPECT_EQ(test, cache, _PAGE_CACHE_UC);
		return;
	}
	KUNIT_EXPECT_EQ(test, cache, _PAGE_CACHE_WC);
	rdmsrl(MSR_IA32_CR_PAT, pat);
	/* 6 write-back, 1 write-combining, 7 uncached-, 0 uncached */
	KUNIT_EXPECT_EQ(test, pat & 0xffffffff, 0x00070106);
}

/* The part of a descriptor that gives base, and limit in bytes - 1. */
static u32 segment_base(const struct desc_struct *d)
{
	return d->a >> 16 | (d->b & 0xff) << 16 | (d->b & 0xff000000);
}

static u32 segment_limit(const struct desc_struct *d)
{
	u32 limit = (d->a & 0xffff) | (d->b & 0xf0000);

	return d->b & 1 << 23 ? limit << 12 | 0xfff : limit;
}

/* Are all code and data segments flat, and different by privilege only? */
static void segments_are_flat(struct kunit *test)
{
	const struct desc_struct *gdt;
	struct desc_ptr gdtr;
	unsigned int i;

	asm volatile("sgdt %0" : "=m"(gdtr));
	gdt = (const struct desc_struct *)gdtr.address;
	KUNIT_EXPECT_EQ(test, gdt[0].a | gdt[0].b, 0);
	for (i = GDT_ENTRY_KERNEL_CS; i <= GDT_ENTRY_DEFAULT_USER_DS; i++) {
		unsigned int dpl = gdt[i].b >> 13 & 3;

		KUNIT_EXPECT_EQ(test, segment_base(&gdt[i]), 0);
		KUNIT_EXPECT_EQ(test, segment_limit(&gdt[i]), 0xffffffff);
		KUNIT_EXPECT_EQ(test, dpl,
				i >= GDT_ENTRY_DEFAULT_USER_CS ? 3 : 0);
	}
}

/* Does the time stamp counter go on? */
static void tsc_counts(struct kunit *test)
{
	cycles_t before = get_cycles();

	if (!boot_cpu_has(X86_FEATURE_TSC)) {
		KUNIT_EXPECT_EQ(test, before, 0);
		return;
	}
	KUNIT_EXPECT_GT(test, get_cycles(), before);
}

/* Do save and restore nest? */
static void irq_flags_nest(struct kunit *test)
{
	unsigned long outer, inner;

	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	local_irq_save(outer);
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	local_irq_save(inner);
	local_irq_restore(inner);
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	local_irq_restore(outer);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
}

/* Is an interrupt nobody asked for counted and survived? */
static void stray_interrupts_are_survived(struct kunit *test)
{
	unsigned long before = spurious_irqs();

	asm volatile("int $0xf0"); /* a vector without a device */
	KUNIT_EXPECT_EQ(test, spurious_irqs(), before + 1);
	asm volatile("int $0xc0"); /* one that no line has */
	KUNIT_EXPECT_EQ(test, spurious_irqs(), before + 2);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
}

static struct kunit_case cpu_cases[] = { KUNIT_CASE(features_match_cpuid),
					 KUNIT_CASE(cr4_follows_features),
					 KUNIT_CASE(cr0_is_right),
					 KUNIT_CASE(pat_has_write_combining),
					 KUNIT_CASE(segments_are_flat),
					 KUNIT_CASE(tsc_counts),
					 KUNIT_CASE(irq_flags_nest),
					 KUNIT_CASE(
						 stray_interrupts_are_survived),
					 {} };

static struct kunit_suite cpu_suite = {
	.name = "cpu",
	.test_cases = cpu_cases,
};
kunit_test_suite(cpu_suite);
