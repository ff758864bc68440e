"""Commands that show Quire's memory system from the outside.

memory.py    reading the machine: registers, physical and kernel memory
command.py   what all commands share
tables.py    qpt        page-table walk
zones.py     qzones     zones; qfree: free lists
pages.py     qpage      one page descriptor
caches.py    qcache     slab caches
vmalloc.py   qvmalloc   ranges of the vmalloc window
percpu.py    $percpu(), qpercpu: variables of each CPU
stacks.py    kernel stacks: their use, callers, the way through interrupts
threads.py   qthreads   threads; qthread: one; qlocks: what they hold
log.py       qdmesg     the kernel's messages
functions.py qlist, $pfn_to_page(), ...
printers.py  how struct page, pte_t, ... look in `print`
"""
