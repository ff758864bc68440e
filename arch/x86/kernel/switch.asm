; arch/x86/kernel/switch.asm - from one thread's stack to another's
;
;	          higher addresses
;	+-----------------------+
;	| return address        |  into the caller, or ret_from_fork
;	| ebp ebx edi esi       | <- thread.sp while switched out
;	+-----------------------+
;
; A switch is a function call that returns on another stack. The caller of
; __switch_to_asm has saved eax, ecx and edx, as for any call; interrupts are
; off on both sides, so flags need no saving.

bits 32
section .text

extern schedule_tail, preempt_schedule

TASK_THREAD_SP	equ 4			; checked by arch/x86/kernel/process.c
TASK_STACK_CANARY equ 12		; checked by <asm/stackprotector.h>

; The word that guards the frames of the stack in use: this CPU's.
%ifdef CONFIG_STACKPROTECTOR
extern __stack_chk_guard
%ifdef CONFIG_SMP
%define STACK_GUARD fs:__stack_chk_guard
%else
%define STACK_GUARD __stack_chk_guard
%endif
%endif

; regparm: EAX = prev, EDX = next. Returns prev, on the stack of next.
global __switch_to_asm:function
__switch_to_asm:
	push	ebp
	push	ebx
	push	edi
	push	esi
	mov	[eax + TASK_THREAD_SP], esp
%ifdef CONFIG_STACKPROTECTOR
	mov	ebx, [edx + TASK_STACK_CANARY]
	mov	[STACK_GUARD], ebx
%endif
	mov	esp, [edx + TASK_THREAD_SP]
	pop	esi
	pop	edi
	pop	ebx
	pop	ebp
	ret

; A new thread's first switch returns here: EAX = prev, EBX = fn, EDI = arg,
; EBP = 0, the last frame of a backtrace.
global ret_from_fork:function
ret_from_fork:
	call	schedule_tail
	mov	eax, edi
	call	ebx
	ud2				; fn does not return

; For preempt_enable() in the middle of anything: all registers are kept.
global preempt_schedule_thunk:function
preempt_schedule_thunk:
	push	ebp
	mov	ebp, esp		; a frame: traces show the caller
	push	eax
	push	ecx
	push	edx
	call	preempt_schedule
	pop	edx
	pop	ecx
	pop	eax
	pop	ebp
	ret
