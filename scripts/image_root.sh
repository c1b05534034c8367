#!/bin/sh
# image_root.sh ROOT PROGRAM... - makes ROOT, a root directory that holds these
# programs and what they need when they run, and nothing else: the shared
# libraries they name, the list of those who sign certificates, the zones of
# the world, one user. No shell, no package manager. Prints the packages that
# the libraries come from, one a line.
#
# Needs glibc 2.34 or newer (it looks up names without files of its own),
# ca-certificates and tzdata.
set -eu
[ $# -ge 2 ] || {
    sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
    exit 64
}
root=$1
shift
[ ! -e "$root" ] || {
    echo "image_root: '$root' is there already" >&2
    exit 73
}
zones=/usr/share/zoneinfo
signers=/etc/ssl/certs/ca-certificates.crt
for need in "$zones/Europe/Berlin" "$signers"; do
    [ -e "$need" ] || {
        echo "image_root: '$need' is not there: install tzdata and" \
            "ca-certificates" >&2
        exit 69
    }
done

mkdir -p "$root/usr/bin" "$root/usr/share" "$root/etc/ssl/certs" \
    "$root/data" "$root/tmp"
chmod 1777 "$root/tmp"
# /lib is a link in Debian, and the loader is looked for behind it.
for link in lib lib64; do
    [ ! -L "/$link" ] || {
        ln -s "usr/$link" "$root/$link"
        mkdir -p "$root/usr/$link"
    }
done

# Where a file lies when no directory on the way is a link.
place() {
    echo "$(cd "$(dirname "$1")" && pwd -P)/$(basename "$1")"
}

libraries() {
    ldd "$@" | awk '/=> \// { print $3 } $1 ~ /^\// && !/:$/ { print $1 }' |
        sort -u
}

for program in "$@"; do
    strip -o "$root/usr/bin/$(basename "$program")" "$program"
    chmod 755 "$root/usr/bin/$(basename "$program")"
done
# A thread that ends loads libgcc_s by its name, so ldd does not tell it.
libc=$(libraries "$1" | grep '/libc\.so\.6$')
{
    libraries "$@"
    echo "$(dirname "$libc")/libgcc_s.so.1"
} | while read -r library; do
    to=$root$(place "$library")
    mkdir -p "$(dirname "$to")"
    cp -L "$library" "$to"
    dpkg-query -S "$(readlink -f "$library")" 2> /dev/null ||
        dpkg-query -S "$library"
done | sed 's/:.*//' | sort -u

cp -a "$zones" "$root/usr/share/"
rm -rf "$root/usr/share/zoneinfo/posix" "$root/usr/share/zoneinfo/right"
cp -L "$signers" "$root$signers"
mkdir -p "$root/usr/lib/ssl"
ln -s "$signers" "$root/usr/lib/ssl/cert.pem" # where OpenSSL looks by itself
echo 'hosts: files dns' > "$root/etc/nsswitch.conf"
echo 'gridwatch:x:65532:65532::/data:/nonexistent' > "$root/etc/passwd"
echo 'gridwatch:x:65532:' > "$root/etc/group"
