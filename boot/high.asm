; boot/high.asm - the first instructions in the high half
;
; boot/entry.asm jumps here with paging on. What belongs to the low half is
; left behind: the loader's GDT, the stack in .boot, the identity map. A file
; of its own, because a debugger wants one section of code per assembly file.

bits 32

extern swapper_pg_dir, init_stack_top, boot_main

section .init.text progbits alloc exec nowrite align=16
global start_high:function
start_high:
	lgdt	[boot_gdt_ptr]
	jmp	0x08:.reload
.reload:
	mov	ax, 0x10
	mov	ds, ax
	mov	es, ax
	mov	ss, ax
	mov	fs, ax			; the boot CPU's per-CPU data: base 0
	xor	eax, eax
	mov	gs, ax
	lldt	ax
	mov	esp, init_stack_top
	; the identity map has done its work
	mov	[swapper_pg_dir + 0], eax
	mov	[swapper_pg_dir + 4], eax
	mov	[swapper_pg_dir + 8], eax
	mov	[swapper_pg_dir + 12], eax
	mov	ecx, cr3
	mov	cr3, ecx

	mov	eax, ebp		; regparm: magic, information
	mov	edx, edi
	xor	ebp, ebp		; the last frame of a backtrace
	push	ebp
	push	ebp
	call	boot_main
.halt:
	cli
	hlt
	jmp	.halt

section .init.data progbits alloc noexec write align=8
boot_gdt:
	dq 0
	dq 0x00CF9A000000FFFF		; flat code, ring 0   [SDM3 3.4.5]
	dq 0x00CF92000000FFFF		; flat data, ring 0
boot_gdt_ptr:
	dw $ - boot_gdt - 1
	dd boot_gdt
