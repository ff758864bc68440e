; arch/x86/lib/nofault.asm - copying where a fault is an answer
;
; regparm(3): EAX to, EDX from, ECX bytes. Returns the bytes not copied. The
; string instruction leaves ECX at what is left when it faults.

bits 32
section .text

global __copy_nofault:function
__copy_nofault:
	push	esi
	push	edi
	mov	edi, eax
	mov	esi, edx
.copy:
	rep movsb
.done:
	mov	eax, ecx
	pop	edi
	pop	esi
	ret

section __ex_table progbits alloc noexec nowrite align=4
	dd __copy_nofault.copy
	dd __copy_nofault.done
