/* SPDX-License-Identifier: MIT */
/* What the system call sysinfo() tells; memory is in units of mem_unit. */
#ifndef _LINUX_SYSINFO_H
#define _LINUX_SYSINFO_H

struct sysinfo {
	long uptime;			/* seconds since boot */
	unsigned long loads[3];
	unsigned long totalram;		/* given to the buddy */
	unsigned long freeram;
	unsigned long sharedram;
	unsigned long bufferram;
	unsigned long totalswap;
	unsigned long freeswap;
	unsigned short procs;
	unsigned short pad;
	unsigned long totalhigh;	/* the part that is highmem */
	unsigned long freehigh;
	unsigned int mem_unit;		/* bytes */
};

#endif
