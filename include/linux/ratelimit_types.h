/* SPDX-License-Identifier: MIT */
/*
 * How often a call site may speak: burst times within interval, then it is
 * silent until the interval has passed.
 */
#ifndef _LINUX_RATELIMIT_TYPES_H
#define _LINUX_RATELIMIT_TYPES_H

#include <linux/types.h>

/* 5000 units of about 2^20 TSC cycles: some seconds on common machines. */
#define DEFAULT_RATELIMIT_INTERVAL 5000
#define DEFAULT_RATELIMIT_BURST    10

struct ratelimit_state {
	int interval;        /* length, see above; 0: no limit */
	int burst;           /* messages per interval */
	int printed;         /* since begin */
	int missed;          /* since begin */
	unsigned long begin; /* start of the interval */
	unsigned long flags;
	bool started; /* begin is valid */
};

/* missed messages are not announced when the interval ends */
#define RATELIMIT_MSG_ON_RELEASE 1

#define RATELIMIT_STATE_INIT(name, interval_init, burst_init)      \
	{                                                          \
		.interval = (interval_init), .burst = (burst_init) \
	}

#define DEFINE_RATELIMIT_STATE(name, interval_init, burst_init) \
	struct ratelimit_state name =                           \
		RATELIMIT_STATE_INIT(name, interval_init, burst_init)

/* Not 0: the caller may speak now. Any context. */
int ___ratelimit(struct ratelimit_state *rs, const char *func);
#define __ratelimit(state) ___ratelimit(state, __func__)

#endif
