; arch/x86/lib/string.asm - memcpy, memmove, memset by string instructions
;
; regparm(3): EAX first argument (and result), EDX second, ECX count. Longs
; first, then the 0..3 bytes left: an n-byte operation is n/4 + n%4 steps.

bits 32
section .text

global memcpy:function
memcpy:
	push	edi
	push	esi
	mov	edi, eax
	mov	esi, edx
	mov	edx, ecx
	shr	ecx, 2
	rep movsd
	mov	ecx, edx
	and	ecx, 3
	rep movsb
	pop	esi
	pop	edi
	ret

; Up unless the destination starts inside the source.
global memmove:function
memmove:
	push	edi
	push	esi
	mov	edi, eax
	mov	esi, edx
	mov	edx, edi
	sub	edx, esi
	cmp	edx, ecx
	jb	.down
	mov	edx, ecx
	shr	ecx, 2
	rep movsd
	mov	ecx, edx
	and	ecx, 3
	rep movsb
	pop	esi
	pop	edi
	ret
.down:
	std
	lea	esi, [esi + ecx - 1]
	lea	edi, [edi + ecx - 1]
	mov	edx, ecx
	and	ecx, 3
	rep movsb
	mov	ecx, edx
	shr	ecx, 2
	sub	esi, 3
	sub	edi, 3
	rep movsd
	cld
	pop	esi
	pop	edi
	ret

global memset:function
memset:
	push	edi
	push	eax
	mov	edi, eax
	movzx	eax, dl
	imul	eax, eax, 0x01010101
	mov	edx, ecx
	shr	ecx, 2
	rep stosd
	mov	ecx, edx
	and	ecx, 3
	rep stosb
	pop	eax
	pop	edi
	ret
