#ifndef _ASM_X86_IO_H
#define _ASM_X86_IO_H

#include <linux/compiler.h>
#include <linux/types.h>

/* Port input and output. Any context; never faults in the kernel. */

static inline void outb(u8 value, u16 port)
{
	asm volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

static inline u8 inb(u16 port)
{
	u8 value;

	asm volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
	return value;
}

static inline void outw(u16 value, u16 port)
{
	asm volatile("outw %0, %1" : : "a"(value), "Nd"(port));
}

static inline u16 inw(u16 port)
{
	u16 value;

	asm volatile("inw %1, %0" : "=a"(value) : "Nd"(port));
	return value;
}

static inline void outl(u32 value, u16 port)
{
	asm volatile("outl %0, %1" : : "a"(value), "Nd"(port));
}

static inline u32 inl(u16 port)
{
	u32 value;

	asm volatile("inl %1, %0" : "=a"(value) : "Nd"(port));
	return value;
}

/* A write to an unused port takes long enough for old devices to settle. */
static inline void io_delay(void)
{
	asm volatile("outb %%al, $0x80" : : );
}

/*
 * Device memory that ioremap() gave. The asm keeps the access one instruction
 * of the stated width; "memory" orders it against ordinary accesses. The
 * CPU keeps uncached accesses in program order [SDM3 12.3].
 */
#define __build_mmio_read(name, type, insn)				\
static inline type name(const volatile void __iomem *addr)		\
{									\
	type value;							\
									\
	asm volatile(insn " %1, %0" : "=q"(value)			\
		     : "m"(*(const volatile type __force *)addr)	\
		     : "memory");					\
	return value;							\
}

#define __build_mmio_write(name, type, insn)				\
static inline void name(type value, volatile void __iomem *addr)	\
{									\
	asm volatile(insn " %0, %1" : : "q"(value),			\
		     "m"(*(volatile type __force *)addr) : "memory");	\
}

__build_mmio_read(readb, u8, "movb")
__build_mmio_read(readw, u16, "movw")
__build_mmio_read(readl, u32, "movl")
__build_mmio_write(writeb, u8, "movb")
__build_mmio_write(writew, u16, "movw")
__build_mmio_write(writel, u32, "movl")

#define readb_relaxed readb
#define readw_relaxed readw
#define readl_relaxed readl
#define writeb_relaxed writeb
#define writew_relaxed writew
#define writel_relaxed writel

#define __raw_readb readb
#define __raw_readw readw
#define __raw_readl readl
#define __raw_writeb writeb
#define __raw_writew writew
#define __raw_writel writel

static inline void memset_io(volatile void __iomem *addr, int value,
			     size_t count)
{
	__builtin_memset((void __force *)addr, value, count);
}

static inline void memcpy_fromio(void *dst, const volatile void __iomem *src,
				 size_t count)
{
	__builtin_memcpy(dst, (const void __force *)src, count);
}

static inline void memcpy_toio(volatile void __iomem *dst, const void *src,
			       size_t count)
{
	__builtin_memcpy((void __force *)dst, src, count);
}

#endif
