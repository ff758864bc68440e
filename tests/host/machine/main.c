/* SPDX-License-Identifier: MIT */
/*
 * tests/host/machine/main.c - the kernel as a program of the build machine
 *
 *	quire-host [word of the kernel's command line]...
 *	           [map=START-END,...]  RAM, in bytes, hex or with K, M, G
 *	           [seed=NUMBER]        of the CPUs' turns, and the kernel's
 *
 * Compiled with the C library's headers; the kernel knows nothing of it but
 * <asm/host.h>.
 *
 *	0x40000000  the process's own view of physical memory: ram
 *	0x80000000  the kernel's gigabyte; nothing is mapped here but what its
 *	            TLB holds (tlb.c). The image is linked at 0x80100000
 *	0xc0000000  the program, the C library, the sanitizers
 *
 * Physical memory is one memory file, so that each mapping of a frame shows
 * the same bytes. It is 4 GiB long but holds only what was written.
 */
#include "machine.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define DEFAULT_MAP "0-640K,1M-64M,900M-916M"

#define BOOT_TABLES 4 /* of 4 MiB each */
#define PTE_BOOT (PTE_PRESENT | PTE_RW | PTE_PSE)

int ram_fd;
char *const ram = (char *)RAM_VIEW;

/* Sanitizers ask this before anything runs. */
const char *__asan_default_options(void)
{
	return "detect_leaks=0:detect_stack_use_after_return=0:"
	       "allow_user_segv_handler=1:use_sigaltstack=0";
}

const char *__ubsan_default_options(void)
{
	return "print_stacktrace=1";
}

void host_die(const char *what)
{
	fprintf(stderr, "quire-host: %s: %s\n", what, strerror(errno));
	_exit(3);
}

/* -------------------------------------------------------- for the kernel */

void host_write(const char *text, unsigned int len)
{
	static char copy[256];

	/* the C library would hand the kernel's addresses to the system */
	while (len) {
		unsigned int n = len < sizeof(copy) ? len : sizeof(copy);

		memcpy(copy, text, n);
		fwrite(copy, 1, n, stdout);
		text += n;
		len -= n;
	}
}

void host_exit(int status)
{
	fflush(stdout);
	exit(status);
}

void __asan_unpoison_memory_region(const volatile void *addr, size_t size)
	__attribute__((weak));

void host_unpoison(const void *addr, unsigned long size)
{
	if (__asan_unpoison_memory_region)
		__asan_unpoison_memory_region(addr, size);
}

/* --------------------------------------------------------------- start-up */

static unsigned long long parse_size(char **at)
{
	unsigned long long size = strtoull(*at, at, 0);

	switch (**at) {
	case 'G':
		size <<= 10; /* fall through */
	case 'M':
		size <<= 10; /* fall through */
	case 'K':
		size <<= 10;
		++*at;
	}
	return size;
}

static void parse_map(char *at)
{
	boot_info.nr_mmap = 0;
	while (*at && boot_info.nr_mmap < BOOT_MMAP_MAX) {
		struct boot_mmap_entry *e;
		unsigned long long end;

		e = &boot_info.mmap[boot_info.nr_mmap++];
		e->base = parse_size(&at);
		at += *at == '-';
		end = parse_size(&at);
		at += *at == ',';
		e->length = end - e->base;
		e->type = BOOT_MEM_RAM;
		if (end <= e->base) {
			fprintf(stderr, "quire-host: bad map=\n");
			exit(3);
		}
	}
}

static void parse_words(int argc, char **argv)
{
	static char map[] = DEFAULT_MAP;
	size_t len = 0;

	strcpy(boot_info.loader, "quire-host");
	parse_map(map);
	for (int i = 1; i < argc; i++) {
		if (!strncmp(argv[i], "map=", 4))
			parse_map(argv[i] + 4);
		if (!strncmp(argv[i], "seed=", 5))
			host_seed_turns(strtoul(argv[i] + 5, NULL, 0));
		if (strncmp(argv[i], "map=", 4))
			len += snprintf(boot_info.cmdline + len,
					BOOT_CMDLINE_MAX - len, "%s%s",
					len ? " " : "", argv[i]);
		if (len >= BOOT_CMDLINE_MAX)
			len = BOOT_CMDLINE_MAX - 1;
	}
}

static void make_ram(void)
{
	ram_fd = memfd_create("quire-ram", 0);
	if (ram_fd < 0 || ftruncate64(ram_fd, 1LL << 32))
		host_die("no memory file");
	if (mmap(ram, RAM_VIEW_SIZE, PROT_READ | PROT_WRITE,
		 MAP_SHARED | MAP_FIXED_NOREPLACE | MAP_NORESERVE, ram_fd,
		 0) != ram)
		host_die("0x40000000..0x7fffffff is not free");
}

static void reserve(char *from, char *to, int how)
{
	if (mmap(from, to - from, PROT_NONE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | how, -1,
		 0) != from)
		host_die("0x80000000..0xbfffffff is not free");
}

/* The image goes to where it will be found in physical memory. */
static void load_image(void)
{
	size_t size = host_image_end - host_image_start, left = size;
	char *to = ram_of(host_image_start), *from = host_image_start;

	/* also what a sanitizer keeps between variables */
	asm volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(left) : :
		     "memory");
	reserve((char *)KERNEL_BASE, host_image_start, MAP_FIXED_NOREPLACE);
	reserve(host_image_end, (char *)KERNEL_END, MAP_FIXED_NOREPLACE);
	reserve((char *)KERNEL_BASE, (char *)KERNEL_END, MAP_FIXED);
}

/* As boot/entry.asm leaves them, with large pages. */
static void make_boot_tables(void)
{
	u32 *pgd = ram_of(swapper_pg_dir);

	for (u32 i = 0; i < BOOT_TABLES; i++)
		pgd[KERNEL_BASE / LARGE_SIZE + i] = i * LARGE_SIZE | PTE_BOOT;
	pgd[(KERNEL_BASE + KERNEL_SIZE) / LARGE_SIZE - 1] =
		(fixmap_page_table - (char *)KERNEL_BASE) |
		(PTE_BOOT & ~PTE_PSE);
	host_load_cr3(swapper_pg_dir - (char *)KERNEL_BASE);
}

static void run_on(char *stack_top)
{
	asm volatile("movl %0, %%esp\n"
		     "xorl %%ebp, %%ebp\n"
		     "call host_boot\n"
		     : : "r"(stack_top));
}

int main(int argc, char **argv)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	parse_words(argc, argv);
	make_ram();
	load_image();
	tlb_init();
	make_boot_tables();
	signal_init();
	run_on(init_stack + THREAD_SIZE);
	return 3;
}
