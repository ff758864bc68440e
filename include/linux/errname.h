/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_ERRNAME_H
#define _LINUX_ERRNAME_H

/* "-ENOMEM" for -ENOMEM; NULL for a number without a name. */
const char *errname(int err);

#endif
