#ifndef _UAPI_ASM_GENERIC_ERRNO_H
#define _UAPI_ASM_GENERIC_ERRNO_H

#include <uapi/asm-generic/errno-base.h>

#define EDEADLK 35 /* Would deadlock */
#define ENAMETOOLONG 36 /* Name too long */
#define ENOLCK 37 /* No locks left */
#define ENOSYS 38 /* No such system call */
#define ENOTEMPTY 39 /* Directory not empty */
#define ELOOP 40 /* Too many symbolic links */
#define ENOMSG 42 /* No message of that type */
#define ENODATA 61 /* No data */
#define ETIME 62 /* Timer expired */
#define EPROTO 71 /* Protocol error */
#define EBADMSG 74 /* Not a data message */
#define EOVERFLOW 75 /* Value too large for its type */
#define EILSEQ 84 /* Illegal byte sequence */
#define EMSGSIZE 90 /* Message too long */
#define EOPNOTSUPP 95 /* Operation not supported */
#define EADDRINUSE 98 /* Address in use */
#define EADDRNOTAVAIL 99 /* Address not available */
#define ENOBUFS 105 /* No buffer space */
#define ETIMEDOUT 110 /* Timed out */
#define EALREADY 114 /* Already in progress */
#define EINPROGRESS 115 /* In progress */
#define ECANCELED 125 /* Cancelled */
#define EOWNERDEAD 130 /* Owner died */
#define EHWPOISON 133 /* Memory page has a hardware error */

#define EWOULDBLOCK EAGAIN
#define EDEADLOCK EDEADLK
#define ENOTSUP EOPNOTSUPP

#endif
