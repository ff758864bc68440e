#ifndef _ASM_X86_CPUFEATURE_H
#define _ASM_X86_CPUFEATURE_H

#include <linux/types.h>

/*
 * What the CPU can do, as bit numbers: word * 32 + bit. The words are CPUID
 * leaf 1 EDX, leaf 0x80000001 EDX, and leaf 1 ECX [SDM2 CPUID].
 */
#define NCAPINTS 3

#define X86_FEATURE_FPU (0 * 32 + 0)
#define X86_FEATURE_PSE (0 * 32 + 3)
#define X86_FEATURE_TSC (0 * 32 + 4)
#define X86_FEATURE_MSR (0 * 32 + 5)
#define X86_FEATURE_PAE (0 * 32 + 6)
#define X86_FEATURE_MCE (0 * 32 + 7)
#define X86_FEATURE_CX8 (0 * 32 + 8)
#define X86_FEATURE_APIC (0 * 32 + 9)
#define X86_FEATURE_SEP (0 * 32 + 11)
#define X86_FEATURE_MTRR (0 * 32 + 12)
#define X86_FEATURE_PGE (0 * 32 + 13)
#define X86_FEATURE_MCA (0 * 32 + 14)
#define X86_FEATURE_CMOV (0 * 32 + 15)
#define X86_FEATURE_PAT (0 * 32 + 16)
#define X86_FEATURE_PSE36 (0 * 32 + 17)
#define X86_FEATURE_CLFLUSH (0 * 32 + 19)
#define X86_FEATURE_MMX (0 * 32 + 23)
#define X86_FEATURE_FXSR (0 * 32 + 24)
#define X86_FEATURE_XMM (0 * 32 + 25)
#define X86_FEATURE_XMM2 (0 * 32 + 26)
#define X86_FEATURE_NX (1 * 32 + 20)
#define X86_FEATURE_LM (1 * 32 + 29)
#define X86_FEATURE_HYPERVISOR (2 * 32 + 31)

struct cpuinfo_x86 {
	u32 x86_capability[NCAPINTS];
	u32 cpuid_level;    /* highest basic leaf */
	u32 extended_level; /* highest extended leaf, or 0 */
	u8 x86;             /* family */
	u8 x86_model;
	u8 x86_stepping;
	char x86_vendor_id[16];
	char x86_model_id[52];
};

extern struct cpuinfo_x86 boot_cpu_data;

/* Does the boot CPU have the feature? Valid from early_cpu_init() on. */
static inline bool boot_cpu_has(unsigned int feature)
{
	return boot_cpu_data.x86_capability[feature / 32] >> feature % 32 & 1;
}
#define static_cpu_has(feature) boot_cpu_has(feature)
#define cpu_feature_enabled(feature) boot_cpu_has(feature)

/* Ask the CPU, once, before anything else uses a feature. */
void early_cpu_init(void);
/* Forget a feature, so that nothing uses it. Before it is used. */
void setup_clear_cpu_cap(unsigned int feature);
/* Say on the console which CPU this is and what is used of it. */
void print_cpu_info(void);

#endif
