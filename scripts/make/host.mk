# The kernel as a program of the build machine: arch/host, tests/host.
#
# HOST_CHECK chooses how it is compiled, each kind in its own folder:
#
#   asan   address and undefined behaviour sanitizers (build/host, the default)
#   plain  optimised, no sanitizer (build/host-plain): for many runs
#   gcov   counts what was run (build/host-gcov)
#   fuzz   clang, with coverage for libFuzzer (build/host-fuzz)
HOST_CHECK ?= asan
SEED ?= 1
ifeq ($(filter $(HOST_CHECK),asan plain gcov fuzz),)
$(error HOST_CHECK is asan, plain, gcov or fuzz, not "$(HOST_CHECK)")
endif
HOST_OUT := build/host$(if $(filter-out asan,$(HOST_CHECK)),-$(HOST_CHECK))
HOST_OBJ := $(HOST_OUT)/obj
HOST_ELF := $(HOST_OUT)/quire-host

ifeq ($(HOST_CHECK),fuzz)
HOSTCC := clang --target=i686-linux-gnu
else
HOSTCC := $(CC)
endif

HOST_SANITIZE_asan := -fsanitize=address,undefined -fno-sanitize=alignment,null \
	-fno-sanitize-recover=all
HOST_SANITIZE_gcov := --coverage
# To trace what is compared with what takes longer than it finds.
HOST_SANITIZE_fuzz := -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-coverage=trace-cmp \
	-fno-sanitize-recover=all -mllvm -asan-globals=0
HOST_SANITIZE := $(HOST_SANITIZE_$(HOST_CHECK))
# What reads memory that is nobody's, on purpose.
HOST_UNCHECKED := $(KASAN_SKIP) lib/string_mem.c
# Turns of virtual CPUs end in any basic block: tests/host/machine/cpu.c.
HOST_TURNS := -fsanitize-coverage=trace-pc
HOST_TURNED := $(if $(filter fuzz,$(HOST_CHECK)),mm/% lib/%,%)
# What is of the machine itself has none, nor what holds all CPUs.
HOST_NO_TURNS := arch/host/% mm/kmemleak%
host_sanitize = $(HOST_SANITIZE) $(call fuzz_sanitize,$(1)) \
	$(if $(filter-out $(HOST_NO_TURNS),$(filter $(HOST_TURNED),$(1))), \
	$(HOST_TURNS)) $(if $(filter $(HOST_UNCHECKED),$(1)), \
	-fno-sanitize=address)
HOST_OPTIMISE_asan := -O1
HOST_OPTIMISE_plain := -O1
HOST_OPTIMISE_gcov := -O0
HOST_OPTIMISE_fuzz := -O1

HOST_CFLAGS := -std=gnu11 -m32 -march=i686 -mtune=generic -ffreestanding \
	-nostdinc -fno-pic -fno-pie -fno-stack-protector \
	-fno-strict-aliasing -fno-common -fwrapv \
	-fno-asynchronous-unwind-tables -mgeneral-regs-only \
	$(HOST_OPTIMISE_$(HOST_CHECK)) -fno-omit-frame-pointer \
	-mno-omit-leaf-frame-pointer -fno-optimize-sibling-calls -g \
	-Iinclude -Iarch/host/include -Iarch/x86/include -D__KERNEL__ \
	-DCONFIG_X86_32=1 -DCONFIG_HIGHMEM=1 -DCONFIG_SMP=1 -DCONFIG_DEBUG=1 \
	-DCONFIG_PAGE_OFFSET=0x80000000 -DCONFIG_THREAD_SIZE_ORDER=3 \
	-Wall -Wextra -Wno-unused-parameter -Wno-sign-compare \
	-Wno-array-bounds
ifeq ($(HOST_CHECK),asan)
HOST_CFLAGS += -DCONFIG_KASAN=1
endif
HOST_MACHINE_CFLAGS := -std=gnu11 -m32 -O2 -g -fno-pic -fno-pie \
	-fno-omit-frame-pointer -D_GNU_SOURCE \
	-D_FILE_OFFSET_BITS=64 -Wall -Wextra -Wno-unused-parameter
# Old tags: the sanitizers' own libraries are looked for there, too.
HOST_LDFLAGS := -m32 -no-pie -Wl,--disable-new-dtags \
	-Wl,-rpath,/usr/i686-linux-gnu/lib \
	-Wl,--dynamic-linker=/usr/i686-linux-gnu/lib/ld-linux.so.2 \
	-Wl,-T,arch/host/image.ld \
	-Wl,--no-warn-rwx-segments -Wl,-z,noexecstack

# ----------------------------------------------------------------- sources
# All of mm, lib and kernel; of x86 what does not need its devices.
HOST_X86 := $(addprefix arch/x86/,$(addprefix mm/,extable.c fault.c fixmap.c \
	init.c pat.c physaddr.c tlb.c walk.c) $(addprefix kernel/,bug.c cpu.c \
	dumpstack.c irq_vector.c irqstack.c process.c setup.c setup_percpu.c \
	smp.c stacktrace.c traps.c vector.c) lib/cmpxchg64.c)
