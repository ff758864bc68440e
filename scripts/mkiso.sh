#!/bin/sh
# Make a bootable CD image: mkiso.sh KERNEL OUT [WORDS [INITRD...]]
# WORDS is the kernel's command line, each INITRD a boot module.
set -eu

kernel=$1 out=$2 words=${3:-}
shift 2
[ $# -gt 0 ] && shift
here=$(dirname "$0")
tree=$(mktemp -d)
trap 'rm -rf "$tree" "$tree.log"' EXIT

cp -r "$here/../iso/boot" "$tree/"
cp "$kernel" "$tree/boot/quire.elf"
config=$tree/boot/grub/words.cfg
# The words are given to GRUB in single quotes, which end nowhere but at '.
printf "set words='%s'\n" "$(printf %s "$words" | sed "s/'/'\\\\''/g")" \
	>"$config"
number=0
for file in "$@"; do
	number=$((number + 1))
	cp "$file" "$tree/boot/module$number"
	echo "set modules=\"\$modules /boot/module$number\"" >>"$config"
done
if ! grub-mkrescue -o "$out" "$tree" >"$tree.log" 2>&1; then
	cat "$tree.log" >&2
	exit 1
fi
