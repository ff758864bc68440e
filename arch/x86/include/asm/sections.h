#ifndef _ASM_X86_SECTIONS_H
#define _ASM_X86_SECTIONS_H

#include <linux/types.h>

/* The borders that linker.ld sets: addresses, never contents. */
extern char _text[], _stext[], _etext[];
extern char __start_rodata[], __end_rodata[];
extern char __init_begin[], __init_end[], _sinittext[], _einittext[];
extern char _sdata[], _edata[];
extern char __bss_start[], __bss_stop[], _end[];
/* The per-CPU section, and room in .init for a copy of its first values. */
extern char __per_cpu_start[], __per_cpu_end[], __per_cpu_load[];
/* Behind the section: room for the units of NR_CPUS CPUs, if there are some. */
extern char __per_cpu_room_end[];
/* Linked where it is loaded: these two are physical addresses. */
extern char __boot_start[], __boot_end[];
/* The boot task's stack, with the page below it that is never mapped. */
extern char init_stack[], init_stack_guard[], double_fault_stack[];

struct kunit_suite;
struct bench_entry;
/* Pointers gathered by kunit_test_suites() and BENCH(). */
extern struct kunit_suite *const __start_kunit_test_suites[];
extern struct kunit_suite *const __stop_kunit_test_suites[];
extern struct kunit_suite *const __start_kunit_init_test_suites[];
extern struct kunit_suite *const __stop_kunit_init_test_suites[];
extern const struct bench_entry *const __start_bench[];
extern const struct bench_entry *const __stop_bench[];

/* Tables that macros fill, between their borders. */
struct kunit_suite;
struct bench_entry;
extern struct kunit_suite *const __start_kunit_test_suites[];
extern struct kunit_suite *const __stop_kunit_test_suites[];
extern struct kunit_suite *const __start_kunit_init_test_suites[];
extern struct kunit_suite *const __stop_kunit_init_test_suites[];
extern const struct bench_entry *const __start_bench[];
extern const struct bench_entry *const __stop_bench[];
/* What the compiler wants called before all else: none but with KASAN. */
extern void (*const __start_ctors[])(void);
extern void (*const __stop_ctors[])(void);
extern int (*const __start_initcalls[])(void);
extern int (*const __start_initcall0[])(void);
extern int (*const __stop_initcalls[])(void);

struct gcov_info;
/* One for each object that was built to count what runs: GCOV=1. */
extern const struct gcov_info *const __start_gcov_info[];
extern const struct gcov_info *const __stop_gcov_info[];

static inline bool in_range_of(const void *p, const char *begin,
			       const char *end)
{
	return (const char *)p >= begin && (const char *)p < end;
}

/* The image's parts, for those who may not name the borders. */
struct section_range {
	unsigned long begin, end;
};

static inline struct section_range kernel_text_range(void)
{
	return (struct section_range){ (unsigned long)_stext,
				       (unsigned long)_etext };
}

static inline struct section_range kernel_rodata_range(void)
{
	return (struct section_range){ (unsigned long)__start_rodata,
				       (unsigned long)__end_rodata };
}

static inline struct section_range kernel_data_range(void)
{
	return (struct section_range){ (unsigned long)_sdata,
				       (unsigned long)_edata };
}

static inline struct section_range kernel_bss_range(void)
{
	return (struct section_range){ (unsigned long)__bss_start,
				       (unsigned long)__bss_stop };
}

/* The boot CPU's instances; another's are per_cpu_offset() away. */
static inline struct section_range kernel_percpu_range(void)
{
	return (struct section_range){ (unsigned long)__per_cpu_start,
				       (unsigned long)__per_cpu_end };
}

/* Text that stays: boot-only code does not count. */
static inline bool core_kernel_text(unsigned long addr)
{
	return in_range_of((void *)addr, _stext, _etext);
}

static inline bool is_kernel_inittext(unsigned long addr)
{
	return in_range_of((void *)addr, _sinittext, _einittext);
}

static inline bool is_kernel_rodata(unsigned long addr)
{
	return in_range_of((void *)addr, __start_rodata, __end_rodata);
}

/* Static data: what a pointer to may not have come from an allocator. */
static inline bool core_kernel_data(unsigned long addr)
{
	return in_range_of((void *)addr, _sdata, _end);
}

/* May a return address lie here? Boot-only code until it is freed. */
bool kernel_text_address(unsigned long addr);

#endif
