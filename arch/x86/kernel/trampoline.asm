; arch/x86/kernel/trampoline.asm - from a CPU's first instruction to C
;
; A STARTUP order makes a CPU run in real mode from a page below 1 MiB, which
; its number names [SDM3 8.4.3]. The code up to trampoline_end is copied there
; (smpboot.c), so it finds its own addresses by adding EBX, the page:
;
;	real mode          CS = page / 16, IP = 0
;	protected mode     the small GDT below
;	paging on          tr_cr3: the kernel's directory, and the first 4 MiB
;	                   also where they are, under the next instruction
;	secondary_entry    in the kernel's image: the kernel's own directory
;
; Control registers are the boot CPU's. Global pages are left for later, or
; the identity map would stay in the TLB.

%define AT(label) (label - trampoline_start)

extern start_secondary

section .init.rodata progbits alloc noexec nowrite align=16
global trampoline_start:data
global trampoline_end:data
global trampoline_data:data
trampoline_start:
bits 16
	cli
	cld
	mov	ax, cs
	mov	ds, ax
	xor	ebx, ebx
	mov	bx, ax
	shl	ebx, 4
	o32 lgdt [AT(tr_gdt_ptr)]
	mov	eax, cr0
	or	al, 1			; protection enable [SDM3 2.5]
	mov	cr0, eax
	jmp	dword far [AT(tr_far)]
bits 32
trampoline_32:
	mov	eax, 0x10
	mov	ds, eax
	mov	es, eax
	mov	ss, eax
	xor	eax, eax
	mov	fs, eax
	mov	gs, eax
	mov	eax, [ebx + AT(tr_cr4)]
	test	eax, eax		; a CPU without CR4 has no bit to set
	jz	.no_cr4
	mov	cr4, eax
.no_cr4:
	mov	eax, [ebx + AT(tr_cr3)]
	mov	cr3, eax
	mov	eax, [ebx + AT(tr_cr0)]
	mov	cr0, eax
	mov	esp, [ebx + AT(tr_stack)]
	mov	eax, [ebx + AT(tr_next_cr3)]
	jmp	[ebx + AT(tr_entry)]

	align 8
tr_gdt:
	dq 0
	dq 0x00CF9A000000FFFF		; flat code, ring 0   [SDM3 3.4.5]
	dq 0x00CF92000000FFFF		; flat data, ring 0
; struct trampoline of smpboot.c
trampoline_data:
tr_gdt_ptr:
	dw tr_gdt_ptr - tr_gdt - 1
	dd AT(tr_gdt)			; C adds the page
tr_far:
	dd AT(trampoline_32)		; C adds the page
	dw 0x08
tr_cr0:		dd 0
tr_cr3:		dd 0
tr_cr4:		dd 0
tr_stack:	dd 0
tr_next_cr3:	dd 0
tr_entry:	dd 0
trampoline_end:

section .init.text progbits alloc exec nowrite align=16
global secondary_entry:function
secondary_entry:
	mov	cr3, eax		; the identity map is gone
	xor	ebp, ebp		; the last frame of a backtrace
	push	ebp
	push	ebp
	call	start_secondary
.halt:
	cli
	hlt
	jmp	.halt
