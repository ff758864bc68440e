; arch/host/kernel/entry.asm - what C cannot say: stacks and registers
;
; The functions of arch/x86's assembly that do not belong to an exception, for
; the C library's way of calling: arguments on the stack, and a stack that is
; aligned to 16 bytes at each call.

bits 32
section .text

extern schedule_tail, preempt_schedule, host_trap

TASK_THREAD_SP	equ 4			; checked by arch/x86/kernel/process.c
PT_TRAPNR	equ 44			; struct pt_regs
PT_IP		equ 52

; (prev, next): see arch/x86/kernel/switch.asm. Returns prev.
global __switch_to_asm:function
__switch_to_asm:
	mov	eax, [esp + 4]
	mov	edx, [esp + 8]
	lea	ecx, [eax + TASK_THREAD_SP]
	mov	edx, [edx + TASK_THREAD_SP]
	jmp	switch_stack

; (unsigned long *save, unsigned long sp): the same for a whole CPU.
global host_switch_stack:function
host_switch_stack:
	mov	ecx, [esp + 4]
	mov	edx, [esp + 8]
switch_stack:				; ECX = save, EDX = sp; EAX is kept
	push	ebp
	push	ebx
	push	edi
	push	esi
	mov	[ecx], esp
	mov	esp, edx
	pop	esi
	pop	edi
	pop	ebx
	pop	ebp
	ret

; A new thread: EAX = prev, EBX = fn, EDI = arg, EBP = 0.
global ret_from_fork:function
ret_from_fork:
	and	esp, -16
	sub	esp, 16
	mov	[esp], eax
	call	schedule_tail
	mov	[esp], edi
	call	ebx
	ud2				; fn does not return

global preempt_schedule_thunk:function
preempt_schedule_thunk:
	push	ebp
	mov	ebp, esp
	push	eax
	push	ecx
	push	edx
	and	esp, -16
	call	preempt_schedule
	lea	esp, [ebp - 12]
	pop	edx
	pop	ecx
	pop	eax
	pop	ebp
	ret

; ESP points to a struct pt_regs that a signal handler made right below where
; the interrupted code's stack ended (tests/host/machine/signal.c). The frame in
; between makes the interrupted instruction the caller in a trace.
global trap_common:function, irq_common:function, double_fault_entry:function
global host_trap_entry:function
host_trap_entry:
	mov	eax, esp
	push	dword [eax + PT_IP]
	push	ebp
	mov	ebp, esp
	and	esp, -16
	sub	esp, 16
	mov	[esp], eax
	call	host_trap
	lea	esp, [ebp + 8]
	pop	ebx
	pop	ecx
	pop	edx
	pop	esi
	pop	edi
	pop	ebp
	pop	eax
	add	esp, 24			; ds es fs gs trapnr orig_ax
	push	dword [esp + 8]
	popfd
	ret	8			; to ip, and beyond cs and flags
trap_common:				; no trace goes through these
irq_common:
double_fault_entry:

; (to, from, size): the bytes not copied. ECX is what is left at a fault.
global __copy_nofault:function
__copy_nofault:
	push	esi
	push	edi
	mov	edi, [esp + 12]
	mov	esi, [esp + 16]
	mov	ecx, [esp + 20]
.copy:
	rep movsb
.done:
	mov	eax, ecx
	pop	edi
	pop	esi
	ret

; (env), (env, value): offsets as in struct __jmp_buf.
global setjmp:function
setjmp:
	mov	eax, [esp + 4]
	mov	[eax], ebx
	lea	ecx, [esp + 4]
	mov	[eax + 4], ecx
	mov	[eax + 8], ebp
	mov	[eax + 12], esi
	mov	[eax + 16], edi
	mov	ecx, [esp]
	mov	[eax + 20], ecx
	xor	eax, eax
	ret

global longjmp:function
longjmp:
	mov	ecx, [esp + 4]
	mov	eax, [esp + 8]
	mov	ebx, [ecx]
	mov	esp, [ecx + 4]
	mov	ebp, [ecx + 8]
	mov	esi, [ecx + 12]
	mov	edi, [ecx + 16]
	jmp	[ecx + 20]

; As in boot/tables.asm: the guard page lies right below the stack.
section .bss..page_aligned nobits alloc noexec write align=4096
global init_stack_guard:data, init_stack:data, double_fault_stack:data
double_fault_stack:
	resb 4096
init_stack_guard:
	resb 4096
init_stack:
	resb 32768			; THREAD_SIZE

section __ex_table progbits alloc noexec nowrite align=4
	dd __copy_nofault.copy
	dd __copy_nofault.done
