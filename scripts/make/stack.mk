# The guard on the stack, and how large frames are.
#
#   STACKPROTECTOR=1   kernel/stackprotector.c; what a checked kernel has, and
#                      an optimised one only if asked for
#   STACK_USAGE=1      the compiler writes the frames' sizes beside each object,
#                      for scripts/stack_usage.py

ifeq ($(filter $(STACKPROTECTOR),0 1),)
$(error STACKPROTECTOR is 1 (arrays on the stack are guarded) or 0)
endif

# Several CPUs: each has the guard of the thread that it runs.
STACK_FLAGS_0 := -fno-stack-protector
STACK_FLAGS_1 := -fstack-protector-strong $(if $(filter n,$(SMP)), \
	-mstack-protector-guard=global, \
	-mstack-protector-guard=tls -mstack-protector-guard-reg=fs \
	-mstack-protector-guard-symbol=__stack_chk_guard)
STACK_FLAGS := $(STACK_FLAGS_$(STACKPROTECTOR))

ifeq ($(filter $(STACK_USAGE),0 1),)
$(error STACK_USAGE is 1 (the compiler writes the frames' sizes) or 0)
endif
ifeq ($(STACK_USAGE),1)
STACK_FLAGS += -fcallgraph-info=su
# It would bring back the objects without what was written beside them.
export CCACHE_DISABLE := 1
endif

ifeq ($(STACKPROTECTOR),1)
CONFIG += -DCONFIG_STACKPROTECTOR=1
else
NOT_BUILT += kernel/stackprotector.c tests/kernel/stackprotector%
endif
