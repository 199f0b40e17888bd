# needs: apt-get dpkg dpkg-deb
# prints: apt
# prints: installed dpkg
# prints: unpacked text
# prints: ii sample 1.0
# A package of its own, into a database of its own: nothing of the system is changed.
apt-get --version | head -n 1 | cut -d' ' -f1
dpkg -l dpkg | awk '/^ii/ { print "installed", $2 }'
mkdir -p sample/DEBIAN sample/usr/share/sample && echo 'unpacked text' >sample/usr/share/sample/text
printf 'Package: sample\nVersion: 1.0\nArchitecture: all\nMaintainer: Agent <agent@localhost>\nDescription: sample\n' >sample/DEBIAN/control
dpkg-deb -b sample sample.deb >/dev/null
dpkg-deb -x sample.deb out && cat out/usr/share/sample/text
mkdir -p base/updates base/info && touch base/status base/available
dpkg --force-not-root --admindir="$PWD/base" --instdir="$PWD/out" --log=/dev/null --unpack sample.deb >/dev/null 2>&1 || true
dpkg --force-not-root --force-script-chrootless --admindir="$PWD/base" --instdir="$PWD/out" --log=/dev/null -i sample.deb >/dev/null 2>&1
dpkg --admindir="$PWD/base" -l sample | awk '/^ii/ { print $1, $2, $3 }'
