# Which lines and branches the tests reach: GCOV=1, make coverage.
#
# GCOV=1 puts a counter into every branch of the program, and sends all of
# them over COM2 when the machine stops (kernel/gcov/).  They count
# atomically, so that no CPU or interrupt loses what another counts: GCC does
# so from the Pentium on, by a call (gcov_count.c) where it may not use the
# FPU.  The calls make frames a little larger.

GCOV ?= 0
ifeq ($(filter $(GCOV),0 1),)
$(error GCOV is 1 (count which lines run) or 0, not "$(GCOV)")
endif

GCOV_RUNTIME := $(wildcard kernel/gcov/*.c) drivers/serial/com2.c \
	arch/x86/lib/gcov_count.c
GCOV_FLAGS := -march=i586 -Wframe-larger-than=1024 -fprofile-arcs \
	-ftest-coverage -fprofile-update=atomic -fprofile-info-section

# What runs before paging cannot reach the counters; the tests are not what
# is asked about; the runtime would count while it sends.
UNCOUNTED := boot/% tests/% $(GCOV_RUNTIME)

ifeq ($(GCOV),1)
CONFIG += -DCONFIG_GCOV=1
ifeq ($(filter 12% 13% 14% 15%,$(shell $(CC) -dumpversion)),)
$(error GCOV=1 knows the counters of GCC 12 to 15, not those of $(CC))
endif
else
NOT_BUILT += $(GCOV_RUNTIME)
endif

# The flags of one source file.
count = $(if $(filter 1,$(GCOV)),$(if $(filter $(UNCOUNTED),$(1)),, \
	$(GCOV_FLAGS)))
