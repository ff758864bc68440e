# The compiler's checkers in the kernel.
#
#   UBSAN=1   undefined behaviour: lib/ubsan.c
#
# A file that stands in a SKIP list is compiled without that checker; each has
# its reason there.

UBSAN ?= 0
ifeq ($(filter $(UBSAN),0 1),)
$(error UBSAN is 1 (the checker of undefined behaviour is in) or 0)
endif

# What is not asked for: signed overflow is defined here (-fwrapv), and this
# machine reads at any address (alignment).
UBSAN_KINDS := shift bounds null bool enum unreachable pointer-overflow \
	integer-divide-by-zero vla-bound object-size builtin \
	nonnull-attribute returns-nonnull-attribute
UBSAN_FLAGS := $(UBSAN_KINDS:%=-fsanitize=%)

UBSAN_SKIP := \
	lib/ubsan.c	# the reports themselves

ifeq ($(UBSAN),1)
CONFIG += -DCONFIG_UBSAN=1
else
NOT_BUILT += lib/ubsan.c
endif

# The flags of one source file.
sanitize = $(if $(filter 1,$(UBSAN)),$(if $(filter $(UBSAN_SKIP),$(1)),, \
	$(UBSAN_FLAGS)))
