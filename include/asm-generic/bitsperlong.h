#ifndef _ASM_GENERIC_BITSPERLONG_H
#define _ASM_GENERIC_BITSPERLONG_H

#if __SIZEOF_LONG__ == 8
# define BITS_PER_LONG 64
#else
# define BITS_PER_LONG 32
#endif
#define BITS_PER_LONG_LONG 64

#endif
