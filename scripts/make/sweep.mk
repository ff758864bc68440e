# Each case again and again, another allocation failed each time: make sweep.
#
#   ONLY=GLOB  these suites
#   SMP=4      all of them in a machine of so many CPUs; else only what does
#              not run in the kernel as a program
ifneq ($(filter sweep,$(GOALS)),)
ifeq ($(RELEASE),1)
$(error make sweep: only a checked kernel can fail allocations, not RELEASE=1)
endif
endif

.PHONY: sweep
sweep: $(ELF) $(HOST_ELF)
	@QEMU='$(QEMU)' $(PYTHON) scripts/sweep.py --kernel '$(ELF)' \
		--host '$(HOST_ELF)' --suites '$(ONLY)' \
		$(if $(filter-out y n,$(SMP)),--smp $(SMP))
