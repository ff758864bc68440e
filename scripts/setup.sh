#!/bin/sh
# Find, or install, the tools a target needs; print the compiler prefix.
#
#   setup.sh GROUP...      groups: build iso qemu gdb bochs check host coverage
#                          fuzz
#
# On stdout goes one word: the prefix of the compiler ("i686-linux-gnu-",
# "i686-elf-", ...) or "native" for plain gcc -m32.  All else goes to stderr.
# Silent and fast when everything is there: only shell built-ins run, unless
# a tool is newer than the stamp of the last version check.
set -u

stamp=build/.tools
missing=			# Debian packages to install
named=				# what is missing, in the user's words

# need COMMAND PACKAGE: note the package if the command is not found.
need() {
	command -v "$1" >/dev/null 2>&1 && return
	missing="$missing $2"
	named="$named $1"
}

# need_file FILE PACKAGE: the same for a file.
need_file() {
	[ -e "$1" ] && return
	missing="$missing $2"
	named="$named $1"
}

# need_glob PATTERN PACKAGE: the same for a file whose folder varies.
need_glob() {
	# shellcheck disable=SC2086 # the pattern is to be expanded
	set -- "$2" $1
	need_file "$2" "$1"
}

# The first compiler found: given, Debian's cross compiler, any i686-elf,
# and the system's own if it can do -m32.
find_compiler() {
	for prefix in ${CROSS_COMPILE:-i686-linux-gnu- i686-elf-}; do
		if command -v "${prefix}gcc" >/dev/null 2>&1; then
			echo "$prefix"
			return
		fi
	done
	[ -n "${CROSS_COMPILE:-}" ] && return
	[ "${1:-}" = last ] && command -v gcc >/dev/null 2>&1 &&
		printf 'int x;' | gcc -m32 -x c -c -o /dev/null - \
			2>/dev/null && echo native
}

look() {
	missing=
	named=
	for group; do
		case $group in
		build)
			[ -n "$(find_compiler "$native")" ] ||
				need i686-linux-gnu-gcc gcc-i686-linux-gnu
			need nasm nasm
			need python3 python3
			;;
		iso)
			need grub-mkrescue grub-common
			need xorriso xorriso
			need mformat mtools
			need_file /usr/lib/grub/i386-pc/multiboot.mod \
				grub-pc-bin
			;;
		qemu)	need "${QEMU:-qemu-system-i386}" qemu-system-x86 ;;
		gdb)	need gdb gdb ;;
		bochs)
			need bochs bochs
			need_file /usr/share/bochs/BIOS-bochs-latest bochsbios
			need_file /usr/share/vgabios/vgabios.bin vgabios
			need_glob "/usr/lib/*/bochs/plugins/libbx_term_gui.so" \
				bochs-term
			;;
		host)
			need i686-linux-gnu-gcc gcc-i686-linux-gnu
			need_file /usr/i686-linux-gnu/include/stdio.h \
				libc6-dev-i386-cross
			;;
		fuzz)
			need clang clang
			clang='/usr/lib/llvm-*/lib/clang'
			need_glob "$clang/*/lib/linux/*fuzzer-i386.a" \
				libclang-rt-dev
			need_file /usr/i686-linux-gnu/lib/libstdc++.so.6 \
				libstdc++6-i386-cross
			;;
		check)
			need clang-format clang-format
			need clang-tidy clang-tidy
			need cppcheck cppcheck
			need sparse sparse
			need codespell codespell
			need shellcheck shellcheck
			;;
		coverage)
			need lcov lcov
			need genhtml lcov
			;;
		*)
			echo "setup.sh: unknown group $group" >&2
			exit 2
			;;
		esac
	done
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null 2>&1; then
		sudo "$@"
	else
		echo "setup: not root and no sudo; as root run: $*" >&2
		return 1
	fi
}

# apt-get fails on package lists that are absent or out of date, so a first
# failure is answered with an update.
install_missing() {
	set -- env DEBIAN_FRONTEND=noninteractive apt-get install -y \
		--no-install-recommends
	# shellcheck disable=SC2086 # a list of packages
	as_root "$@" $missing >&2 && return
	as_root apt-get update >&2 || return 1
	# shellcheck disable=SC2086
	as_root "$@" $missing >&2
}

# at_least TOOL WANTED FOUND: complain about a tool that is too old.
at_least() {
	lowest=$(printf '%s\n%s\n' "$2" "${3:-0}" | sort -V | head -n 1)
	[ "$lowest" = "$2" ] && return
	echo "setup: $1 is too old: ${3:-unknown version}," \
		"at least $2 is needed" >&2
	old=1
}

# number: the first version number in the text on stdin.
number() {
	sed -n 's/^[^0-9]*\([0-9][0-9.]*\).*/\1/p;q'
}

check_versions() {
	old=0
	at_least "$1gcc" 10 "$("$1gcc" -dumpversion)"
	at_least nasm 2.14 "$(nasm -v | sed 's/^NASM version //' | number)"
	at_least python3 3.7 "$(python3 -V | sed 's/^Python //' | number)"
	at_least make 4.2 "$(make --version | sed 's/^GNU Make //' | number)"
	[ "$old" = 0 ]
}

# Versions are looked at once, and again when a tool is newer than that.
versions() {
	for tool in "$1gcc" nasm python3 make; do
		# shellcheck disable=SC3013 # dash, bash and busybox have -nt
		if ! [ "$stamp" -nt "$(command -v "$tool")" ]; then
			check_versions "$1" || return 1
			mkdir -p "${stamp%/*}"
			: >"$stamp"
			return 0
		fi
	done
}

# Where nothing can be installed, plain gcc may serve.
native=
command -v apt-get >/dev/null 2>&1 || native=last
if [ -n "${CROSS_COMPILE:-}" ] &&
	! command -v "${CROSS_COMPILE}gcc" >/dev/null 2>&1; then
	echo "setup: CROSS_COMPILE=$CROSS_COMPILE: no ${CROSS_COMPILE}gcc" >&2
	exit 1
fi

look "$@"
if [ -n "$missing" ]; then
	echo "setup: missing:$named" >&2
	if [ -n "$native" ]; then
		echo "setup: no apt-get here; install what provides them" \
			"(Debian's names:$missing)" >&2
		exit 1
	fi
	echo "setup: installing:$missing" >&2
	if ! install_missing; then
		# The last resort needs no cross compiler.
		native=last
		look "$@"
		if [ -n "$missing" ]; then
			echo "setup: could not install:$missing" >&2
			exit 1
		fi
	fi
	look "$@"
	if [ -n "$missing" ]; then
		echo "setup: still missing:$named" >&2
		exit 1
	fi
fi

case " $* " in
*" build "*)
	prefix=$(find_compiler last)
	versions "${prefix#native}" || exit 1
	echo "$prefix"
	;;
*)
	echo native
	;;
esac
