; boot/tables.asm - memory the entry code needs before C can set it up
;
;   double_fault_stack 8 KiB: the stack of the boot CPU's double-fault task
;   init_stack_guard one page, never mapped: an overflow faults here
;   init_stack       THREAD_SIZE: the boot task's kernel stack

bits 32

%ifdef CONFIG_4KSTACKS
THREAD_SIZE	equ 4096		; as in <asm/page_types.h>
%elifdef CONFIG_KASAN
THREAD_SIZE	equ 16384
%else
THREAD_SIZE	equ 8192
%endif

section .bss..page_aligned nobits alloc noexec write align=8192
global double_fault_stack:data
global init_stack_guard:data
global init_stack:data
global init_stack_top:data
double_fault_stack:
	resb 8192
init_stack_guard:
	resb 4096
init_stack:
	resb THREAD_SIZE
init_stack_top:

global swapper_pg_dir:data
global fixmap_page_table:data
swapper_pg_dir:
	resb 4096
fixmap_page_table:
	resb 4096

; Used until the direct map stands, then freed with the other init memory.
section .init.pages progbits alloc noexec write align=4096
global boot_page_tables:data
boot_page_tables:
	times 4 * 4096 db 0
