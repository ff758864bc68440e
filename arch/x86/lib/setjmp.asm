; arch/x86/lib/setjmp.asm - leave a function that will not return
;
; regparm(3): EAX is the buffer, EDX the value. Offsets: struct __jmp_buf.

bits 32
section .text
%ifdef CONFIG_KASAN
extern kasan_unpoison_task_stack_below
%endif

global setjmp:function
setjmp:
	mov	[eax], ebx
	lea	ecx, [esp + 4]		; the caller's stack after our return
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
%ifdef CONFIG_KASAN
	push	eax
	push	edx
	mov	eax, [eax + 4]
	call	kasan_unpoison_task_stack_below
	pop	edx
	pop	eax
%endif
	mov	ecx, eax
	mov	eax, edx
	mov	ebx, [ecx]
	mov	esp, [ecx + 4]
	mov	ebp, [ecx + 8]
	mov	esi, [ecx + 12]
	mov	edi, [ecx + 16]
	jmp	[ecx + 20]
