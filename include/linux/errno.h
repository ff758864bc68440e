#ifndef _LINUX_ERRNO_H
#define _LINUX_ERRNO_H

#include <uapi/asm-generic/errno.h>

/* Inside the kernel only; never returned to a program. */
#define ERESTARTSYS 512
#define ERESTARTNOINTR 513
#define ERESTARTNOHAND 514
#define EPROBE_DEFER 517
#define EOPENSTALE 518
#define ENOTSUPP 524

#endif
