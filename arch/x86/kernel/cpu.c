/* SPDX-License-Identifier: MIT */
/*
 * arch/x86/kernel/cpu.c - what this CPU can do, and switching it on
 *
 *	feature  used for                          without it
 *	PSE      4 MiB pages in the direct map     4 KiB pages, more tables
 *	PGE      kernel entries stay in the TLB    flushed with every CR3 load
 *	PAT      write-combining mappings          uncached instead
 *	TSC      counting cycles                   get_cycles() is 0
 *	MCE      machine checks are reported       the CPU shuts down
 *	NX       (entries of PAE only)             readable is executable
 *
 * Differs from Linux: only features something here uses have names.
 * (arch/x86/kernel/cpu/common.c)
 */
#include <asm/cpufeature.h>

#include <asm/processor.h>
#include <linux/init.h>
#include <linux/printk.h>
#include <linux/string.h>

struct cpuinfo_x86 boot_cpu_data;

static void __init read_vendor(struct cpuinfo_x86 *c)
{
	u32 *id = (u32 *)c->x86_vendor_id;

	/* EBX, EDX, ECX in this order spell "GenuineIntel" */
	cpuid(0, &c->cpuid_level, &id[0], &id[2], &id[1]);
}

/* Family and model are split over two fields each [SDM2 CPUID, 01H]. */
static void __init read_features(struct cpuinfo_x86 *c)
{
	u32 eax = 0, ebx, ecx = 0, edx = 0;

	if (c->cpuid_level >= 1)
		cpuid(1, &eax, &ebx, &ecx, &edx);
	c->x86_capability[0] = edx;
	c->x86_capability[2] = ecx;
	c->x86 = eax >> 8 & 15;
	c->x86_model = eax >> 4 & 15;
	c->x86_stepping = eax & 15;
	if (c->x86 == 15)
		c->x86 += eax >> 20 & 255;
	if (c->x86 >= 6)
		c->x86_model |= (eax >> 16 & 15) << 4;
}

static void __init read_extended(struct cpuinfo_x86 *c)
{
	u32 *name = (u32 *)c->x86_model_id;
	u32 ebx, ecx, leaf;
	u32 highest = cpuid_eax(0x80000000);

	/* a CPU without extended leaves answers with something else */
	if (highest >> 16 != 0x8000)
		return;
	c->extended_level = highest;
	if (highest >= 0x80000001)
		cpuid(0x80000001, &leaf, &ebx, &ecx, &c->x86_capability[1]);
	for (leaf = 0x80000002; leaf <= 0x80000004; leaf++) {
		if (highest < leaf)
			return;
		cpuid(leaf, &name[0], &name[1], &name[2], &name[3]);
		name += 4;
	}
}

unsigned long cr4_or_zero(void)
{
	u32 with_cr4 = 1 << X86_FEATURE_PSE | 1 << X86_FEATURE_PAE |
		       1 << X86_FEATURE_MCE | 1 << X86_FEATURE_PGE;

	/* reading it where it does not exist is an invalid opcode */
	return boot_cpu_data.x86_capability[0] & with_cr4 ? __read_cr4() : 0;
}

void __init early_cpu_init(void)
{
	struct cpuinfo_x86 *c = &boot_cpu_data;
	unsigned long cr4, set = 0;

	read_vendor(c);
	read_features(c);
	read_extended(c);
	if (boot_cpu_has(X86_FEATURE_PSE))
		set |= X86_CR4_PSE;
	if (boot_cpu_has(X86_FEATURE_MCE))
		set |= X86_CR4_MCE;
	/* some firmware leaves the caches off */
	write_cr0(read_cr0() & ~(X86_CR0_CD | X86_CR0_NW));
	cr4 = cr4_or_zero();
	if (set & ~cr4)
		__write_cr4(cr4 | set);
}

void setup_clear_cpu_cap(unsigned int feature)
{
	boot_cpu_data.x86_capability[feature / 32] &= ~(1U << feature % 32);
}

void print_cpu_info(void)
{
	const struct cpuinfo_x86 *c = &boot_cpu_data;
	const char *name = c->x86_model_id;

	while (*name == ' ')
		name++;
	pr_info("CPU: %s %s (family %u, model %u, stepping %u)\n",
		c->x86_vendor_id, *name ? name : "unnamed", c->x86,
		c->x86_model, c->x86_stepping);
	pr_info("CPU:%s%s%s%s%s%s%s%s\n",
		boot_cpu_has(X86_FEATURE_PSE) ? " pse" : "",
		boot_cpu_has(X86_FEATURE_PGE) ? " pge" : "",
		boot_cpu_has(X86_FEATURE_PAT) ? " pat" : "",
		boot_cpu_has(X86_FEATURE_TSC) ? " tsc" : "",
		boot_cpu_has(X86_FEATURE_CX8) ? " cx8" : "",
		boot_cpu_has(X86_FEATURE_PAE) ? " pae" : "",
		boot_cpu_has(X86_FEATURE_NX) ? " nx" : "",
		boot_cpu_has(X86_FEATURE_FXSR) ? " fxsr" : "");
}

void __noreturn stop_this_cpu(void)
{
	for (;;)
		asm volatile("cli; hlt" : : : "memory");
}
