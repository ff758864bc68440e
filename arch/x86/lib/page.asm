; arch/x86/lib/page.asm - whole pages: 1024 longs by one string instruction

bits 32
section .text

PAGE_LONGS	equ 4096 / 4

; EAX: page
global __clear_page:function
__clear_page:
	push	edi
	mov	edi, eax
	xor	eax, eax
	mov	ecx, PAGE_LONGS
	rep stosd
	pop	edi
	ret

; EAX: to, EDX: from
global __copy_page:function
__copy_page:
	push	edi
	push	esi
	mov	edi, eax
	mov	esi, edx
	mov	ecx, PAGE_LONGS
	rep movsd
	pop	esi
	pop	edi
	ret
