# Quire: builds, boots and proves the kernel.  `make help` lists everything.
#
# Each variant has its own folder: build/ holds the checked kernel for several
# CPUs, build/release/ the optimised one (RELEASE=1), build/up/ the one for a
# single CPU (SMP=n), build/release-up-4k/ is all that and has stacks of 4 KiB
# (THREAD_SIZE=4096): so all can stand side by side.

MAKEFLAGS += --no-builtin-rules --no-builtin-variables
ifeq ($(MAKELEVEL)$(filter -j%,$(MAKEFLAGS)),0)
MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 2)
endif
.DELETE_ON_ERROR:
.SECONDARY:
SHELL := /bin/sh

# ---------------------------------------------------------------- variables
# Everything that may be given on the command line; anything else is refused,
# since a misspelt variable that is ignored in silence costs an hour.
KNOWN := RELEASE THREAD_SIZE STACKPROTECTOR STACK_USAGE UBSAN KASAN KCSAN \
	GCOV EXTRA CROSS_COMPILE KCFLAGS TOP V MEM \
	SMP APPEND ISO MACHINE CPU KERNEL INITRD ONLY BENCH JOBS TIMEOUT \
	TIME ROUNDS QEMU QEMUFLAGS FILES
KNOWN += HOST_CHECK MUTANTS SEED TARGET TIMES
GIVEN := $(foreach v,$(.VARIABLES),$(if \
	$(findstring command line,$(origin $(v))),$(v)))
UNKNOWN := $(filter-out $(KNOWN) MAKEFLAGS SHELL,$(GIVEN))
ifneq ($(strip $(UNKNOWN)),)
$(error unknown variable $(strip $(UNKNOWN)); known are: $(KNOWN))
endif

RELEASE ?= 0
THREAD_SIZE ?= 8192
STACK_USAGE ?= 0
STACKPROTECTOR ?= $(if $(filter 1,$(RELEASE)),0,1)
EXTRA ?=
V ?= 0
MEM ?= 512M
SMP ?= y
APPEND ?=
ISO ?= 0
MACHINE ?= pc
CPU ?=
INITRD ?=
ONLY ?= *
BENCH ?= *
JOBS ?=
TIMEOUT ?=

