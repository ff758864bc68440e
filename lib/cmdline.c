// SPDX-License-Identifier: MIT
/*
 * Words of the kernel's command line.
 *
 * Differs from Linux (lib/cmdline.c): only memparse().
 */
#include <linux/kernel.h>

/*
 * A number with a unit: 64K, 512M, 4G, 1T (binary units, either case).
 * *retp, if wanted, is the first character that does not belong to it.
 */
unsigned long long memparse(const char *ptr, char **retp)
{
	char *end;
	unsigned long long value = simple_strtoull(ptr, &end, 0);
	unsigned int shift = 0;

	switch (*end | 0x20) {
	case 't':
		shift = 40;
		break;
	case 'g':
		shift = 30;
		break;
	case 'm':
		shift = 20;
		break;
	case 'k':
		shift = 10;
		break;
	default:
		break;
	}
	if (shift)
		end++;
	if (retp)
		*retp = end;
	return value << shift;
}
