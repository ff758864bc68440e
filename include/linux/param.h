/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PARAM_H
#define _LINUX_PARAM_H

#define HZ 100 /* jiffies in a second */

#endif
