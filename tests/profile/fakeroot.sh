# needs: fakeroot
# prints: root root
touch file
fakeroot -- sh -c 'chown root:root file && stat -c "%U %G" file'
