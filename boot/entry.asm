; boot/entry.asm - from the boot loader to the first line of C
;
; A multiboot loader leaves us in 32-bit protected mode with paging off and
; flat segments whose GDT may lie anywhere [MB1 3.2]. The kernel is linked in
; the upper gigabyte, so the instructions up to the jump live in a section of
; their own, linked where it is loaded: its symbols are valid before paging,
; all others after it, and a debugger needs no second symbol table.
;
;   linear              boot page tables                    physical
;   0x00000000 +--------+                                   +--------+ 0
;              | 16 MiB |--+ identity: only for the         | 16 MiB |
;   0x01000000 +--------+  | few instructions around        |        |
;                          | the jump                       |        |
;   0xC0000000 +--------+  +------------------------------> |        |
;              | 16 MiB |---------------------------------> |        |
;   0xC1000000 +--------+    (the stack's guard page is     +--------+ 16 MiB
;                             left out)
;   0xFFC00000 +--------+
;              | fixmap |--> fixmap_page_table, empty
;              +--------+
;
; 4 KiB pages are used here because every CPU has them; the direct map that
; replaces these tables is built in C (arch/x86/mm/init.c).

bits 32

KERNEL_BASE	equ 0xC0000000		; PAGE_OFFSET of <asm/page_types.h>
MB_MAGIC	equ 0x1BADB002		; in our header       [MB1 3.1.2]
MB_FLAGS	equ 0x00000003		; aligned modules, memory sizes
MB_LOADED	equ 0x2BADB002		; in EAX at entry     [MB1 3.2]
MB_INFO_MEMORY	equ 1			; flags: mem_upper is valid

PTE_RW		equ 0x003		; present, writable   [SDM3 4.3]
CR0_PG_WP	equ 0x80010000		; paging, write protect [SDM3 2.5]
EFLAGS_ID	equ 1 << 21		; CPUID exists if it toggles
CPUID_TSC	equ 1 << 4		; leaf 1, EDX         [SDM2 CPUID]
BOOT_TABLES	equ 4			; 4 MiB each
COM1		equ 0x3F8
EXIT_PORT	equ 0xF4		; QEMU's isa-debug-exit
EXIT_PANIC	equ 0x12

extern swapper_pg_dir, fixmap_page_table, boot_page_tables
extern init_stack_guard, _end, start_high
extern boot_tsc

section .multiboot progbits alloc noexec nowrite align=4
multiboot_header:
	dd MB_MAGIC
	dd MB_FLAGS
	dd -(MB_MAGIC + MB_FLAGS)

section .boot.text progbits alloc exec nowrite align=16
global _start:function
_start:
	cli
	cld
	mov	esp, low_stack_top
	mov	ebp, eax		; loader's magic
	mov	edi, ebx		; physical address of its information

	mov	esi, msg_magic
	mov	edx, eax
	cmp	eax, MB_LOADED
	jne	boot_fail
	call	check_cpuid
	call	read_tsc
	call	check_memory
	call	fill_boot_tables

	mov	eax, swapper_pg_dir - KERNEL_BASE
	mov	cr3, eax
	mov	eax, cr0
	or	eax, CR0_PG_WP
	mov	cr0, eax
	mov	eax, start_high
	jmp	eax

; The ID flag can be changed only where CPUID exists: 386 and the first 486
; fail here. They also lack what the kernel relies on next.
check_cpuid:
	pushfd
	pop	eax
	mov	ecx, eax
	xor	eax, EFLAGS_ID
	push	eax
	popfd
	pushfd
	pop	eax
	xor	eax, ecx
	test	eax, EFLAGS_ID
	mov	esi, msg_cpuid
	mov	edx, ecx
	jz	boot_fail
	ret

; Boot is measured from here (kernel/bench_boot.c), where the CPU can count.
read_tsc:
	mov	eax, 1
	cpuid
	test	edx, CPUID_TSC
	jz	.none
	rdtsc
	mov	[boot_tsc - KERNEL_BASE], eax
	mov	[boot_tsc - KERNEL_BASE + 4], edx
.none:
	ret

; Does the image end below the end of memory? A loader may have written it
; into nothing, and the C code above would be garbage.
check_memory:
	test	dword [edi], MB_INFO_MEMORY
	jz	.unknown
	mov	edx, [edi + 8]		; mem_upper: KiB above 1 MiB
	mov	eax, _end - KERNEL_BASE - 0x100000 + 1023
	shr	eax, 10
	mov	esi, msg_memory
	cmp	edx, eax
	jb	boot_fail
.unknown:
	ret

; Identity and high half share the tables.
fill_boot_tables:
	push	edi
	mov	edi, boot_page_tables - KERNEL_BASE
	mov	eax, PTE_RW
	mov	ecx, BOOT_TABLES * 1024
.page:
	mov	[edi], eax
	add	eax, 0x1000
	add	edi, 4
	loop	.page

	mov	eax, init_stack_guard - KERNEL_BASE
	shr	eax, 12
	mov	dword [boot_page_tables - KERNEL_BASE + eax * 4], 0

	mov	edi, swapper_pg_dir - KERNEL_BASE
	mov	eax, boot_page_tables - KERNEL_BASE + PTE_RW
	mov	ecx, BOOT_TABLES
.table:
	mov	[edi], eax
	mov	[edi + (KERNEL_BASE >> 20)], eax
	add	eax, 0x1000
	add	edi, 4
	loop	.table
	mov	dword [swapper_pg_dir - KERNEL_BASE + 1023 * 4], \
		fixmap_page_table - KERNEL_BASE + PTE_RW
	pop	edi
	ret

; ESI: text, EDX: value. Says it on both consoles and stops.
boot_fail:
	push	edx
	mov	edi, 0xB8000
	call	early_puts
	pop	edx
	mov	ecx, 8
.digit:
	rol	edx, 4
	mov	eax, edx
	and	eax, 15
	mov	al, [hex_digits + eax]
	call	early_putc
	loop	.digit
	mov	al, 13
	call	serial_putc
	mov	al, 10
	call	serial_putc
	mov	al, EXIT_PANIC
	out	EXIT_PORT, al
.halt:
	cli
	hlt
	jmp	.halt

early_puts:
	lodsb
	test	al, al
	jz	.done
	call	early_putc
	jmp	early_puts
.done:
	ret

; AL to serial and to the VGA cell at EDI (grey on black).
early_putc:
	mov	ah, 7
	mov	[edi], ax
	add	edi, 2
serial_putc:
	push	edx
	push	ecx
	mov	ah, al
	mov	ecx, 100000		; a port that never gets ready is absent
.wait:
	mov	dx, COM1 + 5
	in	al, dx
	test	al, 0x20		; transmitter empty
	loopz	.wait
	mov	al, ah
	mov	dx, COM1
	out	dx, al
	pop	ecx
	pop	edx
	ret

section .boot.data progbits alloc noexec write align=4
msg_magic:	db "Quire: not started by a multiboot loader: EAX 0x", 0
msg_cpuid:	db "Quire: this CPU has no CPUID instruction, "
		db "a 486 with CPUID or later is needed: EFLAGS 0x", 0
msg_memory:	db "Quire: the kernel does not fit into memory, "
		db "KiB above 1 MiB: 0x", 0
hex_digits:	db "0123456789ABCDEF"
	align 4
	times 256 db 0
low_stack_top:
