# needs: useradd su
# needs-root
# prints: agent2:x:4242
# The tools for accounts report to the audit system, and end where it answers otherwise than as expected.
mkdir -p base/etc base/home && : >base/etc/passwd && : >base/etc/group && : >base/etc/shadow && : >base/etc/gshadow
useradd -P "$PWD/base" -u 4242 -U agent2
cut -d: -f1-3 base/etc/passwd
