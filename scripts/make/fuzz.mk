# Fuzzers: tests/fuzz with the kernel as a program (host.mk).
#
#   make fuzz TIME=MINUTES TARGET=NAME   clang, libFuzzer: scripts/fuzz.py
#   fuzz-cases                           the kept inputs, with gcc: ktest
FUZZ_SRCS := $(wildcard tests/fuzz/*.c)
FUZZ_OBJS := $(filter-out $(HOST_OBJ)/tests/kernel/%,$(HOST_OBJS)) \
	$(FUZZ_SRCS:%.c=$(HOST_OBJ)/%.o)
FUZZ_USER := $(HOST_OBJ)/tests/fuzz/user/user.o \
	$(HOST_OBJ)/tests/fuzz/user/$(if \
		$(filter fuzz,$(HOST_CHECK)),libfuzzer,files).o
FUZZ_KERNEL := $(HOST_OUT)/fuzz-kernel.o
FUZZ_CASES := $(HOST_OUT)/fuzz-cases
FUZZ_ELF := $(HOST_OUT)/fuzz

ifeq ($(HOST_CHECK),fuzz)
HOST_CFLAGS += -Wno-unknown-attributes
HOST_SANITIZE += -fno-sanitize=alignment
# Nothing is to be found in the models: they are only to be fast.
fuzz_sanitize = $(if $(filter tests/fuzz/%_model.c,$(1)),-fno-sanitize=all)
# libFuzzer is C++; Debian's cross compiler comes with the library alone.
FUZZ_LIBS := -fsanitize=fuzzer -nostdlib++ \
	/usr/i686-linux-gnu/lib/libstdc++.so.6
endif

$(HOST_OBJ)/tests/fuzz/user/%.o: tests/fuzz/user/%.c $(HOST_STAMP)
	$(call say,HOSTCC,$<)
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) $(HOST_MACHINE_CFLAGS) -Werror -MMD -MP -c -o $@ $<

# Of the machine everything but main(), which is the fuzzer's.
$(HOST_OUT)/fuzz-machine.o: $(HOST_MACHINE)
	$(Q)$(LD) -m elf_i386 -r -z noexecstack -o $@ $(HOST_MACHINE)
	$(Q)$(PREFIX)objcopy --redefine-sym main=host_main $@

$(FUZZ_KERNEL): $(FUZZ_OBJS) arch/host/host.ld
	$(call say,LD,$@)
	$(Q)$(LD) -m elf_i386 -r -z noexecstack --force-group-allocation \
		-T arch/host/host.ld -o $@ $(FUZZ_OBJS)
	$(Q)$(PREFIX)objcopy $(HOST_SYMBOLS) $@

fuzz_link = $(HOSTCC) $(HOST_SANITIZE) $(HOST_LDFLAGS) -o $(1) \
	$(FUZZ_KERNEL) $(HOST_OUT)/fuzz-machine.o $(FUZZ_USER) \
	$(HOST_OUT)/fuzz-table.o $(FUZZ_LIBS)
fuzz_table = $(subst $(HOST_OUT)/table,$(HOST_OUT)/fuzz-table,$(host_table))
$(FUZZ_CASES) $(FUZZ_ELF): $(FUZZ_KERNEL) $(HOST_OUT)/fuzz-machine.o \
		$(FUZZ_USER) arch/host/image.ld
	$(call say,LD,$@)
	$(Q)$(fuzz_table) </dev/null
	$(Q)$(call fuzz_link,$@.first)
	$(Q)$(NM) -n $@.first | $(fuzz_table)
	$(Q)$(call fuzz_link,$@)

.PHONY: fuzz
fuzz:
	+@$(BUILD) HOST_CHECK=fuzz build/host-fuzz/fuzz
	@$(PYTHON) scripts/fuzz.py $(if $(TIME),--time '$(TIME)') \
		$(if $(TARGET),--target '$(TARGET)')

ifneq ($(filter build/host%,$(GOALS)),)
-include $(FUZZ_OBJS:.o=.d) $(FUZZ_USER:.o=.d)
endif
