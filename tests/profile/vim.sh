# needs: vim
# prints: one line and another
printf 'one line\n' >text
vim -es -N -u NONE -c 's/$/ and another/' -c wq text
cat text