ifeq ($(filter $(RELEASE),0 1),)
$(error RELEASE is 1 (optimised, no checks) or 0, not "$(RELEASE)")
endif
ifeq ($(filter $(THREAD_SIZE),8192 4096),)
$(error THREAD_SIZE is 8192 or 4096 bytes, not "$(THREAD_SIZE)")
endif
ifeq ($(shell echo '$(SMP)' | grep -xE 'y|n|[1-9]|[12][0-9]|3[0-2]'),)
$(error SMP is y, n (a kernel for one CPU) or CPUs from 1 to 32: not "$(SMP)")
endif
ifeq ($(filter $(ISO),0 1),)
$(error ISO is 1 (boot by GRUB from a CD) or 0 (by -kernel), not "$(ISO)")
endif
ifeq ($(filter $(MACHINE),pc q35 isapc),)
$(error MACHINE is pc, q35 or isapc, not "$(MACHINE)")
endif
ifeq ($(shell echo '$(MEM)' | grep -xE '[0-9]+[KkMmGg]?'),)
$(error MEM is a number, then K, M or G: not "$(MEM)")
endif
ifneq ($(KERNEL),)
ifeq ($(wildcard $(KERNEL)),)
$(error KERNEL=$(KERNEL): no such file)
endif
endif
ifneq ($(EXTRA),)
ifeq ($(wildcard $(EXTRA)/.),)
$(error EXTRA=$(EXTRA): no such folder)
endif
ifeq ($(wildcard $(EXTRA)/*.c),)
$(error EXTRA=$(EXTRA): the folder holds no .c file)
endif
endif

Q := $(if $(filter 1,$(V)),,@)
say = $(if $(filter 1,$(V)),,@printf '  %-7s %s\n' '$(1)' '$(2)')

# -------------------------------------------------------------------- tools
# scripts/setup.sh finds or installs what the goals need, and prints the
# compiler prefix.  Goals that need no tool skip it.
GOALS := $(or $(MAKECMDGOALS),all)
NO_GOAL := $(filter-out all iso run gdb test test-list torture bench coverage \
	stack-usage sweep \
	check check-% clean help format build/%,$(GOALS))
NO_GOAL := $(filter-out host test-host mutate fuzz,$(NO_GOAL))
ifneq ($(NO_GOAL),)
$(error no target $(NO_GOAL); make help lists them)
endif
NEEDS := $(if $(filter-out help clean test-list check-list,$(GOALS)),build) \
	$(if $(filter iso test,$(GOALS)),iso) \
	$(if $(filter 1,$(ISO)),iso) \
	$(if $(filter run gdb bench test torture sweep coverage,$(GOALS)), \
		qemu) \
	$(if $(filter gdb test,$(GOALS)),gdb) \
	$(if $(filter test,$(GOALS)),bochs) \
	$(if $(filter coverage,$(GOALS)),coverage) \
	$(if $(filter check check-% test format,$(GOALS)),check)
NEEDS += $(if $(filter fuzz,$(GOALS)),fuzz) $(if $(filter host test-host \
	test fuzz mutate coverage sweep,$(GOALS)),host)
NEEDS := $(strip $(NEEDS))

ifneq ($(NEEDS),)
TOOLS := $(shell CROSS_COMPILE='$(CROSS_COMPILE)' scripts/setup.sh $(NEEDS))
ifneq ($(.SHELLSTATUS),0)
$(error the tools above are needed)
endif
PREFIX := $(filter-out native,$(TOOLS))
endif

CC := $(PREFIX)gcc
LD := $(PREFIX)ld
NM := $(PREFIX)nm
NASM := nasm
PYTHON := python3

# -------------------------------------------------------------------- flags
VARIANT := $(strip $(if $(filter 1,$(RELEASE)),release) \
	$(if $(filter n,$(SMP)),up) $(if $(filter 4096,$(THREAD_SIZE)),4k) \
	$(if $(filter 00 11,$(RELEASE)$(STACKPROTECTOR)),ssp$(STACKPROTECTOR)) \
	$(if $(filter 1,$(STACK_USAGE)),stack) \
	$(if $(filter 1,$(UBSAN)),ubsan) $(if $(filter 1,$(KASAN)),kasan) \
	$(if $(filter 1,$(KCSAN)),kcsan) \
	$(if $(filter 1,$(GCOV)),gcov))
SPACE := $(subst x,,x x)
OUT := build$(if $(VARIANT),/$(subst $(SPACE),-,$(VARIANT)))
OBJ := $(OUT)/obj

INCLUDES := -Iinclude -Iarch/x86/include
CONFIG := -DCONFIG_X86_32=1 -DCONFIG_HIGHMEM=1
ifneq ($(SMP),n)
CONFIG += -DCONFIG_SMP=1
endif
ifeq ($(THREAD_SIZE),4096)
CONFIG += -DCONFIG_4KSTACKS=1
endif
ifeq ($(RELEASE),1)
OPTIMISE := -O2 -fomit-frame-pointer
else
CONFIG += -DCONFIG_DEBUG=1
OPTIMISE := -Og -fno-omit-frame-pointer -mno-omit-leaf-frame-pointer \
		-fno-optimize-sibling-calls
endif
include scripts/make/stack.mk
include scripts/make/sanitize.mk
include scripts/make/coverage.mk
CFLAGS := -std=gnu11 -m32 -march=i486 -mtune=generic -mregparm=3 \
	-mpreferred-stack-boundary=2 \
	-ffreestanding -nostdinc -fno-pic -fno-pie $(STACK_FLAGS) \
	-fno-strict-aliasing -fno-common -fwrapv \
	-fno-asynchronous-unwind-tables -mgeneral-regs-only \
	$(OPTIMISE) -g $(INCLUDES) -D__KERNEL__ $(CONFIG) \
	-Wall -Wextra -Wno-unused-parameter -Wno-sign-compare \
	-Wno-array-bounds -Wframe-larger-than=768 $(KCFLAGS)
NASMFLAGS := -f elf32 -g -F dwarf -w+all \
	-Iarch/x86/include/ $(patsubst -D%=1,-d%=1,$(CONFIG))
LDFLAGS := -m elf_i386 -nostdlib -static -z max-page-size=4096 \
	-z noexecstack --build-id=none --no-warn-rwx-segments

# ------------------------------------------------------------------ sources
# A new file in one of these folders is part of the kernel: nothing to list.
C_DIRS := boot arch/x86/kernel arch/x86/mm arch/x86/lib mm $(SANITIZE_DIRS) \
	kernel kernel/* lib lib/kunit drivers drivers/* tests/kernel \
	tests/torture tests/bench
ASM_DIRS := boot arch/x86/kernel arch/x86/mm arch/x86/lib
C_SRCS := $(sort $(foreach d,$(C_DIRS),$(wildcard $(d)/*.c)))
ASM_SRCS := $(sort $(foreach d,$(ASM_DIRS),$(wildcard $(d)/*.asm)))
# What only a checked kernel has.
ifeq ($(RELEASE),1)
C_SRCS := $(filter-out kernel/locking/lockdep% kernel/locking/%_debug.c \
	mm/kmemleak% tests/kernel/lockdep% tests/kernel/kmemleak% \
	lib/fault-inject.c mm/fail% lib/kunit/sweep% \
	tests/kernel/fault_% tests/kernel/sweep%,$(C_SRCS))
endif
# What only a kernel for several CPUs has: its headers stand in for the rest.
SMP_ONLY := $(addprefix arch/x86/kernel/,setup_percpu.c smpboot.c smp.c \
	trampoline.asm) kernel/smp.c mm/fail_percpu.c \
	$(addprefix mm/percpu,.c _balance.c _chunk.c _map.c _stats.c) \
	kernel/locking/qrwlock.c kernel/locking/ticket.c \
	$(addprefix kernel/sched/,affinity.c balance.c) \
	$(addprefix kernel/rcu/,tree.c callbacks.c stall.c) \
	$(addprefix tests/kernel/,smp_absent_test.c kasan_locks_test.c \
	percpu_chunk_test.c percpu_map_test.c percpu_misuse_test.c) \
	tests/bench/throughput.c
UP_ONLY := kernel/up.c kernel/rcu/tiny.c mm/percpu_up.c
C_SRCS := $(filter-out $(if $(filter n,$(SMP)),$(SMP_ONLY),$(UP_ONLY)) \
	$(NOT_BUILT),$(C_SRCS))
ifeq ($(SMP),n)
ASM_SRCS := $(filter-out $(SMP_ONLY),$(ASM_SRCS))
endif
OBJS := $(ASM_SRCS:%=$(OBJ)/%.o) $(C_SRCS:%.c=$(OBJ)/%.o)

# Objects of EXTRA go into a folder named after its full path, so that two
# such folders with files of one name never meet.
ifneq ($(EXTRA),)
EXTRA_SRCS := $(sort $(wildcard $(EXTRA)/*.c))
EXTRA_OBJ := $(OUT)/extra/$(subst /,_,$(abspath $(EXTRA)))
EXTRA_OBJS := $(patsubst $(EXTRA)/%.c,$(EXTRA_OBJ)/%.o,$(EXTRA_SRCS))
endif

ELF := $(OUT)/quire.elf
IMAGE := $(OUT)/quire.iso
BOOTED := $(or $(KERNEL),$(ELF))

# -------------------------------------------------------------------- build
.PHONY: all iso run gdb test test-list torture stack-usage bench coverage \
	check clean help format check-list FORCE
all: $(ELF)

# A stamp changes only when its text does: everything compiled with the
# flags, or linked from the list, depends on it.
define stamp
	@mkdir -p $(dir $(1))
	@printf '%s\n' '$(2)' | cmp -s - $(1) || printf '%s\n' '$(2)' > $(1)
endef

C_FLAGS_STAMP := $(OBJ)/.flags-c
ASM_FLAGS_STAMP := $(OBJ)/.flags-asm
LINK_STAMP := $(OBJ)/.flags-link
$(C_FLAGS_STAMP): FORCE
	$(call stamp,$@,$(CC) $(CFLAGS) $(call sanitize) $(call count) \
		$(SANITIZE_SKIP))
$(ASM_FLAGS_STAMP): FORCE
	$(call stamp,$@,$(NASM) $(NASMFLAGS))
$(LINK_STAMP): FORCE
	$(call stamp,$@,$(LD) $(LDFLAGS) $(OBJS) $(EXTRA_OBJS))

# Linux names a module after its file, dashes turned to underscores.
modname = -DKBUILD_MODNAME='"$(subst -,_,$(basename $(notdir $<)))"'

$(OBJ)/%.o: %.c $(C_FLAGS_STAMP)
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(call sanitize,$<) $(call count,$<) -Werror \
		$(modname) -MMD -MP -c -o $@ $<

$(OBJ)/%.asm.o: %.asm $(ASM_FLAGS_STAMP)
	$(call say,NASM,$<)
	@mkdir -p $(@D)
	$(Q)$(NASM) $(NASMFLAGS) -MD $(@:.o=.d) -MP -MT $@ -o $@ $<

ifneq ($(EXTRA),)
$(EXTRA_OBJ)/%.o: $(EXTRA)/%.c $(C_FLAGS_STAMP)
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(call sanitize,$<) -I$(EXTRA) $(modname) \
		-MMD -MP -c -o $@ $<
endif

# The image holds a table of its own symbols, so it is linked again until
# the table no longer changes: see scripts/link.sh.
$(ELF): linker.ld scripts/link.sh scripts/kallsyms.py $(LINK_STAMP) \
		$(OBJS) $(EXTRA_OBJS)
	$(call say,LD,$@)
	$(Q)CC='$(CC)' CFLAGS='$(CFLAGS)' LD='$(LD)' NM='$(NM)' \
		LDFLAGS='$(LDFLAGS)' PYTHON='$(PYTHON)' \
		scripts/link.sh $@ linker.ld $(OBJS) $(EXTRA_OBJS)

iso: $(IMAGE)
$(IMAGE): $(ELF) iso/boot/grub/grub.cfg scripts/mkiso.sh
	$(call say,ISO,$@)
	$(Q)scripts/mkiso.sh $(ELF) $@

# ---------------------------------------------------------------------- run
CPUS := $(patsubst n,1,$(patsubst y,1,$(SMP)))
RUN_ENV = MEM='$(MEM)' SMP='$(CPUS)' APPEND='$(APPEND)' ISO='$(ISO)' \
	MACHINE='$(MACHINE)' CPU='$(CPU)' KERNEL='$(BOOTED)' \
	INITRD='$(INITRD)' QEMU='$(QEMU)' QEMUFLAGS='$(QEMUFLAGS)'

run: $(BOOTED)
	@$(RUN_ENV) $(PYTHON) scripts/run.py

gdb: $(BOOTED)
	@$(RUN_ENV) $(PYTHON) scripts/run.py --gdb

# -------------------------------------------------------------------- tests
# All variants are booted, whatever the variables say, and one more kernel with
# the example of docs/writing-tests.md.  scripts/ktest knows their folders.
BUILD = $(MAKE) --no-print-directory
test:
	+@$(BUILD) RELEASE=0 SMP=y THREAD_SIZE=8192 EXTRA=examples/extra all \
		&& \
		mv build/quire.elf build/examples.elf || { \
		printf '\nthe build failed\n\n0 passed, 1 failed\n'; exit 1; }
	+@variants=$$($(PYTHON) scripts/ktest --only '$(ONLY)' --variants); \
	for variant in $$variants; do \
		$(BUILD) $$(echo $$variant | tr , ' ') all || { \
		printf '\nbuild failed\n\n0 passed, 1 failed\n'; exit 1; }; \
	done
	@QEMU='$(QEMU)' CC='$(CC)' $(PYTHON) scripts/ktest --only '$(ONLY)' \
		$(if $(JOBS),--jobs $(JOBS)) \
		$(if $(TIMEOUT),--timeout $(TIMEOUT))

test-list:
	@$(PYTHON) scripts/ktest --only '$(ONLY)' --list

# Random load on 1, 2, 4 and 8 CPUs in turn, for TIME minutes.
torture: $(ELF)
	@QEMU='$(QEMU)' $(PYTHON) scripts/torture.py --kernel '$(ELF)' \
		$(if $(TIME),--time '$(TIME)') \
		$(if $(ROUNDS),--rounds '$(ROUNDS)')

# What stack the functions use, and the deepest chains of calls.
ifeq ($(STACK_USAGE),1)
stack-usage: $(ELF)
	@$(PYTHON) scripts/stack_usage.py --limit $(THREAD_SIZE) \
		$(if $(TOP),--top '$(TOP)') $(OBJ)
else
stack-usage:
	+@$(BUILD) STACK_USAGE=1 stack-usage
endif

bench:
	+@$(BUILD) RELEASE=1 all
	@QEMU='$(QEMU)' $(PYTHON) scripts/bench.py --bench '$(BENCH)' \
		$(if $(filter n,$(SMP)),--up)

# The sessions of scripts/coverage/runs.py, in the kernel that counts.
coverage:
	+@$(BUILD) RELEASE=0 SMP=y THREAD_SIZE=8192 UBSAN=0 GCOV=1 all
	+@$(BUILD) HOST_CHECK=gcov host
	@QEMU='$(QEMU)' GCOV_TOOL='$(PREFIX)gcov' $(PYTHON) scripts/coverage \
		--only '$(ONLY)' $(if $(JOBS),--jobs $(JOBS))

# check runs every check; check-NAME one of them (make check-list).
check:
	@CC='$(CC)' $(PYTHON) scripts/check.py
check-list:
	@$(PYTHON) scripts/check.py --list
check-%: FORCE
	@CC='$(CC)' $(PYTHON) scripts/check.py $*

# Puts every source file (or those of FILES) into the house's format.
format:
	@scripts/format.py $(or $(FILES),$(shell git ls-files -co \
		--exclude-standard '*.c' '*.h'))

include scripts/make/host.mk
include scripts/make/mutate.mk
include scripts/make/fuzz.mk
include scripts/make/sweep.mk

clean:
	rm -rf build

help:
	@cat docs/make-help.txt

ifeq ($(filter clean help,$(GOALS)),)
-include $(OBJS:.o=.d) $(EXTRA_OBJS:.o=.d)
endif
