# The compiler's checkers in the kernel.
#
#   UBSAN=1   undefined behaviour: lib/ubsan.c
#   KASAN=1   accesses of memory that is nobody's, or somebody else's: docs/kasan.md
#   KCSAN=1   accesses that two CPUs make at once: docs/kcsan.md
#
# A file that stands in a SKIP list is compiled without that checker; each has
# its reason there.

UBSAN ?= 0
KASAN ?= 0
KCSAN ?= 0
ifeq ($(filter $(UBSAN),0 1),)
$(error UBSAN is 1 (the checker of undefined behaviour is in) or 0)
endif
ifeq ($(filter $(KASAN),0 1),)
$(error KASAN is 1 (the checker of memory accesses is in) or 0)
endif
ifeq ($(filter $(KCSAN),0 1),)
$(error KCSAN is 1 (the race detector is in) or 0)
endif
ifeq ($(KCSAN)$(filter 1,$(KASAN)),11)
$(error KCSAN=1 and KASAN=1: the compiler can do one of them at a time)
endif
ifeq ($(KCSAN)$(filter n,$(SMP)),1n)
$(error KCSAN=1 looks for races of several CPUs: not with SMP=n)
endif
ifeq ($(KASAN)$(filter 1,$(RELEASE)),11)
$(error KASAN=1 needs the checks of slabs: not with RELEASE=1)
endif
ifeq ($(KASAN)$(filter 4096,$(THREAD_SIZE)),14096)
$(error KASAN=1 has stacks of 16 KiB: not with THREAD_SIZE=4096)
endif

# What is not asked for: signed overflow is defined here (-fwrapv), and this
# machine reads at any address (alignment).
UBSAN_KINDS := shift bounds null bool enum unreachable pointer-overflow \
	integer-divide-by-zero vla-bound object-size builtin \
	nonnull-attribute returns-nonnull-attribute
UBSAN_FLAGS := $(UBSAN_KINDS:%=-fsanitize=%)

UBSAN_SKIP := \
	lib/ubsan.c	# the reports themselves

# Where the shadow is: <asm/kasan.h> checks it. A frame with red zones begins
# at a multiple of 8, which the caller's does not have to.
KASAN_SHADOW_OFFSET := 0xdf800000
KASAN_FLAGS := -fsanitize=kernel-address \
	-fasan-shadow-offset=$(KASAN_SHADOW_OFFSET) \
	--param asan-instrumentation-with-call-threshold=0 \
	--param asan-stack=1 --param asan-globals=1 \
	--param asan-instrument-allocas=1 -fsanitize-address-use-after-scope \
	-mpreferred-stack-boundary=3 -mincoming-stack-boundary=2 \
	-Wno-frame-larger-than

# Before there is a shadow; the checks themselves; what looks at memory that
# is nobody's: free objects and pages, whole stacks with all their red zones.
KASAN_SKIP := boot/main.c arch/x86/mm/kasan_init.c \
	arch/x86/mm/kasan_stack.c $(wildcard mm/kasan/*.c) \
	lib/memchr_inv.c mm/page_poison.c \
	mm/slab.c mm/slab_grow.c mm/slab_cache.c mm/slab_debug.c \
	mm/slab_report.c mm/kmalloc.c \
	$(wildcard mm/kmemleak*.c tests/kernel/kmemleak*.c) kernel/sched/stack.c \
	arch/x86/kernel/stacktrace.c

# A volatile access is a marked one; entry and exit of functions do not matter.
KCSAN_FLAGS := -fsanitize=thread --param tsan-distinguish-volatile=1 \
	--param tsan-instrument-func-entry-exit=0 -Wno-frame-larger-than

# Before this CPU has its data; the checks themselves, and what they call
# while one waits; what looks at stacks that others write to.
KCSAN_SKIP := $(wildcard boot/*.c kernel/kcsan/*.c) arch/x86/lib/delay.c \
	arch/x86/kernel/stacktrace.c

ifeq ($(UBSAN),1)
CONFIG += -DCONFIG_UBSAN=1
else
NOT_BUILT += lib/ubsan.c
endif
ifeq ($(KASAN),1)
CONFIG += -DCONFIG_KASAN=1 \
	-DCONFIG_KASAN_SHADOW_OFFSET=$(KASAN_SHADOW_OFFSET)
SANITIZE_DIRS := mm/kasan
SANITIZE_SKIP := $(KASAN_SKIP)
else
NOT_BUILT += arch/x86/mm/kasan_init.c arch/x86/mm/kasan_stack.c
endif

ifeq ($(KCSAN),1)
CONFIG += -DCONFIG_KCSAN=1
SANITIZE_SKIP += $(KCSAN_SKIP)
else
NOT_BUILT += $(wildcard kernel/kcsan/*.c) tests/kernel/kcsan_test.c \
	tests/kernel/kcsan_quiet_test.c
endif

# The flags of one source file.
sanitize = $(if $(filter 1,$(UBSAN)),$(if $(filter $(UBSAN_SKIP),$(1)),, \
	$(UBSAN_FLAGS))) \
	$(if $(filter 1,$(KASAN)),$(if $(filter $(KASAN_SKIP),$(1)),, \
	$(KASAN_FLAGS))) \
	$(if $(filter 1,$(KCSAN)),$(if $(filter $(KCSAN_SKIP),$(1)),, \
	$(KCSAN_FLAGS)))
