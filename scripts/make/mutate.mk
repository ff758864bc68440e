# Small faults in mm/, one at a time: make mutate (scripts/mutate).
#
#   MUTANTS=200   how many of them; 0: all
#   SEED=1        which of them
#   FILES='mm/b*.c' where, instead of in all of mm/
#   ONLY='mm/zone.c:115 ...' all faults of these lines, no others
MUTANTS ?= 200
SEED ?= 1

.PHONY: mutate
mutate:
	@OBJCOPY='$(PREFIX)objcopy' $(PYTHON) scripts/mutate \
		--count '$(MUTANTS)' --seed '$(SEED)' \
		$(if $(FILES),--files $(FILES:%='%')) $(if $(JOBS),--jobs $(JOBS)) \
		$(patsubst %,--only '%',$(filter-out *,$(ONLY)))
