; arch/x86/kernel/entry.asm - where exceptions and interrupts arrive
;
; The CPU pushes flags, cs, ip and for some vectors an error code. The stubs
; make them all alike (error code, vector), save the registers as struct
; pt_regs (<asm/ptrace.h>), and call C with EAX = its address, EDX = vector.
;
;	          higher addresses
;	+-----------------+
;	| flags, cs, ip   |  by the CPU
;	| error code or 0 |
;	| vector          |  by the stub
;	| gs fs es ds     |
;	| ax bp di si     |
;	| dx cx bx        | <- EAX
;	+-----------------+

bits 32
section .text

extern do_trap, do_irq

KERNEL_DS	equ 0x10
KERNEL_PERCPU	equ 0x38		; <asm/segment.h>
USER_RPL	equ 3

; [SDM3 6.3.1, Table 6-1]: vectors that push an error code
%define HAS_ERROR(n) ((n)=8 || ((n)>=10 && (n)<=14) || (n)=17 || (n)=21 || \
	(n)=29 || (n)=30)

%assign vector 0
%rep 32
trap_stub_ %+ vector:
%if !(HAS_ERROR(vector))
	push	dword 0
%endif
	push	dword vector
	jmp	trap_common
%assign vector vector + 1
%endrep

%rep 224
irq_stub_ %+ vector:
	push	dword 0
	push	dword vector
	jmp	irq_common
%assign vector vector + 1
%endrep

%macro SAVE_ALL 0
	push	gs
	push	fs
	push	es
	push	ds
	push	eax
	push	ebp
	push	edi
	push	esi
	push	edx
	push	ecx
	push	ebx
	cld
	mov	edx, KERNEL_DS
	mov	ds, edx
	mov	es, edx
%ifdef CONFIG_SMP
	mov	edx, KERNEL_PERCPU
	mov	fs, edx
%endif
	mov	eax, esp
	mov	edx, [esp + 44]		; vector
%endmacro

; From here to double_fault_entry whatever is called finds the registers above
; its return address, and EBP still points into the interrupted function: a
; backtrace relies on both (stacktrace.c).
global trap_common:function
trap_common:
	SAVE_ALL
	call	do_trap
	jmp	return_from_trap

global irq_common:function
irq_common:
	SAVE_ALL
	call	do_irq
return_from_trap:
	pop	ebx
	pop	ecx
	pop	edx
	pop	esi
	pop	edi
	pop	ebp
	pop	eax
	pop	ds
	pop	es
	pop	fs
	pop	gs
	add	esp, 8			; vector, error code
	iretd

; The double-fault task starts here, on its own stack; its C never returns.
extern do_double_fault
global double_fault_entry:function
double_fault_entry:
	cld
	xor	ebp, ebp
	call	do_double_fault
.halt:
	cli
	hlt
	jmp	.halt

section .rodata
global vector_stubs:data
vector_stubs:
%assign vector 0
%rep 32
	dd trap_stub_ %+ vector
%assign vector vector + 1
%endrep
%rep 224
	dd irq_stub_ %+ vector
%assign vector vector + 1
%endrep
