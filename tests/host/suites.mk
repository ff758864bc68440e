# Which suites of tests/kernel need the machine itself, and so do not run on
# the host: its devices, its tables, its entry code, its ways of starting CPUs.
HOST_NOT := acpi apic cpu delay direct_map exceptions ioapic irq irq_memory \
	irq_stack madt mptable multiboot nmi percpu smp_absent smp_boot \
	softirq stackprotector tsc
# What provokes reports of checkers that end the process here, and what counts
# the frames of a trace, of which an optimising compiler leaves some out.
HOST_NOT += kasan kasan_asm kasan_locks kasan_memory lockdep_irq ubsan
HOST_SUITES := $(filter-out $(NOT_BUILT) $(HOST_NOT:%=tests/kernel/%_test.c), \
	$(wildcard tests/kernel/*.c tests/torture/*.c tests/host/*.c))
