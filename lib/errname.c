// SPDX-License-Identifier: MIT
/* errname.c - names of error numbers, for "%pe" */
#include <linux/errname.h>
#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/stddef.h>

#define NAME(err) [err] = "-" #err

static const char *const names[] = {
	NAME(EPERM), NAME(ENOENT), NAME(ESRCH), NAME(EINTR), NAME(EIO),
	NAME(ENXIO), NAME(E2BIG), NAME(ENOEXEC), NAME(EBADF), NAME(ECHILD),
	NAME(EAGAIN), NAME(ENOMEM), NAME(EACCES), NAME(EFAULT),
	NAME(ENOTBLK), NAME(EBUSY), NAME(EEXIST), NAME(EXDEV), NAME(ENODEV),
	NAME(ENOTDIR), NAME(EISDIR), NAME(EINVAL), NAME(ENFILE),
	NAME(EMFILE), NAME(ENOTTY), NAME(ETXTBSY), NAME(EFBIG),
	NAME(ENOSPC), NAME(ESPIPE), NAME(EROFS), NAME(EMLINK), NAME(EPIPE),
	NAME(EDOM), NAME(ERANGE), NAME(EDEADLK), NAME(ENAMETOOLONG),
	NAME(ENOLCK), NAME(ENOSYS), NAME(ENOTEMPTY), NAME(ELOOP),
	NAME(ENOMSG), NAME(ENODATA), NAME(ETIME), NAME(EPROTO),
	NAME(EBADMSG), NAME(EOVERFLOW), NAME(EILSEQ), NAME(EMSGSIZE),
	NAME(EOPNOTSUPP), NAME(EADDRINUSE), NAME(EADDRNOTAVAIL),
	NAME(ENOBUFS), NAME(ETIMEDOUT), NAME(EALREADY), NAME(EINPROGRESS),
	NAME(ECANCELED), NAME(EOWNERDEAD), NAME(EHWPOISON),
	NAME(ERESTARTSYS), NAME(EPROBE_DEFER), NAME(ENOTSUPP),
};

const char *errname(int err)
{
	unsigned int n = err < 0 ? -(unsigned int)err : (unsigned int)err;
	const char *name = n < ARRAY_SIZE(names) ? names[n] : NULL;

	if (!name)
		return NULL;
	return err < 0 ? name : name + 1;
}