HOST_DIRS := arch/host/kernel mm kernel kernel/* lib lib/kunit
HOST_SRCS := $(sort $(foreach d,$(HOST_DIRS),$(wildcard $(d)/*.c)) $(HOST_X86))
ifeq ($(HOST_CHECK),asan)
HOST_SRCS += mm/kasan/common.c arch/x86/mm/kasan_stack.c
else
HOST_SRCS := $(filter-out arch/host/kernel/kasan.c,$(HOST_SRCS))
endif
HOST_SRCS := $(filter-out $(UP_ONLY) lib/ubsan.c kernel/gcov/% kernel/kcsan/% \
	kernel/stackprotector.c,$(HOST_SRCS))
include tests/host/suites.mk
HOST_SRCS += $(HOST_SUITES)
HOST_OBJS := $(HOST_SRCS:%.c=$(HOST_OBJ)/%.o) \
	$(HOST_OBJ)/arch/host/kernel/entry.asm.o
HOST_MACHINE := $(patsubst %.c,$(HOST_OBJ)/%.o, \
	$(wildcard tests/host/machine/*.c))

# ------------------------------------------------------------------- rules
HOST_STAMP := $(HOST_OBJ)/.flags
$(HOST_STAMP): FORCE
	$(call stamp,$@,$(HOSTCC) $(HOST_CFLAGS) $(HOST_SANITIZE) $(HOST_TURNS) $(HOST_NO_TURNS) $(HOST_UNCHECKED) \
		$(HOST_OBJS))

$(HOST_OBJ)/tests/host/machine/%.o: tests/host/machine/%.c $(HOST_STAMP)
	$(call say,HOSTCC,$<)
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) $(HOST_MACHINE_CFLAGS) -Werror -MMD -MP -c -o $@ $<

$(HOST_OBJ)/%.o: %.c $(HOST_STAMP)
	$(call say,HOSTCC,$<)
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) $(HOST_CFLAGS) $(call host_sanitize,$<) -Werror $(modname) \
		-MMD -MP -c -o $@ $<

$(HOST_OBJ)/%.asm.o: %.asm
	$(call say,NASM,$<)
	@mkdir -p $(@D)
	$(Q)$(NASM) -f elf32 -o $@ $<

# The kernel's names are its own: the C library has a memcpy() as well.
HOST_GLOBAL := host_boot host_trap_entry host_cr2 boot_info \
	init_stack swapper_pg_dir fixmap_page_table high_memory \
	host_switch_stack host_interrupt host_flush_missing
# And what is called in each basic block is not the fuzzer's function.
HOST_SYMBOLS := $(addprefix --keep-global-symbol=,$(HOST_GLOBAL)) \
	--redefine-sym __sanitizer_cov_trace_pc=host_block
HOST_KERNEL := $(HOST_OUT)/kernel.o
$(HOST_KERNEL): $(HOST_OBJS) arch/host/host.ld
	$(call say,LD,$@)
	$(Q)$(LD) -m elf_i386 -r -z noexecstack -T arch/host/host.ld -o $@ $(HOST_OBJS)
	$(Q)$(PREFIX)objcopy $(HOST_SYMBOLS) $@

# The table of symbols lies outside of the image: one more link will do.
host_link = $(HOSTCC) $(HOST_SANITIZE) $(HOST_LDFLAGS) -o $(1) \
	$(HOST_KERNEL) $(HOST_MACHINE) $(HOST_OUT)/table.o
host_table = $(PYTHON) scripts/kallsyms.py >$(HOST_OUT)/table.c && \
	$(HOSTCC) $(HOST_CFLAGS) -g0 -c -o $(HOST_OUT)/table.o \
		$(HOST_OUT)/table.c
$(HOST_ELF): $(HOST_KERNEL) $(HOST_MACHINE) arch/host/image.ld
	$(call say,LD,$@)
	$(Q)$(host_table) </dev/null
	$(Q)$(call host_link,$@.first)
	$(Q)$(NM) -n $@.first | $(host_table)
	$(Q)$(call host_link,$@)

.PHONY: host test-host
host: $(HOST_ELF)

# SMP=4: CPUs. SEED=7: their turns. TIMES=100: with that seed, the next, ...
TIMES ?= 1
HOST_RUN = $(HOST_ELF) test $(if $(filter-out *,$(ONLY)), \
	'kunit.filter_glob=$(ONLY)') $(if $(filter-out y n,$(SMP)),cpus=$(SMP))
HOST_LOG := $(HOST_OUT)/seed.log

test-host: $(HOST_ELF)
ifeq ($(TIMES),1)
	$(strip $(HOST_RUN)) seed=$(SEED)
else
	@seed=$(SEED); end=$$((seed + $(TIMES))); \
	while test $$seed -lt $$end; do \
		if ! timeout $(or $(TIMEOUT),600) $(HOST_RUN) seed=$$seed \
				>$(HOST_LOG) 2>&1; then \
			cat $(HOST_LOG); \
			echo "seed=$$seed: failed, see $(HOST_LOG)"; exit 1; \
		fi; \
		echo "seed=$$seed: passed"; seed=$$((seed + 1)); \
	done
endif

ifneq ($(filter host test-host sweep build/host%,$(GOALS)),)
-include $(HOST_OBJS:.o=.d) $(HOST_MACHINE:.o=.d)
endif
