# Which suites of tests/kernel need the machine itself, and so do not run on
# the host: its devices, its entry code, its ways of starting CPUs.
HOST_NOT := acpi apic bench cpu delay direct_map error_paths exceptions fixmap \
	ioapic ipi irq irq_memory irq_stack kallsyms kasan kasan_memory kmemleak \
	kmemleak_roots lockdep_irq madt mptable multiboot nmi percpu \
	printk_thread slab_report smp_absent smp_boot softirq stackprotector \
	stacks tsc ubsan
HOST_SUITES := $(filter-out $(NOT_BUILT) $(HOST_NOT:%=tests/kernel/%_test.c), \
	$(wildcard tests/kernel/*.c))
