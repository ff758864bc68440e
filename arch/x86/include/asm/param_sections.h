#ifndef _ASM_X86_PARAM_SECTIONS_H
#define _ASM_X86_PARAM_SECTIONS_H

#include <linux/init.h>
#include <linux/moduleparam.h>

/* The handlers of the command line's words, between their borders. */
extern const struct obs_kernel_param __start_setup_param[];
extern const struct obs_kernel_param __stop_setup_param[];
extern const struct kernel_param __start___param[];
extern const struct kernel_param __stop___param[];

#endif
